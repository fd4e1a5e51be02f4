"""What an ARM client has: customers, documents, AR and GL items, files, reservations, batches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from attrs import define

from amili_async.sandbox.arm.queries import StoredQueries
from amili_async.sandbox.entities import timestamp
from amili_async.sandbox.ids import Ids

__all__ = ["ArBatch", "ClientBooks"]

_FIRST_ACCOUNT: Final = 500002
_FIRST_AR_ITEM: Final = 700001
_FIRST_GL_ITEM: Final = 900001


@define(kw_only=True, eq=False)
class ArBatch:
    """A write that is carried out after it was accepted; `results` has one entry per item when it has ended."""

    id: str
    kind: str
    created_at: datetime
    finished_at: datetime | None = None
    results: list[dict[str, Any]]

    @property
    def refused(self) -> int:
        """How many items were refused."""
        return sum(1 for result in self.results if result["errors"])


class ClientBooks:
    """What one client has, by the names that the API uses.

    Args:
        number: The client's number.
        ids: Where new ids come from.
    """

    def __init__(self, number: int, ids: Ids) -> None:
        self.number = number
        self._ids = ids
        self.customers: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self.ar_items: dict[str, dict[str, Any]] = {}
        self.gl_items: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.reservations: dict[str, dict[str, Any]] = {}
        self.log_items: dict[str, dict[str, Any]] = {}
        self.batches: dict[str, ArBatch] = {}
        self.queries = StoredQueries(number)
        self._accounts = _FIRST_ACCOUNT

    def new_id(self) -> str:
        """An id that nothing has yet."""
        return self._ids.uuid()

    def add_customer(self, customer_no: str) -> dict[str, Any]:
        """Make an empty customer."""
        customer: dict[str, Any] = {"clientNo": self.number, "accountNo": self._accounts, "customerNo": customer_no}
        self._accounts += 1
        self.customers[customer_no] = customer
        return customer

    def add_document(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Store a document and open an AR item over its amount."""
        document = {**fields, "documentUuid": self.new_id()}
        self.documents[document["documentNo"]] = document
        amount = Decimal((fields.get("currencyAmounts") or {}).get("inclVat") or 0)
        item_id = _FIRST_AR_ITEM + len(self.ar_items)
        item = {
            "arItemId": item_id,
            "documentNo": document["documentNo"],
            "documentUuid": document["documentUuid"],
            "amount": amount,
            "balance": amount,
            **{
                name: fields[name]
                for name in ("customerNo", "kid", "currency", "documentDate", "dueDate")
                if name in fields
            },
        }
        self.ar_items[str(item_id)] = item
        return document

    def add_gl_item(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Write into the general ledger."""
        item = {**fields, "glItemId": _FIRST_GL_ITEM + len(self.gl_items)}
        self.gl_items[str(item["glItemId"])] = item
        return item

    def add_file(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Store a file."""
        file = {**fields, "fileId": self.new_id()}
        self.files[file["fileId"]] = file
        return file

    def log(self, operation: str, at: datetime) -> None:
        """Note a write, without what it held."""
        number = len(self.log_items) + 1
        self.log_items[str(number)] = {"logItemId": number, "loggedAt": timestamp(at), "operation": operation}

    def find_ar_item(self, names: Mapping[str, Any]) -> dict[str, Any] | None:
        """The AR item that the first given of its names names: `arItemId`, `documentNo`, `documentUuid` and so on."""
        for name in ("arItemId", "documentNo", "documentUuid", "referenceNo", "kid"):
            wanted = names.get(name)
            if wanted is None:
                continue
            found = (item for item in self.ar_items.values() if str(item.get(name, "")) == str(wanted))
            return next(found, None)
        return None

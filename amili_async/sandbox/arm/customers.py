"""Customers: created or updated at once, or in batches that are carried out later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amili_async.sandbox.arm.batches import Refused, items_of, submit
from amili_async.sandbox.arm.books import ClientBooks
from amili_async.sandbox.arm.queries import page_by_query
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.problems import OF_CLIENT, Flaw, Problem, not_found

__all__ = ["HANDLERS"]

# The fields of the postal address group: as soon as one is sent, all are written.
_ADDRESS: Final = (
    "addressLine1",
    "addressLine2",
    "addressLine3",
    "postalCode",
    "cityName",
    "countryText",
    "countryCode",
)
_OURS: Final = frozenset({"clientNo", "accountNo", "customerNo"})


def create(call: Call) -> Answer:
    """Create a customer, or update the one that is there by the same rules."""
    return _write(call, may_create=True)


def update(call: Call) -> Answer:
    """Update a customer."""
    return _write(call, may_create=False)


def create_batch(call: Call) -> Answer:
    """Create or update many customers later."""
    return _submit(call, may_create=True)


def update_batch(call: Call) -> Answer:
    """Update many customers later."""
    return _submit(call, may_create=False)


def list_customers(call: Call) -> Answer:
    """The client's customers."""
    return page_by_query(call, "customers", [dict(row) for row in call.client.customers.values()])


def get(call: Call) -> Answer:
    """One customer."""
    return Answer(200, _known(call))


def delete(call: Call) -> Answer:
    """Forget a customer that has neither documents nor AR items."""
    customer_no = _known(call)["customerNo"]
    client = call.client
    for what, rows in (("documents", client.documents), ("AR items", client.ar_items)):
        if any(row.get("customerNo") == customer_no for row in rows.values()):
            raise Problem(422, f"the customer has {what} and cannot be deleted")
    del client.customers[customer_no]
    client.log(call.operation.id, call.state.now)
    return Answer(200, {"customerNo": customer_no, "result": "DELETED"})


def _known(call: Call) -> dict[str, Any]:
    customer = call.client.customers.get(call.path["customerno"])
    if customer is None:
        raise not_found("the customer", where=OF_CLIENT)
    return customer


def _write(call: Call, *, may_create: bool) -> Answer:
    client = call.client
    if not may_create and call.body.get("customerNo") and call.body["customerNo"] not in client.customers:
        raise not_found("the customer", where=OF_CLIENT)
    try:
        result = _store(client, call.body, may_create=may_create)
    except Refused as error:
        raise Problem(422, "the customer cannot be written", [Flaw("$", str(error))]) from None
    client.log(call.operation.id, call.state.now)
    return Answer(200, result)


def _submit(call: Call, *, may_create: bool) -> Answer:
    return submit(
        call,
        items_of(call.body, "customers"),
        schema="CustomerWrite",
        carry_out=lambda client, item: _store(client, item, may_create=may_create),
    )


def _store(client: ClientBooks, fields: Mapping[str, Any], *, may_create: bool) -> dict[str, Any]:
    customer_no = fields.get("customerNo")
    if not customer_no:
        raise Refused("customerNo is missing")
    customer = client.customers.get(customer_no)
    result = "UPDATED"
    if customer is None:
        if not may_create:
            raise Refused("there is no customer with this customerNo")
        customer = client.add_customer(customer_no)
        result = "CREATED"
    for name, value in fields.items():
        if name not in _OURS:
            _set(customer, name, value)
    return {"customerNo": customer_no, "accountNo": customer["accountNo"], "result": result}


def _set(customer: dict[str, Any], name: str, value: Any) -> None:
    """Write one field: null keeps what is there, an empty value clears it."""
    if value is None:
        return
    if name == "postalAddress":
        given = {part: text for part, text in value.items() if text is not None}
        if given:
            customer[name] = {**dict.fromkeys(_ADDRESS, ""), **given}
    elif isinstance(value, dict):
        kept = customer.get(name) if isinstance(customer.get(name), dict) else {}
        customer[name] = {**(kept or {}), **{part: inner for part, inner in value.items() if inner is not None}}
    elif value in ("", []):
        customer.pop(name, None)
    else:
        customer[name] = value


HANDLERS: Final[Mapping[str, Handler]] = {
    "CreateCustomer": create,
    "UpdateCustomer": update,
    "ListCustomers": list_customers,
    "GetCustomer": get,
    "DeleteCustomer": delete,
    "CreateCustomerBatch": create_batch,
    "UpdateCustomerBatch": update_batch,
}

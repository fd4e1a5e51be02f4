"""Accounts receivable: customers, documents, items, postings, files, reservations, pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from amili_async import AmiliClient
from amili_async.models.receivables import CustomerWrite
from tests.sandbox.api import Api


def document(number: str = "D-1", **changes: Any) -> dict[str, Any]:
    """A document over 100."""
    return {"documentNo": number, "customerNo": "1", "currencyAmounts": {"inclVat": Decimal("100.50")}, **changes}


async def finished(api: Api, method: str, path: str, body: Any) -> Any:
    """Hand a batch in and read it when it has ended."""
    accepted = await api.arm(method, path, body)
    assert accepted.status == 200, accepted.body
    assert (await api.arm("GET", f"/batches/{accepted.body['batchUuid']}")).status == 202
    api.clock.advance(1)
    return await api.arm("GET", f"/batches/{accepted.body['batchUuid']}")


async def customer(api: Api, number: str = "1") -> dict[str, Any]:
    """A customer as it is read."""
    answer = await api.arm("GET", f"/customers/{number}")
    assert answer.status == 200
    body: dict[str, Any] = answer.body
    return body


async def test_a_customer_is_created_or_updated(api: Api) -> None:
    """POST does either; PUT needs one that is there; our numbers cannot be written."""
    assert (await api.arm("PUT", "/customers", {"customerNo": "1", "name": "Prøve AS"})).status == 404
    created = await api.arm("POST", "/customers", {"customerNo": "1", "name": "Prøve AS", "clientNo": "x"})
    assert (created.status, created.body["result"]) == (200, "CREATED")
    updated = await api.arm("POST", "/customers", {"customerNo": "1", "dueDays": 10, "accountNo": 7})
    assert updated.body["result"] == "UPDATED"
    assert await customer(api) == {
        "clientNo": 2218,
        "accountNo": created.body["accountNo"],
        "customerNo": "1",
        "name": "Prøve AS",
        "dueDays": 10,
    }
    assert (await api.arm("POST", "/customers", {"name": "Uten nummer AS"})).status == 422


async def test_null_keeps_and_empty_clears(api: Api) -> None:
    """A key that is missing or null leaves what is stored; an empty value takes it away."""
    await api.arm("POST", "/customers", {"customerNo": "1", "name": "A", "phoneNo": "1", "peppolBlockIds": ["x"]})
    await api.arm("PUT", "/customers", {"customerNo": "1", "name": None, "phoneNo": "", "peppolBlockIds": []})
    found = await customer(api)
    assert found["name"] == "A"
    assert not {"phoneNo", "peppolBlockIds"} & set(found)


async def test_the_address_is_written_as_a_group(api: Api) -> None:
    """As soon as one of its fields is sent, those that are not sent become blank; null leaves the address alone."""
    address = {"addressLine1": "Prøveveien 1", "postalCode": "0001", "cityName": "Oslo"}
    await api.arm("POST", "/customers", {"customerNo": "1", "postalAddress": address})
    await api.arm("PUT", "/customers", {"customerNo": "1", "postalAddress": None, "name": "A"})
    assert (await customer(api))["postalAddress"]["cityName"] == "Oslo"
    await api.arm("PUT", "/customers", {"customerNo": "1", "postalAddress": {"addressLine1": "Testgata 2"}})
    found = (await customer(api))["postalAddress"]
    assert {name: text for name, text in found.items() if text} == {"addressLine1": "Testgata 2"}
    assert found["cityName"] == ""


async def test_a_customer_with_documents_cannot_be_deleted(api: Api) -> None:
    """Deleting is for customers that have neither documents nor AR items."""
    for number in ("1", "2"):
        await api.arm("POST", "/customers", {"customerNo": number})
    await api.arm("POST", "/documents", document())
    assert (await api.arm("DELETE", "/customers/1")).status == 422
    assert (await api.arm("DELETE", "/customers/2")).status == 200
    assert (await api.arm("GET", "/customers/2")).status == 404
    assert (await api.arm("DELETE", "/customers/2")).status == 404


@pytest.mark.parametrize(
    ("items", "status"),
    [
        ([{"customerNo": "1"}, {"customerNo": "2"}], 200),
        ([{"customerNo": "1"}, {"customerNo": 7}], 206),
        ([{"name": "x"}, {"customerNo": ""}, 5], 406),
        ([], 200),
    ],
)
async def test_the_status_says_how_a_batch_of_customers_ended(api: Api, items: list[Any], status: int) -> None:
    """200 all, 206 a part, 406 none; a list under `customers` is taken as well as a bare one."""
    assert (await finished(api, "POST", "/customers/batches", items)).status == status
    assert (await finished(api, "POST", "/customers/batches", {"customers": items})).status == status


async def test_a_batch_updates_by_the_rules_of_the_single_update(api: Api) -> None:
    """PUT of a batch refuses whom it does not know and keeps what is null."""
    await api.arm("POST", "/customers", {"customerNo": "1", "name": "A"})
    items = [{"customerNo": "1", "name": None, "dueDays": 3}, {"customerNo": "9"}]
    ended = await finished(api, "PUT", "/customers/batches", items)
    assert (ended.status, [bool(row["errors"]) for row in ended.body["results"]]) == (206, [False, True])
    assert ((await customer(api))["name"], (await customer(api))["dueDays"]) == ("A", 3)


async def test_documents_open_ar_items(api: Api) -> None:
    """A document can be read by its number, and its amount is an open item; a number is used once."""
    ended = await finished(api, "POST", "/documents/batches", {"documents": [document(), document(), document("D-2")]})
    assert (ended.status, [bool(row["errors"]) for row in ended.body["results"]]) == (206, [False, True, False])
    assert (await api.arm("GET", "/documents/D-1")).body["customerNo"] == "1"
    items = (await api.arm("GET", "/aritems")).body["arItems"]
    assert [(item["documentNo"], item["balance"]) for item in items] == [("D-1", Decimal("100.50"))] * 1 + [
        ("D-2", Decimal("100.50"))
    ]
    one = await api.arm("GET", f"/aritems/{items[0]['arItemId']}")
    assert one.body == items[0]


async def test_an_ar_item_is_changed_but_not_its_money(api: Api) -> None:
    """Details are written; amount and balance are not; what names no item is refused."""
    await api.arm("POST", "/documents", document())
    changed = await api.arm("PUT", "/aritems", {"documentNo": "D-1", "note": "ring", "balance": 0})
    assert (changed.body["note"], changed.body["balance"]) == ("ring", Decimal("100.50"))
    assert (await api.arm("PUT", "/aritems", {"documentNo": "D-9"})).status == 404
    assert (await api.arm("PUT", "/aritems", {"note": "x"})).status == 422


async def results(api: Api, postings: Any) -> list[str]:
    """What became of postings."""
    answer = await api.arm("POST", "/autopostings/manual", postings)
    assert answer.status == 200
    return [row["resultType"] for row in answer.body["autoPostings"]]


async def test_auto_postings_are_all_or_nothing(api: Api) -> None:
    """One that fails refuses all; the good ones of the batch are marked BATCH-REJECTED, and nothing is booked."""
    await api.arm("POST", "/documents", document())
    good, bad = {"amount": 40, "documentNo": "D-1"}, {"amount": 1, "documentNo": "D-9"}
    assert await results(api, [good, bad]) == ["BATCH-REJECTED", "FAILED"]
    assert (await api.arm("GET", "/glitems")).body["glItems"] == []
    assert await results(api, [good, {**good, "validateOnly": True}]) == ["OK", "OK"]
    assert (await api.arm("GET", "/aritems")).body["arItems"][0]["balance"] == Decimal("100.50")
    assert await results(api, {"autoPostings": [good]}) == ["OK"]
    assert (await api.arm("GET", "/aritems")).body["arItems"][0]["balance"] == Decimal("60.50")
    (item,) = (await api.arm("GET", "/glitems")).body["glItems"]
    assert (await api.arm("GET", f"/glitems/{item['glItemId']}")).body["autoPostingMethod"] == "manual"


async def test_files_can_be_kept_in_part(api: Api) -> None:
    """200 all, 207 a part, 422 none."""
    good = {"name": "a.pdf", "content": "AA=="}
    assert (await api.arm("POST", "/files", [good])).status == 200
    some = await api.arm("POST", "/files", {"files": [good, {}]})
    assert (some.status, [bool(row["errors"]) for row in some.body["files"]]) == (207, [False, True])
    assert (await api.arm("POST", "/files", [{}])).status == 422
    assert (await api.arm("POST", "/files", {"file": good})).status == 422
    listed = (await api.arm("GET", "/files")).body["files"]
    assert len(listed) == 2
    assert (await api.arm("GET", f"/files/{listed[0]['fileId']}")).body["name"] == "a.pdf"


async def test_a_reservation_is_unique_by_its_payment(api: Api) -> None:
    """A paymentId can be used once, for something that is there."""
    await api.arm("POST", "/documents", document(kid="0012"))
    for wrong in (
        {"paymentId": "1"},
        {"paymentId": "1", "kid": "9"},
        {"paymentId": "", "kid": "0012"},
        {"kid": "0012"},
    ):
        assert (await api.arm("POST", "/paymentreservations", wrong)).status == 422
    assert (await api.arm("POST", "/paymentreservations", {"paymentId": "1", "kid": "0012"})).status == 200
    assert (await api.arm("POST", "/paymentreservations", {"paymentId": "1", "kid": "0012"})).status == 409


async def test_lists_page_by_a_stored_query(api: Api) -> None:
    """The links are absolute and hold the query; its pages are those of the first answer whatever is added since."""
    for number in range(12):
        await api.arm("POST", "/customers", {"customerNo": str(number)})
    first = (await api.arm("GET", "/customers", pagesize=5)).body
    assert (first["summary"]["totalPages"], first["summary"]["totalCount"], first["summary"]["pageNo"]) == (3, 12, 1)
    await api.arm("POST", "/customers", {"customerNo": "99"})
    found = [row["customerNo"] for row in first["customers"]]
    summary = first["summary"]
    while "nextPage" in summary:
        assert summary["nextPage"].startswith(f"{api.sandbox.url}/arm/v1/clients/2218/customers?query=")
        page = (await api.ask("GET", summary["nextPage"].removeprefix(api.sandbox.url))).body
        found += [row["customerNo"] for row in page["customers"]]
        summary = page["summary"]
    assert found == [str(number) for number in range(12)]
    assert len(summary["queryId"]) == 22
    assert summary["lastPage"].endswith("pageno=3")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"query": "unknown", "pageno": 1}, 404),
        ({"pageno": 2}, 400),
        ({"maximumcount": 0}, 400),
        ({"pagesize": 1001}, 400),
        ({"maximumcount": 10_001}, 400),
    ],
)
async def test_what_cannot_be_listed_is_refused(api: Api, query: dict[str, int], status: int) -> None:
    """A query that is not stored, a page that is not there, and sizes over the documented caps."""
    assert (await api.arm("GET", "/customers", **query)).status == status


async def test_small_pages_and_maximum_counts(api: Api) -> None:
    """A page size under 5 becomes 10, as documented; the maximum count cuts the whole query."""
    for number in range(12):
        await api.arm("POST", "/customers", {"customerNo": str(number)})
    assert len((await api.arm("GET", "/customers", pagesize=2)).body["customers"]) == 10
    assert (await api.arm("GET", "/customers", maximumcount=3)).body["summary"]["totalCount"] == 3


async def test_a_query_is_good_for_its_list_only(api: Api) -> None:
    """The id of one list opens no other."""
    query = (await api.arm("GET", "/customers")).body["summary"]["queryId"]
    assert (await api.arm("GET", "/documents", query=query)).status == 404


async def test_the_sdk_pages_through(api: Api) -> None:
    """The library's own pager finds every customer once."""
    async with AmiliClient(api.sandbox.config(), clock=api.clock) as amili:
        for number in range(25):
            await amili.receivables.create_customer(2218, body=CustomerWrite(customer_no=str(number)))
        found = [row.customer_no async for row in amili.paginate(amili.receivables.list_customers, 2218, page_size=10)]
    assert found == [str(number) for number in range(25)]


async def test_an_unknown_client_answers_404(api: Api) -> None:
    """Only the sandbox's clients are there, and more can be added."""
    assert (await api.ask("GET", "/arm/v1/clients/7/customers")).status == 404
    assert (await api.ask("GET", "/arm/v1/clients/seven/customers")).status == 400
    api.sandbox.state.add_client(7)
    assert (await api.ask("GET", "/arm/v1/clients/7/customers")).status == 200


async def test_writes_leave_a_log_without_their_contents(api: Api) -> None:
    """Log items name the operation and the time."""
    await api.arm("POST", "/customers", {"customerNo": "1", "name": "Testesen"})
    (item,) = (await api.arm("GET", "/logitems")).body["logItems"]
    assert item["operation"] == "CreateCustomer"
    assert "Testesen" not in str(item)
    assert (await api.arm("GET", f"/logitems/{item['logItemId']}")).body == item


@pytest.mark.parametrize(
    "path", ["/customers/404", "/documents/404", "/aritems/404", "/files/404", "/clientconfigs/404"]
)
async def test_what_is_not_there_was_looked_for_at_the_client(api: Api, path: str) -> None:
    """Accounts Receivable knows clients, no organizations, and its 404 says so."""
    answer = await api.arm("GET", path)
    assert answer.status == 404
    assert answer.body["title"].endswith("was not found at this client")

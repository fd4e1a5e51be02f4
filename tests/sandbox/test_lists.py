"""Lists: filters, pages, and what their summaries say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.sandbox.paging import Page, page_of
from amili_async.sandbox.problems import Problem
from tests.sandbox.api import Api, invoice, opened

rows_of = st.lists(st.integers(0, 3), max_size=30)


@given(rows=rows_of, added=rows_of, size=st.integers(1, 7), wanted=st.none() | st.integers(0, 3), newest=st.booleans())
def test_pages_hold_every_row_once(
    *, rows: list[int], added: list[int], size: int, wanted: int | None, newest: bool
) -> None:
    """Whatever is added between two pages, every row that was there comes exactly once and in order."""
    table = list(enumerate(rows))

    def matches(row: tuple[int, int]) -> bool:
        return wanted is None or row[1] == wanted

    expected = [row for row in table if matches(row)]
    seen: list[tuple[int, int]] = []
    token: str | None = None
    number = 0
    while True:
        page = page_of(table, scope="rows", size=size, token=token, matches=matches, newest_first=newest)
        number += 1
        assert page.number == number
        assert len(page.items) <= size
        assert page.total == len(expected)
        seen += page.items
        if added:
            table.append((len(table), added.pop()))
        token = page.next_token
        if token is None:
            break
        assert len(page.items) == size
    before = [row for row in seen if row in expected]
    assert before == (expected[::-1] if newest else expected)
    assert len(set(seen)) == len(seen)
    assert all(matches(row) for row in seen)


@given(rows=rows_of, size=st.integers(1, 7), newest=st.booleans())
def test_the_previous_token_leads_back(*, rows: list[int], size: int, newest: bool) -> None:
    """From every page, its previous token gives the page that it came from."""
    pages: list[Page[int]] = []
    token: str | None = None
    while True:
        page = page_of(rows, scope="rows", size=size, token=token, matches=bool, newest_first=newest)
        if pages:
            assert page.previous_token is not None
            back = page_of(rows, scope="rows", size=size, token=page.previous_token, matches=bool, newest_first=newest)
            assert (back.items, back.number) == (pages[-1].items, pages[-1].number)
        else:
            assert page.previous_token is None
        pages.append(page)
        token = page.next_token
        if token is None:
            break


@given(token=st.text(min_size=1))
def test_a_made_up_token_is_refused(token: str) -> None:
    """No text but a token of this list is taken for one, and none breaks the sandbox."""
    with pytest.raises(Problem, match="page token") as caught:
        page_of([1, 2, 3], scope="rows", size=1, token=token)
    assert caught.value.status == 400


@pytest.fixture
async def filled(api: Api) -> Api:
    """Five invoices of two batches, a minute apart; the first one is paid."""
    first = await api.push([invoice("F-1"), invoice("F-2"), invoice("F-3", type="PAYMENT_REMINDER")], key="morning")
    api.clock.advance(59)
    await api.push([invoice("F-4"), invoice("F-5"), invoice("bad", currency="KR")], key="evening")
    payment = {"invoiceId": first["succeeded"][0]["invoiceId"], "amount": 4500, "currency": "NOK"}
    await api.finished("/payments", {"payments": [payment]})
    return api


def numbers(answer: Any) -> list[str]:
    """The invoice numbers of a list of invoices or cases."""
    assert answer.status == 200, answer.body
    return [(row.get("invoices") or [row])[0]["invoiceNumber"] for row in answer.body["data"]]


ALL = ["F-1", "F-2", "F-3", "F-4", "F-5"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ALL),
        ({"Status": "CLOSED"}, ["F-1"]),
        ({"Status": "Open"}, ["F-2", "F-3", "F-4", "F-5"]),
        ({"Type": "PAYMENT_REMINDER"}, ["F-3"]),
        ({"InvoiceNumber": "F-2"}, ["F-2"]),
        ({"InvoiceNumber": "f-2"}, []),
        ({"UniqueSourceInvoiceId": "erp-F-5"}, ["F-5"]),
        ({"CustomerNumber": "K-F-4"}, ["F-4"]),
        ({"CustomerNumber": "K-F-4", "InvoiceNumber": "F-5"}, []),
        ({"From": "2025-03-09T14:31:00Z"}, ["F-4", "F-5"]),
        ({"To": "2025-03-09T15:30:59+01:00"}, ["F-1", "F-2", "F-3"]),
        ({"From": "2025-03-09", "To": "2025-03-09"}, ALL),
        ({"From": "2025-03-10"}, []),
        ({"From": "2025-03-09T14:31:00.200Z", "To": "2025-03-09T14:31:00.200Z"}, ["F-4", "F-5"]),
        ({"To": "2025-03-08"}, []),
    ],
)
async def test_invoices_are_filtered(filled: Api, query: dict[str, str], expected: list[str]) -> None:
    """Each filter leaves the invoices that it names, and several leave what all of them name."""
    assert numbers(await filled.get("/invoices", **query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ALL),
        ({"Status": "CLOSED"}, ["F-1"]),
        ({"Type": "NOTICE", "Status": "OPEN"}, ["F-2", "F-4", "F-5"]),
        ({"CaseNumber": "5000002"}, ["F-2"]),
        ({"CustomerNumber": "K-F-4"}, ["F-4"]),
        ({"UniqueSourceInvoiceId": "erp-F-5"}, ["F-5"]),
        ({"SearchTerm": "erp-f-3"}, ["F-3"]),
        ({"SearchTerm": "prøve test"}, ALL),
        ({"SearchTerm": "nobody"}, []),
        ({"FromCreatedAt": "2025-03-09T14:31:00Z"}, ["F-4", "F-5"]),
        ({"ToCreatedAt": "2025-03-09T14:30:30Z"}, ["F-1", "F-2", "F-3"]),
    ],
)
async def test_cases_are_filtered(filled: Api, query: dict[str, str], expected: list[str]) -> None:
    """Each filter leaves the cases that it names."""
    assert numbers(await filled.get("/cases", **query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [("INVOICE", "SUCCESS"), ("INVOICE", "PARTIAL"), ("PAYMENT", "SUCCESS")]),
        ({"SortDirection": "DESC"}, [("PAYMENT", "SUCCESS"), ("INVOICE", "PARTIAL"), ("INVOICE", "SUCCESS")]),
        ({"State": "PARTIAL"}, [("INVOICE", "PARTIAL")]),
        ({"Type": "INVOICE"}, [("INVOICE", "SUCCESS"), ("INVOICE", "PARTIAL")]),
        ({"IdempotencyKey": "evening"}, [("INVOICE", "PARTIAL")]),
        ({"IdempotencyKey": "never"}, []),
        ({"SubjectId": "nobody"}, []),
    ],
)
async def test_batches_are_filtered(filled: Api, query: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """Batches are found by state, type and the idempotency key of their write."""
    answer = await filled.get("/batches", **query)
    assert [(batch["type"], batch["status"]) for batch in answer.body["data"]] == expected


async def test_a_queued_batch_is_found_by_its_key(api: Api) -> None:
    """A batch can be looked up from the moment it was accepted."""
    accepted = await api.post("/invoices", {"invoices": [invoice()]}, key="k")
    (batch,) = (await api.get("/batches", IdempotencyKey="k", State="QUEUED")).body["data"]
    assert batch["batchId"] == accepted.body["data"]["batchId"]


async def test_settlements_are_filtered_by_date(filled: Api) -> None:
    """The bounds are compared with the settlement date, whole days in UTC."""
    for query, count in (
        ({}, 1),
        ({"fromDate": "2025-03-09", "toDate": "2025-03-09"}, 1),
        ({"toDate": "2025-03-08"}, 0),
    ):
        assert len((await filled.get("/settlements", **query)).body["data"]) == count


async def test_a_list_is_read_page_by_page(filled: Api) -> None:
    """Both summaries say where in the list the page stands."""
    first = (await filled.get("/cases", PageSize=2, Type="NOTICE")).body
    assert len(first["data"]) == 2
    assert first["skipSummary"] == {
        "status": "SUCCESS",
        "totalCount": 4,
        "currentPage": 1,
        "pageSize": 2,
        "totalPages": 2,
        "hasNextPage": True,
        "hasPreviousPage": False,
    }
    token = first["cursorSummary"]["nextPageToken"]
    assert "previousPageToken" not in first["cursorSummary"]
    second = (await filled.get("/cases", PageSize=2, Type="NOTICE", PageToken=token)).body
    assert numbers_of(second) == ["F-4", "F-5"]
    assert second["skipSummary"]["currentPage"] == 2
    assert "nextPageToken" not in second["cursorSummary"]
    back = second["cursorSummary"]["previousPageToken"]
    assert numbers_of((await filled.get("/cases", PageSize=2, Type="NOTICE", PageToken=back)).body) == ["F-1", "F-2"]


def numbers_of(body: Any) -> list[str]:
    """The invoice numbers of a page of cases."""
    return [case["invoices"][0]["invoiceNumber"] for case in body["data"]]


async def test_a_token_is_good_for_its_own_question_only(filled: Api) -> None:
    """A token with other filters, or of another list, is refused rather than misread."""
    token = (await filled.get("/cases", PageSize=1, Type="NOTICE")).body["cursorSummary"]["nextPageToken"]
    assert (await filled.get("/cases", PageSize=1, PageToken=token)).status == 400
    assert (await filled.get("/batches", PageSize=1, PageToken=token)).status == 400
    assert (await filled.get("/cases", PageSize=3, Type="NOTICE", PageToken=token)).status == 200


async def test_settlements_page_by_their_own_names(api: Api) -> None:
    """Settlements spell their paging in camel case."""
    batch = await api.push([invoice("F-1"), invoice("F-2")])
    payments = [{"invoiceId": item["invoiceId"], "amount": 1, "currency": "NOK"} for item in batch["succeeded"]]
    await api.finished("/payments", {"payments": payments})
    first = (await api.get("/settlements", pageSize=1)).body
    second = (await api.get("/settlements", pageSize=1, pageToken=first["cursorSummary"]["nextPageToken"])).body
    assert [row["settlementNumber"] for row in (*first["data"], *second["data"])] == [1, 2]


async def test_a_page_has_a_default_size_and_a_largest() -> None:
    """Without a wish a page has the default size, and no wish goes beyond the largest."""
    async with opened(default_page_size=2, max_page_size=3) as api:
        await api.push([invoice(str(number)) for number in range(5)])
        assert len((await api.get("/invoices")).body["data"]) == 2
        assert len((await api.get("/cases")).body["data"]) == 2
        answer = (await api.get("/cases", PageSize=1000)).body
        assert (len(answer["data"]), answer["skipSummary"]["pageSize"]) == (3, 3)

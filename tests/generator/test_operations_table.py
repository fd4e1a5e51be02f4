"""The real table of operations: what it has to hold, and how its rows behave on a client."""

from __future__ import annotations

from typing import Any

import pytest

import amili_async.client
from amili_async import (
    AmiliClient,
    RequestOptions,
    UnverifiedOperationError,
    UnverifiedOperationWarning,
)
from amili_async.endpoints import PRODUCTS
from amili_async.operations import OPERATIONS
from tests.fakes import Answer, FakeClock, ScriptedServer, scripted

ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
CASE = "9b2f7a10-6a0c-4b8e-8a53-0d8f1c1f6e11"

# All that the documentation names, by product; the deprecated ones of debt collection are those it has dropped.
NAMED = {
    "collection": """
        CreateInvoices GetInvoicesByOrganization GetInvoiceById CreatePayments CreateCorrections GetBatchById
        GetBatchesByOrganization GetCasesByOrganization AcceptDebtCollectionList RejectDebtCollectionList PauseCase
        WithdrawCase ResumeCase AcceptEvictionRequest RejectEvictionRequest AcceptEvictionConfirmation
        RejectEvictionConfirmation GetSettlements GetSettlementById
    """,
    "identity": "RequestToken",
    "legacy": "LegacyGetBatch LegacyPostBatch LegacyAttachment LegacyPing",
    "receivables": """
        CreateAction CreateReportsAction ListArItems UpdateArItem GetArItem CreateAutoPostings GetArBatch
        ListClientConfigs GetClientConfig GetCodes CreateCustomer UpdateCustomer ListCustomers GetCustomer
        DeleteCustomer CreateCustomerBatch UpdateCustomerBatch ListDocumentBundles GetDocumentBundle CreateDocument
        ListDocuments GetDocument CreateDocumentBatch ListFiles UploadFiles GetFile GetGlItem ListGlItems
        GetLatestClosedGlMovement ListGlMovements ListAdbIntervals GetLogItem ListLogItems CreatePaymentReservation
        GetArHealth
    """,
}
DROPPED = """
    GetBatchByIdLegacy GetAllBatches GetInvoicePayments GetInvoiceDocuments GetInvoiceHistory PauseInvoice
    WithdrawInvoice ResumeInvoice Ping PingAuthorized GetHealth GetOrganizationReports CallBanqSoft
"""

# Of these a menu or a title is all that was seen.
ASSUMED = """
    AcceptDebtCollectionList RejectDebtCollectionList PauseCase WithdrawCase ResumeCase AcceptEvictionRequest
    RejectEvictionRequest AcceptEvictionConfirmation RejectEvictionConfirmation PauseInvoice WithdrawInvoice
    GetInvoiceDocuments GetInvoiceHistory Ping PingAuthorized GetHealth GetOrganizationReports CallBanqSoft
    LegacyAttachment LegacyPing CreateAction CreateReportsAction ListClientConfigs GetClientConfig GetCodes
    CreateCustomerBatch CreateDocument ListDocuments ListDocumentBundles GetDocumentBundle ListFiles GetFile
    GetLatestClosedGlMovement ListGlMovements ListAdbIntervals ListLogItems GetLogItem GetArHealth
"""


def client(server: ScriptedServer, clock: FakeClock, **settings: Any) -> AmiliClient:
    return AmiliClient(server.config(**settings), clock=clock)


def test_every_operation_that_the_documentation_names_is_there() -> None:
    """These and no others: one that is missing cannot be called, and one too many was made up."""
    found = {name: {row.id for row in OPERATIONS.values() if row.product == name} for name in PRODUCTS}
    expected = {product: set(text.split()) for product, text in NAMED.items()}
    expected["collection"] |= set(DROPPED.split())
    assert found == expected


def test_what_the_documentation_dropped_is_deprecated() -> None:
    """Exactly those."""
    assert {row.id for row in OPERATIONS.values() if row.deprecated} == set(DROPPED.split())


def test_every_row_says_how_sure_it_is_and_since_when() -> None:
    """What was printed names its page; nothing is older than the first edition, and a dropped one is not new."""
    assert [row.id for row in OPERATIONS.values() if not row.evidence.pages] == []
    assert {row.since for row in OPERATIONS.values()} <= {"2025-09", "2026-03", "2026-spring", "2026-05"}
    assert [row.id for row in OPERATIONS.values() if row.deprecated and row.since == "2026-05"] == []


def test_what_has_a_path_by_analogy_alone_is_assumed() -> None:
    """Exactly those: calling one is a guess, and calling another is not."""
    assert {row.id for row in OPERATIONS.values() if row.evidence.level == "assumed"} == set(ASSUMED.split())


async def test_an_assumed_read_of_the_real_table_warns_once(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """ListFiles: only its title is known, so its path is said to be a guess, once."""
    monkeypatch.setattr(amili_async.client, "_warned", set())
    async with scripted([Answer(body={"files": []})]) as server, client(server, clock) as amili:
        with pytest.warns(UnverifiedOperationWarning, match="ListFiles"):
            await amili.receivables.list_files(2218)
        await amili.receivables.list_files(2218)  # a warning here would be an error, as everywhere in these tests
    assert [seen.path for seen in server.requests] == ["/arm/v1/clients/2218/files"] * 2


async def test_an_assumed_write_of_the_real_table_needs_permission(clock: FakeClock) -> None:
    """PauseCase: nothing is sent to a guessed path unless the user says so, for the client or for the call."""
    async with scripted([Answer(202, b"")]) as server:
        async with client(server, clock) as amili:
            with pytest.raises(UnverifiedOperationError, match="PauseCase"):
                await amili.collection.pause_case(ORG, CASE)
            assert (server.requests, server.token_requests) == ([], [])
            await amili.collection.pause_case(ORG, CASE, options=RequestOptions(allow_unverified=True))
        async with client(server, clock, allow_unverified=True) as amili:
            await amili.collection.pause_case(ORG, CASE)
    assert [seen.path for seen in server.requests] == [f"/collection/v1/orgs/{ORG}/cases/{CASE}/pause"] * 2


async def test_lists_of_accounts_receivable_are_paged_by_their_wire_names(clock: FakeClock) -> None:
    """Arguments have Python's names (`page_size`), the request has the API's (`pagesize`), on every page."""
    pages = [
        {
            "customers": [{"customerNo": str(number)}],
            "summary": {"pageNo": number, "totalPages": 3, "queryId": "q-1"},
        }
        for number in (1, 2, 3)
    ]
    async with scripted([Answer(body=page) for page in pages]) as server, client(server, clock) as amili:
        found = [
            customer.customer_no
            async for customer in amili.paginate(amili.receivables.list_customers, 2218, page_size=1, maximum_count=3)
        ]
    assert found == ["1", "2", "3"]
    assert [set(seen.path.partition("?")[2].split("&")) for seen in server.requests] == [
        {"maximumcount=3", "pagesize=1"},
        {"query=q-1", "pageno=2"},
        {"query=q-1", "pageno=3"},
    ]


def test_arguments_are_words() -> None:
    """What the API writes in one (`customerno`) is set apart, as the fields of bodies are: `customer_no` in both."""
    names = {param.wire: param.name for row in OPERATIONS.values() for param in row.params}
    assert names["clientno"] == "client_no"
    assert names["lastsettlementid"] == "last_settlement_id"
    assert {wire for wire, name in names.items() if wire == name} == {"expand", "key", "query"}

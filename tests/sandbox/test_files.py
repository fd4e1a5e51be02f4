"""Files: state over restarts, and the log of requests."""

from __future__ import annotations

import json
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amili_async import AmiliClient
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem
from amili_async.sandbox import Faults, Sandbox, VirtualClock
from tests.sandbox.api import Api, invoice, opened


async def everything(api: Api) -> list[Any]:
    """All that can be read of the sandbox."""
    await api.log_in()
    paths = ("/invoices", "/cases", "/batches", "/settlements")
    found = [(await api.get(path)).body for path in paths]
    lists = ("/customers", "/documents", "/aritems", "/glitems", "/files", "/logitems")
    for path in lists:
        body = (await api.arm("GET", path)).body
        found.append({name: rows for name, rows in body.items() if name != "summary"})
    return found


async def use(api: Api) -> None:
    """Something of every kind of write."""
    batch = await api.push([invoice("1"), invoice("2"), invoice("2")], key="k")
    first = batch["succeeded"][0]
    payment = {"invoiceId": first["invoiceId"], "amount": 7, "currency": "NOK"}
    await api.finished("/payments", {"payments": [payment]})
    await api.finished(f"/cases/{first['caseId']}/pause", {})
    await api.arm("POST", "/customers", {"customerNo": "1", "name": "Prøve AS"})
    await api.arm("POST", "/customers/batches", [{"customerNo": "2"}])
    await api.arm("POST", "/documents", {"documentNo": "1", "currencyAmounts": {"inclVat": 10}})
    await api.arm("POST", "/autopostings/x", [{"amount": 3, "documentNo": "1"}])
    await api.arm("POST", "/files", [{"name": "a"}])
    await api.post("/invoices", {"invoices": [invoice("3")]})  # still QUEUED


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    """Ids, times and what was under way are the same; keys still stand for their batches."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        await use(api)
        before = await everything(api)
    async with opened(state_file=file) as api:
        assert await everything(api) == before
        again = await api.post("/invoices", {"invoices": [invoice("1"), invoice("2"), invoice("2")]}, key="k")
        assert again.body["data"]["batchId"] == before[2]["data"][0]["batchId"]
        api.clock.advance(1)
        after = await everything(api)
        assert len(after[0]["data"]) == 3
    async with opened(state_file=file) as api:
        api.clock.advance(1)
        assert await everything(api) == after


async def test_a_push_that_went_badly_is_the_same_after_a_restart(tmp_path: Path) -> None:
    """Requests at once, refusals, lost answers, joined cases: afterwards the state is the same, in each id."""
    faults = Faults(rate_429=0.2, retry_after_s=0, drop_after=0.1, drop_before=0.1)
    settings: dict[str, Any] = {"state_file": tmp_path / "state.jsonl", "join_cases": True, "case_step_s": 0.5}

    async def cases(sandbox: Sandbox) -> list[Any]:
        async with AmiliClient(sandbox.config(), clock=sandbox.clock) as amili:
            pager = amili.paginate(amili.collection.get_cases_by_organization, sandbox.organization_id)
            return [case async for case in pager]

    async with Sandbox(seed=3, clock=VirtualClock(running=True), faults=faults, **settings) as sandbox:
        records = [
            CreateInvoiceItem(
                invoice_number=str(number),
                original_invoice_amount=Decimal(number + 1),
                currency="NOK",
                debtors=[CreateInvoiceDebtor(name="Prøve AS", customer_number=str(number % 9))],
            )
            for number in range(80)
        ]
        async with AmiliClient(sandbox.config(), clock=sandbox.clock) as amili:
            await amili.bulk.submit_invoices(sandbox.organization_id, records, chunk_size=5, concurrency=4)
        sandbox.set_faults(Faults())
        sandbox.advance(60)
        before = await cases(sandbox)
    async with Sandbox(seed=3, clock=VirtualClock(running=True), **settings) as sandbox:
        sandbox.advance(60)
        assert await cases(sandbox) == before
    assert len(before) > 1


async def test_a_refused_request_and_a_read_leave_no_trace(tmp_path: Path) -> None:
    """Only writes that were acted on are kept, with those whose answer was lost."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        await api.get("/cases")
        await api.post("/invoices", {"invoices": [{"vat": "x"}]})
        api.sandbox.fail_next(status=500)
        await api.post("/invoices", {"invoices": []})
        await api.post("/payments", {"payments": []})
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line.get("operation") for line in lines] == [None, "CreatePayments"]


async def test_a_state_file_is_for_its_owner(tmp_path: Path) -> None:
    """It holds debtors, so nobody else may read it."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file):
        pass
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    """A sandbox that was killed while writing starts with all writes before that one, and goes on from there."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        await api.push([invoice("1")])
        await api.push([invoice("2")])
    file.write_bytes(file.read_bytes()[:-20])
    async with opened(state_file=file) as api:
        api.clock.advance(1)
        assert list(api.sandbox.state.ledger(api.sandbox.organization_id)) == ["1"]
        await api.push([invoice("3")])
    async with opened(state_file=file) as api:
        api.clock.advance(1)
        assert list(api.sandbox.state.ledger(api.sandbox.organization_id)) == ["1", "3"]


@pytest.mark.parametrize(
    ("content", "settings", "message"),
    [
        (None, {"seed": 9}, "another seed"),
        (None, {"batch_delay_s": 9, "reject_duplicates": False}, "batch_delay_s and reject_duplicates"),
        (b'{"hello": 1}\n', {}, "not a state file"),
        (b"hello\n", {}, "line 1 is damaged"),
        (b'{"operation": "Dream", "at": "2025-03-09T14:30:00Z"}\n', {}, "holds a Dream"),
    ],
)
async def test_a_file_that_does_not_fit_is_refused(
    tmp_path: Path, content: bytes | None, settings: dict[str, Any], message: str
) -> None:
    """Writes of other settings would give another state; the message says which, and the file stays as it is."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        await api.push([invoice("1")])
    if content is not None:
        header = file.read_bytes().splitlines(keepends=True)[0] if b"operation" in content else b""
        file.write_bytes(header + content)
    before = file.read_bytes()
    sandbox = Sandbox(clock=VirtualClock(), state_file=file, **{"seed": 1, **settings})
    with pytest.raises(ValueError, match=message):
        await sandbox.start()
    assert file.read_bytes() == before


async def test_a_reset_empties_the_file(tmp_path: Path) -> None:
    """What was forgotten does not come back."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        await api.push([invoice("1")])
        api.sandbox.reset()
        await api.push([invoice("2")])
    async with opened(state_file=file) as api:
        api.clock.advance(1)
        assert list(api.sandbox.state.ledger(api.sandbox.organization_id)) == ["2"]


async def test_who_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    """Organizations and clients that code adds come back with what they have, and with the same ids."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        await api.push([invoice("1")])
        await api.post("/invoices", {"invoices": [invoice("2")]})
        api.clock.advance(1)  # due, but nobody has looked yet
        other = api.sandbox.state.add_organization("Prøve Utleie AS")
        api.sandbox.state.add_client(77)
        await api.ask("POST", f"/collection/v1/orgs/{other.id}/invoices", {"invoices": [invoice("3")]})
        await api.ask("POST", "/arm/v1/clients/77/customers", {"customerNo": "1"})
        api.clock.advance(1)
        before = await everything(api), api.sandbox.state.ledger(other.id), api.sandbox.state.organizations
    async with opened(state_file=file) as api:
        api.clock.advance(1)
        assert (await everything(api), api.sandbox.state.ledger(other.id), api.sandbox.state.organizations) == before
        assert list(api.sandbox.state.client(77).customers) == ["1"]


async def test_who_is_added_before_the_start_is_there(tmp_path: Path) -> None:
    """Whether the file is new or not, and whether the code names an id or not; and nobody is there twice."""
    for _ in range(2):
        sandbox = Sandbox(clock=VirtualClock(), state_file=tmp_path / "state.jsonl")
        one = sandbox.state.add_organization("Prøve Utleie AS")
        two = sandbox.state.add_organization("Prøve Salg AS", organization_id="3fa85f64-5717-4562-b3fc-2c963f66afa7")
        sandbox.state.add_client(77)
        async with sandbox:
            assert sandbox.state.organizations[1:] == [one, two]
            assert [client.number for client in sandbox.state.clients] == [2218, 77]
    later = Sandbox(clock=VirtualClock(), state_file=tmp_path / "state.jsonl")
    later.state.add_organization("Prøve Kjøp AS", organization_id="3fa85f64-5717-4562-b3fc-2c963f66afa8")
    async with later:
        assert [row.name for row in later.state.organizations[1:]] == [one.name, two.name, "Prøve Kjøp AS"]


async def test_the_same_sandbox_starts_again(tmp_path: Path) -> None:
    """A second start of one object does not do its writes twice."""
    sandbox = Sandbox(clock=VirtualClock(), state_file=tmp_path / "state.jsonl", batch_delay_s=0)
    async with sandbox:
        sandbox.state.submit(sandbox.organization_id, "invoices", [])
    async with sandbox:
        assert sandbox.summary()["organizations"][0]["batches"] == 0


async def test_requests_are_logged(tmp_path: Path) -> None:
    """A line per request with its end, the dropped ones too; no queries, no bodies."""
    file = tmp_path / "requests.jsonl"
    async with opened(request_log=file, faults=Faults()) as api:
        await api.get("/cases", SearchTerm="Testesen")
        api.sandbox.fail_next(status=503)
        await api.post("/invoices", {"invoices": [invoice()]}, key="k")
        await api.get("/nothing")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 503, 404]
    assert (lines[2]["operation"], lines[2]["idempotency_key"], lines[2]["fault"]) == (
        "CreateInvoices",
        "k",
        "status 503",
    )
    assert "Testesen" not in file.read_text()


async def test_a_state_file_is_used_by_one_sandbox_at_a_time(tmp_path: Path) -> None:
    """A second one is told so, and harms neither the file nor the first; it can start when the first has stopped."""
    file = tmp_path / "state.jsonl"
    second = Sandbox(seed=1, clock=VirtualClock(), state_file=file)
    async with opened(state_file=file) as api:
        await api.push([invoice("1")])
        before = file.read_bytes()
        with pytest.raises(ValueError, match=r"state\.jsonl is used by another sandbox"):
            await second.start()
        assert file.read_bytes() == before
        await api.push([invoice("2")])
    async with second:
        second.advance(1)
        assert list(second.state.ledger(second.organization_id)) == ["1", "2"]


async def test_a_file_that_was_refused_can_be_used_by_others(tmp_path: Path) -> None:
    """A sandbox that did not start keeps no lock."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file):
        pass
    with pytest.raises(ValueError, match="another seed"):
        await Sandbox(seed=9, clock=VirtualClock(), state_file=file).start()
    async with opened(state_file=file) as api:
        assert (await api.get("/batches")).status == 200

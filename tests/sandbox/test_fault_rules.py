"""Faults by rule: from a file, in code, and while the sandbox runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from amili_async import AmiliClient, TransportError
from amili_async.sandbox import Faults, Rule, Sandbox, load_faults
from amili_async.sandbox.fault_files import dump_faults, parse_faults
from tests.sandbox.api import Api, invoice, opened

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "faults.toml"


def ruled(**rule: Any) -> Faults:
    """Faults of one rule."""
    return Faults(rules=[Rule(**rule)])


async def test_a_rule_lets_some_pass_and_strikes_so_many() -> None:
    """After the first two of its requests, three are struck, and others not at all."""
    rule = {"kind": "status", "status": 429, "retry_after_s": 3, "operation": "CreatePayments", "after": 2, "times": 3}
    async with opened(faults=ruled(**rule)) as api:
        found = []
        for _ in range(7):
            assert (await api.get("/cases")).status == 200
            found.append((await api.post("/payments", {"payments": []})).status)
        assert found == [202, 202, 429, 429, 429, 202, 202]


async def test_a_rule_strikes_by_chance_and_repeatably() -> None:
    """A probability strikes about its share; the same seed strikes the same requests."""

    async def found(seed: int) -> list[int]:
        async with opened(seed=seed, faults=ruled(kind="status", status=503, probability=0.3)) as api:
            return [(await api.get("/cases")).status for _ in range(100)]

    first = await found(1)
    assert 15 <= first.count(503) <= 45
    assert first == await found(1) != await found(2)


async def test_rules_spare_the_token_service_unless_named() -> None:
    """A client can log in whatever strikes; a rule can name the token service."""
    async with opened(faults=ruled(kind="status", status=500)) as api:
        assert (await api.log_in()).status == 200
        api.sandbox.set_faults(ruled(kind="status", status=500, operation="RequestToken"))
        assert (await api.log_in()).status == 500


async def test_latency_comes_on_top() -> None:
    """Latency is added to whatever else strikes, or to a good answer."""
    rules = [Rule(kind="latency", seconds=5), Rule(kind="status", status=500, times=1)]
    async with opened(faults=Faults(rules=rules, latency_s=2)) as api:
        for status in (500, 200):
            before = api.clock.monotonic()
            assert (await api.get("/cases")).status == status
            assert api.clock.monotonic() - before == 7


async def test_latency_comes_on_top_of_what_is_ordered_too() -> None:
    """A request that a test has ordered a fault for is as slow as the others."""
    rules = [Rule(kind="latency", seconds=5), Rule(kind="latency", seconds=60, operation="CreateInvoices")]
    async with opened(faults=Faults(rules=rules, latency_s=2)) as api:
        api.sandbox.fail_next(status=500, operation="GetCasesByOrganization")
        before = api.clock.monotonic()
        assert (await api.get("/cases")).status == 500
        assert api.clock.monotonic() - before == 7


@pytest.mark.parametrize(("kind", "acted"), [("drop-before", 0), ("drop-after", 1)])
async def test_a_rule_drops_the_connection(kind: str, acted: int) -> None:
    """Before acting nothing is done, after it everything is."""
    async with opened(faults=ruled(kind=kind, operation="CreateInvoices")) as api:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await api.post("/invoices", {"invoices": [invoice()]})
        api.clock.advance(1)
        assert len(api.sandbox.state.ledger(api.sandbox.organization_id)) == acted


async def test_a_truncated_answer_breaks_off() -> None:
    """The length that was announced does not come; the client says so instead of giving half an answer."""
    async with opened(faults=ruled(kind="truncated-body", operation="GetCasesByOrganization")) as api:
        with pytest.raises(aiohttp.ClientPayloadError):
            await api.get("/cases")
        async with AmiliClient(api.sandbox.config(max_attempts=1), clock=api.clock) as amili:
            with pytest.raises(TransportError):
                await amili.collection.get_cases_by_organization(api.sandbox.organization_id)


async def test_a_slow_answer_comes_whole() -> None:
    """The second half comes after its time, and the answer is as always."""
    async with opened(faults=ruled(kind="slow-body", seconds=40)) as api:
        before = api.clock.monotonic()
        answer = await api.get("/cases")
        assert (answer.status, answer.body["data"]) == (200, [])
        assert api.clock.monotonic() - before == 40
        assert "X-Request-Id" in answer.headers


@pytest.mark.parametrize("honours", [True, False])
async def test_a_request_that_arrives_late_is_acted_on_then(honours: bool) -> None:  # noqa: FBT001  # a switch
    """Its client sees the connection close; what it says happens after its time, to the keys that are there by then."""
    faults = ruled(kind="arrive-late", operation="CreateInvoices", seconds=40, times=1)
    async with opened(faults=faults, batch_delay_s=1, honour_idempotency_keys=honours) as api:
        organization_id = api.sandbox.organization_id
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await api.post("/invoices", {"invoices": [invoice("1")]}, IdempotencyKey="k")
        api.clock.advance(39)
        assert api.sandbox.state.ledger(organization_id) == {}
        assert (await api.get("/batches")).body["data"] == []
        api.clock.advance(2)
        assert api.sandbox.state.ledger(organization_id)["1"].accepted == 1
        (batch,) = (await api.get("/batches")).body["data"]
        assert batch["createdAt"].startswith("2025-03-09T14:30:40")
        assert (api.sandbox.requests.where(operation="CreateInvoices")[0].fault) == "arrive late"
        again = await api.post("/invoices", {"invoices": [invoice("1")]}, IdempotencyKey="k")
        assert (again.body["data"]["batchId"] == batch["batchId"]) == honours


async def test_a_late_request_that_is_refused_harms_nobody() -> None:
    """Nobody is there to hear that it does not fit; whoever asks next gets an answer."""
    async with opened(faults=ruled(kind="arrive-late", operation="CreateInvoices", seconds=5, times=1)) as api:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await api.post("/invoices", {"invoices": "none"})
        api.clock.advance(6)
        assert (await api.get("/batches")).body["data"] == []


async def test_an_expired_token_is_one_and_a_revocation_is_all() -> None:
    """The struck request gets a 401; another token stays good unless all are revoked."""
    async with opened(faults=ruled(kind="expired-token", times=1)) as api:
        first = api.token
        await api.log_in()
        second, api.token = api.token, first
        assert (await api.get("/cases")).status == 401
        api.token = second
        assert (await api.get("/cases")).status == 200
        api.sandbox.set_faults(ruled(kind="revoked-token", times=1))
        assert [(await api.get("/cases")).status for _ in range(2)] == [401, 401]


async def test_the_sdk_gets_over_a_lost_token() -> None:
    """A 401 in the middle costs a new token, not the call."""
    async with opened(faults=ruled(kind="expired-token", times=1)) as api:
        async with AmiliClient(api.sandbox.config(), clock=api.clock) as amili:
            page = await amili.collection.get_cases_by_organization(api.sandbox.organization_id)
        assert page.data == []


async def test_answers_can_hold_news() -> None:
    """A new value of a vocabulary and a new field reach the SDK's user as they came."""
    async with opened(faults=ruled(kind="unknown-enum", operation="GetCasesByOrganization")) as api:
        await api.push([invoice()])
        async with AmiliClient(api.sandbox.config(), clock=api.clock) as amili:
            (case,) = (await amili.collection.get_cases_by_organization(api.sandbox.organization_id)).data
            assert case.status == "SANDBOX_NEW_VALUE"
            api.sandbox.set_faults(ruled(kind="unknown-field", operation="GetCasesByOrganization"))
            (case,) = (await amili.collection.get_cases_by_organization(api.sandbox.organization_id)).data
            assert case.status == "OPEN"
            assert case.additional_properties == {"sandboxNewField": {"since": "tomorrow"}}


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "explosion"},
        {"kind": "status"},
        {"kind": "status", "status": 200},
        {"kind": "latency", "status": 500},
        {"kind": "latency", "seconds": -1},
        {"kind": "latency", "probability": 2},
        {"kind": "latency", "times": 0},
        {"kind": "latency", "after": -1},
        {"kind": "latency", "sometimes": True},
        {},
        7,
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: Any) -> None:
    """The message says which rule and what is wrong with it."""
    with pytest.raises(ValueError, match=r"rule"):
        parse_faults({"rule": [rule]})


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"kind": "drop-after", "seconds": 3}, "seconds does nothing for drop-after"),
        ({"kind": "drop-after", "retry_after_s": 3}, "retry_after_s does nothing for drop-after"),
        ({"kind": "duplicate-webhook", "operation": "BATCH_COMPLETE"}, "BATCH_COMPLETED"),
        ({"kind": "duplicate-webhook", "operation": "CreateInvoices"}, "BATCH_COMPLETED"),
    ],
)
def test_a_rule_in_code_that_would_never_strike_is_refused(rule: Any, message: str) -> None:
    """As in a file: a field without use and a misspelt event, with which a test would pass for the wrong reason."""
    with pytest.raises(ValueError, match=message):
        Rule(**rule)


@pytest.mark.parametrize("rules", [5, ["latency"], [{"kind": "latency"}]])
def test_rules_that_are_none_are_refused(rules: Any) -> None:
    """Where they are given, and not by every request."""
    with pytest.raises(ValueError, match="rules must be a list of Rule"):
        Faults(rules=rules)


def test_a_dropped_connection_has_no_header() -> None:
    """Whoever orders both has mistaken something."""
    with pytest.raises(ValueError, match="retry_after belongs to a status"):
        Sandbox().fail_next(drop="after", retry_after=3)


def test_an_unknown_field_at_the_top_is_refused() -> None:
    """A misspelt share would never strike."""
    with pytest.raises(ValueError, match="rate_428 is unknown"):
        parse_faults({"rate_428": 0.1})


async def test_a_rule_for_an_unknown_operation_is_refused(api: Api) -> None:
    """A misspelt operation would never be struck."""
    with pytest.raises(ValueError, match="CreateInvoice is not"):
        api.sandbox.set_faults(ruled(kind="latency", operation="CreateInvoice"))


async def test_the_example_file_works() -> None:
    """The file that the documentation points to can be used, and says what it holds."""
    faults = load_faults(EXAMPLE)
    assert faults.rules
    assert parse_faults(dump_faults(faults)) == faults
    async with opened(faults=faults) as api:
        assert api.sandbox.faults == faults


async def ask(api: Api, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """A request to the control API."""
    async with api.session.request(method, f"/__sandbox__{path}", json=body, headers=headers) as response:
        return response.status, await response.json()


async def test_faults_are_switched_while_it_runs(api: Api) -> None:
    """The control API replaces, shows and ends faults, and orders single ones."""
    faults = {"rate_503": 0.5, "rule": [{"kind": "status", "status": 429, "operation": "GetSettlements"}]}
    assert await ask(api, "PUT", "/faults", faults) == (200, faults)
    assert await ask(api, "GET", "/faults") == (200, faults)
    assert (await api.get("/settlements")).status == 429
    assert (await ask(api, "DELETE", "/faults"))[0] == 200
    assert (await api.get("/settlements")).status == 200
    assert await ask(api, "POST", "/faults/next", {"status": 500, "times": 2}) == (200, {"ordered": 2})
    assert [(await api.get("/cases")).status for _ in range(3)] == [500, 500, 200]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/faults", {"rate_428": 1}),
        ("PUT", "/faults", {"operations": ["CreateInvoice"]}),
        ("PUT", "/faults", []),
        ("POST", "/faults/next", {"times": 1}),
        ("POST", "/faults/next", {"colour": 1}),
        ("POST", "/clock", {"advance_s": -1}),
        ("POST", "/clock", {"advance_s": "soon"}),
        ("POST", "/clock", {"advance_s": "nan"}),
        ("POST", "/clock", {"advance_s": 1e20}),
        ("POST", "/faults/next", [1]),
        ("POST", "/webhooks/repeat", [1]),
        ("GET", "/requests?colour=red", None),
        ("GET", "/requests?status=good", None),
        ("GET", "/requests?limit=0", None),
    ],
)
async def test_nonsense_is_refused_by_the_control_api(api: Api, method: str, path: str, body: Any) -> None:
    """A mistake is a 400 that says what is wrong, and changes nothing."""
    status, answer = await ask(api, method, path, body)
    assert (status, bool(answer["title"])) == (400, True)
    assert api.sandbox.faults == Faults()
    assert (await api.get("/cases")).status == 200


async def test_the_clock_is_moved_on(api: Api) -> None:
    """Batches end and tokens expire as if the time had passed."""
    await api.post("/invoices", {"invoices": [invoice()]})
    before = api.clock.now()
    await ask(api, "POST", "/clock", {"advance_s": 60})
    assert (api.clock.now() - before).total_seconds() == 60
    assert (await api.get("/batches")).body["data"][0]["status"] == "SUCCESS"
    await ask(api, "POST", "/clock", {"advance_s": 3600})
    assert (await api.get("/batches")).status == 401


async def test_the_journal_is_read_and_cleared(api: Api) -> None:
    """Requests are found by their fields; what is asked of the control API is not among them."""
    await api.get("/cases", SearchTerm="Testesen")
    await api.post("/payments", {"payments": []}, key="k")
    status, answer = await ask(api, "GET", "/requests?operation=CreatePayments&status=202")
    assert (status, answer["count"], answer["requests"][0]["idempotency_key"]) == (200, 1, "k")
    status, answer = await ask(api, "GET", "/requests?limit=1")
    assert (answer["count"], len(answer["requests"]), "Testesen" in str(answer)) == (3, 1, False)
    await ask(api, "DELETE", "/requests")
    assert len(api.sandbox.requests) == 0


async def test_the_state_is_summed_up_and_reset(api: Api) -> None:
    """The summary counts and names nobody; a reset forgets everything, and the next ids are the first ones again."""
    first = await api.push([invoice()])
    status, answer = await ask(api, "GET", "/state")
    assert (status, answer["organizations"][0]["invoices"], "Testesen" in str(answer)) == (200, 1, False)
    status, answer = await ask(api, "POST", "/reset")
    assert (status, answer["organizations"][0]["invoices"], answer["requests"]) == (200, 0, 0)
    assert (await api.push([invoice()]))["batchId"] == first["batchId"]


async def test_tokens_are_revoked(api: Api) -> None:
    """Every token given out so far is worthless."""
    await ask(api, "POST", "/tokens/revoke")
    assert (await api.get("/cases")).status == 401


async def test_pages_of_other_sites_are_refused(api: Api) -> None:
    """A browser sends its page's origin along, and only the sandbox's own page may use the control API."""
    own = f"http://127.0.0.1:{api.sandbox.port}"
    assert (await ask(api, "DELETE", "/faults", Origin="https://example.invalid"))[0] == 403
    assert (await ask(api, "DELETE", "/faults", Origin=own))[0] == 200

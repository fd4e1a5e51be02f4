"""The client against a real server that answers by script: exact numbers of sends, exact waits."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import pickle
import random
import socket
import traceback
import warnings
from decimal import Decimal
from typing import Any

import aiohttp
import attrs
import pytest

from amili_async import (
    AmiliClient,
    AuthError,
    BadRequestError,
    ClientStateError,
    Config,
    ConfigError,
    DecodeError,
    ForbiddenError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestError,
    RequestOptions,
    ResponseError,
    ServerError,
    TransportError,
    TransportTimeoutError,
    UnauthorizedError,
    UnverifiedOperationError,
    UnverifiedOperationWarning,
)
from amili_async.auth import Token
from amili_async.hooks import Hooks
from amili_async.models.collection import BatchAccepted, CreateInvoiceItem, CreateInvoicesRequest
from amili_async.operations import Evidence, Operation
from amili_async.request import Request
from tests.fakes import TOKEN, Answer, FakeClock, ScriptedServer, scripted

ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
CASES = Answer(body={"data": [], "cursorSummary": {"nextPageToken": None}})
ACCEPTED = Answer(202, {"summary": {"status": "SUCCESS"}, "data": {"batchId": "ae257e86-dc53-4865-9c97-5b125a3a5ac2"}})
INVOICE = CreateInvoicesRequest(
    invoices=[CreateInvoiceItem(invoice_number="F-1", original_invoice_amount=Decimal("10.50"))]
)


def client(server: ScriptedServer, clock: FakeClock, **settings: Any) -> AmiliClient:
    return AmiliClient(server.config(**settings), clock=clock, rng=random.Random(3))


async def read(amili: AmiliClient, **kwargs: Any) -> Any:
    return await amili.collection.get_cases_by_organization(ORG, **kwargs)


async def write(amili: AmiliClient, **kwargs: Any) -> BatchAccepted:
    return await amili.collection.create_invoices(ORG, body=INVOICE, **kwargs)


async def test_a_call_carries_token_query_and_agent(clock: FakeClock) -> None:
    """What goes over the wire for a read."""
    async with scripted([CASES]) as server, client(server, clock, user_agent="erp/1") as amili:
        await read(amili, status="OPEN", page_size=10, search_term="a&b=c ø")
    (seen,) = server.requests
    assert seen.path == f"/collection/v1/orgs/{ORG}/cases?Status=OPEN&SearchTerm=a%26b%3Dc%20%C3%B8&PageSize=10"
    assert seen.headers["Authorization"] == "Bearer tok-1"
    assert seen.headers["User-Agent"].startswith("erp/1 amili-async/")


async def test_a_write_carries_body_and_key(clock: FakeClock) -> None:
    """The body to the digit, and an idempotency key of its own for each call."""
    async with scripted([ACCEPTED]) as server, client(server, clock) as amili:
        accepted = await write(amili)
        await write(amili)
        await write(amili, options=RequestOptions(idempotency_key="mine"))
    assert str(accepted.data.batch_id) == "ae257e86-dc53-4865-9c97-5b125a3a5ac2"
    assert server.requests[0].body == b'{"invoices":[{"invoiceNumber":"F-1","originalInvoiceAmount":10.50}]}'
    keys = [seen.headers["IdempotencyKey"] for seen in server.requests]
    assert len(set(keys)) == 3
    assert keys[2] == "mine"


async def test_the_token_request_is_the_documented_form(clock: FakeClock) -> None:
    """Client credentials in the form body, no Authorization header."""
    async with scripted([CASES]) as server, client(server, clock, client_secret="a&b") as amili:
        await read(amili)
    (seen,) = server.token_requests
    assert seen.body == b"grant_type=client_credentials&client_id=test-client&client_secret=a%26b"
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Authorization" not in seen.headers


async def test_many_calls_cost_one_token(clock: FakeClock) -> None:
    """Whatever the concurrency."""
    async with scripted([CASES]) as server, client(server, clock) as amili:
        await asyncio.gather(*(read(amili) for _ in range(50)))
    assert len(server.requests) == 50
    assert len(server.token_requests) == 1


async def test_a_revoked_token_is_renewed_once_and_the_call_replayed(clock: FakeClock) -> None:
    """401 is not acted on, so also a write is sent again, without waiting."""
    new = Answer(body={"access_token": "tok-2", "expires_in": 3600})
    async with scripted([Answer(401), ACCEPTED], [TOKEN, new]) as server, client(server, clock) as amili:
        await write(amili)
    assert [seen.headers["Authorization"] for seen in server.requests] == ["Bearer tok-1", "Bearer tok-2"]
    assert server.requests[0].headers["IdempotencyKey"] == server.requests[1].headers["IdempotencyKey"]
    assert clock.sleeps == []


async def test_a_second_401_is_final(clock: FakeClock) -> None:
    """No circle of tokens and refusals."""
    async with scripted([Answer(401)]) as server, client(server, clock) as amili:
        with pytest.raises(UnauthorizedError, match="same environment"):
            await read(amili)
    assert len(server.requests) == 2


async def test_reads_are_repeated_with_backoff(clock: FakeClock) -> None:
    """Three failures, then an answer: four sends, three growing bounds."""
    async with scripted([Answer(500), Answer(502), Answer(drop="before"), CASES]) as server:
        async with client(server, clock) as amili:
            await read(amili)
        assert len(server.requests) == 4
    assert len(clock.sleeps) == 3
    assert all(wait <= 0.5 * 2**n for n, wait in enumerate(clock.sleeps))


@pytest.mark.parametrize(
    "answer", [Answer(500), Answer(503), Answer(520), Answer(202, drop="before"), Answer(202, drop="truncated")]
)
async def test_a_write_of_unclear_outcome_is_sent_once(clock: FakeClock, answer: Answer) -> None:
    """The server may have acted: the error says so and carries the key to look it up by."""
    async with scripted([answer, ACCEPTED]) as server, client(server, clock) as amili:
        with pytest.raises(OutcomeUnknownError, match="look it up before sending it again") as caught:
            await write(amili, options=RequestOptions(idempotency_key="k-1"))
    assert len(server.requests) == 1
    assert caught.value.idempotency_key == "k-1"
    assert caught.value.operation == "CreateInvoices"
    assert clock.sleeps == []


async def test_a_trusted_key_lets_a_write_be_repeated(clock: FakeClock) -> None:
    """Only when the user has said that the API honours it; all sends carry the same key."""
    async with scripted([Answer(drop="before"), Answer(500), ACCEPTED]) as server:
        async with client(server, clock, trust_idempotency_key=True) as amili:
            await write(amili)
        assert len({seen.headers["IdempotencyKey"] for seen in server.requests}) == 1
        assert len(server.requests) == 3


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_obeyed_also_for_writes(clock: FakeClock, status: int) -> None:
    """The server says it has not acted and when to come back."""
    busy = Answer(status, headers={"Retry-After": "7"})
    async with scripted([busy, ACCEPTED]) as server, client(server, clock) as amili:
        await write(amili)
    assert len(server.requests) == 2
    (wait,) = clock.sleeps
    assert 7 <= wait <= 7.7


async def test_a_long_retry_after_is_raised_at_once(clock: FakeClock) -> None:
    """Better an error with the number in it than a service that hangs."""
    async with scripted([Answer(429, headers={"Retry-After": "3600"})]) as server, client(server, clock) as amili:
        with pytest.raises(RateLimitedError) as caught:
            await read(amili)
    assert caught.value.retry_after_s == 3600
    assert len(server.requests) == 1


async def test_attempts_and_deadline_can_be_set_per_call(clock: FakeClock) -> None:
    """What is given with the call wins."""
    busy = Answer(503, headers={"Retry-After": "20"})
    async with scripted([Answer(500), Answer(500), busy]) as server, client(server, clock) as amili:
        with pytest.raises(ServerError) as caught:
            await read(amili, options=RequestOptions(max_attempts=2))
        assert len(server.requests) == 2
        assert caught.value.attempts == 2
        with pytest.raises(ServerError):
            await read(amili, options=RequestOptions(deadline_s=15))
    assert len(server.requests) == 3
    assert len(clock.sleeps) == 1


@pytest.mark.parametrize(("status", "error"), [(400, BadRequestError), (403, ForbiddenError), (418, ResponseError)])
async def test_refusals_are_final_and_named(clock: FakeClock, status: int, error: type[ResponseError]) -> None:
    """One send; the error has the status, the request's id and the decoded body, and shows no body."""
    answer = Answer(status, {"detail": "Kari Nordmann owes 10.50"}, {"X-Request-Id": "r-9"})
    async with scripted([answer]) as server, client(server, clock) as amili:
        with pytest.raises(error) as caught:
            await write(amili)
    assert len(server.requests) == 1
    assert caught.value.body == {"detail": "Kari Nordmann owes 10.50"}
    assert caught.value.request_id == "r-9"
    assert "r-9" in str(caught.value)
    assert "Kari" not in "".join(traceback.format_exception(caught.value))


async def test_cookies_are_not_kept(clock: FakeClock) -> None:
    """A load balancer's cookie would tie all calls to one machine, and carry state from one call to the next."""
    sticky = Answer(body=CASES.body, headers={"Set-Cookie": "machine=7; Path=/"})
    async with scripted([sticky]) as server:
        by_name = server.url.replace("127.0.0.1", "localhost")  # cookies of bare addresses are dropped anyway
        async with client(server, clock, base_url=by_name) as amili:
            await read(amili)
            await read(amili)
    assert all("Cookie" not in seen.headers for seen in server.requests)


async def test_redirects_are_not_followed(clock: FakeClock) -> None:
    """They could carry the token to another host."""
    async with scripted([Answer(302, headers={"Location": "https://evil.example/"})]) as server:
        async with client(server, clock) as amili:
            with pytest.raises(ResponseError, match="redirects are not followed"):
                await read(amili)
        assert len(server.requests) == 1


async def test_links_to_other_hosts_are_not_followed(clock: FakeClock) -> None:
    """An answer may link its next page anywhere; the token goes to the configured host only."""
    link = "https://evil.example/arm/v1/clients/2218/customers?query=q-1&pageno=2"
    summary = {"pageNo": 1, "totalPages": 2, "nextPage": link, "queryId": "q-1"}
    first = Answer(body={"summary": summary, "customers": [{"customerNo": "1"}]})
    second = Answer(body={"summary": {"pageNo": 2, "totalPages": 2}, "customers": [{"customerNo": "2"}]})
    async with scripted([first, second]) as server, client(server, clock) as amili:
        numbers = [c.customer_no async for c in amili.paginate(amili.receivables.list_customers, 2218)]
    assert numbers == ["1", "2"]
    assert server.requests[1].path == "/arm/v1/clients/2218/customers?query=q-1&pageno=2"


@pytest.mark.parametrize("body", [b"<html>", b"", b'{"data": {}}', b'{"data": [{"caseId": 5}]}'])
async def test_answers_of_another_shape_are_named(clock: FakeClock, body: bytes) -> None:
    """Operation, status and place; never the value."""
    answer = Answer(body=body, headers={"X-Request-Id": "r-7"})
    async with scripted([answer]) as server, client(server, clock) as amili:
        with pytest.raises(DecodeError) as caught:
            await read(amili)
    assert (caught.value.operation, caught.value.status, caught.value.request_id) == (
        "GetCasesByOrganization",
        200,
        "r-7",
    )
    assert "GetCasesByOrganization" in str(caught.value)


async def test_a_byte_order_mark_does_no_harm(clock: FakeClock) -> None:
    """Some gateways put one there."""
    marked = Answer(body=b"\xef\xbb\xbf" + json.dumps(CASES.body).encode())
    async with scripted([marked]) as server, client(server, clock) as amili:
        assert (await read(amili)).data == []


async def test_raw_access_tells_what_is_around_the_answer(clock: FakeClock) -> None:
    """Status, headers, attempts, time and bytes."""
    from amili_async.operations import OPERATIONS

    async with scripted([Answer(500), CASES]) as server, client(server, clock) as amili:
        response = await amili.call(OPERATIONS["GetCasesByOrganization"], ORG)
    assert (response.status, response.attempts) == (200, 2)
    assert response.elapsed_s == pytest.approx(sum(clock.sleeps))
    assert json.loads(response.content) == CASES.body
    assert response.parsed.data == []


@pytest.mark.parametrize(
    ("answer", "refused", "text"),
    [
        (Answer(401), True, "AMILI_CLIENT_SECRET"),
        (Answer(400), True, "AMILI_CLIENT_ID"),
        (Answer(404), False, "AMILI_TOKEN_URL"),
        (Answer(200, b"<html>"), False, "not with a token.*AMILI_TOKEN_URL"),
        (Answer(200, {"access_token": "", "expires_in": 3600}), False, "empty"),
        (Answer(200, []), False, "not with a token"),
        (Answer(200, {"access_token": "x"}), False, "not with a token"),
        (Answer(200, {"access_token": 7, "expires_in": 3600}), False, "not with a token"),
        (Answer(200, {"access_token": "x", "expires_in": "soon"}), False, "not with a token"),
        (Answer(500), False, "try again later"),
    ],
)
async def test_token_failures_are_told_apart(clock: FakeClock, answer: Answer, text: str, *, refused: bool) -> None:
    """Refused, nonsense or broken: each says what to check."""
    async with scripted([CASES], [answer]) as server, client(server, clock) as amili:
        with pytest.raises(AuthError, match=text) as caught:
            await read(amili)
    assert caught.value.refused is refused
    assert server.requests == []


async def test_a_token_that_would_break_the_header_is_refused(clock: FakeClock) -> None:
    """From the token service or from anywhere else: an AuthError, and nothing is sent."""
    evil = Answer(body={"access_token": "x\r\nEvil: 1", "expires_in": 3600})
    async with scripted([CASES], [evil]) as server, client(server, clock) as amili:
        with pytest.raises(AuthError, match="cannot stand in a header"):
            await read(amili)
    assert server.requests == []


@pytest.mark.parametrize("extra", [{"resource": "no uuid"}, {"not_before": "then"}, {"expires_in": "3600"}])
async def test_an_odd_field_beside_the_token_locks_nobody_out(clock: FakeClock, extra: dict[str, Any]) -> None:
    """Only the token and its lifetime matter, and the lifetime may be text."""
    token = Answer(body={"access_token": "tok-1", "expires_in": 3600, **extra})
    async with scripted([CASES], [token]) as server, client(server, clock) as amili:
        await read(amili)
    assert len(server.requests) == 1


async def test_a_token_service_that_hiccups_is_asked_again(clock: FakeClock) -> None:
    """Asking twice for a token harms nobody."""
    async with scripted([ACCEPTED], [Answer(503), TOKEN]) as server, client(server, clock) as amili:
        await write(amili)
    assert len(server.token_requests) == 2


async def test_an_unreachable_host_was_never_sent_to(clock: FakeClock) -> None:
    """So also a write is tried again, and ends as a plain transport error."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    async with scripted([CASES]) as server:
        config = server.config(base_url=f"http://127.0.0.1:{port}", max_attempts=3)
        async with AmiliClient(config, clock=clock, rng=random.Random(1)) as amili:
            with pytest.raises(TransportError, match="cannot be reached") as caught:
                await write(amili)
    assert not caught.value.sent
    assert caught.value.attempts == 3
    assert len(clock.sleeps) == 2


async def test_silence_is_a_timeout(clock: FakeClock) -> None:
    """The read limit counts silence, and the outcome of a write is then unknown."""
    never = asyncio.Event()
    async with scripted([Answer(wait_for=never)]) as server, client(server, clock, read_timeout_s=0.05) as amili:
        with pytest.raises(TransportTimeoutError):
            await read(amili, options=RequestOptions(max_attempts=1))
        with pytest.raises(OutcomeUnknownError):
            await write(amili)
        never.set()


async def test_waiting_for_a_slot_is_not_the_servers_time(clock: FakeClock) -> None:
    """With one connection and many calls none of them runs into its deadline while it queues."""
    allowed: list[float] = []
    async with scripted([CASES]) as server, client(server, clock, pool_size=1, deadline_s=5) as amili:
        await read(amili)  # the token is there, so each call is one send
        send = amili._transport.send

        async def watch(*args: Any, timeout_s: float, **kwargs: Any) -> Any:
            allowed.append(timeout_s)
            answer = await send(*args, timeout_s=timeout_s, **kwargs)
            clock.advance(4)  # each takes most of a deadline
            return answer

        amili._transport.send = watch  # type: ignore[method-assign]  # to see what it is given
        await asyncio.gather(*(read(amili) for _ in range(30)))
    assert allowed == [5.0] * 30


async def test_a_client_is_for_one_loop_and_one_life(clock: FakeClock) -> None:
    """Used before, after, or twice: one clear sentence each."""
    async with scripted([CASES]) as server:
        amili = client(server, clock)
        with pytest.raises(ClientStateError, match="async with"):
            await read(amili)
        async with amili:
            await read(amili)
            with pytest.raises(ClientStateError, match="another event loop"):
                await asyncio.to_thread(asyncio.run, read(amili))
        with pytest.raises(ClientStateError, match="closed"):
            await read(amili)
        with pytest.raises(ClientStateError, match="opened once"):
            await amili.__aenter__()
        await amili.close()


@pytest.mark.parametrize("last", [Answer(409), Answer(429)])
async def test_a_refusal_after_an_unclear_attempt_leaves_it_unknown(clock: FakeClock, last: Answer) -> None:
    """With a trusted key: the first send may have been acted on, so the second's refusal proves nothing."""
    async with scripted([Answer(drop="before"), last]) as server:
        async with client(server, clock, trust_idempotency_key=True, max_attempts=2) as amili:
            with pytest.raises(OutcomeUnknownError):
                await write(amili)
    assert len(server.requests) == 2


async def test_nothing_is_sent_after_the_deadline(clock: FakeClock) -> None:
    """The wait for a slot took the time: the refusal before it is the answer, and no outcome is made unknown."""
    hold = asyncio.Event()
    script = [Answer(429, headers={"Retry-After": "1"}), Answer(body=CASES.body, wait_for=hold), ACCEPTED]

    class Clock(FakeClock):
        async def sleep(self, seconds: float) -> None:
            other = asyncio.create_task(read(amili))
            tasks.append(other)
            await server_has(2)
            self.advance(seconds + 3)
            asyncio.get_running_loop().call_later(0.01, hold.set)

    async def server_has(count: int) -> None:
        while len(server.requests) < count:  # noqa: ASYNC110  # the server tells nobody else
            await asyncio.sleep(0)

    tasks: list[asyncio.Task[Any]] = []
    slow = Clock()
    async with scripted(script) as server, client(server, slow, pool_size=1, deadline_s=2) as amili:
        with pytest.raises(RateLimitedError):
            await write(amili)
        await asyncio.gather(*tasks)
    assert [seen.method for seen in server.requests] == ["POST", "GET"]


async def test_the_deadline_covers_all_attempts(clock: FakeClock) -> None:
    """What is left of it shrinks from attempt to attempt."""
    allowed: list[float] = []
    async with scripted([Answer(500), CASES]) as server, client(server, clock, deadline_s=50) as amili:
        send = amili._transport.send

        async def watch(*args: Any, timeout_s: float, **kwargs: Any) -> Any:
            allowed.append(timeout_s)
            clock.advance(10)
            return await send(*args, timeout_s=timeout_s, **kwargs)

        amili._transport.send = watch  # type: ignore[method-assign]  # to see what it is given
        await read(amili)
    # The token request has a budget of its own.
    assert allowed[0] == 50
    assert allowed[1] == pytest.approx(40)
    assert allowed[2] == pytest.approx(30 - clock.sleeps[0])


async def test_a_key_given_as_a_header_is_refused(clock: FakeClock) -> None:
    """It would be replaced without a word, and then be looked up in vain."""
    async with scripted([ACCEPTED]) as server, client(server, clock) as amili:
        with pytest.raises(RequestError, match=r"options\.idempotency_key"):
            await write(amili, options=RequestOptions(headers={"idempotencykey": "MINE"}))
    assert server.requests == []


async def test_a_connection_that_does_not_come_about_was_never_sent_on(clock: FakeClock) -> None:
    """A host that is not found in time, or does not take the connection: not even a write is unknown."""

    class Resolver(aiohttp.abc.AbstractResolver):
        async def resolve(self, *_: Any, **__: Any) -> Any:
            await asyncio.Event().wait()

        async def close(self) -> None:
            pass

    async with scripted([CASES]) as server:
        config = server.config(base_url="https://api.amili.example", connect_timeout_s=0.05, max_attempts=2)
        async with AmiliClient(config, clock=clock, rng=random.Random(1)) as amili:
            session = amili._transport.check_usable()
            session.connector._resolver = Resolver()  # type: ignore[union-attr]  # there is no way in from outside
            with pytest.raises(TransportTimeoutError, match="accept a connection") as caught:
                await write(amili)
            with pytest.raises(TransportTimeoutError) as by_deadline:
                await write(amili, options=RequestOptions(deadline_s=0.02))
    assert not caught.value.sent
    assert not by_deadline.value.sent
    assert caught.value.attempts == 2


async def test_a_nonsense_header_does_not_hide_the_failure(clock: FakeClock) -> None:
    """A date beyond all calendars is no reason to forget that a write is unknown."""
    nonsense = {"Retry-After": "Mon, 01 Jan 2024 00:00:00 +9999999999999999"}
    async with scripted([Answer(500, headers=nonsense)]) as server, client(server, clock) as amili:
        with pytest.raises(OutcomeUnknownError):
            await write(amili)


async def test_variables_of_frames_show_nothing_private(clock: FakeClock) -> None:
    """Error reporters print the variables of each frame: no token, and none of the body."""
    async with scripted([Answer(drop="before")]) as server, client(server, clock) as amili:
        with pytest.raises(OutcomeUnknownError) as caught:
            await write(amili)
    shown: list[str] = []
    told: traceback.TracebackException | None
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    while told is not None:
        frames = [frame for frame in told.stack if "/tests/" not in frame.filename]
        shown += [f"{frame.name}: {frame.locals}" for frame in frames]
        told = told.__cause__ or told.__context__
    assert any(frame.startswith("send:") for frame in shown)
    for private in ("tok-1", '"invoiceNumber"', "test-secret"):
        assert private not in "".join(shown)


async def test_the_wait_for_a_token_counts_against_the_deadline(clock: FakeClock) -> None:
    """A token service that hangs must not hold a call beyond its deadline."""
    never = asyncio.Event()
    async with scripted([CASES], [Answer(wait_for=never)]) as server, client(server, clock) as amili:
        with pytest.raises(AuthError, match="deadline_s"):
            await read(amili, options=RequestOptions(deadline_s=0.05))
        never.set()
    assert server.requests == []


async def test_another_loop_is_named_also_when_all_slots_are_taken(clock: FakeClock) -> None:
    """Not asyncio's own words about a lock of another loop."""
    hold = asyncio.Event()
    async with (
        scripted([Answer(body=CASES.body, wait_for=hold)]) as server,
        client(server, clock, pool_size=1) as amili,
    ):
        busy = asyncio.create_task(read(amili))
        while not server.requests:  # noqa: ASYNC110  # the server tells nobody else
            await asyncio.sleep(0)
        with pytest.raises(ClientStateError, match="another event loop"):
            await asyncio.to_thread(asyncio.run, read(amili))
        hold.set()
        await busy


async def test_an_unreadable_answer_to_a_write_says_that_it_was_accepted(clock: FakeClock) -> None:
    """Who repeats on a DecodeError would dun twice; the key is there to look it up."""
    async with scripted([Answer(202, b"<html>")]) as server, client(server, clock) as amili:
        with pytest.raises(DecodeError, match="has accepted the request: do not send it again") as caught:
            await write(amili, options=RequestOptions(idempotency_key="k-1"))
    assert caught.value.idempotency_key == "k-1"
    assert len(server.requests) == 1


async def test_the_sandbox_permits_assumed_writes(clock: FakeClock) -> None:
    """Nobody is dunned there."""
    async with scripted([Answer()]) as server:
        async with AmiliClient(server.config(environment="sandbox"), clock=clock) as amili:
            await amili.call(ASSUMED_WRITE)
    assert len(server.requests) == 1


async def test_arguments_are_checked_before_anything_is_sent(clock: FakeClock) -> None:
    """Not even a token is asked for."""
    async with scripted([CASES]) as server, client(server, clock) as amili:
        with pytest.raises(RequestError, match="must be a CreateInvoicesRequest, not a dict"):
            await amili.collection.create_invoices(ORG, body={"invoices": []})  # type: ignore[arg-type]  # the point
        with pytest.raises(RequestError):
            await amili.collection.get_cases_by_organization("")
    assert server.requests == server.token_requests == []


ASSUMED_READ: Operation[Any] = Operation(
    id="AssumedRead",
    method="GET",
    path="/assumed",
    prefix="",
    product="collection",
    tag="x",
    summary="",
    idempotency="safe",
    evidence=Evidence(level="assumed"),
)
ASSUMED_WRITE: Operation[Any] = Operation(
    id="AssumedWrite",
    method="POST",
    path="/assumed",
    prefix="",
    product="collection",
    tag="x",
    summary="",
    idempotency="unsafe",
    evidence=Evidence(level="assumed"),
)


async def test_an_assumed_read_warns_once(clock: FakeClock) -> None:
    """The first call says that the path is a guess; the others are quiet."""
    async with scripted([Answer()]) as server, client(server, clock) as amili:
        with pytest.warns(UnverifiedOperationWarning, match="AssumedRead"):
            await amili.call(ASSUMED_READ)
        await amili.call(ASSUMED_READ)  # a warning here would be an error, as everywhere in these tests


async def test_where_warnings_are_errors_an_assumed_read_fails_each_time(clock: FakeClock) -> None:
    """And does not go through quietly when it is tried again."""
    another = attrs.evolve(ASSUMED_READ, id="AnotherAssumedRead")
    async with scripted([Answer()]) as server, client(server, clock) as amili:
        for _ in range(2):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                with pytest.raises(UnverifiedOperationWarning):
                    await amili.call(another)
    assert server.requests == []


@pytest.mark.parametrize(
    ("body", "content_type", "parsed"),
    [
        (b'{"a": 1.50}', "application/json", {"a": Decimal("1.50")}),
        (b"", "application/json", None),
        (b"pong", "text/plain", "pong"),
        (b"%PDF\xff", "application/pdf", b"%PDF\xff"),
    ],
)
async def test_open_answers_are_given_as_they_are(
    clock: FakeClock, body: bytes, content_type: str, parsed: object
) -> None:
    """Where nothing is known of an answer: JSON values, text, bytes or None."""
    answer = Answer(body=body, headers={"Content-Type": content_type})
    async with scripted([answer]) as server, client(server, clock, allow_unverified=True) as amili:
        assert (await amili.call(ASSUMED_WRITE)).parsed == parsed


async def test_an_assumed_write_needs_permission(clock: FakeClock) -> None:
    """By the config or by the call; the call wins."""
    allowed, forbidden = RequestOptions(allow_unverified=True), RequestOptions(allow_unverified=False)
    async with scripted([Answer()]) as server:
        async with client(server, clock) as amili:
            with pytest.raises(UnverifiedOperationError, match="allow_unverified"):
                await amili.call(ASSUMED_WRITE)
            await amili.call(ASSUMED_WRITE, options=allowed)
        async with client(server, clock, allow_unverified=True) as amili:
            await amili.call(ASSUMED_WRITE)
            with pytest.raises(UnverifiedOperationError):
                await amili.call(ASSUMED_WRITE, options=forbidden)
    assert len(server.requests) == 2


async def test_logs_and_reprs_hold_nothing_private(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    """No token, no secret, no query value, no body."""
    caplog.set_level(logging.DEBUG, logger="amili_async")
    async with scripted([Answer(500), CASES, Answer(500)]) as server, client(server, clock) as amili:
        await read(amili, search_term="Kari")
        with pytest.raises(OutcomeUnknownError) as caught:
            await write(amili)
        texts = caplog.text + repr(amili) + repr(amili.config) + repr(caught.value)
        texts += "".join(traceback.format_exception(caught.value)) + repr(pickle.dumps(caught.value))
    assert "again in" in caplog.text
    for private in ("tok-1", "test-secret", "Kari", "F-1", "10.5"):
        assert private not in texts


LEGACY: Operation[Any] = Operation(
    id="LegacyOp",
    method="GET",
    path="/webapi/api/Batch",
    prefix="",
    product="legacy",
    tag="x",
    summary="",
    idempotency="safe",
    evidence=Evidence(level="documented"),
)


async def test_the_legacy_api_takes_basic_or_a_token(clock: FakeClock) -> None:
    """Basic where a user name is set, else the token; at its own host, which must be set."""
    async with scripted([Answer()]) as server:
        basic = server.config(legacy_base_url=server.url, legacy_username="u", legacy_password="p")
        async with AmiliClient(basic, clock=clock) as amili:
            await amili.call(LEGACY)
        async with client(server, clock, legacy_base_url=server.url) as amili:
            await amili.call(LEGACY)
        async with client(server, clock) as amili:
            with pytest.raises(ConfigError, match="AMILI_LEGACY_BASE_URL"):
                await amili.call(LEGACY)
    assert [seen.headers["Authorization"] for seen in server.requests] == ["Basic dTpw", "Bearer tok-1"]
    assert len(server.token_requests) == 1


async def test_wrong_basic_credentials_are_not_sent_twice(clock: FakeClock) -> None:
    """They would be as wrong the second time."""
    async with scripted([Answer(401)]) as server:
        config = server.config(legacy_base_url=server.url, legacy_username="u", legacy_password="p")
        async with AmiliClient(config, clock=clock) as amili:
            with pytest.raises(UnauthorizedError):
                await amili.call(LEGACY)
    assert len(server.requests) == 1


async def test_tokens_can_come_from_elsewhere(clock: FakeClock) -> None:
    """From a source of the caller's own, told of the tokens that are not accepted."""

    class Vault:
        def __init__(self) -> None:
            self.rejected: list[str] = []

        async def get(self) -> Token:
            return Token(f"vault-{len(self.rejected)}", 60)

        def reject(self, token: Token) -> bool:
            self.rejected.append(token.value)
            return True

    vault = Vault()
    async with scripted([Answer(401), CASES]) as server:
        async with AmiliClient(server.config(client_secret=None), tokens=vault, clock=clock) as amili:
            await read(amili)
    assert vault.rejected == ["vault-0"]
    assert server.requests[1].headers["Authorization"] == "Bearer vault-1"
    assert server.token_requests == []


async def test_two_clients_can_share_a_token(clock: FakeClock) -> None:
    """One token request serves both, and it goes on when the second client closes."""
    async with scripted([CASES]) as server, client(server, clock) as first:
        async with AmiliClient(server.config(), tokens=first.tokens, clock=clock) as second:
            await read(second)
        await read(first)
    assert len(server.token_requests) == 1
    assert len(server.requests) == 2


async def test_the_config_is_that_of_the_client(clock: FakeClock) -> None:
    """To be read by helpers built on it."""
    config = Config(environment="staging")
    assert AmiliClient(config).config is config


async def test_a_client_closed_after_an_unclear_attempt_leaves_it_unknown() -> None:
    """That the next attempt could not be made does not tell what became of the first: the write is not "never sent"."""
    async with scripted([Answer(drop="before")]) as server:
        config = server.config(trust_idempotency_key=True)

        class ClosingClock(FakeClock):
            async def sleep(self, seconds: float) -> None:
                await amili.close()

        amili = AmiliClient(config, clock=ClosingClock(), rng=random.Random(3))
        async with amili:
            with pytest.raises(OutcomeUnknownError, match="closed") as caught:
                await write(amili)
    assert isinstance(caught.value.__cause__, ClientStateError)
    assert caught.value.attempts == len(server.requests) == 1


async def test_a_token_source_that_breaks_after_an_unclear_attempt_leaves_it_unknown(clock: FakeClock) -> None:
    """Whatever it raises; and as that may say anything, only its kind is passed on in the message."""

    class Breaking:
        asked = 0

        async def get(self) -> Token:
            self.asked += 1
            if self.asked > 1:
                raise LookupError("hush-1")
            return Token("tok-1", 3600)

        def reject(self, token: Token) -> bool:
            return False

    async with scripted([Answer(drop="before")]) as server:
        config = server.config(trust_idempotency_key=True)
        async with AmiliClient(config, clock=clock, rng=random.Random(3), tokens=Breaking()) as amili:
            with pytest.raises(OutcomeUnknownError, match="LookupError") as caught:
                await write(amili)
    assert "hush-1" not in str(caught.value)


@pytest.mark.parametrize("content", [io.BytesIO(b"invoice"), "invoice", iter([b"invoice"]), bytearray(b"invoice")])
async def test_a_body_that_could_be_used_up_is_refused(clock: FakeClock, content: Any) -> None:
    """The first attempt would read a stream up, and the replay after a 401 send an empty body."""
    async with scripted([Answer(401), Answer(202)]) as server, client(server, clock) as amili:
        with pytest.raises(RequestError, match="content must be bytes") as caught:
            await amili.send(Request(method="POST", path="/x", content=content))
    assert caught.value.path == "content"
    assert server.requests == []


async def test_texts_that_cannot_be_sent_are_refused_without_showing_them(clock: FakeClock) -> None:
    """Lone surrogates, as a file read with the wrong charset holds them; wherever they stand."""
    odd = "Kari\ud800"
    async with scripted([CASES]) as server, client(server, clock) as amili:
        for call, path in (
            (amili.collection.get_invoice_by_id(ORG, odd), "invoice_id"),
            (read(amili, status=odd), "status"),
            (read(amili, options=RequestOptions(query={"name": odd})), "name"),
            (amili.send(Request(method="GET", path="/x", query=[("name", odd)])), "name"),
        ):
            with pytest.raises(RequestError, match="lone surrogate") as caught:
                await call
            assert caught.value.path is not None
            assert caught.value.path.lower() == path
            assert "Kari" not in "".join(traceback.format_exception(caught.value))
    assert server.requests == []


@pytest.mark.parametrize(("pair", "path"), [(("page", 1), "page"), (("page", None), "page"), ((1, "page"), "query")])
async def test_a_query_of_other_things_than_texts_is_refused(clock: FakeClock, pair: Any, path: str) -> None:
    """With an error of the library, by its name; `amili.send` is given what the caller has made."""
    async with scripted([CASES]) as server, client(server, clock) as amili:
        with pytest.raises(RequestError, match=f"{path} must be text, not") as caught:
            await amili.send(Request(method="GET", path="/x", query=[pair]))
    assert caught.value.path == path
    assert server.requests == []


async def test_an_unreadable_answer_is_not_in_the_frames_of_the_error(clock: FakeClock) -> None:
    """Error reporters print the variables of each frame: the library's hold no body, and no token."""
    private = Answer(body={"data": [{"caseId": 5, "name": "Nordmann"}]})
    useless = Answer(body={"access_token": "tok-1"})
    for script, tokens in (([private], [TOKEN]), ([CASES], [useless])):
        async with scripted(script, tokens) as server, client(server, clock) as amili:
            with pytest.raises((DecodeError, AuthError)) as caught:
                await read(amili)
        shown: list[str] = []
        told: traceback.TracebackException | None
        told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        while told is not None:
            shown += [str(frame.locals) for frame in told.stack if "/tests/" not in frame.filename]
            told = told.__cause__ or told.__context__
        for secret in ("Nordmann", "tok-1", "test-secret"):
            assert secret not in "".join(shown)


@pytest.mark.parametrize("lifetime", [pytest.param(10**400, id="huge"), "NaN", {}, None])
async def test_a_lifetime_that_is_none_is_an_auth_error(clock: FakeClock, lifetime: Any) -> None:
    """And not an error of Python's, or a new token for every call."""
    async with scripted([CASES], [Answer(body={"access_token": "tok-1", "expires_in": lifetime})]) as server:
        async with client(server, clock) as amili:
            with pytest.raises(AuthError, match="not with a token"):
                await read(amili)
    assert server.requests == []


async def test_a_garbled_token_is_not_kept(clock: FakeClock) -> None:
    """The next call asks for another one, and does not have to wait until the useless one has expired."""
    garbled = Answer(body={"access_token": "tok\n1", "expires_in": 3600})
    async with scripted([CASES], [garbled, TOKEN]) as server, client(server, clock) as amili:
        with pytest.raises(AuthError, match="cannot stand in a header"):
            await read(amili)
        await read(amili)
    assert len(server.requests) == 1


async def test_closing_that_is_cancelled_closes_the_connections(clock: FakeClock) -> None:
    """A time limit around it may end it while it waits for a token request to stop; nothing stays open."""
    never, asked = asyncio.Event(), asyncio.Event()
    watch = Hooks(on_request=lambda _: asked.set())
    async with scripted([CASES], [Answer(wait_for=never)]) as server:
        amili = AmiliClient(server.config(), clock=clock, hooks=[watch])
        await amili.__aenter__()
        session = amili._transport.check_usable()
        call = asyncio.create_task(read(amili))
        await asked.wait()
        closing = asyncio.create_task(amili.close())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(ClientStateError):
            await call
        await asyncio.wait([closing])
        never.set()
        assert closing.cancelled()
        assert session.closed


@pytest.mark.parametrize("method", ["", "GET /other HTTP/1.1\r\nX:", "POST "])
async def test_a_method_that_would_garble_the_request_is_refused(clock: FakeClock, method: str) -> None:
    """Before there is a token in any frame."""
    async with scripted([CASES]) as server, client(server, clock) as amili:
        with pytest.raises(RequestError, match="method is no word"):
            await amili.send(Request(method=method, path="/x"))
    assert server.requests == server.token_requests == []


async def test_nothing_is_sent_when_the_token_came_too_late(clock: FakeClock) -> None:
    """A source that blocks the loop cannot be interrupted; the write has not left then, and its outcome is known."""

    class Slow:
        async def get(self) -> Token:
            clock.advance(200)
            return Token("tok-1", 3600)

        def reject(self, token: Token) -> bool:
            return False

    async with scripted([ACCEPTED]) as server:
        async with AmiliClient(server.config(), clock=clock, tokens=Slow()) as amili:
            with pytest.raises(TransportTimeoutError, match="ran out while it got its token") as caught:
                await write(amili)
    assert not caught.value.sent
    assert server.requests == []

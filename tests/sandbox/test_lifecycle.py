"""Starting, stopping, looking back."""

from __future__ import annotations

import asyncio
import inspect
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import aiohttp
import attrs
import pytest

from amili_async.clock import SYSTEM_CLOCK
from amili_async.operations import OPERATIONS
from amili_async.sandbox import Faults, Sandbox, VirtualClock, run
from amili_async.sandbox.handlers import HANDLERS
from amili_async.sandbox.problems import Problem
from amili_async.sandbox.settings import Settings, SettingsArgs
from amili_async.sandbox.spec import load_documents, operations_of
from tests.sandbox.api import Api, opened

ROOT = Path(__file__).parent.parent.parent


async def test_it_listens_on_this_machine_only() -> None:
    """Unless told otherwise it takes a free port on loopback."""
    async with Sandbox() as one, Sandbox() as two:
        assert one.host == two.host == "127.0.0.1"
        assert one.port != two.port
        assert one.url == f"http://127.0.0.1:{one.port}"


async def test_it_listens_on_ipv6_too() -> None:
    """An address with colons is written in brackets."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        async with Sandbox(host="::1") as sandbox, aiohttp.ClientSession() as session:
            assert sandbox.url.startswith("http://[::1]:")
            assert (await session.get(f"{sandbox.url}/nothing")).status == 404
    except OSError:
        pytest.skip("this machine has no IPv6")


async def test_a_stopped_sandbox_is_gone_and_readable() -> None:
    """After the block nobody listens, and what happened can still be read."""
    async with opened() as api:
        url = api.sandbox.url
    assert api.sandbox.requests.count(operation="RequestToken", status=200) == 1
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)


async def test_it_stops_while_a_request_is_under_way() -> None:
    """A slow answer does not hold the end of a test up."""

    class Stuck:
        monotonic = staticmethod(SYSTEM_CLOCK.monotonic)
        now = staticmethod(SYSTEM_CLOCK.now)
        reached = asyncio.Event()

        async def sleep(self, seconds: float) -> None:
            self.reached.set()
            await asyncio.Event().wait()

    clock = Stuck()
    sandbox = Sandbox(clock=clock, faults=Faults(latency_s=1, operations={"RequestToken"}))
    async with aiohttp.ClientSession() as session:
        await sandbox.start()
        asking = asyncio.create_task(session.post(sandbox.token_url))
        await clock.reached.wait()
        await asyncio.wait_for(sandbox.stop(), 10)
        with pytest.raises(aiohttp.ClientError):
            await asking


async def test_it_cannot_be_started_twice() -> None:
    """One object is one server."""
    async with Sandbox() as sandbox:
        with pytest.raises(RuntimeError, match="running already"):
            await sandbox.start()
        assert sandbox.url


async def test_a_taken_port_is_an_os_error() -> None:
    """A port in use is said at once, and leaves nothing behind."""
    async with Sandbox() as first:
        with pytest.raises(OSError, match="address already in use"):
            await Sandbox(port=first.port).start()


def test_before_the_start_there_is_no_address() -> None:
    """Whoever forgets the `async with` is told."""
    with pytest.raises(RuntimeError, match="async with"):
        _ = Sandbox().url


def test_it_runs_in_a_thread_for_code_without_a_loop() -> None:
    """Blocking code can use it, and it is gone afterwards."""
    with Sandbox().in_thread() as sandbox:
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            urllib.request.urlopen(f"{sandbox.url}/nothing")  # noqa: S310  # our own
        caught.value.close()
        url = sandbox.url
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url)  # noqa: S310  # our own


def test_a_thread_waits_for_what_it_has_cancelled() -> None:
    """A request that is under way at the end is left in order, however long that takes; no task is thrown away."""

    class Slow:
        monotonic = staticmethod(SYSTEM_CLOCK.monotonic)
        now = staticmethod(SYSTEM_CLOCK.now)
        reached = threading.Event()
        left = False

        async def sleep(self, seconds: float) -> None:
            self.reached.set()
            try:
                await asyncio.Event().wait()
            finally:
                for _ in range(20_000):
                    await asyncio.sleep(0)
                self.left = True

    async def leave(url: str) -> None:
        async with aiohttp.ClientSession(url) as session:
            request = asyncio.create_task(session.post("/token"))
            await asyncio.to_thread(clock.reached.wait)
            request.cancel()
            await asyncio.wait([request])

    clock = Slow()
    with Sandbox(clock=clock, faults=Faults(latency_s=1, operations={"RequestToken"})).in_thread() as sandbox:
        asyncio.run(leave(sandbox.url))
    assert clock.left


async def test_a_stop_that_is_cancelled_lets_go_of_its_files(tmp_path: Path) -> None:
    """Another sandbox can take the state file at once."""
    file = tmp_path / "state.jsonl"
    sandbox = Sandbox(state_file=file)
    await sandbox.start()
    stopping = asyncio.create_task(sandbox.stop())
    await asyncio.sleep(0)
    stopping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopping
    async with Sandbox(state_file=file):
        pass


def test_a_thread_that_cannot_listen_is_cleaned_up() -> None:
    """The error reaches the caller, not only the thread."""
    with Sandbox().in_thread() as first, pytest.raises(OSError, match="in use"), Sandbox(port=first.port).in_thread():
        pass


async def test_its_config_is_ready_for_a_client() -> None:
    """The settings name this sandbox, and single ones can be changed."""
    async with Sandbox(client_secret="hush", idempotency_header="X-Key") as sandbox:
        config = sandbox.config(max_attempts=1)
    assert (config.base_url, config.token_url) == (sandbox.url, sandbox.token_url)
    assert (config.client_secret, config.idempotency_header, config.max_attempts) == ("hush", "X-Key", 1)
    assert config.organization_id == sandbox.organization_id


def test_a_missing_validator_names_the_extra() -> None:
    """Whoever installed the library without the sandbox's extra is told what to install."""
    code = "import sys; sys.modules['jsonschema_rs'] = None\nfrom amili_async.sandbox import Sandbox"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "pip install 'amili-async[sandbox]'" in done.stderr.splitlines()[-1]


def test_settings_can_be_given_one_by_one() -> None:
    """Every setting is a keyword of the sandbox, and a misspelt one is refused."""
    assert set(SettingsArgs.__annotations__) == {field.name for field in attrs.fields(Settings)}
    assert Sandbox(max_items=7).settings == Settings(max_items=7)
    with pytest.raises(TypeError, match="max_item"):
        Sandbox(max_item=7)  # type: ignore[call-arg]  # wrong on purpose


def test_the_foreground_run_takes_the_same_settings() -> None:
    """What a sandbox can be told, the command line can pass on."""
    assert {"host", "port", "seed", "faults"} <= set(inspect.signature(run).parameters)


def test_every_operation_of_the_library_has_its_route() -> None:
    """The documents and the generated tables name the same methods and paths."""
    routes = {operation.id: (operation.method, operation.path) for operation in operations_of(load_documents())}
    assert routes == {row.id: (row.method, row.prefix + row.path) for row in OPERATIONS.values()}


def test_security_is_read_from_the_documents() -> None:
    """Asking for a token needs none; everything else does."""
    assert [operation.id for operation in operations_of(load_documents()) if not operation.secured] == ["RequestToken"]


def test_every_handler_answers_an_operation() -> None:
    """A handler under a name that no document has would never be called."""
    assert set(HANDLERS) <= {operation.id for operation in operations_of(load_documents())}


async def test_the_journal_says_what_was_asked(api: Api) -> None:
    """Requests are found by their fields; neither queries nor bodies are kept."""
    await api.get("/cases", SearchTerm="Testesen")
    await api.post("/payments", {"payments": []}, key="k")
    journal = api.sandbox.requests
    assert [entry.operation for entry in journal] == ["RequestToken", "GetCasesByOrganization", "CreatePayments"]
    (entry,) = journal.where(operation="CreatePayments", status=202)
    assert (entry.method, entry.idempotency_key, entry.number) == ("POST", "k", 3)
    assert entry.path == f"{api.organization}/payments"
    assert not any("Testesen" in repr(entry) for entry in journal)
    with pytest.raises(AttributeError):
        journal.where(operatoin="CreatePayments")
    journal.clear()
    assert len(journal) == 0


def test_a_misspelt_field_of_the_journal_is_an_error() -> None:
    """Also before anything was asked: otherwise "none of these" would hold for ever."""
    with pytest.raises(AttributeError, match="no field operaton; there are number"):
        Sandbox().requests.count(operaton="CreateInvoices")


def test_an_unknown_organization_is_said_in_a_sentence() -> None:
    """What tests ask for in code is explained as it would be over HTTP."""
    with pytest.raises(Problem) as raised:
        Sandbox().state.ledger("00000000-0000-4000-8000-000000000000")
    assert str(raised.value).startswith("organizationId is not known to this sandbox")


async def test_every_answer_has_a_request_id(api: Api) -> None:
    """The id on the answer is the journal's number, so that a client's log leads here."""
    answer = await api.get("/cases")
    assert answer.headers["X-Request-Id"] == f"sandbox-{api.sandbox.requests[-1].number}"


async def test_a_virtual_clock_moves_when_somebody_waits() -> None:
    """Sleeping is free and moves the time; it cannot be set back."""
    clock = VirtualClock()
    before = clock.now()
    await clock.sleep(90)
    await clock.sleep(-5)
    clock.advance(30)
    assert (clock.monotonic(), (clock.now() - before).total_seconds()) == (120, 120)
    with pytest.raises(ValueError, match="set back"):
        clock.advance(-1)


def test_a_running_clock_moves_by_itself_too() -> None:
    """For clients that know nothing of it, real time passes as well."""
    clock = VirtualClock(running=True)
    first = clock.monotonic()
    clock.advance(60)
    assert first < first + 60 <= clock.monotonic()

"""The sandbox as a server on this machine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, Unpack

from aiohttp import web

from amili_async.clock import SYSTEM_CLOCK, Clock
from amili_async.sandbox import control, page
from amili_async.sandbox.access import is_loopback, reachable
from amili_async.sandbox.fault_plan import FaultPlan
from amili_async.sandbox.faults import Drop, Faults
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.journal import Entry, Journal
from amili_async.sandbox.jsonio import encode_json
from amili_async.sandbox.limits import check_integer
from amili_async.sandbox.pipeline import Pipeline
from amili_async.sandbox.problems import Problem
from amili_async.sandbox.settings import Settings, SettingsArgs
from amili_async.sandbox.spec import Document, default_operations, operations_of
from amili_async.sandbox.state import ADDITIONS, Addition, State
from amili_async.sandbox.summary import summary_of
from amili_async.sandbox.timeline import Timeline
from amili_async.sandbox.tokens import TokenService
from amili_async.sandbox.webhooks import Delivery, Webhooks
from amili_async.sandbox.write_log import WriteLog, parse_instant

if TYPE_CHECKING:
    from amili_async.config import Config

__all__ = ["Sandbox"]

_SHUTDOWN_S: Final = 0.1
_WEBHOOK_TICK_S: Final = 0.05

# Settings that change what becomes of the same writes.
_STATE_SETTINGS: Final = (
    "organization_id",
    "client_no",
    "batch_delay_s",
    "honour_idempotency_keys",
    "store_idempotency_keys",
    "reject_duplicates",
    "join_cases",
    "case_step_s",
)


class Sandbox:
    """A local Amili.

        async with Sandbox(seed=1) as sandbox, AmiliClient(sandbox.config()) as amili:
            ...

    Args:
        seed: The same seed and the same requests give the same ids and the same faults.
        faults: What goes wrong by chance; nothing unless given.
        clock: What time it is for tokens and batches; a `VirtualClock` makes waiting free.
        host: Address to listen on. Others than loopback show the API to the network; the control API and the page are
            for this machine only.
        port: Port to listen on; 0 takes a free one.
        documents: OpenAPI documents by product, instead of those that come with the library.
        state_file: File that keeps what was written, for the next start. It holds the debtors that were sent.
        request_log: File that gets a line of JSON per request, without queries and bodies.
        **settings: The fields of `Settings`.

    Raises:
        ValueError: A setting cannot be, or a fault strikes an operation that the spec does not have.

    Attributes:
        clock: As given.
        state: What the sandbox knows; `state.ledger(organization_id)` says what was accepted.
        requests: What was asked, without queries and bodies.
        webhooks: What was and will be sent to `webhook_url`.
        settings: How it behaves.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        faults: Faults | None = None,
        clock: Clock = SYSTEM_CLOCK,
        host: str = "127.0.0.1",
        port: int = 0,
        documents: Mapping[str, Document] | None = None,
        state_file: str | Path | None = None,
        request_log: str | Path | None = None,
        **settings: Unpack[SettingsArgs],
    ) -> None:
        _check_seed(seed)
        check_integer("port", port, least=0, most=65_535)
        ids = Ids(seed)
        self.clock = clock
        self.settings = Settings(**settings)
        self._timeline = Timeline(clock)
        self.state = State(self.settings, self._timeline, ids)
        self.requests = Journal()
        # Ids of their own: neither logging in nor telling webhooks may change what is written next.
        self._tokens = TokenService(self.settings, self._timeline, Ids(seed + 1))
        faults = Faults() if faults is None else faults
        _check_faults(faults)
        self._faults = FaultPlan(faults, seed)
        self._host = host
        self._wanted_port = port
        self._port: int | None = None
        self._operations = default_operations() if documents is None else operations_of(documents)
        self._check_names(self._faults.faults.names)
        self.webhooks = Webhooks(self.settings, self._timeline, Ids(seed + 2), self._faults)
        self._write_log = None if state_file is None else WriteLog(state_file, self._fingerprint(seed))
        self._request_log = None if request_log is None else Path(request_log)
        self._runner: web.AppRunner | None = None
        self._background: asyncio.Task[None] | None = None
        self._cleanup = ExitStack()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen.

        Raises:
            RuntimeError: It is running already.
            OSError: The port is taken, or a file cannot be written.
            ValueError: The state file is damaged, was made with other settings, or is used by another sandbox.
        """
        if self._runner is not None:
            raise RuntimeError("this sandbox is running already; make another one")
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=_SHUTDOWN_S)
        await runner.setup()
        self._runner = runner
        try:
            await web.TCPSite(runner, self._host, self._wanted_port).start()
        except BaseException:
            await self.stop()
            raise
        self._port = runner.addresses[0][1]
        try:
            self._open_files()
        except BaseException:
            await self.stop()
            raise
        if self.webhooks.is_on:
            self.state.listener = self.webhooks.add
            if self.settings.webhook_background:
                self._background = asyncio.create_task(self._send_webhooks(), name="amili-sandbox-webhooks")

    async def stop(self) -> None:
        """Stop listening and close every connection. What it knows stays readable."""
        background, self._background = self._background, None
        runner, self._runner = self._runner, None
        try:
            if background is not None:
                background.cancel()
                await asyncio.wait([background])
            if runner is not None:
                await runner.cleanup()
        finally:
            self._cleanup.close()  # last: what is acted on until the end belongs into the files

    @contextmanager
    def in_thread(self) -> Iterator[Self]:
        """Run it in a thread of its own, for code that has no event loop or starts its own."""
        loop = asyncio.new_event_loop()

        def serve() -> None:
            with asyncio.Runner(loop_factory=lambda: loop):  # in the end it waits for what was cancelled, and closes
                loop.run_forever()

        thread = threading.Thread(target=serve, name="amili-sandbox", daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.start(), loop).result()
            try:
                yield self
            finally:
                asyncio.run_coroutine_threadsafe(self.stop(), loop).result()
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def app(self) -> web.Application:
        """The application with a route for every operation of the documents."""
        pipeline = self._pipeline()
        app = web.Application(client_max_size=self.settings.max_body_bytes, middlewares=[pipeline.refuse_unknown])
        for operation in self._operations:
            app.router.add_route(operation.method, operation.path, pipeline.handler_of(operation))
        control.add_routes(app, self)
        page.add_page(app, self)
        return app

    def _pipeline(self) -> Pipeline:
        return Pipeline(
            settings=self.settings,
            timeline=self._timeline,
            state=self.state,
            tokens=self._tokens,
            faults=self._faults,
            journal=self.requests,
            write_log=self._write_log,
            url=lambda: self.url,
        )

    def _open_files(self) -> None:
        if self._request_log is not None:
            log = self._cleanup.enter_context(self._request_log.open("ab", buffering=0))

            def note(entry: Entry) -> None:
                log.write(encode_json(control.journal_line(entry)) + b"\n")

            self.requests.listener = note
            self._cleanup.callback(lambda: setattr(self.requests, "listener", None))
        if self._write_log is not None:
            self._write_log.open()
            self._cleanup.callback(self._write_log.close)
            self._cleanup.callback(lambda: setattr(self.state, "on_added", None))
            self._repeat_writes(self._write_log)

    def _repeat_writes(self, write_log: WriteLog) -> None:
        self.state.listener = None  # who was told once is not told again
        added = list(self.state.added)
        self.state.reset()
        pipeline = self._pipeline()
        operations = {operation.id: operation for operation in self._operations}
        was_empty = True
        for entry in write_log.read():
            was_empty = False
            try:
                if entry["operation"] in ADDITIONS:
                    self._repeat_addition(entry)
                else:
                    pipeline.repeat(operations[entry["operation"]], entry)
            except (KeyError, Problem) as error:
                what = entry.get("operation")
                raise ValueError(f"the state file holds a {what} that cannot be done any more: start afresh") from error
            self._timeline.reach(parse_instant(entry["at"]))
        write_log.begin()
        self.state.on_added = self._note_addition
        for addition in added:
            # What was added before the start. In a new file it comes first, so it gets its ids again; in others it is
            # there already, or gets no other id than the one that its adder knows.
            given = addition.given if was_empty else {**addition.given, **addition.known_as}
            getattr(self.state, addition.what)(**given)

    def _repeat_addition(self, entry: Mapping[str, Any]) -> None:
        with self._timeline.held(parse_instant(entry["at"])):
            getattr(self.state, entry["operation"])(**entry["body"])

    def _note_addition(self, addition: Addition) -> None:
        if self._write_log is not None:
            at = self._timeline.now().isoformat()
            self._write_log.add(at=at, operation=addition.what, body=addition.given)

    def _fingerprint(self, seed: int) -> dict[str, Any]:
        return {"seed": seed, **{name: getattr(self.settings, name) for name in _STATE_SETTINGS}}

    async def _send_webhooks(self) -> None:
        while True:
            await self.deliver_webhooks()
            await asyncio.sleep(_WEBHOOK_TICK_S)

    async def deliver_webhooks(self) -> list[Delivery]:
        """Do what is due and send the events of it; what was tried."""
        self.state.catch_up()
        return await self.webhooks.deliver()

    @property
    def now(self) -> datetime:
        """What time it is here."""
        return self._timeline.now()

    def advance(self, seconds: float) -> None:
        """Let time pass at once, for tokens, batches and cases.

        Raises:
            ValueError: The number of seconds is negative.
        """
        self._timeline.advance(seconds)

    def reset(self) -> None:
        """Forget what was written, asked and sent, and who was added. Tokens, faults and the clock stay."""
        self.state.reset()
        self.requests.clear()
        self.webhooks.clear()
        if self._write_log is not None:
            self._write_log.clear()

    def summary(self) -> dict[str, Any]:
        """How much there is of what; no names."""
        return {**summary_of(self.state), "requests": len(self.requests)}

    @property
    def faults(self) -> Faults:
        """What goes wrong by chance and by rule."""
        return self._faults.faults

    def set_faults(self, faults: Faults) -> None:
        """Have other things go wrong from now on.

        Raises:
            ValueError: These are no `Faults`, or the spec has no such operation.
        """
        _check_faults(faults)
        self._check_names(faults.names)
        self._faults.replace(faults)

    @property
    def ordered_faults(self) -> int:
        """How many faults are still ordered by `fail_next`."""
        return self._faults.ordered

    @property
    def host(self) -> str:
        """The address it listens on."""
        return self._host

    @property
    def port(self) -> int:
        """The port it listens on.

        Raises:
            RuntimeError: It was not started, so there is none yet.
        """
        if self._port is None:
            raise RuntimeError("the sandbox is not running yet: use it in an `async with`")
        return self._port

    @property
    def url(self) -> str:
        """Where the API is for programs on this machine; products add their prefix."""
        host = reachable(self._host)
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}"

    @property
    def token_url(self) -> str:
        """Where the token service is."""
        return f"{self.url}/token"

    @property
    def organization_id(self) -> str:
        """The organization that is there from the start."""
        return self.settings.organization_id

    def config(self, **changes: Any) -> Config:
        """Settings for a client of this sandbox.

        Args:
            **changes: Settings of the client that differ.
        """
        from amili_async.config import Config

        values: dict[str, Any] = {
            "base_url": self.url,
            "token_url": self.token_url,
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret,
            "organization_id": self.settings.organization_id,
            "idempotency_header": self.settings.idempotency_header,
            "client_no": str(self.settings.client_no),
            "legacy_base_url": self.url,
            "allow_http": not is_loopback(reachable(self._host)),
            "allow_unverified": True,  # every path is right here, since client and sandbox read the same spec
        }
        return Config(**{**values, **changes})

    def revoke_tokens(self) -> None:
        """Make every token given out so far worthless, as if they had expired early."""
        self._tokens.revoke_all()

    def fail_next(
        self,
        *,
        status: int | None = None,
        retry_after: float | str | None = None,
        operation: str | None = None,
        drop: Drop | None = None,
        times: int = 1,
    ) -> None:
        """Order a fault for the next requests: an error status, or a connection that is dropped.

        Args:
            status: Answer with this status, not acting.
            retry_after: `Retry-After` of that answer: seconds, or a text that is sent as it is (an HTTP date).
            operation: Only requests for this operation (`"CreateInvoices"`); None for whichever comes next.
            drop: Close the connection `"before"` or `"after"` acting on the request.
            times: How many requests are struck.

        Raises:
            ValueError: Neither or both of `status` and `drop` are given, they make no sense, or the spec has no such
                operation.
        """
        self._check_names(() if operation is None else (operation,))
        self._faults.fail_next(status=status, retry_after=retry_after, operation=operation, drop=drop, times=times)

    def _check_names(self, names: Collection[str]) -> None:
        # A fault for a misspelt operation would never strike, and its test would pass for the wrong reason.
        for name in names:
            if name not in {operation.id for operation in self._operations}:
                raise ValueError(f"{name} is not an operation of the spec; names are like CreateInvoices")


def _check_seed(seed: Any) -> None:
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise ValueError("seed must be a whole number")  # noqa: TRY004  # as every mistake in a setting


def _check_faults(faults: Any) -> None:
    if not isinstance(faults, Faults):
        raise ValueError("faults must be Faults(...); load_faults(path) makes them of a file")  # noqa: TRY004  # the same

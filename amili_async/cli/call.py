"""Calling any operation of the API."""

from __future__ import annotations

import asyncio
import uuid
import warnings
from contextlib import AbstractContextManager, aclosing, suppress
from typing import Any, Final

import attrs
import msgspec
import typer

from amili_async import codec
from amili_async.cli.call_body import read_body, unknown_fields
from amili_async.cli.call_describe import LEVELS
from amili_async.cli.call_names import find_operation, item_model, python_name
from amili_async.cli.call_settings import ROWS, CallSettings, check_settings
from amili_async.cli.call_values import Arguments, read_arguments
from amili_async.cli.card import card
from amili_async.cli.export_columns import chosen, columns_of
from amili_async.cli.export_rows import RowWriter, left_off, open_writer
from amili_async.cli.export_target import written
from amili_async.cli.production import is_meant
from amili_async.cli.sigterm import run_until_sigterm
from amili_async.cli.state import DataFormat, State
from amili_async.cli.statuses import ExitStatus
from amili_async.cli.tables import counted
from amili_async.client import AmiliClient
from amili_async.config import Config
from amili_async.errors import ConfigError, PaginationError, ResponseError, UnverifiedOperationWarning
from amili_async.operations import Operation
from amili_async.options import RequestOptions
from amili_async.paging import START, advance
from amili_async.request import Response

__all__ = ["run_call"]

_MOST_NAMED: Final = 5


def run_call(state: State, name: str, settings: CallSettings) -> ExitStatus:
    """Call an operation and write its answer.

    Args:
        state: The run of the command.
        name: The operation.
        settings: The options.

    Raises:
        AmiliError: It could not be called, or was refused.
    """
    operation = find_operation(name)
    config = state.settings()
    arguments = read_arguments(operation, settings.pairs, config)
    check_settings(operation, settings)
    body = read_body(operation, settings.body)
    call = _Call(state, config, operation, settings, arguments, body)
    call.announce()
    call.check_permitted()
    status = ExitStatus.INTERRUPTED

    def terminated() -> None:
        nonlocal status
        status = ExitStatus.TERMINATED

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnverifiedOperationWarning)  # it has been announced
            run_until_sigterm(call.run(), terminated)
    except ResponseError as error:
        call.tell_refusal(error)
        raise
    except (KeyboardInterrupt, asyncio.CancelledError):
        if not operation.is_read:
            state.terminal.say("Stopped. Whether Amili acted on it is not known: look before sending it again.")
            return ExitStatus.OPEN
        return status
    return ExitStatus.OK


class _Call:
    def __init__(
        self,
        state: State,
        config: Config,
        operation: Operation[Any],
        settings: CallSettings,
        arguments: Arguments,
        body: Any,
    ) -> None:
        self._state = state
        self._terminal = state.terminal
        self._config = config
        self._operation = operation
        self._settings = settings
        self._arguments = arguments
        self._body = body
        self._key = settings.idempotency_key
        if self._key is None and operation.idempotency == "keyed":
            self._key = str(uuid.uuid4())

    def announce(self) -> None:
        """Say what is called, and how sure it is."""
        operation, evidence = self._operation, self._operation.evidence
        dropped = " Deprecated." if operation.deprecated else ""
        self._terminal.say(
            f"{operation.id}: {operation.method} {operation.prefix}{operation.path}. "
            f"Evidence: {evidence.level} ({LEVELS[evidence.level]}).{dropped}",
            style="open" if evidence.level == "assumed" else "faint",
        )
        odd = list(unknown_fields(self._body))
        if odd:
            more = f" and {len(odd) - _MOST_NAMED} more" if len(odd) > _MOST_NAMED else ""
            self._terminal.say(
                f"Not known to the spec, sent as they are: {', '.join(odd[:_MOST_NAMED])}{more}.", style="open"
            )
        if self._key is not None:
            self._terminal.say(f"Idempotency key: {self._key}", style="faint")

    def check_permitted(self) -> None:
        """Make sure that a write is meant.

        Raises:
            ConfigError: It is not permitted, or nobody can be asked.
            Exit: The answer was no.
        """
        operation, config = self._operation, self._config
        if operation.is_read:
            return
        allowed = self._settings.allow_unverified or config.allow_unverified or config.is_sandbox
        if operation.evidence.level == "assumed" and not allowed:
            raise ConfigError(
                f"{operation.id} is a write whose method or path is only assumed: if you know it to be right, "
                "add --allow-unverified"
            )
        question = f"Call {operation.id} on"
        if not is_meant(self._state, config, question, deed="write to", yes=self._settings.yes):
            raise typer.Exit(0)

    async def run(self) -> None:
        """Call it and write what came."""
        async with AmiliClient(self._config) as amili:
            if self._settings.all_pages:
                await self._write_all(amili)
                return
            options = RequestOptions(
                idempotency_key=self._key, allow_unverified=True if self._settings.allow_unverified else None
            )
            response = await amili.call(
                self._operation, *self._arguments.path, body=self._body, options=options, **self._arguments.others
            )
        self._tell(response)
        self._write(response)

    def tell_refusal(self, error: ResponseError) -> None:
        """Show what the API says to it, if that is wished: it may quote names and debts."""
        if not error.body:
            return
        if self._settings.include:
            for line in _as_bytes(error.body).decode(errors="replace").splitlines():
                self._terminal.say("".join(char if char.isprintable() else " " for char in line).rstrip())
        else:
            self._terminal.say("The answer says more: --include shows it (it may name people).")

    def _tell(self, response: Response[Any]) -> None:
        number = f", request {response.request_id}" if response.request_id else ""
        again = f", {response.attempts} attempts" if response.attempts > 1 else ""
        self._terminal.say(f"{response.status} in {response.elapsed_s * 1000:,.0f} ms{again}{number}", style="faint")
        if self._settings.include:
            for name, value in response.headers.items():
                self._terminal.say(f"{name}: {value}", style="faint")

    def _write(self, response: Response[Any]) -> None:
        answer, settings = response.parsed, self._settings
        if answer is None:
            self._terminal.say("The answer has no body.")
        elif settings.format in ROWS:
            self._write_rows(answer.page_items())
            self._tell_more(answer)
        elif settings.format is DataFormat.TABLE and not isinstance(answer, bytes | str):
            self._terminal.show(card(answer))
        else:
            self._write_bytes(_as_bytes(answer))

    def _tell_more(self, answer: Any) -> None:
        paging = self._operation.pagination
        with suppress(PaginationError):  # what cannot be gone on with is told by --all
            if paging is not None and advance(paging, answer, START, page_numbers=False) is not None:
                output = self._settings.output
                what = f"{output} holds this page only, and there is more" if output else "There is more than this page"
                self._terminal.say(f"{what}: --all fetches everything.", style="open")

    def _write_bytes(self, data: bytes) -> None:
        if self._settings.output is None and self._terminal.out.is_terminal and b"\0" in data:
            raise ConfigError("the answer is a file: write it to one with --output FILE")
        with written(self._settings.output) as target:
            target.sink.write(data)

    def _write_rows(self, items: Any) -> None:
        with written(self._settings.output) as target, self._writer(target.sink) as writer:
            for item in items:
                writer.write(item)
            writer.finish()

    async def _write_all(self, amili: AmiliClient) -> None:
        operation, settings = self._operation, self._settings
        method = getattr(getattr(amili, operation.product), python_name(operation))
        pager = amili.paginate(method, *self._arguments.path, **self._arguments.others)
        pager = pager.prefetch() if settings.limit is None else pager.limit(settings.limit)
        rows = 0
        with written(settings.output) as target, self._writer(target.sink) as writer:
            async with aclosing(aiter(pager)) as items:
                async for item in items:
                    writer.write(item)
                    rows += 1
            writer.finish()
        where = f" written to {settings.output}" if settings.output else ""
        self._terminal.say(f"{counted(rows, 'item')}{where}.", style="faint")

    def _writer(self, sink: Any) -> AbstractContextManager[RowWriter]:
        model, names = item_model(self._operation), self._settings.columns
        if not attrs.has(model):
            columns = []
        elif names is None:
            columns = columns_of(model)
        else:
            columns = chosen(model, [name.strip() for name in names.split(",")])
        return left_off(open_writer(self._settings.format, sink, columns, title=self._operation.id))


def _as_bytes(answer: Any) -> bytes:
    if isinstance(answer, bytes):
        return answer
    if isinstance(answer, str):
        return answer.encode() + b"\n"
    # Laid out for reading; digits stay as they are, since it is done on the text.
    return msgspec.json.format(codec.encode(answer), indent=2) + b"\n"

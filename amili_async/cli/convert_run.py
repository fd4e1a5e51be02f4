"""Running `amili convert`: what is told, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import typer

from amili_async.cli.convert import convert
from amili_async.cli.push_arguments import ReadArguments
from amili_async.cli.push_run import Notes, check_inputs
from amili_async.cli.state import State
from amili_async.cli.statuses import ExitStatus
from amili_async.cli.tables import counted
from amili_async.errors import ConfigError
from amili_async.importers.kinds import KINDS, KindName
from amili_async.importers.reading import Reading

__all__ = ["run_convert"]


def run_convert(
    state: State, files: Sequence[Path], kind: KindName, given: ReadArguments, *, output: Path | None, strict: bool
) -> NoReturn:
    """Convert files.

    Args:
        state: This run of the command.
        files: What to read.
        kind: What they hold.
        given: How to read and check them.
        output: The file to write to; None for standard output.
        strict: Write nothing if anything is wrong.

    Raises:
        AmiliError: A file cannot be used.
        typer.Exit: It has ended, with this status.
    """
    check_inputs(files)
    if output is not None and output.resolve() in {path.resolve() for path in files}:
        raise ConfigError("--output names a file that is read: give it one of its own")
    say, checked = state.terminal.say, given.checked()
    with Reading(files, KINDS[kind], given.options(), on_problem=lambda problem: say(str(problem))) as reading:
        notes = Notes(state, reading)
        result = convert(
            reading,
            checked,
            output=output,
            stdout=typer.get_binary_stream("stdout"),
            strict=strict,
            limit=given.limit,
            on_refused=say,
        )
        notes.end()
        singular = reading.kind.singular
    for warned in checked.warnings.ranked():
        told = " ".join(filter(None, (warned.field, warned.message)))
        say(f"Warning: check {warned.check}: {told} ({counted(warned.count, singular)})", style="open")
    if strict and result.bad:
        say(f"Nothing was written: {counted(result.bad, 'record')} cannot be, and --strict was given.")
    elif output is not None:
        left = f"; {result.bad:,} could not be" if result.bad else ""
        say(f"{counted(result.written, singular)} written to {output}{left}.")
    raise typer.Exit(ExitStatus.REJECTED if result.bad else ExitStatus.OK)

"""Writing what files hold as normalised JSON Lines, without sending it: `amili convert`."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from attrs import define

from amili_async import codec
from amili_async.bulk import Refused
from amili_async.cli.push_checks import Checked
from amili_async.cli.push_source import facts_of
from amili_async.errors import ConfigError
from amili_async.importers.reading import Reading
from amili_async.importers.records import ByInvoiceNumber
from amili_async.importers.resolving import with_invoice_number

__all__ = ["Converted", "convert"]


@define
class Converted:
    """What came of it.

    Attributes:
        written: Records that were written.
        unreadable: Rows that could not be read.
        refused: Records that the checks refused.
    """

    written: int = 0
    unreadable: int = 0
    refused: int = 0

    @property
    def bad(self) -> int:
        """How many were not written."""
        return self.unreadable + self.refused


def convert(
    reading: Reading[Any],
    checked: Checked,
    *,
    output: Path | None,
    stdout: IO[bytes],
    strict: bool,
    limit: int | None = None,
    on_refused: Callable[[str], object],
) -> Converted:
    """Write all records that can be read and that pass the checks, one on each line.

    Args:
        reading: The files.
        checked: Puts each record through the checks.
        output: The file to write to, for its owner only; None for standard output.
        stdout: Standard output.
        strict: Write nothing at all if one of them cannot be written.
        limit: Records to read at most.
        on_refused: Called with what is wrong with each record that the checks refuse.

    Raises:
        ConfigError: The file is there already, or cannot be written.
    """
    result = Converted()
    with ExitStack() as opened:
        part = opened.enter_context(_beside(output)) if output is not None else None
        # What is not to be written before all of it is known waits in a file without a name.
        spool = opened.enter_context(tempfile.TemporaryFile()) if part is None and strict else None
        target = part or spool or stdout
        for line in _lines(reading, checked, result, limit, on_refused):
            target.write(line)
            result.written += 1
        result.unreadable = reading.unreadable
        if strict and result.bad:
            result.written = 0
        elif part is not None and output is not None:
            part.flush()
            os.replace(part.name, output)
        elif spool is not None:
            spool.seek(0)
            shutil.copyfileobj(spool, stdout)
    if output is None:
        stdout.flush()
    return result


def _lines(
    reading: Reading[Any],
    checked: Checked,
    result: Converted,
    limit: int | None,
    on_refused: Callable[[str], object],
) -> Iterator[bytes]:
    for number, given in enumerate(reading, 1):
        record = checked(given)
        if isinstance(record, Refused):
            result.refused += 1
            on_refused(f"{reading.kind.singular} {facts_of(given).label or number}: {record.reason}")
        else:
            yield codec.encode(with_invoice_number(given) if isinstance(given, ByInvoiceNumber) else given) + b"\n"
        if number == limit:
            return


@contextlib.contextmanager
def _beside(output: Path) -> Iterator[IO[bytes]]:
    """A new file beside the one that is to be made, for its owner only; it is gone afterwards if it was not moved."""
    try:
        if stat.S_ISREG(output.stat().st_mode) and output.stat().st_size == 0:
            pass
        else:
            raise ConfigError(f"--output: {output} is there already; move it away or give another name")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ConfigError(f"--output: {output} cannot be written ({error.strerror})") from None
    try:
        part = tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise ConfigError(f"--output: {output} cannot be written ({error.strerror})") from None
    try:
        with part:
            yield part
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part.name)

"""Where an export goes: stdout, or a file that appears under its name only when it is whole."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from amili_async.errors import ConfigError

__all__ = ["Target", "new_target", "part_of"]

_ONLY_OWNER: Final = 0o600  # it holds names and debts


class Target(Protocol):
    """Something that takes the bytes of an export.

    Attributes:
        sink: Takes the bytes.
    """

    sink: BinaryIO

    def settle(self) -> int:
        """Bring what was written so far to where it survives a crash. Returns its size in bytes."""
        ...

    def commit(self) -> None:
        """The export is whole."""
        ...

    def abandon(self) -> None:
        """It is not, and will not be."""
        ...


def new_target(output: Path | None, part: Path | None = None, size: int = 0) -> Target:
    """A target.

    Args:
        output: The file; None for stdout.
        part: File that keeps what is written until it is whole, over several runs; None for one of this run alone.
        size: How much of the part file counts; the rest of it is cut off.

    Raises:
        ConfigError: The file cannot be made.
    """
    if output is None:
        return _Stdout()
    try:
        if output.exists() and not stat.S_ISREG(output.stat().st_mode):
            return _Special(output)
        return _Whole(output.resolve()) if part is None else _Part(output.resolve(), part, size)
    except OSError as error:
        raise ConfigError(f"--output: {output} cannot be written ({error.strerror})") from None


def part_of(checkpoint: Path) -> Path:
    """The part file that belongs to a checkpoint."""
    return checkpoint.with_name(f"{checkpoint.name}.part")


class _Stdout:
    def __init__(self) -> None:
        sys.stdout.flush()
        self.sink = cast("BinaryIO", sys.stdout.buffer)

    def settle(self) -> int:
        self.sink.flush()
        return 0

    def commit(self) -> None:
        self.sink.flush()

    def abandon(self) -> None:
        self.sink.flush()


class _Special(_Stdout):
    """A device or a pipe, which cannot be replaced."""

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            raise ConfigError(f"--output: {path} is a directory; name a file in it")
        self.sink = open(path, "wb")  # noqa: SIM115  # closed below

    def commit(self) -> None:
        self.sink.close()

    abandon = commit


class _Whole:
    """A file of another name until it is whole."""

    def __init__(self, output: Path) -> None:
        self._output = output
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".part")
        self._part = Path(name)
        self.sink: BinaryIO = os.fdopen(handle, "wb")

    def settle(self) -> int:
        self.sink.flush()
        return self.sink.tell()

    def commit(self) -> None:
        _close_safely(self.sink)
        _put_in_place(self._part, self._output)

    def abandon(self) -> None:
        self.sink.close()
        self._part.unlink(missing_ok=True)


class _Part:
    """The same, but what was written is kept for the next run."""

    def __init__(self, output: Path, part: Path, size: int) -> None:
        self._output, self._part = output, part
        if not output.parent.is_dir():
            raise ConfigError(f"--output: the directory {output.parent} does not exist")
        handle = os.open(part, os.O_RDWR | os.O_CREAT, _ONLY_OWNER)
        self.sink: BinaryIO = os.fdopen(handle, "r+b")
        self.sink.truncate(size)
        self.sink.seek(0, os.SEEK_END)

    def settle(self) -> int:
        self.sink.flush()
        os.fsync(self.sink.fileno())
        return self.sink.tell()

    def commit(self) -> None:
        _close_safely(self.sink)
        try:
            _put_in_place(self._part, self._output)
        except OSError:
            # On another disk: copied under another name first, so that half of it never bears the real one.
            handle, name = tempfile.mkstemp(dir=self._output.parent, prefix=f".{self._output.name}.", suffix=".part")
            with open(self._part, "rb") as source, os.fdopen(handle, "wb") as copy:
                shutil.copyfileobj(source, copy)
                _close_safely(copy)
            _put_in_place(Path(name), self._output)
            self._part.unlink()

    def abandon(self) -> None:
        self.sink.close()


def _close_safely(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _put_in_place(part: Path, output: Path) -> None:
    part.replace(output)
    directory = os.open(output.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)

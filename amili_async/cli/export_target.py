"""Where an export goes: stdout, or a file that appears under its name only when it is whole."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from amili_async.errors import ConfigError

__all__ = ["Target", "naming", "new_target", "part_of", "put_in_place", "written"]

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


def new_target(output: Path | None, part: Path | None = None, size: int = 0, *, keep: bool = True) -> Target:
    """A target.

    Args:
        output: The file; None for stdout.
        part: File that keeps what is written until it is whole, over several runs; None for one of this run alone.
        size: How much of the part file counts; the rest of it is cut off.
        keep: Whether the part file stays if the run breaks off.

    Raises:
        ConfigError: The file cannot be made.
    """
    if output is None:
        return _Stdout()
    try:
        if output.exists() and not stat.S_ISREG(output.stat().st_mode):
            return _Special(output)
        return _Whole(output.resolve()) if part is None else _Part(output.resolve(), part, size, keep=keep)
    except OSError as error:
        raise ConfigError(f"--output: {output} cannot be written ({error.strerror})") from None


@contextmanager
def written(output: Path | None) -> Iterator[Target]:
    """A target that is whole when all goes well, and abandoned otherwise.

    Args:
        output: The file; None for stdout.

    Raises:
        ConfigError: It cannot be written.
    """
    with naming(output):
        target = new_target(output)
        try:
            yield target
        except BaseException:
            target.abandon()
            raise
        target.commit()


@contextmanager
def naming(*paths: Path | None) -> Iterator[None]:
    """Say what could not be written, if something cannot; when the reader of a pipe has left, nothing is to be said.

    Raises:
        ConfigError: Something cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        names = " or ".join(str(path) for path in paths if path is not None) or "standard output"
        raise ConfigError(f"{names} could not be written ({error.strerror or type(error).__name__})") from error


def part_of(checkpoint: Path) -> Path:
    """The part file that belongs to a checkpoint."""
    return checkpoint.with_name(f"{checkpoint.name}.part")


class _Stdout:
    def __init__(self) -> None:
        sys.stdout.flush()
        self.sink = cast("BinaryIO", sys.stdout.buffer)

    def settle(self) -> int:
        self._flush()
        return 0

    def commit(self) -> None:
        self._flush()

    def abandon(self) -> None:
        with suppress(OSError):
            self._flush()

    def _flush(self) -> None:
        try:
            self.sink.flush()
        except OSError:
            # What is left in the buffer would be tried again at the end of the program, which would complain as well.
            with suppress(OSError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self.sink.fileno())
                os.close(nowhere)
            raise


class _Special(_Stdout):
    """A device or a pipe, which cannot be replaced."""

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            raise ConfigError(f"--output: {path} is a directory; name a file in it")
        self.sink = open(path, "wb")  # noqa: SIM115  # closed below

    def commit(self) -> None:
        self.sink.close()

    def abandon(self) -> None:
        _close_anyhow(self.sink)


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
        try:
            _close_safely(self.sink)
            put_in_place(self._part, self._output)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        _close_anyhow(self.sink)
        self._part.unlink(missing_ok=True)


class _Part:
    """The same, but what was written is kept for the next run."""

    def __init__(self, output: Path, part: Path, size: int, *, keep: bool) -> None:
        self._output, self._part, self._keep = output, part, keep
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
            put_in_place(self._part, self._output)
        except OSError:
            # On another disk: copied under another name first, so that half of it never bears the real one.
            handle, name = tempfile.mkstemp(dir=self._output.parent, prefix=f".{self._output.name}.", suffix=".part")
            with open(self._part, "rb") as source, os.fdopen(handle, "wb") as copy:
                shutil.copyfileobj(source, copy)
                _close_safely(copy)
            put_in_place(Path(name), self._output)
            self._part.unlink()

    def abandon(self) -> None:
        _close_anyhow(self.sink)
        if not self._keep:
            self._part.unlink(missing_ok=True)


def _close_safely(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _close_anyhow(file: BinaryIO) -> None:
    # What is left in the buffer may not fit on the disk; the file is closed all the same.
    with suppress(OSError):
        file.close()


def put_in_place(part: Path, output: Path) -> None:
    """Give a file its name, in place of what bore it, so that it survives a crash."""
    part.replace(output)
    directory = os.open(output.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)

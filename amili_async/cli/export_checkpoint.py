"""How far an export is, in a file: so that one that broke off goes on, and the next one brings only what is new."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self

from attrs import define, field

from amili_async.cli.export_target import put_in_place
from amili_async.errors import ConfigError

if sys.platform != "win32":
    import fcntl

__all__ = ["Checkpoint", "CheckpointFile", "Run", "digest_of"]

_VERSION: Final = 1


@define(kw_only=True)
class Run:
    """A run that has not come to its end.

    Attributes:
        since: From when on it lists, as it was asked for; None for everything.
        started: When it began.
        form: Digest of format, columns and kind of target; a run goes on in the form it began in.
        pager: Where it is, as the pager says it; None at the beginning.
        size: How many bytes of the part file count.
        rows: How many rows were written.
        latest: The latest time seen on an item.
        fresh: Digests of the items that the next run may meet again, with their times.
        whole: Whether everything is written and the part file has only to get its name, or has it already.
    """

    since: str | None
    started: datetime
    form: str
    pager: str | None = None
    size: int = 0
    rows: int = 0
    latest: datetime | None = None
    fresh: dict[str, datetime] = field(factory=dict)
    whole: bool = False


@define(kw_only=True)
class Checkpoint:
    """What is known from earlier runs.

    Attributes:
        latest: The latest time up to which everything has been written; None before the first run has ended.
        seen: Digests of the items written that are so young that they may come again.
        run: The run that broke off, if one did.
    """

    latest: datetime | None = None
    seen: frozenset[str] = frozenset()
    run: Run | None = None


class CheckpointFile:
    """The file; it is locked as long as it is open.

    Args:
        path: Where it is.
        about: What is listed: host, organization, filters. Another list needs a checkpoint of its own.

    Raises:
        ConfigError: It is in use, damaged, or of another list.
    """

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        self.path = path
        self._about = digest_of(about)
        self._lock_path = path.with_name(f"{path.name}.lock")
        self._lock: int | None = None

    def __enter__(self) -> Self:
        self._lock = self._locked()
        return self

    def __exit__(self, *error: object) -> None:
        if self._lock is not None:
            with suppress(OSError):
                self._lock_path.unlink()
            os.close(self._lock)

    def load(self) -> Checkpoint:
        """What it says; nothing if it is not there yet.

        Raises:
            ConfigError: It is damaged, or of another list.
        """
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return Checkpoint()
        except OSError as error:
            raise ConfigError(f"--checkpoint: {self.path} cannot be read ({error.strerror})") from None
        try:
            state = json.loads(text)
            version, about = state["v"], state["about"]
            checkpoint = _read(state)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ConfigError(f"--checkpoint: {self.path} is not the checkpoint of a list; name another file") from None
        if version != _VERSION:
            raise ConfigError(f"--checkpoint: {self.path} is of version {version}; this one reads {_VERSION}")
        if about != self._about:
            raise ConfigError(
                f"--checkpoint: {self.path} is of another list, host, organization or filter; "
                "give each its own checkpoint"
            )
        return checkpoint

    def save(self, checkpoint: Checkpoint) -> None:
        """Replace what it says, in one step."""
        run = checkpoint.run
        state = {
            "v": _VERSION,
            "about": self._about,
            "latest": checkpoint.latest,
            "seen": sorted(checkpoint.seen),
            "run": None
            if run is None
            else {
                "since": run.since,
                "started": run.started,
                "form": run.form,
                "pager": run.pager,
                "size": run.size,
                "rows": run.rows,
                "latest": run.latest,
                "fresh": run.fresh,
                "whole": run.whole,
            },
        }
        new = self.path.with_name(f"{self.path.name}.new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(state, file, separators=(",", ":"), default=datetime.isoformat)
                file.flush()
                os.fsync(file.fileno())
            put_in_place(new, self.path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise

    def _locked(self) -> int:
        while True:
            try:
                lock = os.open(self._lock_path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise ConfigError(f"--checkpoint: {self.path} cannot be written ({error.strerror})") from None
            if sys.platform == "win32":
                return lock
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                raise ConfigError(f"--checkpoint: {self.path} is in use by another run; wait for it to end") from None
            # Whoever held it before may have removed it since we opened it.
            with suppress(OSError):
                if os.fstat(lock).st_ino == self._lock_path.stat().st_ino:
                    return lock
            os.close(lock)


def digest_of(values: object) -> str:
    """A short digest: what is listed may name a debtor, and is not to be kept."""
    text = json.dumps(values, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def _read(state: Mapping[str, Any]) -> Checkpoint:
    run = state["run"]
    return Checkpoint(
        latest=_instant(state["latest"]),
        seen=frozenset(state["seen"]),
        run=None
        if run is None
        else Run(
            since=run["since"],
            started=datetime.fromisoformat(run["started"]),
            form=run["form"],
            pager=run["pager"],
            size=run["size"],
            rows=run["rows"],
            latest=_instant(run["latest"]),
            fresh={name: datetime.fromisoformat(time) for name, time in run["fresh"].items()},
            whole=run.get("whole", False),
        ),
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

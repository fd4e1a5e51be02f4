"""What can be set for a run, with its defaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Literal, Required, TypedDict, TypeVar
from uuid import UUID

from attrs import Attribute, field, frozen

from amili_async.bulk.failures import failure_paths
from amili_async.bulk.journal import Journal
from amili_async.bulk.outcomes import Progress
from amili_async.errors import BulkError, ConfigError
from amili_async.options import RequestOptions

__all__ = ["BulkSettings", "EnqueueOptions", "Settings", "workers_extra"]

ItemT = TypeVar("ItemT")


class BulkSettings(TypedDict, Generic[ItemT], total=False):
    """The keyword arguments of a submission; `Bulk.submit_invoices` explains them."""

    journal: str | os.PathLike[str] | Journal | None
    key: Callable[[ItemT], object] | None
    chunk_size: int
    max_chunk_bytes: int
    concurrency: int
    rate_limit: float | None
    max_wait_s: float | None
    grace_s: float
    settle_s: float
    key_lifetime_s: float
    on_invalid: Literal["reject", "raise"]
    failures: str | os.PathLike[str] | None
    progress: Callable[[Progress], object] | None
    options: RequestOptions | None


class EnqueueOptions(TypedDict, Generic[ItemT], total=False):
    """The keyword arguments of enqueuing; `Bulk.enqueue_invoices` explains them."""

    database: Required[str]
    run_id: UUID | str | None
    key: Callable[[ItemT], object] | None
    portion_size: int
    chunk_size: int
    max_chunk_bytes: int
    resolve_for_s: float
    queue: str


@contextmanager
def workers_extra() -> Iterator[None]:
    """Say what to install if the packages of the workers are not there.

    Raises:
        ConfigError: They are not.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"psycopg", "psycopg_pool", "procrastinate", "cryptography"}:
            raise
        raise ConfigError("PostgreSQL needs a few more packages: pip install 'amili-async[workers]'") from None


def _at_least(least: float, unit: str = "") -> Callable[[Any, Attribute[Any], Any], None]:
    def check(_: Any, attribute: Attribute[Any], value: Any) -> None:
        if not isinstance(value, (int, float)) or not value >= least:
            raise BulkError(f"{attribute.name} must be at least {least:g}{unit}, not {value!r}")

    return check


def _whole(unit: str = "") -> Callable[[Any, Attribute[Any], Any], None]:
    def check(_: Any, attribute: Attribute[Any], value: Any) -> None:
        if not isinstance(value, int) or value < 1:
            raise BulkError(f"{attribute.name} must be a whole number and at least 1{unit}, not {value!r}")

    return check


def _one_of(*allowed: str) -> Callable[[Any, Attribute[Any], Any], None]:
    def check(_: Any, attribute: Attribute[Any], value: Any) -> None:
        if value not in allowed:
            raise BulkError(f"{attribute.name} must be one of {', '.join(map(repr, allowed))}, not {value!r}")

    return check


def _positive_or_none(unit: str, otherwise: str) -> Callable[[Any, Attribute[Any], Any], None]:
    def check(_: Any, attribute: Attribute[Any], value: Any) -> None:
        if value is not None and not (isinstance(value, (int, float)) and value > 0):
            raise BulkError(f"{attribute.name} must be more than 0 {unit}, or None {otherwise}, not {value!r}")

    return check


def _journal(given: Any) -> Any:
    if isinstance(given, (str, os.PathLike)) and not os.fspath(given):
        raise BulkError("journal is an empty file name")
    if given is not None and not isinstance(given, (str, os.PathLike)) and not hasattr(given, "append"):
        raise BulkError(f"journal must be a path or a Journal, not a {type(given).__name__}")
    return given


def _without_key(_: Any, attribute: Attribute[Any], value: RequestOptions) -> None:
    if value.idempotency_key is not None:
        # One key on many chunks: the API would take all but the first for repetitions.
        raise BulkError(f"{attribute.name}.idempotency_key cannot be given: each chunk has a key of its own")


def _options(given: RequestOptions | None) -> RequestOptions:
    return given if given is not None else RequestOptions()


@frozen(kw_only=True)
class Settings:
    """The same, complete and checked.

    Raises:
        BulkError: A value makes no sense.
        TypeError: There is no such setting.
    """

    journal: str | os.PathLike[str] | Journal | None = field(default=None, converter=_journal)
    key: Callable[[Any], object] | None = None
    chunk_size: int = field(default=200, validator=_whole(" record"))
    max_chunk_bytes: int = field(default=1_000_000, validator=_whole(" byte"))
    concurrency: int = field(default=16, validator=_whole())
    rate_limit: float | None = field(default=None, validator=_positive_or_none("records per second", "for no limit"))
    max_wait_s: float | None = field(
        default=None, validator=_positive_or_none("seconds", "to wait for as long as it takes")
    )
    grace_s: float = field(default=30, validator=_at_least(0, " seconds"))
    settle_s: float = field(default=10, validator=_at_least(0, " seconds"))
    key_lifetime_s: float = field(default=86_400, validator=_at_least(0, " seconds"))
    on_invalid: Literal["reject", "raise"] = field(default="reject", validator=_one_of("reject", "raise"))
    failures: str | os.PathLike[str] | None = None
    progress: Callable[[Progress], object] | None = None
    options: RequestOptions = field(default=None, converter=_options, validator=_without_key)

    def __attrs_post_init__(self) -> None:
        journal = getattr(self.journal, "path", self.journal)
        if self.failures is None or not isinstance(journal, (str, os.PathLike)):
            return
        # SQLite's own files beside the journal count as well.
        taken = {os.path.realpath(f"{os.fspath(journal)}{end}") for end in ("", "-wal", "-shm", "-journal")}
        for path in failure_paths(self.failures):
            if os.path.realpath(path) in taken:
                raise BulkError(f"failures: {path} is the journal, or a file of it; give another name")

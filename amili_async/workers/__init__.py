"""The same submission on several workers, with PostgreSQL and Procrastinate between them; see docs/workers.md.

Needs the extra `workers`. Enqueuing and looking on are methods of `amili.bulk`; this is for those who run workers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from amili_async.bulk.settings import workers_extra

if TYPE_CHECKING:
    from amili_async.bulk.journal_postgres import PostgresJournal
    from amili_async.workers.names import NAMESPACE, QUEUE
    from amili_async.workers.pruning import prune
    from amili_async.workers.schema import migrate
    from amili_async.workers.tasks import blueprint, take_over
    from amili_async.workers.vault import Vault
    from amili_async.workers.watch import Watch
    from amili_async.workers.work import WorkSettings, Workshop
    from amili_async.workers.worker import run_worker

__all__ = [
    "NAMESPACE",
    "QUEUE",
    "PostgresJournal",
    "Vault",
    "Watch",
    "WorkSettings",
    "Workshop",
    "blueprint",
    "migrate",
    "prune",
    "run_worker",
    "take_over",
]

# Loaded on first use: psycopg and procrastinate are an extra.
_HOMES: Final = {
    "NAMESPACE": "workers.names",
    "PostgresJournal": "bulk.journal_postgres",
    "QUEUE": "workers.names",
    "Vault": "workers.vault",
    "Watch": "workers.watch",
    "WorkSettings": "workers.work",
    "Workshop": "workers.work",
    "blueprint": "workers.tasks",
    "migrate": "workers.schema",
    "prune": "workers.pruning",
    "run_worker": "workers.worker",
    "take_over": "workers.tasks",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with workers_extra():
        return getattr(import_module(f"amili_async.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

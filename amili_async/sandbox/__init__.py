"""A local Amili for people who have no account, and for tests.

    async with Sandbox(seed=1) as sandbox, AmiliClient(sandbox.config()) as amili:
        ...

It is a real HTTP server on loopback with a token service. Requests are checked against the same OpenAPI documents that
the library is generated from, and so are its own answers. It keeps state: invoices are taken in as a batch, open cases,
are paid and corrected; payments give settlements; customers, documents and postings stay; lists filter and page.

What Amili does is documented in part only. The paths, names and shapes here are the documentation's; every rule that
is the sandbox's own, and so no evidence of what Amili does, stands in `docs/sandbox.md`. In short: only the
organization and the client of the settings are there; few and obvious things are rejected; a batch ends after
`batch_delay_s`; an operation of which only the name is known keeps what it is given and invents nothing; one that the
sandbox does not know is answered by the spec alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from amili_async.sandbox.clock import VirtualClock
    from amili_async.sandbox.entities import LedgerEntry
    from amili_async.sandbox.fault_files import load_faults
    from amili_async.sandbox.faults import Faults, Rule
    from amili_async.sandbox.foreground import run
    from amili_async.sandbox.server import Sandbox
    from amili_async.sandbox.settings import Settings

__all__ = ["Faults", "LedgerEntry", "Rule", "Sandbox", "Settings", "VirtualClock", "load_faults", "run"]

# Loaded on first use: the pytest plugin stands in this package, and must not cost every test run a web server.
_HOMES: Final = {
    "Faults": "faults",
    "LedgerEntry": "entities",
    "Rule": "faults",
    "Sandbox": "server",
    "Settings": "settings",
    "VirtualClock": "clock",
    "load_faults": "fault_files",
    "run": "foreground",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name != "jsonschema_rs":
            raise
        message = "the sandbox needs jsonschema-rs: pip install 'amili-async[sandbox]'"
        raise ModuleNotFoundError(message, name=error.name) from error


def __dir__() -> list[str]:
    return sorted(__all__)

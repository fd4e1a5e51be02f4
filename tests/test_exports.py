"""The public names of the package."""

from __future__ import annotations

import subprocess
import sys
import types

import amili_async


def test_all_is_what_is_there() -> None:
    """`__all__` lists each public name once, in order, and nothing that is not there."""
    public = {
        name
        for name, value in vars(amili_async).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert set(amili_async.__all__) - {"__version__"} == public
    assert len(set(amili_async.__all__)) == len(amili_async.__all__)


def test_import_stays_light() -> None:
    """Importing the package loads no product, no engine, no command line and no server."""
    code = (
        "import sys, amili_async; "
        "print([m for m in sys.modules if m.startswith(('amili_async.models.', 'amili_async.endpoints', "
        "'amili_async.bulk', 'amili_async.cli.', 'amili_async.sandbox', 'jsonschema_rs', 'rich', 'typer'))])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"

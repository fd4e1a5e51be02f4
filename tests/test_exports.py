"""The public names of the package."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import amili_async


def test_all_is_what_is_there() -> None:
    """`__all__` lists each public name once, and each of them can be had and comes from where it is defined."""
    assert len(set(amili_async.__all__)) == len(amili_async.__all__)
    assert set(amili_async.__all__) <= set(dir(amili_async))
    for name in set(amili_async.__all__) - {"UNSET", "__version__"}:
        assert getattr(amili_async, name).__module__.startswith("amili_async.")
    with pytest.raises(AttributeError, match="no attribute 'Amili'"):
        amili_async.__getattr__("Amili")


def test_types_and_names_agree() -> None:
    """What type checkers see is what is loaded: the imports for them name the same homes."""
    tree = ast.parse(Path(str(amili_async.__file__)).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {name: f"amili_async.{home}" for name, home in amili_async._HOMES.items()}


def test_import_stays_light() -> None:
    """The package alone loads not even aiohttp; the client loads no product, engine, command line or server."""
    code = (
        "import sys, amili_async; assert 'aiohttp' not in sys.modules; amili_async.AmiliClient; "
        "print([m for m in sys.modules if m.startswith(('amili_async.models.', 'amili_async.endpoints', "
        "'amili_async.bulk', 'amili_async.cli.', 'amili_async.sandbox', 'jsonschema_rs', 'rich', 'typer'))])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"

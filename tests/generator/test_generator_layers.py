"""Who may know whom, inside the generator."""

from __future__ import annotations

import ast
from pathlib import Path

GENERATOR = Path(__file__).parent.parent.parent / "generator"


def importers(package: str) -> list[str]:
    """Modules of the generator that import a package."""
    found = []
    for path in sorted(GENERATOR.glob("*.py")):
        names: list[str] = []
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
        if any(name.partition(".")[0] == package for name in names):
            found.append(path.name)
    return found


def test_one_module_knows_the_parser() -> None:
    """The parser has no stable interface, so changing it may touch one file only."""
    assert importers("openapi_python_client") == ["adapter.py"]


def test_each_tool_has_one_user() -> None:
    """Reading YAML, validating and rendering are one module's job each."""
    assert importers("yaml") == ["load.py"]
    assert importers("openapi_spec_validator") == ["profile.py"]
    assert importers("jinja2") == ["emit.py"]
    assert importers("mkdocs") == ["site.py"]


def test_the_generator_does_not_need_what_it_makes() -> None:
    """It runs when the library's own code is broken or missing."""
    assert importers("amili_async") == []

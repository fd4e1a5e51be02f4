"""What can be called, and what an operation takes and gives."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Final, get_args, get_type_hints

import attrs
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from amili_async.cli.call_names import function_of, options_of, python_name, types_of
from amili_async.cli.call_values import known_values, type_name
from amili_async.cli.tables import table, titled
from amili_async.endpoints import PRODUCTS
from amili_async.errors import ConfigError
from amili_async.operations import OPERATIONS, Operation

__all__ = ["LEVELS", "as_plain", "description", "operations", "operations_table"]

LEVELS: Final = {
    "documented": "method, path and body shape are printed in the documentation",
    "partial": "the path is printed, the body was seen in part or taken from a sibling",
    "assumed": "only the name is known: method or path are by analogy",
}
_STYLES: Final = {"documented": "good", "partial": "open", "assumed": "bad"}
_IDEMPOTENCY: Final = {
    "safe": "a read: changes nothing",
    "upsert": "a write that may be repeated by its nature",
    "keyed": "a write that carries an idempotency key",
    "unsafe": "a write that is never repeated after an unclear outcome",
}
_DOCUMENTATION: Final = "https://docs.amili.dev/"
_WIDE: Final = 120
_DEEPEST: Final = 4


def operations(product: str | None) -> list[Operation[Any]]:
    """All operations, or those of a product.

    Raises:
        ConfigError: There is no such product.
    """
    if product is not None and product not in PRODUCTS:
        raise ConfigError(f"there is no product {product!r}; there are {', '.join(PRODUCTS)}")
    return [row for row in OPERATIONS.values() if product in (None, row.product)]


def operations_table(rows: list[Operation[Any]], width: int) -> Table:
    """Operations as a table; on a narrow screen without their paths."""
    wide = width >= _WIDE
    grid = table("Operation")
    grid.columns[0].no_wrap = True
    grid.add_column("Evidence", no_wrap=True)
    grid.add_column("Summary")
    if wide:
        grid.add_column("Request", overflow="fold")
    for row in rows:
        grid.add_row(
            row.id,
            Text(row.evidence.level, style=_STYLES[row.evidence.level]),
            row.summary,
            *([f"{row.method} {row.path}"] if wide else []),
        )
    return grid


def as_plain(row: Operation[Any]) -> dict[str, Any]:
    """An operation for programs."""
    return {
        "operation": row.id,
        "python": python_name(row) if row.product != "identity" else None,
        "product": row.product,
        "method": row.method,
        "path": row.prefix + row.path,
        "summary": row.summary,
        "evidence": row.evidence.level,
        "pages": [_DOCUMENTATION + page for page in row.evidence.pages],
        "idempotency": row.idempotency,
        "deprecated": row.deprecated,
        "paged": row.pagination is not None,
        "parameters": [{"name": p.wire, "in": p.location, "required": p.required} for p in row.params],
    }


def description(row: Operation[Any]) -> Iterator[RenderableType]:
    """All that is known of one operation."""
    facts = table(row.id)
    facts.columns[0].no_wrap = True
    facts.add_column(row.summary, overflow="fold")
    facts.add_row("Request", f"{row.method} {row.prefix}{row.path}")
    facts.add_row("Python", f"amili.{row.product}.{python_name(row)}")
    facts.add_row(
        "Evidence", Text(row.evidence.level, style=_STYLES[row.evidence.level]) + f": {LEVELS[row.evidence.level]}"
    )
    if row.evidence.note:
        facts.add_row("", row.evidence.note)
    facts.add_row("Kind", _IDEMPOTENCY[row.idempotency])
    if row.pagination is not None:
        facts.add_row("Pages", "comes in pages: --all fetches all of them")
    if row.deprecated:
        facts.add_row("Deprecated", Text("the documentation has dropped it or marked it for removal", style="open"))
    for number, page in enumerate(row.evidence.pages):
        facts.add_row("" if number else "Documentation", _DOCUMENTATION + page)
    yield facts
    if row.params:
        yield titled("Parameters", _parameters(row))
    if row.request_body is not None:
        yield _body(row)


def _parameters(row: Operation[Any]) -> Table:
    grid = table("Name")
    grid.columns[0].no_wrap = True
    for name in ("In", "Needed", "Type"):
        grid.add_column(name, no_wrap=True)
    grid.add_column("What it is")
    types, told = types_of(row), _arguments(row)
    for param in row.params:
        values = known_values(types[param.name])
        shown = f" Values seen: {', '.join(values)}." if values else ""
        grid.add_row(
            param.wire,
            param.location,
            "yes" if param.required else "no",
            type_name(types[param.name]),
            told.get(param.name, "") + shown,
        )
    return grid


def _body(row: Operation[Any]) -> RenderableType:
    body = row.request_body
    assert body is not None  # noqa: S101  # whoever calls has looked
    needed = "needed" if body.required else "may be left out"
    if body.model is None:
        return titled("Body", Text(f"Open ({body.content_type}, {needed}): the spec knows no fields of it."))
    grid = table("Field")
    grid.columns[0].no_wrap = True
    grid.add_column("Type")
    for name, kind in _fields(body.model, ""):
        grid.add_row(name, kind)
    return titled(f"Body: {body.model.__name__} ({body.content_type}, {needed})", grid)


def _fields(model: type, prefix: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    hints = get_type_hints(model)
    for field in attrs.fields(model):
        if "wire" not in field.metadata:
            continue
        name, kinds = prefix + field.metadata["wire"], options_of(hints[field.name])
        inner, mark = kinds[0], ""
        if len(kinds) == 1 and getattr(inner, "__origin__", None) is list:
            inner, mark = options_of(get_args(inner)[0])[0], "[]"
        if attrs.has(inner) and depth < _DEEPEST:
            yield name + mark, "list of objects" if mark else "object"
            yield from _fields(inner, f"{name}{mark}.", depth + 1)
        else:
            values = known_values(kinds)
            yield name + mark, _kind(kinds) + (f": {', '.join(values)} …" if values else "")


def _kind(kinds: list[Any]) -> str:
    names = {getattr(kind, "__name__", str(kind)) for kind in kinds}
    if "Decimal" in names:
        return "number"
    return type_name(kinds)


def _arguments(row: Operation[Any]) -> dict[str, str]:
    """What the docstring says of each argument."""
    found: dict[str, str] = {}
    doc = inspect.getdoc(function_of(row)) or ""
    section = doc.partition("Args:\n")[2].partition("\n\n")[0]
    name = ""
    for line in section.splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            name, _, text = line.strip().partition(": ")
            found[name] = text
        elif name:
            found[name] += f" {line.strip()}"
    return {name: text.removesuffix(" Type and meaning are inferred.") for name, text in found.items()}

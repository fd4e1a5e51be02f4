"""Compares two editions of the spec, and says in Python terms what is different.

What counts is what a user of the library meets: names, types, and whether a call may be repeated or is refused. Texts
are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from generator.changes import Changes
from generator.compatibility import Shapes
from generator.diff_models import compare_enum, compare_model, pair_up, uses_of
from generator.diff_operations import compare_operations
from generator.ir import Api, EnumDef, Model

__all__ = ["compare"]


def compare(old: Sequence[Api], new: Sequence[Api]) -> Changes:
    """All changes from one edition to another, in the order of the spec."""
    changes = Changes()
    gone, pairs, fresh = pair_up(old, new, lambda api: api.product)
    for api in gone:
        changes.removed(api.product)
    for before, after in pairs:
        changes.replaced("changed", before.product, "prefix", before.prefix, after.prefix)
        shapes = (Shapes(before), Shapes(after))
        compare_operations(changes, before, after, shapes)
        _compare_classes(changes, before, after, shapes, _namer(before.product, (old, new)))
    for api in fresh:
        changes.note("added", api.product, f"{len(api.operations)} operations")
    return changes


def _classes(api: Api) -> list[EnumDef | Model]:
    return [*api.enums, *api.models]


def _namer(product: str, editions: Sequence[Sequence[Api]]) -> Callable[[str], str]:
    """A function that names a class; with its product, where another product has one of that name."""
    counts = Counter(
        name for name, _ in {(c.name, api.product) for apis in editions for api in apis for c in _classes(api)}
    )
    return lambda name: f"{product}.{name}" if counts[name] > 1 else name


def _compare_classes(
    changes: Changes, old: Api, new: Api, shapes: tuple[Shapes, Shapes], named: Callable[[str], str]
) -> None:
    # An enum that has become a model is another class, whatever its name.
    gone, pairs, fresh = pair_up(_classes(old), _classes(new), lambda item: (item.name, type(item)))
    use = uses_of(new)
    for item in gone:
        changes.removed(named(item.name))
    for before, after in pairs:
        if isinstance(before, EnumDef) and isinstance(after, EnumDef):
            compare_enum(changes, named(after.name), before, after)
        elif isinstance(before, Model) and isinstance(after, Model):
            compare_model(changes, named(after.name), before, after, shapes, use(after.name))
    for item in fresh:
        changes.note("added", named(item.name), "new enum" if isinstance(item, EnumDef) else "new model")

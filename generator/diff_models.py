"""What has changed in enums and models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from attrs import frozen

from generator.changes import Changes, Kind
from generator.compatibility import Shape, Shapes, fits
from generator.ir import Api, EnumDef, Field, Model, Named
from generator.passes import reachable
from generator.pytypes import IN_TEXT, without_none

__all__ = ["Use", "compare_enum", "compare_model", "pair_up", "uses_of"]

T = TypeVar("T")


@frozen
class Use:
    """Where values of a model are met: in requests, in what Amili sends, or in both."""

    sent: bool
    received: bool

    def allows(self, old: Shape, new: Shape) -> bool:
        """Whether code for the old type does for the new one."""
        if not (self.sent or self.received):
            return False
        return (not self.sent or fits(old, new)) and (not self.received or fits(new, old))


def uses_of(api: Api) -> Callable[[str], Use]:
    """A function from a model's name to its use."""
    models = {model.name: model for model in api.models}
    bodies = [operation.body.type for operation in api.operations if operation.body is not None]
    answers = [answer.type for operation in api.operations for answer in operation.responses if answer.type is not None]
    events = [Named(event.model, "model") for event in api.events if event.model in models]
    sent, received = set(reachable(models, bodies)), set(reachable(models, [*answers, *events]))
    return lambda name: Use(name in sent, name in received)


def pair_up(
    old: Iterable[T], new: Iterable[T], *keys: Callable[[T], object]
) -> tuple[list[T], list[tuple[T, T]], list[T]]:
    """What is gone, what has stayed (by the first key under which it is found again), and what is new."""
    gone, fresh = list(old), list(new)
    pairs: list[tuple[T, T]] = []
    for key in keys:
        found = {key(item): item for item in fresh}
        for item in list(gone):
            match = found.pop(key(item), None)
            if match is not None:
                pairs.append((item, match))
                gone.remove(item)
                fresh.remove(match)
    return gone, pairs, fresh


def compare_enum(changes: Changes, name: str, old: EnumDef, new: EnumDef) -> None:
    """Note what has changed in an enum."""
    changes.replaced("breaking", name, "values are", old.base, new.base)
    gone, pairs, fresh = pair_up(old.members, new.members, lambda member: member.name)
    for member in gone:
        changes.removed(f"{name}.{member.name}")
    for before, after in pairs:
        changes.replaced("changed", f"{name}.{before.name}", "", repr(before.value), repr(after.value))
    for member in fresh:
        changes.note("added", f"{name}.{member.name}")


def compare_model(changes: Changes, name: str, old: Model, new: Model, shapes: tuple[Shapes, Shapes], use: Use) -> None:
    """Note what has changed in a model."""
    changes.flag(name, old=old.deprecated, new=new.deprecated, on="deprecated", off="no longer deprecated")
    gone, pairs, fresh = pair_up(old.fields, new.fields, lambda field: field.wire, lambda field: field.name)
    for field in gone:
        changes.removed(f"{name}.{field.name}")
    for before, after in sorted(pairs, key=lambda pair: _position(old.fields, pair[0])):
        _compare_field(changes, name, before, after, shapes, use)
    for field in fresh:
        subject = f"{name}.{field.name}: {IN_TEXT.field(field)}"
        if field.required and field.const is None:
            changes.note("breaking", f"{subject} (new, required)")
        else:
            changes.note("added", subject)
    _compare_page(changes, name, old, new)


def _position(items: Sequence[object], item: object) -> int:
    return next(index for index, other in enumerate(items) if other is item)


def _compare_field(
    changes: Changes, model: str, old: Field, new: Field, shapes: tuple[Shapes, Shapes], use: Use
) -> None:
    subject = f"{model}.{new.name}"
    if old.name != new.name:
        changes.note("breaking", f"{model}.{old.name}", f"renamed to {new.name}")
    changes.replaced("changed", subject, "name in JSON", old.wire, new.wire)
    before, after = shapes[0].of_field(old), shapes[1].of_field(new)
    if before != after:
        kind: Kind = "changed" if use.allows(before, after) else "breaking"
        changes.note(kind, subject, f"{IN_TEXT.field(old)} -> {IN_TEXT.field(new)}")
    if new.required and not old.required:
        changes.note("breaking", subject, "now required")
    elif old.required and not new.required and before == after:
        changes.note("changed", subject, "no longer required")
    changes.replaced("changed", subject, "default", old.const, new.const)
    changes.replaced("changed", subject, "evidence", _evidence(old), _evidence(new))
    changes.replaced("changed", subject, "limits", " ".join(old.facts), " ".join(new.facts))
    changes.flag(subject, old=old.sensitive, new=new.sensitive, on="now left out of repr", off="now shown in repr")
    changes.flag(subject, old=old.deprecated, new=new.deprecated, on="deprecated", off="no longer deprecated")


def _evidence(field: Field) -> str:
    return "inferred" if field.inferred else "documented"


def _compare_page(changes: Changes, name: str, old: Model, new: Model) -> None:
    before, after = _page(old), _page(new)
    subject = f"{name}.page_items()"
    if before and not after:
        changes.removed(subject)
    elif after and not before:
        changes.note("added", subject, after)
    else:
        changes.replaced("breaking", subject, "", before, after)


def _page(model: Model) -> str:
    return IN_TEXT.annotation(without_none(model.page_items.type)) if model.page_items is not None else ""

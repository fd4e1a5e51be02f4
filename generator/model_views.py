"""Enums and models as finished pieces of text, for the templates."""

from __future__ import annotations

from attrs import evolve, frozen

from generator.docs import attribute, described, sentence
from generator.ir import EnumDef, Field, Model, Nullable
from generator.phrases import DEPRECATED, INFERRED, SENSITIVE
from generator.pytypes import IN_MODELS, without_none

__all__ = ["EnumView", "FieldView", "ModelView", "enum_view", "model_view"]


@frozen
class FieldView:
    """A field of a model: its line of code and its docstring."""

    code: str
    doc: str


@frozen
class ModelView:
    """A model."""

    name: str
    doc: str
    fields: tuple[FieldView, ...]
    page_items: str | None = None
    page_item_type: str = ""


@frozen
class EnumView:
    """An enum."""

    name: str
    base: str
    doc: str
    members: tuple[FieldView, ...]


def enum_view(enum: EnumDef) -> EnumView:
    """Spell out an enum."""
    text = enum.description or f"Values of {enum.name}."
    return EnumView(
        name=enum.name,
        base="_OpenStrEnum" if enum.base == "str" else "_OpenIntEnum",
        doc=described(text, 4),
        members=tuple(
            FieldView(f"{member.name} = {member.value!r}", attribute(sentence(member.description), 4))
            for member in enum.members
        ),
    )


def model_view(model: Model) -> ModelView:
    """Spell out a model."""
    view = ModelView(
        name=model.name,
        doc=described(model.description or f"The object {model.name}.", 4, DEPRECATED if model.deprecated else ""),
        fields=tuple(FieldView(_field_code(field), _field_doc(field)) for field in model.fields),
    )
    if (field := model.page_items) is None:
        return view
    optional = not field.required or isinstance(field.type, Nullable)
    return evolve(
        view,
        page_items=f"self.{field.name} or []" if optional else f"self.{field.name}",
        page_item_type=IN_MODELS.annotation(without_none(field.type)),
    )


def _field_code(field: Field) -> str:
    arguments = []
    if field.const is not None:
        arguments.append(f"default={field.const!r}")
    elif not field.required:
        arguments.append("default=_UNSET" if field.unset else "default=None")
    if field.sensitive:
        arguments.append("repr=False")
    arguments.append(f'metadata={{"wire": {field.wire!r}}}')
    return f"{field.name}: {IN_MODELS.field(field)} = _field({', '.join(arguments)})"


def _field_doc(field: Field) -> str:
    parts = [sentence(field.description), *field.facts]
    if field.unset:
        parts.append("None is sent as null; leave it out to say nothing.")
    if field.inferred:
        parts.append(INFERRED)
    if field.sensitive:
        parts.append(SENSITIVE)
    if field.deprecated:
        parts.append(DEPRECATED)
    return attribute(" ".join(part for part in parts if part), 4)

"""Why Amili refused a record, as one line of text without personal data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import Attribute, fields, has

__all__ = ["hide", "reason_in", "sensitive_texts", "wire_fields"]

# What a failed item looks like is not documented; these are the places where APIs of this kind put the text.
_TEXT = ("message", "errorMessage", "reason", "detail", "title", "description")
_NESTED = ("errors", "error", "problems", "details", "reasons")
_CODE = ("code", "errorCode")
_WHERE = ("path", "field", "property", "propertyName", "pointer")
_MOST_PARTS = 3
_MOST_CHARACTERS = 300
_HIDDEN = "***"
# E-mail addresses, personal numbers (11 digits, also written 6 + 5) and phone numbers with a country code.
_PERSONAL = re.compile(r"[^\s@<>]+@[^\s@<>]+|(?<!\d)\d{6} ?\d{5}(?!\d)|(?:\+|\b00)47[ \d]{7,}\d")
_SHORTEST_HIDDEN = 3


def reason_in(answer: Any) -> str | None:
    """The reason that an answer, or an item of one, gives, wherever it puts it; None if it gives none.

    The text may name the debtor: pass it through `hide` before it goes anywhere.
    """
    parts = list(dict.fromkeys(_parts(answer)))
    return "; ".join(parts[:_MOST_PARTS]) or None


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, Mapping):
        where, code, text = (_first(value, names) for names in (_WHERE, _CODE, _TEXT))
        if code or text:
            yield ": ".join(part for part in (where, code, text) if part)
        for name in _NESTED:
            inner = value.get(name)
            if isinstance(inner, Mapping) and not any(known in inner for known in (*_TEXT, *_CODE, *_NESTED)):
                # Places as names, as .NET services answer: {"invoices[3].dueDate": ["is missing"]}
                for where, told in inner.items():
                    yield from (f"{where}: {part}" for part in _parts(told))
            else:
                yield from _parts(inner)


def _first(value: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((str(value[name]).strip() for name in names if isinstance(value.get(name), (str, int))), "")


def hide(text: str, secrets: Collection[str]) -> str:
    """Make a server's text fit to be shown: on one line, not endless, without personal data.

    Args:
        text: What the server said.
        secrets: Values of the record that must not be repeated.
    """
    lowered = text.lower()
    # A chunk has thousands of them, and a text holds few: only those are worth a pattern.
    for secret in sorted((secret for secret in secrets if secret.lower() in lowered), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", _HIDDEN, text, flags=re.IGNORECASE)
    text = " ".join(_PERSONAL.sub(_HIDDEN, text).split())
    text = "".join(character for character in text if character.isprintable())
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


def sensitive_texts(value: Any) -> set[str]:
    """All texts in a record that its model marks as personal data, and those it does not know."""
    return {text.strip() for text in _sensitive(value) if len(text.strip()) >= _SHORTEST_HIDDEN}


def _sensitive(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _sensitive(item)
    elif has(type(value)):
        for attribute in fields(type(value)):
            inner = getattr(value, attribute.name)
            # `repr=False` is how the models mark what `x-amili-sensitive` says in the spec.
            yield from _texts(inner) if attribute.repr is False else _sensitive(inner)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from _texts(getattr(value, attribute.name))


def wire_fields(model: Any) -> dict[str, Any]:
    """What a decoded object holds, by wire name, fields that the spec does not name included."""
    found = {wire: value for name, wire in _wire_names(model.__class__) if (value := getattr(model, name)) is not None}
    return {**model.additional_properties, **found} if model.additional_properties else found


@cache
def _wire_names(model: Any) -> tuple[tuple[str, str], ...]:
    attributes: tuple[Attribute[Any], ...] = fields(model)
    return tuple((a.name, a.metadata["wire"]) for a in attributes if "wire" in a.metadata)

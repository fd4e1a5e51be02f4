"""What the rules share: the report, and ways to look at a document that may be wrong in any way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field

from generator.docs import split_summary
from generator.load import Document
from generator.pointers import RawNode, child, look_up
from generator.problems import Problem

__all__ = ["Report", "as_list", "as_map", "as_text", "sentence_too_long", "words"]

_SENTENCE_LIMIT = 100


def as_map(node: Any) -> RawNode:
    """The object that should stand here; an empty one if something else does, which the validator reports."""
    return node if isinstance(node, dict) else {}


def as_list(node: Any) -> list[Any]:
    """The array that should stand here; see `as_map`."""
    return node if isinstance(node, list) else []


def as_text(node: Any) -> str:
    """The string that should stand here; see `as_map`."""
    return node if isinstance(node, str) else ""


def words(text: str) -> frozenset[str]:
    """A set of words, written as a line of text."""
    return frozenset(text.split())


def sentence_too_long(text: str) -> str:
    """A message if the first sentence does not fit a docstring's first line."""
    first, _ = split_summary(text)
    if len(first) <= _SENTENCE_LIMIT:
        return ""
    return (
        f"the first sentence becomes the first line of a docstring; begin with one of at most {_SENTENCE_LIMIT} "
        f"characters (this one has {len(first)})"
    )


@define
class Report:
    """Problems of one document, as they are found."""

    document: Document
    problems: list[Problem] = field(factory=list)

    @property
    def raw(self) -> RawNode:
        """The document."""
        return self.document.raw

    def refuse(self, pointer: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.document.path, pointer, message))

    def resolve(self, node: Any, pointer: str) -> tuple[RawNode, str] | None:
        """Follow `$ref`; None (and no report) if it leads nowhere, or in a circle."""
        seen: set[str] = set()
        while "$ref" in as_map(node):
            ref = as_text(node["$ref"])
            if not ref.startswith("#/") or ref in seen:
                return None
            seen.add(ref)
            pointer = ref[1:]
            try:
                node = look_up(self.raw, pointer)
            except KeyError:
                return None
        return as_map(node), pointer

    def check_ref(self, node: RawNode, pointer: str, kind: str) -> None:
        """Refuse a `$ref` that is no reference to a component of this kind."""
        ref = as_text(node["$ref"])
        start = f"#/components/{kind}/"
        if not ref.startswith(start) or "/" in ref.removeprefix(start):
            self.refuse(pointer, f"{ref!r}: refer to {start}..., in this document")
        elif self.resolve(node, pointer) is None:
            self.refuse(pointer, f"{ref!r} leads nowhere, or in a circle")

    def check_extensions(self, node: RawNode, pointer: str, allowed: frozenset[str]) -> None:
        """Refuse extensions that mean nothing here: a misspelt one would be lost without a word."""
        for key in node:
            if key.startswith("x-") and key not in allowed:
                known = ", ".join(sorted(allowed)) or "none"
                self.refuse(child(pointer, key), f"an unknown extension in this place; known here: {known}")

    def check_name(self, node: RawNode, pointer: str, named: Callable[[str], str]) -> None:
        """Refuse an `x-amili-name` that the generator would have to change itself."""
        name = node.get("x-amili-name")
        if name is not None and (not isinstance(name, str) or named(name) != name):
            self.refuse(child(pointer, "x-amili-name"), f"{name!r} cannot be a Python name here; write another one")

    def check_marks(self, node: RawNode, pointer: str) -> None:
        """Refuse marks that are neither there nor absent."""
        if node.get("x-amili-evidence", "inferred") != "inferred":
            message = "the one value here is `inferred`; what is documented has no mark"
            self.refuse(child(pointer, "x-amili-evidence"), message)
        if node.get("x-amili-sensitive", True) is not True:
            message = "the one value is `true`; what is not sensitive has no mark"
            self.refuse(child(pointer, "x-amili-sensitive"), message)

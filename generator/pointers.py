"""JSON pointers (RFC 6901), and what they lead to in a parsed document."""

from __future__ import annotations

from typing import Any

__all__ = ["RawNode", "child", "last", "look_up", "resolve"]

RawNode = dict[str, Any]
"""An object of the document as it was read."""


def child(pointer: str, *keys: str | int) -> str:
    """Extend a pointer by keys, escaping them."""
    return pointer + "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def _keys(pointer: str) -> list[str]:
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def last(pointer: str) -> str:
    """The last key of a pointer, unescaped."""
    return _keys(pointer)[-1]


def look_up(document: RawNode, pointer: str) -> Any:
    """What a pointer leads to.

    Raises:
        KeyError: Nothing is there.
    """
    node: Any = document
    for key in _keys(pointer):
        try:
            node = node[int(key)] if isinstance(node, list) else node[key]
        except (IndexError, ValueError, TypeError) as error:
            raise KeyError(pointer) from error
    return node


def resolve(document: RawNode, node: RawNode, pointer: str) -> tuple[RawNode, str]:
    """Follow `$ref` until something else stands there; give that and its pointer.

    Raises:
        KeyError: A reference leads nowhere, out of the document, or in a circle.
    """
    seen: set[str] = set()
    while "$ref" in node:
        ref = str(node["$ref"])
        if not ref.startswith("#/") or ref in seen:
            raise KeyError(ref)
        seen.add(ref)
        pointer = ref[1:]
        node = look_up(document, pointer)
    return node, pointer

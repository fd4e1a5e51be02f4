"""Docstrings: plain texts of the spec, wrapped, and safe inside triple quotes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

__all__ = ["LIMIT", "attribute", "described", "docstring", "section", "sentence", "split_summary", "wrap"]

LIMIT = 120
"""Longest line, as in the rest of the project."""

_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9`\"'(])")


def sentence(text: str) -> str:
    """The text with an end: a full stop, where it has none."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def split_summary(text: str) -> tuple[str, str]:
    """First sentence and the rest of a text."""
    first, _, rest = text.strip().partition("\n\n")
    parts = _SENTENCE_END.split(" ".join(first.split()), maxsplit=1)
    tail = parts[1] if len(parts) > 1 else ""
    return sentence(parts[0]), "\n\n".join(part for part in (tail, rest.strip()) if part)


def _blocks(text: str) -> list[str]:
    """Paragraphs and list items."""
    blocks: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        fresh = True
        for line in paragraph.splitlines():
            if fresh or _ITEM.match(line):
                blocks.append(line.strip())
            else:
                blocks[-1] += " " + line.strip()
            fresh = False
        blocks.append("")
    return blocks[:-1]


def wrap(text: str, indent: int, hanging: int = 0) -> list[str]:
    """Wrap a text; lines after the first of a block are indented by `hanging`, list items by their own mark."""
    lines: list[str] = []
    for block in _blocks(text):
        item = _ITEM.match(block)
        rest = " " * (hanging if item is None else hanging + len(item.group()))
        lines += textwrap.wrap(
            block,
            width=LIMIT - indent,
            initial_indent=" " * hanging if lines and hanging else "",
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return lines


def section(title: str, entries: Sequence[tuple[str, str]], indent: int) -> list[str]:
    """A Google-style section: a title, and entries of a name (or none) and a text."""
    if not entries:
        return []
    lines = [f"{title}:"]
    for name, text in entries:
        body = f"{name}: {text}" if name else text
        lines += [f"    {line}" if line else "" for line in wrap(body, indent + 4, 4 if name else 0)]
    return ["", *lines]


def _clean(text: str) -> str:
    text = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)
    return text.replace('"""', "'''")


def docstring(lines: Sequence[str], indent: int) -> str:
    """A docstring of these lines, its quotes and indentation included."""
    text = _clean("\n".join(line.rstrip() for line in lines).strip())
    quote = 'r"""' if "\\" in text else '"""'
    pad = " " * indent
    body = "\n".join(pad + line if line else "" for line in text.splitlines()).lstrip()
    if "\n" in body:
        return f'{pad}{quote}{body}\n{pad}"""'
    if body.endswith(('"', "\\")):
        body += "."
    return f'{pad}{quote}{body}"""'


def described(text: str, indent: int, *more: str) -> str:
    """A docstring: the first sentence, a blank line, the rest, and further paragraphs."""
    summary, rest = split_summary(text)
    lines = [summary]
    for paragraph in (rest, *more):
        if paragraph:
            lines += ["", *wrap(paragraph, indent)]
    return docstring(lines, indent)


def attribute(text: str, indent: int) -> str:
    """The docstring of a field, or nothing if there is nothing to say."""
    lines = wrap(text, indent + 6) if text.strip() else []
    return docstring(lines, indent) if lines else ""

"""The items of a list in a JSON text, one after the other, each still as text.

An own splitter: with a parser that gives out events, the rules of the codec would have to be written a second time.
So each record is read by the very code that reads answers and JSON Lines, exact in every number, with the same
messages. What is wrong inside of one costs that one, and its neighbours are read. Only what is around the records is
understood here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from attrs import frozen

__all__ = ["Item", "ItemsError", "items_of"]

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_TEXT: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
# What counts: texts as a whole, and brackets. A quotation mark alone begins a text whose end is not there yet.
_TOKEN: Final = re.compile(rf'{_TEXT.pattern}|[{{}}\[\]"]', re.DOTALL)


class ItemsError(Exception):
    """The text as a whole is no list of records.

    Attributes:
        line: Where that shows.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@frozen
class Item:
    """An item of the list.

    Attributes:
        text: It, as it stands there; None if it is too long.
        path: Where it stands.
        line: The line it begins on.
    """

    text: str | None
    path: str
    line: int


class _Buffer:
    """The part of the text that is under work."""

    def __init__(self, read: Callable[[], str], longest: int) -> None:
        self._read = read
        self._longest = longest
        self.text = read().removeprefix("\ufeff")
        self.at = 0
        self.line = 1

    def error(self, message: str) -> ItemsError:
        return ItemsError(message, self.line)

    def go_to(self, position: int) -> None:
        self.line += self.text.count("\n", self.at, position)
        self.at = position

    def more(self) -> bool:
        """Read on; whether there was anything. Forgets what is behind."""
        block = self._read()
        self.text = self.text[self.at :] + block
        self.at = 0
        return bool(block)

    def next_sign(self) -> str:
        """The next sign that is no space, not taken; empty at the end."""
        while True:
            self.go_to(_SPACE.match(self.text, self.at).end())  # type: ignore[union-attr]  # it matches nothing as well
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, sign: str, instead: str) -> None:
        if self.next_sign() != sign:
            raise self.error(instead)
        self.go_to(self.at + 1)

    def key(self) -> str:
        """The name of a member, taken."""
        if self.next_sign() != '"':
            raise self.error("the name of a member is missing")
        while (found := _TEXT.match(self.text, self.at)) is None:
            if len(self.text) - self.at > self._longest or not self.more():
                raise self.error("a text is not closed")
        self.go_to(found.end())
        self.take(":", "a colon is missing")
        return found[0][1:-1]

    def value(self) -> str | None:
        """An object or list, taken; None if it is too long."""
        depth, position, line = 0, self.at, self.line
        kept = True
        while True:
            for found in _TOKEN.finditer(self.text, position):
                sign = found[0]
                if sign == '"':
                    position = found.start()
                    break
                depth += (sign in "{[") - (sign in "}]")
                if depth == 0 and sign in "}]":
                    text = self.text[self.at : found.end()]
                    self.go_to(found.end())
                    return text if kept and len(text) <= self._longest else None
            else:
                position = len(self.text)
            if position - self.at > self._longest:
                # It is passed over, so that nothing is held but a text whose end is not there yet.
                kept = False
                self.go_to(position)
            if len(self.text) - position > self._longest:
                raise self.error("a text is not closed, or is too long")
            position -= self.at
            if not self.more():
                raise ItemsError("the file breaks off within the record that begins here", line)


def items_of(read: Callable[[], str], names: tuple[str, ...], longest: int) -> Iterator[Item]:
    """The items of a list of objects: of a text that is the list, or of one that has it as a member.

    Args:
        read: Gives the next piece of the text; empty at its end.
        names: What the member may be called.
        longest: Characters that an item has at most; longer ones are passed over.

    Raises:
        ItemsError: It is no such text.
    """
    buffer = _Buffer(read, longest)
    if buffer.next_sign() == "[":
        yield from _items(buffer, "$")
    else:
        yield from _member(buffer, names)
    if buffer.next_sign():
        raise buffer.error("something comes after the end; if it is JSON Lines, give it a name that ends in .jsonl")


def _member(buffer: _Buffer, names: tuple[str, ...]) -> Iterator[Item]:
    wanted = " or ".join(f'{{"{name}": […]}}' for name in names)
    buffer.take("{", f"it is neither a list of records nor {wanted}")
    name = buffer.key()
    # Other members could be passed over, but then also what was meant to be sent.
    if name not in names:
        raise buffer.error(f"it is neither a list of records nor {wanted}")
    if buffer.next_sign() != "[":
        raise buffer.error(f'"{name}" is no list')
    yield from _items(buffer, f"$.{name}")
    buffer.take("}", f'"{name}" is not all there is; take the other members away')


def _items(buffer: _Buffer, path: str) -> Iterator[Item]:
    buffer.take("[", "it is no list")
    index = 0
    while (sign := buffer.next_sign()) != "]":
        if index:
            buffer.take(",", "a comma is missing between two records, or the file breaks off")
            sign = buffer.next_sign()
        if sign not in ("{", "["):
            raise buffer.error("something else than a record stands in the list, or the file breaks off")
        line = buffer.line
        yield Item(buffer.value(), f"{path}[{index}]", line)
        index += 1
    buffer.take("]", "the list is not closed")

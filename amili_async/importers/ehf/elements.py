"""The part of a document that is kept, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

__all__ = ["DocumentError", "Element", "FieldProblemError", "OtherDocumentError"]


class DocumentError(Exception):
    """A document cannot be used at all.

    Attributes:
        reason: Why, as what is said of it: "is empty". Nothing of what stands in it.
        line: Where, if that is known.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class OtherDocumentError(DocumentError):
    """A document is sound, but of a kind that is not wanted here.

    Attributes:
        what: Its kind, in words and in the plural.
    """

    def __init__(self, reason: str, what: str) -> None:
        super().__init__(reason)
        self.what = what


class FieldProblemError(Exception):
    """One element keeps the document from becoming a record.

    Attributes:
        element: Its path, as `cac:LegalMonetaryTotal/cbc:PayableAmount`.
        line: Where it stands, or should stand.
        reason: What is wrong, without personal data.
    """

    def __init__(self, element: str, line: int, reason: str) -> None:
        super().__init__(reason)
        self.element = element
        self.line = line
        self.reason = reason


@define
class Element:
    """An element that is kept.

    Attributes:
        name: With the prefix that UBL documents use by custom, whatever theirs is.
        line: Where it begins.
        attributes: Those of its attributes that are needed.
        text: What stands in it, surrounding and repeated white space removed.
        children: The elements in it that are kept.
    """

    name: str
    line: int
    attributes: Mapping[str, str] = field(factory=dict, repr=False)
    text: str = field(default="", repr=False)
    children: list[Element] = field(factory=list, repr=False)

    def all(self, path: str) -> list[Element]:
        """All elements at a path that are not empty."""
        found = [self]
        for name in path.split("/"):
            found = [child for parent in found for child in parent.children if child.name == name]
        return [element for element in found if element.text or element.children]

    def one(self, path: str) -> Element | None:
        """The element at a path; None if there is none or an empty one.

        Raises:
            FieldProblemError: There are several, and it is not known which one holds.
        """
        found = self.all(path)
        if len(found) > 1:
            raise FieldProblemError(path, found[1].line, "stands there twice; only one of them can hold")
        return found[0] if found else None

    def text_of(self, path: str) -> str | None:
        """The text at a path.

        Raises:
            FieldProblemError: There are several elements.
        """
        element = self.one(path)
        return element.text or None if element is not None else None

    def required(self, path: str) -> Element:
        """The element at a path.

        Raises:
            FieldProblemError: There is none, or several.
        """
        element = self.one(path)
        if element is None or not element.text:
            raise FieldProblemError(path, self.line, "is missing")
        return element

"""XML as documents, safely: no DTD, no entities, no network, and limits on everything.

A document is read in blocks, and only what is kept takes memory, so that an attachment of any size costs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from xml.parsers import expat

from attrs import frozen
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from amili_async.importers.ehf.elements import DocumentError, Element
from amili_async.importers.ehf.kept import BILLING, Kept
from amili_async.importers.ehf.roots import (
    ENVELOPE,
    ENVELOPE_HEADER,
    DocumentKind,
    check_specification,
    kind_of_root,
)

__all__ = ["LARGEST_DOCUMENT", "Document", "parse"]

# Peppol's access points take 100 MB; documents with large attachments are still below this.
LARGEST_DOCUMENT: Final = 50_000_000
_DEEPEST: Final = 64
_MOST_KEPT: Final = 2_000
_LONGEST_TEXT: Final = 2_000
_LONGEST_TAG: Final = 1_000_000
# A document of 50 MB without attachments has about a million elements.
_MOST_ELEMENTS: Final = 1_500_000
# The parser keeps each name it has seen, and UBL has about 2,500.
_MOST_NAMES: Final = 5_000
_MOST_NAMESPACES: Final = 500
# It is written out again in front of each name that is read.
_LONGEST_NAMESPACE: Final = 500
# Errors of expat that mean that what was declared is not what comes, or not where it has to be.
_DECLARED: Final = {
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING]: "is not in the encoding that it declares",
    expat.errors.codes[expat.errors.XML_ERROR_MISPLACED_XML_PI]: "has something before its declaration (<?xml …?>)",
}
# Errors of expat that mean that the rest of the document is not there.
_BREAKS_OFF: Final = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_ATTRIBUTES: Final = frozenset({"currencyID", "schemeID"})
_INVALID: Final = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_PREFIXES: Final = {
    "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2": "cac:",
    "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2": "cbc:",
}


@frozen
class Document:
    """A document that was read.

    Attributes:
        kind: What it is.
        root: Its first element, with what is kept of the rest.
    """

    kind: DocumentKind
    root: Element


def parse(blocks: Iterable[bytes]) -> Document:
    """Read a document, alone or in the envelope of an access point (SBDH).

    Args:
        blocks: Its bytes.

    Raises:
        OtherDocumentError: It is sound, but holds no invoice.
        DocumentError: It is not sound XML, too large, dangerous, or in another format.
    """
    collector = _Collector()
    parser: Any = XMLParser(target=collector, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    collector.line_now = lambda: int(parser.parser.CurrentLineNumber)
    parser.parser.StartNamespaceDeclHandler = collector.namespace
    size = 0
    try:
        for block in blocks:
            size += len(block)
            if size > LARGEST_DOCUMENT:
                raise DocumentError(f"is larger than {LARGEST_DOCUMENT // 1_000_000} MB", collector.line_now())
            parser.feed(block)
            # What begins and does not end is held and looked through again with each block.
            if size - max(parser.parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                reason = f"has a tag or comment of more than {_LONGEST_TAG // 1_000_000} MB"
                raise DocumentError(reason, collector.line_now())
        if not size:
            raise DocumentError("is empty")
        parser.close()
    except ParseError as error:
        raise _not_well_formed(error, begun=collector.begun) from None
    except DefusedXmlException:
        reason = "has a document type (DTD) or entities; invoices have neither, attacks do, so it is not read"
        raise DocumentError(reason, collector.line_now()) from None
    except (ValueError, LookupError):  # what Python's codecs say of an encoding that they cannot serve
        raise DocumentError("is in an encoding that cannot be read; save it as UTF-8") from None
    document = collector.document()
    check_specification(document.root)
    return document


def _not_well_formed(error: ParseError, *, begun: bool) -> DocumentError:
    line = error.position[0]
    if error.code in _BREAKS_OFF:
        return DocumentError("breaks off before its end; get it anew" if begun else "is not XML", line)
    if not begun and error.code in _DECLARED:
        return DocumentError(f"{_DECLARED[error.code]}; have it written anew", line)
    if not begun:
        return DocumentError("is not XML", line)
    if error.code == _INVALID:
        return DocumentError("is not well-formed XML, or not in the encoding that it declares", line)
    return DocumentError(f"is not well-formed XML ({expat.ErrorString(error.code)})", line)


class _Collector:
    """Takes what the parser reads, and keeps the little that is needed."""

    def __init__(self) -> None:
        self.line_now: Callable[[], int] = lambda: 1
        self.begun = False
        self._kind: DocumentKind | None = None
        self._root: Element | None = None
        self._open: list[tuple[Element, Kept]] = []  # elements that are kept, from the first one inwards
        self._texts: list[str] = []
        self._length = 0
        self._depth = 0
        self._passing_by = 0  # how deep in an element that is not kept
        self._kept = 0
        self._elements = 0
        self._names: set[str] = set()
        self._namespaces: set[tuple[str | None, str]] = set()

    def namespace(self, prefix: str | None, name: str | None) -> None:
        """A namespace is declared."""
        self._namespaces.add((prefix, name or ""))
        if len(name or "") > _LONGEST_NAMESPACE or len(self._namespaces) > _MOST_NAMESPACES:
            raise DocumentError("has too many namespaces, or too long ones, as attacks do", self.line_now())

    def _count(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise DocumentError(f"has more than {_MOST_ELEMENTS:,} elements", self.line_now())
        self._names.add(tag)
        self._names.update(attributes)
        if len(self._names) > _MOST_NAMES:
            raise DocumentError(f"has more than {_MOST_NAMES:,} different names of elements", self.line_now())

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.begun = True
        self._count(tag, attributes)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise DocumentError(f"has more than {_DEEPEST} elements inside each other", self.line_now())
        if self._passing_by:
            self._passing_by += 1
        elif self._open:
            self._start_inside(tag, attributes)
        elif self._root is None and (self._depth > 1 or tag != ENVELOPE):
            self._start_root(tag)
        elif self._root is not None:
            raise DocumentError("holds more than one document in its envelope", self.line_now())

    def _start_root(self, tag: str) -> None:
        if tag == ENVELOPE_HEADER:
            self._passing_by = 1
            return
        self._kind = kind_of_root(tag)
        self._root = Element(self._kind, self.line_now())
        self._open.append((self._root, BILLING))

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        parent, kept = self._open[-1]
        if not kept:
            # What stands beside it would be read as one text, and an amount as another.
            raise DocumentError(f"has an element in {parent.name}, where only text may stand", self.line_now())
        namespace, _, local = tag.rpartition("}")
        name = _PREFIXES.get(namespace, "?:") + local
        if name not in kept:
            self._passing_by = 1
            return
        self._kept += 1
        if self._kept > _MOST_KEPT:
            raise DocumentError(f"repeats {name} and its like too often", self.line_now())
        element = Element(name, self.line_now(), {key: attributes[key] for key in _ATTRIBUTES & attributes.keys()})
        parent.children.append(element)
        self._open.append((element, kept[name]))
        self._texts, self._length = [], 0

    def data(self, text: str) -> None:
        """Text, or a piece of one."""
        if self._passing_by or not self._open:
            return
        element, kept = self._open[-1]
        if kept:
            return  # the white space between elements
        self._length += len(text)
        if self._length > _LONGEST_TEXT:
            raise DocumentError(f"has more than {_LONGEST_TEXT:,} characters in {element.name}", element.line)
        self._texts.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._passing_by:
            self._passing_by -= 1
        elif self._open:
            element, kept = self._open.pop()
            if not kept:
                element.text = " ".join("".join(self._texts).split())

    def close(self) -> None:
        """The document ends."""

    def document(self) -> Document:
        """What was read.

        Raises:
            DocumentError: There was only an envelope.
        """
        if self._kind is None or self._root is None:
            raise DocumentError("is an envelope (SBDH) without a document in it")
        return Document(self._kind, self._root)

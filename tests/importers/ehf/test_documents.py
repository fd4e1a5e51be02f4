"""XML as it comes: encodings, envelopes, other formats, damage and attacks."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amili_async.importers.ehf import EhfDocuments, parsing
from amili_async.importers.ehf.document import DocumentReader, blocks_of, open_document, problem_of
from amili_async.importers.ehf.elements import DocumentError
from amili_async.importers.ehf.parsing import LARGEST_DOCUMENT, parse
from amili_async.importers.kinds import CORRECTIONS, INVOICES
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.models.collection import CreateInvoiceItem
from tests.importers.ehf.documents import (
    COMPANY,
    CREDIT_NOTE,
    PERSON,
    SIGNED,
    changed,
    enveloped,
    invoice,
    problem,
    read,
    read_text,
)

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
SPECIFICATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"


def refused(tmp_path: Path, text: str | bytes) -> str:
    """What is said of a file that cannot be used, without its name."""
    path = tmp_path / "document.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SourceError) as caught:
        read(path)
    return str(caught.value).removeprefix(f"{path} ")


# What is read


def test_an_envelope_is_opened(tmp_path: Path) -> None:
    """Access points store documents in one (SBDH)."""
    assert invoice(tmp_path, enveloped(PERSON)) == invoice(tmp_path, PERSON)


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"])
def test_the_encoding_is_the_declared_one(tmp_path: Path, encoding: str) -> None:
    """Norwegian letters come through in each."""
    text = changed(COMPANY, ('encoding="UTF-8"', f'encoding="{encoding}"'))
    debtors = invoice(tmp_path, text.encode(encoding)).debtors
    assert debtors is not None
    assert debtors[0].name == "Prøvekunden AS"


def test_prefixes_are_free(tmp_path: Path) -> None:
    """What counts are the namespaces."""
    text = changed(PERSON, ("cbc:", "b:"), ("cac:", "a:"), ("xmlns:cac", "xmlns:a"), ("xmlns:cbc", "xmlns:b"))
    assert invoice(tmp_path, text) == invoice(tmp_path, PERSON)


def test_elements_of_other_namespaces_are_others(tmp_path: Path) -> None:
    """An extension may have a due date of its own."""
    text = changed(PERSON, ("<cbc:DueDate>", '<x:DueDate xmlns:x="urn:example">2030-01-01</x:DueDate>\n<cbc:DueDate>'))
    assert invoice(tmp_path, text) == invoice(tmp_path, PERSON)


def test_text_in_pieces_is_one_text(tmp_path: Path) -> None:
    """Comments, CDATA, character references and line breaks do not cut it."""
    name = "Kari<!-- hm -->\n   <![CDATA[Eks]]>&#101;mp<!-- -->el"
    assert invoice(tmp_path, changed(PERSON, ("Name>Kari Eksempel", f"Name>{name}"))) == invoice(tmp_path, PERSON)


@pytest.mark.parametrize("national", ["", "#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"])
def test_other_forms_of_the_european_norm_are_read(tmp_path: Path, national: str) -> None:
    """Their elements mean the same."""
    text = changed(PERSON, (SPECIFICATION, f"urn:cen.eu:en16931:2017{national}"))
    assert invoice(tmp_path, text) == invoice(tmp_path, PERSON)


@pytest.mark.parametrize("end_of_line", ["\n", ""])
def test_attachments_take_no_memory(tmp_path: Path, end_of_line: str) -> None:
    """A document of 20 MB costs no more than one of 20 kB, with or without lines in it."""
    attachment = ("Rk9P" * 19 + end_of_line) * (20_000_000 // 77)
    path = tmp_path / "large.xml"
    path.write_text(changed(COMPANY, ("RWtzZW1wZWw=", attachment)), "utf-8")
    del attachment
    tracemalloc.start()
    try:
        row = read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(row, CreateInvoiceItem)
    assert peak < 2_000_000


# What is not


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param(" \n", "is not XML (line 2)", id="blank"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is not XML (line 1)", id="pdf"),
        pytest.param(b"\0" * 5000, "is not XML (line 1)", id="binary"),
        pytest.param("invoice_number,amount\n1,2\n", "is not XML (line 1)", id="csv"),
        pytest.param(PERSON[:2000], "breaks off before its end; get it anew (line 41)", id="cut"),
        pytest.param(
            changed(PERSON, ("</cbc:DueDate>", "</cbc:Due>")),
            "is not well-formed XML (mismatched tag) (line 9)",
            id="mismatched",
        ),
        pytest.param(
            PERSON.encode("latin-1"),
            "is not well-formed XML, or not in the encoding that it declares (line 19)",
            id="encoding",
        ),
        pytest.param(
            changed(PERSON, ('encoding="UTF-8"', 'encoding="UTF-16"')),
            "is not in the encoding that it declares; have it written anew (line 1)",
            id="declared as UTF-16",
        ),
        pytest.param(
            PERSON.encode("utf-16"),
            "is not in the encoding that it declares; have it written anew (line 1)",
            id="declared as UTF-8",
        ),
        pytest.param(
            "\n" + PERSON, "has something before its declaration (<?xml …?>); have it written anew", id="line before"
        ),
        pytest.param(
            changed(PERSON, ("<cbc:ID>26002", "<cbc:ID>26<b>0</b>02")),
            "has an element in cbc:ID, where only text may stand (line 7)",
            id="elements in a number",
        ),
        pytest.param(
            '<?xml version="1.0" encoding="klingon"?><a/>',
            "is in an encoding that cannot be read",
            id="unknown encoding",
        ),
        pytest.param('<?xml version="1.0" encoding="shift_jis"?>', "is in an encoding that cannot", id="multi-byte"),
        pytest.param("<!DOCTYPE html><html></html>", "has a document type (DTD)", id="html"),
        pytest.param("<html></html>", "is a web page", id="xhtml"),
        pytest.param(
            '<i:CrossIndustryInvoice xmlns:i="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>',
            "is a CII invoice (Cross Industry Invoice); only EHF Billing 3 and Peppol BIS Billing 3 are read",
            id="cii",
        ),
        pytest.param('<a xmlns="urn:example"/>', "is XML, but neither a UBL invoice nor a UBL credit note", id="other"),
        pytest.param("<Invoice/>", "is XML, but neither", id="no namespace"),
        pytest.param(f'<SelfBilledInvoice xmlns="{UBL}SelfBilledInvoice-2"/>', "is XML, but neither", id="self-billed"),
        pytest.param(
            changed(PERSON, (SPECIFICATION, "urn:www.cenbii.eu:transaction:biitrns010:ver2.0:extended:…")),
            "is EHF 2.0 or Peppol BIS 2, which are no longer in use; only EHF Billing 3",
            id="ehf 2",
        ),
        pytest.param(changed(PERSON, (SPECIFICATION, "OIOUBL-2.1")), "is OIOUBL; only EHF Billing 3", id="oioubl"),
        pytest.param(
            changed(PERSON, (SPECIFICATION, "urn:peppol:pint:billing-1@jp-1")), "is Peppol PINT; only", id="pint"
        ),
        pytest.param(changed(PERSON, (SPECIFICATION, "")), "does not say in cbc:CustomizationID", id="nothing said"),
        pytest.param(
            enveloped('<?xml version="1.0"?>'), "is an envelope (SBDH) without a document in it", id="empty envelope"
        ),
        pytest.param(
            changed(enveloped(PERSON), ("</s:StandardBusinessDocument>", "<second/></s:StandardBusinessDocument>")),
            "holds more than one document in its envelope",
            id="two in an envelope",
        ),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(tmp_path: Path, text: str | bytes, said: str) -> None:
    """With the name of the file and, where it helps, the line; and nothing of it is sent."""
    assert refused(tmp_path, text).startswith(said)


def test_documents_without_invoices_are_known(tmp_path: Path) -> None:
    """What travels beside invoices is told apart from what might be one."""
    row = read_text(tmp_path, f'<ApplicationResponse xmlns="{UBL}ApplicationResponse-2"/>')
    said = "the document is one of the UBL documents that hold no invoice (ApplicationResponse)"
    assert problem(row) == (None, said)


def test_files_that_cannot_be_opened_are_told(tmp_path: Path) -> None:
    """A missing one, a directory, and a pipe, for which nothing is waited."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, said in (
        ("none", "is not there"),
        ("folder", "is a folder"),
        ("pipe", "is not a regular"),
    ):
        with pytest.raises(SourceError, match=said):
            EhfDocuments(tmp_path / name, INVOICES, SIGNED)


# Attacks

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
"""


@pytest.mark.parametrize(
    "head",
    [
        LAUGHS,
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>',
    ],
)
def test_no_document_type_is_taken(tmp_path: Path, head: str) -> None:
    """No entities and nothing external, so no expansion and no network."""
    text = head + changed(PERSON, ("Kari Eksempel", "&x;")).partition("?>")[2]
    assert refused(tmp_path, text).startswith("has a document type (DTD) or entities")


def _deep() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode()
    while True:
        yield b"<a>" * 100


def _wide() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode()
    while True:
        yield b"<cbc:DueDate>2026-09-01</cbc:DueDate>" * 100


def _long() -> Iterator[bytes]:
    yield PERSON.partition("26002</cbc:ID>")[0].encode()
    while True:
        yield b"9" * 1000


def _endless() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode() + b"<cbc:Note>"
    while True:
        yield b"x " * 50_000


def _unclosed() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode() + b'<cbc:Note x="'
    while True:
        yield b"x " * 30_000


def _many() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode()
    while True:
        yield b"<a/>" * 10_000


def _named() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode()
    for number in count():
        yield b"<a%d/>" % number


def _attributed() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode()
    for number in count():
        yield b'<a a%d=""/>' % number


def _spaces() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode()
    for number in count():
        yield b'<a xmlns:n%d="urn:%d"/>' % (number, number)


def _long_space() -> Iterator[bytes]:
    yield PERSON.partition("<cbc:ID>")[0].encode() + b'<a xmlns="' + b"x" * 10_000 + b'">'
    while True:
        yield b"<b/>"


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (_deep, "has more than 64 elements inside each other"),
        (_wide, "repeats cbc:DueDate and its like too often"),
        (_long, "has more than 2,000 characters in cbc:ID"),
        (_unclosed, "has a tag or comment of more than 1 MB"),
        (_endless, "is larger than 50 MB"),
        (_many, "has more than 50,000 elements"),
        (_named, "has more than 5,000 different names of elements"),
        (_attributed, "has more than 5,000 different names of elements"),
        (_spaces, "has too many namespaces, or too long ones, as attacks do"),
        (_long_space, "has too many namespaces, or too long ones, as attacks do"),
    ],
)
def test_there_are_limits(blocks: object, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document without an end is given up in constant memory."""
    assert callable(blocks)
    monkeypatch.setattr(parsing, "_MOST_ELEMENTS", 50_000)
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError) as caught:
            parse(blocks())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.reason == said
    assert peak < 6_000_000
    assert LARGEST_DOCUMENT == 50_000_000


def test_no_document_without_attachments_has_too_many_elements() -> None:
    """As many lines as fit, written as closely as they can be, are no attack."""
    line = re.sub(r">\s+<", "><", PERSON[PERSON.index("<cac:InvoiceLine>") : PERSON.index("</Invoice>")])
    assert LARGEST_DOCUMENT / len(line) * line.count("</") < parsing._MOST_ELEMENTS


def test_a_document_that_is_changed_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """The customer of one and the amount of another would look like a sound invoice."""
    path = tmp_path / "document.xml"
    path.write_text(changed(PERSON, ("<cbc:IssueDate>", f"<cbc:Note>{'x' * 200_000}</cbc:Note><cbc:IssueDate>")))

    def blocks() -> Iterator[bytes]:
        with open_document(path) as file:
            for number, block in enumerate(blocks_of(file)):
                yield block
                if number == 0:
                    path.write_text(path.read_text().replace("999.50", "777.50").replace("799.60", "577.60"))
                    os.utime(path, ns=(0, 0))

    with pytest.raises(DocumentError, match="was changed while it was read; push it again once it is whole"):
        parse(blocks())


# Whatever else comes

PIECES = st.sampled_from(
    [
        b"",
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"</cbc:ID>",
        b"<cbc:ID>",
        b"]]>",
        b"<![CDATA[",
        b"\0",
        b"\xff",
        b"<!--",
        b'"',
        b"-",
    ]
) | st.binary(max_size=4)


@given(
    st.sampled_from([COMPANY, PERSON, CREDIT_NOTE, enveloped(PERSON)]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 200), PIECES), min_size=1, max_size=6),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_mutated_documents_never_crash(text: str, cuts: list[tuple[float, int, bytes]]) -> None:
    """Whatever is cut out of a document or put into it, there is a record or a sentence."""
    document = text.encode()
    for where, length, piece in cuts:
        at = int(where * len(document))
        document = document[:at] + piece + document[at + length :]
    for kind in (INVOICES, CORRECTIONS):
        try:
            row = DocumentReader.of("x", kind, SIGNED).read("x", [document])
        except DocumentError as error:
            row = problem_of("x", error)
        assert not isinstance(row, RowProblem) or row.reason


@given(st.sampled_from([PERSON, CREDIT_NOTE]), st.data())
def test_swapped_lines_never_crash(text: str, data: st.DataObject) -> None:
    """Nor do elements that are missing, repeated or in another order, most of which is still well-formed."""
    head, *lines = text.splitlines()
    lines = [*lines[:5], *data.draw(st.lists(st.sampled_from(lines[5:-1]), max_size=40)), lines[-1]]
    for kind in (INVOICES, CORRECTIONS):
        with suppress(DocumentError):
            DocumentReader.of("x", kind, SIGNED).read("x", ["\n".join([head, *lines]).encode()])

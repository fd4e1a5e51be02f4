"""Whose documents they are: one's own company's, or those of others."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from amili_async.importers.kinds import CORRECTIONS, INVOICES, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import Reading
from tests.importers.ehf.documents import COMPANY, CREDIT_NOTE, PERSON, changed

OURS = "311223348"
THEIRS = "312345676"
COMPANY_ID = "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID"
ENTITY = f'<cbc:CompanyID schemeID="0192">{OURS}</cbc:CompanyID>'
VAT = f"<cbc:CompanyID>NO{OURS}MVA</cbc:CompanyID>"
TOLD = (
    "the documents are of 3 different sellers; if all should be of one company, --seller with its organization number "
    "keeps the others back"
)
ANOTHER = f"the seller is another company than {OURS}"
NONE = f"the seller has no organization number, so that it is not known to be {OURS}"


def push(
    tmp_path: Path, *texts: str, seller: str | None = None, kind: RecordKind[Any] = INVOICES
) -> tuple[int, list[RowProblem], list[str]]:
    """How many records there are in files, the problems, and the notes."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_text(text, "utf-8")
    with Reading(paths, kind, ReadOptions(seller=seller, credit_sign="negative")) as reading:
        return len(list(reading)), reading.problems, reading.notes


def sold_by(number: str, text: str = PERSON) -> str:
    """A document of another company."""
    return changed(text, (OURS, number))


def test_documents_of_another_company_are_put_aside(tmp_path: Path) -> None:
    """With the place, and without a word on who the other one is; the others are sent."""
    records, problems, notes = push(tmp_path, PERSON, sold_by(THEIRS), COMPANY, seller=OURS)
    assert (records, notes) == (2, [])
    assert problems == [RowProblem(str(tmp_path / "1.xml"), 33, COMPANY_ID, ANOTHER)]


def test_credit_notes_are_asked_too(tmp_path: Path) -> None:
    """One of another company would correct an invoice that happens to have the same number."""
    texts = CREDIT_NOTE, sold_by(THEIRS, CREDIT_NOTE)
    records, problems, _ = push(tmp_path, *texts, seller=OURS, kind=CORRECTIONS)
    assert records == 1
    assert [problem.reason for problem in problems] == [ANOTHER]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ([], None),
        ([(VAT, "")], None),
        ([(ENTITY, "")], None),  # by the number for VAT
        ([(ENTITY, ""), (VAT, VAT.replace(OURS, "no 311 223 348 mva"))], NONE),
        ([(ENTITY, ""), (VAT, "<cbc:CompanyID>no 311 223 348 mva</cbc:CompanyID>")], None),
        ([(ENTITY, ENTITY.replace(OURS, "311 223 348"))], None),
        ([(ENTITY, ENTITY.replace(' schemeID="0192"', ""))], None),  # in Norway
        ([(ENTITY, ENTITY.replace("0192", "0007")), (VAT, "")], NONE),  # nine digits of another register
        ([(ENTITY, ENTITY.replace(OURS, THEIRS))], ANOTHER),  # companies of a group may share a number for VAT
        ([(VAT, VAT.replace(OURS, THEIRS))], None),
        ([(ENTITY, ""), (VAT, VAT.replace(OURS, THEIRS))], ANOTHER),
        ([(ENTITY, ""), (VAT, "<cbc:CompanyID>SE556677889901</cbc:CompanyID>")], NONE),
        ([(ENTITY, ENTITY + ENTITY.replace(OURS, THEIRS))], NONE),  # two at once
        ([(ENTITY, ""), (VAT, "")], NONE),  # the number for electronic delivery is none
    ],
)
def test_the_seller_is_known_by_its_numbers(tmp_path: Path, changes: list[tuple[str, str]], reason: str | None) -> None:
    """That of the legal entity comes first, then the one for VAT; whoever has none is not taken for us."""
    records, problems, _ = push(tmp_path, changed(PERSON, *changes), seller=OURS)
    assert [problem.reason for problem in problems] == ([] if reason is None else [reason])
    assert records == (reason is None)


def test_several_sellers_are_told_without_being_asked(tmp_path: Path) -> None:
    """In a count, without names and numbers; one and the same seller is not worth a word."""
    nameless = changed(sold_by(THEIRS), (ENTITY.replace(OURS, THEIRS), ""), (VAT.replace(OURS, THEIRS), ""))
    assert push(tmp_path, PERSON, COMPANY) == (2, [], [])
    assert push(tmp_path, PERSON, sold_by(THEIRS), nameless, COMPANY) == (
        4,
        [],
        [TOLD],
    )


def test_sellers_are_counted_in_folders_and_zip_files(tmp_path: Path) -> None:
    """And across all that is pushed."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.xml").write_text(PERSON, "utf-8")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("2.xml", sold_by(THEIRS))
    paths = [tmp_path / "in", tmp_path / "in.zip"]
    with Reading(paths, INVOICES) as reading:
        assert len(list(reading)) == 2
        assert "of 2 different sellers" in reading.notes[-1]
    with Reading(paths, INVOICES, ReadOptions(seller=OURS)) as reading:
        assert len(list(reading)) == 1
        assert [(problem.file, problem.reason) for problem in reading.problems] == [(f"{paths[1]}!2.xml", ANOTHER)]
        assert reading.notes == []


@pytest.mark.parametrize("given", ["", "31122334", "311223347", "NO311223348MVA", "000000000"])
def test_a_number_that_is_none_is_told_before_anything_is_read(tmp_path: Path, given: str) -> None:
    """A slip in it would keep everything back."""
    with pytest.raises(SourceError, match="--seller is not an organization number: nine digits"):
        push(tmp_path, PERSON, seller=given)


def test_the_number_may_have_spaces(tmp_path: Path) -> None:
    """As it is printed everywhere."""
    assert push(tmp_path, PERSON, seller="311 223 348")[0] == 1


def test_files_that_do_not_say_who_sells_are_refused(tmp_path: Path) -> None:
    """A safety that is asked for and cannot be had is no safety."""
    for name, text in (("in.csv", "invoice_number,original_invoice_amount\n"), ("in.json", "[]"), ("in.jsonl", "")):
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(SourceError, match="is no EHF document and does not say who sells; push it without"):
            Reading(path, INVOICES, ReadOptions(seller=OURS))

"""Checks before sending, as the push uses them: what they refuse, and what they warn of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from attrs import define

from amili_async.bulk import Refused
from amili_async.importers.checks import Finding, Severity
from amili_async.importers.records import ByInvoiceNumber
from amili_async.importers.resolving import with_invoice_number

__all__ = ["Checked", "RunChecks", "Warned", "Warnings", "label_of"]

_MOST: Final = 200


RunChecks = Callable[[Any], Sequence[Finding]]


@define
class Warned:
    """One thing that was warned of.

    Attributes:
        check: Name of the check.
        field: The field.
        message: What is wrong.
        count: In how many records.
        example: The number of the first one's invoice.
    """

    check: str
    field: str
    message: str
    count: int = 0
    example: str | None = None


class Warnings:
    """Counts findings that do not keep a record from being sent."""

    def __init__(self) -> None:
        self._warned: dict[tuple[str, str, str], Warned] = {}

    def add(self, finding: Finding, label: str | None) -> None:
        """Count one."""
        key = (finding.check, finding.field, finding.message)
        if key not in self._warned and len(self._warned) >= _MOST:
            key = (finding.check, "", "other findings")
        warned = self._warned.setdefault(key, Warned(*key, example=label))
        warned.count += 1

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(warned.count for warned in self._warned.values())

    def ranked(self) -> list[Warned]:
        """The most frequent first."""
        return sorted(self._warned.values(), key=lambda warned: -warned.count)


class Checked:
    """Puts records through the checks.

    Args:
        checks: The checks; None for none at all.

    Attributes:
        warnings: What was warned of.
        refused: How many records were refused.
    """

    def __init__(self, checks: RunChecks | None = None) -> None:
        self._checks = checks
        self.warnings = Warnings()
        self.refused = 0

    def __call__(self, record: Any) -> Any:
        """The record, or `Refused` with the reasons."""
        if self._checks is None:
            return record
        errors = []
        for finding in self._checks(record):
            if finding.severity is Severity.ERROR:
                errors.append(finding)
            else:
                self.warnings.add(finding, label_of(record))
        if not errors:
            return record
        self.refused += 1
        whole = with_invoice_number(record) if isinstance(record, ByInvoiceNumber) else record
        return Refused(whole, "; ".join(_told(finding) for finding in errors))


def _told(finding: Finding) -> str:
    return f"check {finding.check}: {finding.field} {finding.message}"


def label_of(record: Any) -> str | None:
    """What a person knows a record by: the number of its invoice, else Amili's id of that.

    Args:
        record: Any kind of record, or a refused one.
    """
    if isinstance(record, Refused):
        record = record.record
    number = getattr(record, "invoice_number", None) or record.additional_properties.get("invoiceNumber")
    if number is None and getattr(record, "invoice_id", None) is not None:
        return str(record.invoice_id)
    return None if number is None else str(number)

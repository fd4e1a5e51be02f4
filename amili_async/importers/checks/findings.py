"""What a check finds."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

__all__ = ["Finding", "Severity"]


class Severity(StrEnum):
    """What a finding means for the record."""

    OFF = "off"
    WARN = "warn"
    ERROR = "error"


@frozen
class Finding:
    """Something that looks wrong in a record.

    Attributes:
        check: Id of the check that found it.
        field: Where, as `debtors[0].organization_number`.
        message: What is wrong. Never holds the value, which may be personal data.
        severity: Whether the record is to be told of or to be refused.
    """

    check: str
    field: str
    message: str
    severity: Severity

    def __str__(self) -> str:
        return f"{self.field}: {self.message} ({self.check})"

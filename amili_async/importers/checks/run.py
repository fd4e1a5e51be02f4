"""The checks that were chosen, over records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Self

from attrs import field, frozen

from amili_async.errors import ConfigError
from amili_async.importers.checks.catalogue import CHECKS
from amili_async.importers.checks.findings import Finding, Severity
from amili_async.importers.records import ByInvoiceNumber, Record

__all__ = ["Checks"]


def _defaults() -> Mapping[str, Severity]:
    return {name: check.default for name, check in CHECKS.items()}


def _local_day() -> date:
    return datetime.now().astimezone().date()


@frozen
class Checks:
    """What is looked at in each record, and what a finding means.

    Attributes:
        severities: For each check by its id.
        today: Gives the day that "the future" begins after.
    """

    severities: Mapping[str, Severity] = field(factory=_defaults)
    today: Callable[[], date] = _local_day

    @classmethod
    def from_options(cls, options: Iterable[str], *, today: Callable[[], date] = _local_day) -> Self:
        """The checks by what a user wrote: `kid=error`, `dates=off`, `all=warn`. What is not named keeps its default.

        Args:
            options: Of several for one check, the last one holds.
            today: Gives the day.

        Raises:
            ConfigError: There is no such check, or no such severity.
        """
        severities = dict(_defaults())
        for option in options:
            name, _, wanted = option.partition("=")
            names = list(CHECKS) if name == "all" else [name]
            if names[0] not in CHECKS:
                raise ConfigError(f"there is no check {name!r}; there are: {', '.join(CHECKS)}, all")
            if wanted not in list(Severity):
                raise ConfigError(f"a check is off, warn or error, and not {wanted!r}; write it like {name}=error")
            severities.update(dict.fromkeys(names, Severity(wanted)))
        return cls(severities, today)

    def run(self, record: Record) -> list[Finding]:
        """What looks wrong in a record, in the order of the checks."""
        checked = record.record if isinstance(record, ByInvoiceNumber) else record
        today = self.today()
        return [
            Finding(check.name, where, message, severity)
            for check in CHECKS.values()
            if (severity := self.severities.get(check.name, check.default)) is not Severity.OFF
            for where, message in check.run(checked, today)
        ]

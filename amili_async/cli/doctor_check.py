"""What the doctor finds: one line per thing looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import asdict, field, frozen

from amili_async.cli.statuses import ExitStatus

__all__ = ["Check", "Verdict", "status_of", "worst"]


class Verdict(StrEnum):
    """How it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@frozen(kw_only=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What.
        verdict: How it is.
        text: What was found. Never holds a secret.
        fix: What to do about it, where something is to be done.
        setting: Whether it is about the settings, and not about what they lead to.
        facts: Numbers and names, for programs.
    """

    name: str
    verdict: Verdict
    text: str
    fix: str | None = None
    setting: bool = False
    facts: Mapping[str, Any] = field(factory=dict)

    @property
    def passed(self) -> bool:
        """Whether what depends on it can be looked at."""
        return self.verdict in (Verdict.OK, Verdict.WARN)

    def as_plain(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self, filter=lambda attribute, _: attribute.name != "setting")


def worst(checks: Sequence[Check]) -> Verdict:
    """The verdict on the whole. What was skipped, was so for a reason that has its own line."""
    for verdict in (Verdict.FAIL, Verdict.WARN):
        if any(check.verdict is verdict for check in checks):
            return verdict
    return Verdict.OK


def status_of(checks: Sequence[Check]) -> ExitStatus:
    """The exit status: warnings are no failure, and wrong settings come first."""
    failed = [check for check in checks if check.verdict is Verdict.FAIL]
    if any(check.setting for check in failed):
        return ExitStatus.USAGE
    return ExitStatus.API if failed else ExitStatus.OK

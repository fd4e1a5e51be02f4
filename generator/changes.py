"""What has changed between two editions of the spec, as entries for a changelog."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

__all__ = ["Changes", "Kind"]

Kind = Literal["breaking", "changed", "added"]

_TITLES: tuple[tuple[Kind, str], ...] = (("breaking", "Breaking"), ("changed", "Changed"), ("added", "Added"))


@define
class Changes:
    """Entries, as they are found.

    Breaking is what can make code fail that was right before: it no longer runs, no longer passes a type checker, or
    meets values it could not meet. Changed is what else a user would want to know.
    """

    entries: list[tuple[Kind, str]] = field(factory=list)

    def note(self, kind: Kind, subject: str, what: str = "") -> None:
        """Add an entry: `Invoice.vat: Decimal -> str`."""
        text = f"{subject}: {what}" if what else subject
        # The whole entry is set as code, so it cannot hold more of that.
        self.entries.append((kind, " ".join(text.replace("`", "'").split())))

    def removed(self, subject: str) -> None:
        """Something that users may have in their code is gone."""
        self.note("breaking", subject, "removed")

    def replaced(self, kind: Kind, subject: str, what: str, old: object, new: object) -> None:
        """Note another value of something, if it is another one."""
        if old != new:
            self.note(kind, subject, f"{what} {_spelt(old)} -> {_spelt(new)}".strip())

    def flag(self, subject: str, *, old: bool, new: bool, on: str, off: str) -> None:
        """Note that something begins or ceases to be the case."""
        if old != new:
            self.note("changed", subject, on if new else off)

    def as_markdown(self) -> str:
        """The entries as sections of a changelog."""
        blocks = []
        for kind, title in _TITLES:
            lines = [f"- `{text}`" for known, text in self.entries if known == kind]
            if lines:
                blocks.append("\n".join([f"### {title}", "", *lines]))
        return "\n\n".join(blocks) + "\n" if blocks else "No differences that a user of the library would notice.\n"


def _spelt(value: object) -> str:
    return "none" if value is None or value == "" else str(value)

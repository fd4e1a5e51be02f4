"""Error answers. Their shape is the sandbox's own: Amili's error body is not documented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from attrs import Factory, define, frozen

__all__ = ["OF_CLIENT", "Flaw", "Problem", "json_path", "not_found"]

#: Where a record of Accounts Receivable was looked for.
OF_CLIENT: Final = "at this client"


@frozen
class Flaw:
    """One thing that is wrong with a request.

    Attributes:
        path: Where, as a JSON path (`$.invoices[3].dueDate`) or the name of a parameter.
        message: What, without the value itself.
    """

    path: str
    message: str


@define(eq=False)
class Problem(Exception):  # noqa: N818  # an answer rather than a failure of the sandbox
    """A request that is answered with an error.

    Attributes:
        status: HTTP status.
        title: What is wrong, in a sentence.
        flaws: The single flaws, if the request has several.
        extra: Further fields of the body.
        headers: Further headers of the answer.
    """

    status: int
    title: str
    flaws: Sequence[Flaw] = ()
    extra: Mapping[str, Any] = Factory(dict)
    headers: Mapping[str, str] = Factory(dict)

    def __str__(self) -> str:
        return self.title

    def body(self) -> dict[str, Any]:
        """The answer's body: `{"title": ..., "status": ..., "errors": [{"path": ..., "message": ...}]}`."""
        body: dict[str, Any] = {"title": self.title or HTTPStatus(self.status).phrase, "status": self.status}
        if self.flaws:
            body["errors"] = [{"path": flaw.path, "message": flaw.message} for flaw in self.flaws]
        return body | dict(self.extra)


def not_found(what: str, *, where: str = "in this organization") -> Problem:
    """A 404 that says what was looked for and where, without repeating its id."""
    return Problem(404, f"{what} was not found {where}")


def json_path(parts: Iterable[str | int]) -> str:
    """Spell a place in a document: `$.invoices[3].dueDate`."""
    text = "$"
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isidentifier():
            text += f".{part}"
        else:
            text += f"['{part}']"
    return text

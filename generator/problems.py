"""Problems as values with a place, so that one run can report all of them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

__all__ = ["Problem", "SpecError"]


@frozen(order=True)
class Problem:
    """Something in a document that has to be changed.

    Attributes:
        document: The file, relative to the project.
        pointer: JSON pointer to the place.
        message: What is wrong and what to write instead.
    """

    document: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.document}#{self.pointer}: {self.message}"


class SpecError(Exception):
    """The documents cannot be generated from. `problems` holds everything that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

"""What the numbers and texts of faults and settings can be."""

from __future__ import annotations

from typing import Any, Final

__all__ = [
    "check_flag",
    "check_integer",
    "check_number",
    "check_retry_after",
    "check_status",
    "check_text",
    "is_number",
]

# Longer than any test waits; infinity, and what no clock can be moved on by, is above it.
_MOST_S: Final = 365 * 86_400


def is_number(value: Any) -> bool:
    """Whether a value is a number; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_number(name: str, value: Any, *, least: float = 0, most: float = _MOST_S) -> None:
    """Refuse all but finite numbers in a range.

    Raises:
        ValueError: It is something else.
    """
    if not is_number(value):
        raise ValueError(f"{name} must be a number")
    if not least <= value <= most:
        raise ValueError(f"{name} must be >= {least} and <= {most}")


def check_integer(name: str, value: Any, *, least: int, most: int = 1_000_000) -> None:
    """Refuse all but whole numbers in a range.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number")  # noqa: TRY004  # as every mistake in a fault
    if not least <= value <= most:
        raise ValueError(f"{name} must be at least {least}, and {most} at most")


def check_flag(name: str, value: Any) -> None:
    """Refuse all but True and False: the text "false" would be true.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be True or False")  # noqa: TRY004  # as every mistake in a setting


def check_text(name: str, value: Any) -> None:
    """Refuse all but texts that say something.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} must be a text that is not empty")


def check_status(value: Any) -> None:
    """Refuse all but error statuses.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 400 <= value <= 599:
        raise ValueError("status must be an error status, 400 to 599")


def check_retry_after(name: str, value: Any) -> None:
    """Refuse all but seconds and what can stand in a header.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, str):
        check_number(name, value)
    elif not (value.isascii() and value.isprintable() and value.strip()):
        raise ValueError(f"{name} must be a number of seconds or a text of one line, such as an HTTP date")

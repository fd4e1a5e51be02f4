"""Names of columns: how they are compared, shown, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean", "shown", "title_key"]

_LONGEST = 40


def title_key(title: str) -> str:
    """The name of a column in the spelling in which names are compared: capitals and spaces do not count."""
    return " ".join(title.split()).casefold()


def shown(text: str) -> str:
    """A text from a header or from settings in quotation marks, short enough and printable."""
    text = "".join(char if char.isprintable() else "?" for char in text)
    return f'"{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint at a known name that looks like this one; empty if there is none."""
    # Words of a header are written with spaces and signs as well as with underscores.
    close = get_close_matches(title_key(name).replace(" ", "_").replace("-", "_"), list(known), n=1, cutoff=0.75)
    return f" (did you mean {close[0]}?)" if close else ""

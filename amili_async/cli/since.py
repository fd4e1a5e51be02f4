"""`--since`: a day, an instant, or so long ago."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from amili_async.errors import ConfigError

__all__ = ["as_instant", "before", "read_moment"]

_AGO: Final = re.compile(r"(\d{1,5})([dh])", re.ASCII)
_DATE_LENGTH: Final = len("2026-01-31")


def read_moment(text: str, option: str, now: dt.datetime) -> dt.date | dt.datetime:
    """Read a date (2026-10-01), an instant (2026-10-01T06:00:00+02:00), or a span before now (7d, 12h).

    Raises:
        ConfigError: It is none of these.
    """
    ago = _AGO.fullmatch(text.strip())
    if ago is not None:
        count = int(ago[1])
        return now - (dt.timedelta(days=count) if ago[2] == "d" else dt.timedelta(hours=count))
    try:
        if len(text) == _DATE_LENGTH:
            return dt.date.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment.astimezone(dt.UTC)  # at the ends of the calendar there may be no such instant
    except (ValueError, OverflowError):
        raise ConfigError(
            f"{option}: {text!r} is no date; write 2026-10-01, 2026-10-01T06:00:00Z, or 7d for the last seven days"
        ) from None
    if moment.tzinfo is None:
        raise ConfigError(f"{option}: {text!r} names no time zone; write {text}Z for UTC, or e.g. {text}+02:00")
    return moment


def as_instant(moment: dt.date | dt.datetime) -> dt.datetime:
    """The instant at which it begins; a day begins at midnight UTC."""
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time(), tzinfo=dt.UTC)


def before(moment: dt.datetime, span: dt.timedelta) -> dt.datetime:
    """So long before it; the beginning of the calendar, if that is nearer."""
    try:
        return moment - span
    except OverflowError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)

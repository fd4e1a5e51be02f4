"""The doctor on what the API says: a token, a first call, its clock."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from amili_async.cli.doctor_check import Check, Verdict
from amili_async.client import AmiliClient
from amili_async.errors import AmiliError, AuthError, DecodeError, ResponseError
from amili_async.operations import OPERATIONS
from amili_async.options import RequestOptions

__all__ = ["PING", "Ping", "check_clock", "check_ping", "check_token"]

PING: Final = "GetBatchesByOrganization"
"""The first call. The API's own pings are assumed and deprecated; this one is printed, cheap, and holds no names."""

_FAR_OFF: Final = dt.timedelta(seconds=60)
_FIXES: Final[Mapping[int, str]] = {
    401: "the token was had, but the API does not take it: do credentials and hosts belong to one environment?",
    403: "ask Amili which organizations and scopes these credentials are for",
    404: "check AMILI_ORGANIZATION_ID, and the host: does it belong to the environment?",
    429: "too many requests: wait a little",
}


class Ping:
    """What the first call brought.

    Attributes:
        headers: Of the answer, whatever its status; None if there was none.
        at: The local time of the answer.
    """

    def __init__(self, check: Check, headers: Mapping[str, str] | None, at: dt.datetime) -> None:
        self.check = check
        self.headers = headers
        self.at = at


async def check_token(amili: AmiliClient) -> Check:
    """Whether a token can be had. It is never shown."""
    started = time.monotonic()
    try:
        token = await amili.tokens.get()
    except AuthError as error:
        fix = (
            "check AMILI_CLIENT_ID and AMILI_CLIENT_SECRET, and that they belong to this environment"
            if error.refused
            else "check AMILI_TOKEN_URL if you have set it; else try again later, and ask Amili if it lasts"
        )
        return Check(name="token", verdict=Verdict.FAIL, text=_text(error), fix=fix)
    except AmiliError as error:
        return Check(name="token", verdict=Verdict.FAIL, text=_text(error), fix="see docs/errors.md")
    took = time.monotonic() - started
    return Check(
        name="token",
        verdict=Verdict.OK,
        text=f"had in {took * 1000:,.0f} ms, good for {token.expires_in_s:,.0f} s",
        facts={"seconds": round(took, 3), "expires_in": token.expires_in_s},
    )


async def check_ping(amili: AmiliClient, organization_id: str, limit_s: float, now: Callable[[], dt.datetime]) -> Ping:
    """Whether the API answers a first call.

    Args:
        amili: The client.
        organization_id: Whose batches are asked for.
        limit_s: Seconds at most.
        now: The local time.
    """
    operation = OPERATIONS[PING]
    try:
        response = await amili.call(operation, organization_id, page_size=1, options=RequestOptions(deadline_s=limit_s))
    except AmiliError as error:
        headers = error.headers if isinstance(error, ResponseError) else None
        return Ping(Check(name="API call", verdict=Verdict.FAIL, text=_text(error), fix=_fix(error)), headers, now())
    at = now()
    check = Check(
        name="API call",
        verdict=Verdict.OK,
        text=f"{PING} answered {response.status} in {response.elapsed_s * 1000:,.0f} ms (one batch is asked for: "
        f"{operation.evidence.level}, cheap, and it holds no names)",
        facts={"status": response.status, "seconds": round(response.elapsed_s, 3), "operation": PING},
    )
    return Ping(check, response.headers, at)


def check_clock(ping: Ping) -> Check:
    """How far this machine's clock is from the API's."""
    text = (ping.headers or {}).get("date")
    try:
        there = parsedate_to_datetime(text) if text else None
    except ValueError:
        there = None
    if there is not None and there.tzinfo is None:
        there = there.replace(tzinfo=dt.UTC)  # "-0000": UTC, and nothing said of the place
    if there is None:
        return Check(name="clock", verdict=Verdict.SKIPPED, text="the answer does not say what time it is there")
    off = ping.at - there
    seconds = off.total_seconds()
    if abs(off) <= _FAR_OFF:
        return Check(
            name="clock",
            verdict=Verdict.OK,
            text=f"within {_FAR_OFF.seconds} s of the API's",
            facts={"seconds": seconds},
        )
    side = "ahead of" if seconds > 0 else "behind"
    return Check(
        name="clock",
        verdict=Verdict.WARN,
        text=f"this machine's clock is {abs(seconds):,.0f} s {side} the API's",
        fix="set it by NTP: certificates, webhooks and --since go by it",
        facts={"seconds": seconds},
    )


def _fix(error: AmiliError) -> str:
    if isinstance(error, ResponseError):
        if error.status >= 500:
            return "the API itself failed: try again later, and ask Amili if it lasts"
        return _FIXES.get(error.status, "see docs/errors.md")
    if isinstance(error, DecodeError):
        return "something answers there, but not as the API does: check AMILI_BASE_URL"
    return "check the network between here and the API"


def _text(error: AmiliError) -> str:
    # What to do stands beside it.
    return error.message.partition("; ")[0].partition(": check")[0].rstrip(".")

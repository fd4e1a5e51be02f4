"""What to do after a push, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from amili_async.bulk.report import BulkReport
from amili_async.cli.push import PushResult
from amili_async.cli.push_journal import DatabaseJournal
from amili_async.cli.tables import counted

__all__ = ["what_next"]

_TWICE: Final = {
    "invoices": "an invoice that is sent twice is a person dunned twice",
    "payments": "a payment that is sent twice is counted twice",
    "corrections": "a correction that is sent twice is made twice",
}
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def what_next(result: PushResult) -> list[str]:
    """What to do now, in sentences.

    Args:
        result: What came of the push.
    """
    report, reading = result.report, result.reading
    again = result.settings.journal is not None
    if report is None or report.taken == 0:
        if not (reading.unreadable or result.interrupted or result.error):
            return ["There was nothing to send."]
        if reading.unreadable and not (reading.records or result.interrupted or result.error):
            them = _them(reading.unreadable, "bad")
            return ["Nothing was sent.", f"Mend {them} in {reading.name}, and run the same command again."]
        return ["Nothing was sent.", "Run the same command again to continue."] if again else ["Nothing was sent."]
    advice = list(_with_journal(result, report) if again else _without_journal(result, report))
    if not advice:
        advice = list(_all_is_well(result, report))
    elif result.settings.failures and _again(result, report):
        told = f"What was rejected or not sent is in {result.settings.failures}{_without_rows(reading.unreadable)}."
        advice.append(f"{told} {_once(result)}" if again and not result.settings.failures_share_journal else told)
    if result.source.limited and not (result.interrupted or result.error):
        advice.append(_after_limit(result))
    return advice


def _again(result: PushResult, report: BulkReport) -> int:
    """How many records may be sent again: those that Amili has, or may have, are in another file."""
    return report.unsent + report.rejected - result.reasons.repeated - result.reasons.changed


def _without_rows(unreadable: int) -> str:
    """Rows that are no records cannot be written as ones: who mends that file alone would lose them."""
    return f", without the {counted(unreadable, 'row')} that could not be read" if unreadable else ""


def _once(result: PushResult) -> str:
    """How nothing is sent both from the input and from the file of failures."""
    # By themselves the two have journals of their own, and neither knows what was sent with the other one.
    journal = result.settings.journal
    if result.kind != "invoices":
        if result.reading.unreadable:
            return f"So push {result.reading.name} again, and never both."
        return f"Push either that or {result.reading.name} again, not both."
    if isinstance(journal, DatabaseJournal):
        return "If you push that, do it with the same journal, so that nothing is sent twice."
    return f"If you push that, do it with --journal {journal}, so that nothing is sent twice."


def _all_is_well(result: PushResult, report: BulkReport) -> Iterator[str]:
    singular = result.reading.kind.singular
    if report.resumed == report.taken:
        if report.taken == 1:
            yield f"The {singular} was sent by an earlier run; nothing to do."
        else:
            yield f"All {counted(report.accepted, singular)} were sent by an earlier run; nothing to do."
        if urlsplit(result.host_url or "").hostname in _HERE:
            anew = f"delete {result.settings.journal}"
            if isinstance(result.settings.journal, DatabaseJournal):
                anew = "name another journal with --journal NAME"
            yield f"If that was a sandbox that has stopped since, {anew} and push again."
        return
    cases = " To see their cases: amili cases list" if result.kind == "invoices" else ""
    all_of_them = f"The {singular} is" if report.accepted == 1 else f"All {counted(report.accepted, singular)} are"
    yield f"{all_of_them} with Amili.{cases}"


def _after_limit(result: PushResult) -> str:
    ended = f"--limit {result.settings.limit} ended it there."
    if result.settings.journal is not None:
        return f"{ended} Run the command again without it for the rest: accepted ones are not sent again."
    return f"{ended} Push {result.source.rest} for the rest." if result.source.rest else ended


def _without_journal(result: PushResult, report: BulkReport) -> Iterator[str]:
    """Nothing on disk says what was accepted, so the whole file must not be pushed again."""
    if _nothing_understood(result, report):
        yield _check_host(result)
    if report.unknown:
        yield (
            f"Look up {_them(report.unknown, 'unknown')} at Amili before sending anything again: "
            f"{_TWICE[result.kind]}.{_where_unknown(result, report.unknown)}"
        )
    if report.unsent:
        as_is = "as it is" if report.unsent == 1 else "as they are"
        yield f"Push {_them(report.unsent, 'unsent')} again {as_is}."
    bad = _bad(result, report)
    if bad:
        yield f"Mend {_them(bad, 'bad')} and push {'that' if bad == 1 else 'those'} alone."
    left = _left(result)
    if left is not None:
        yield f"Push {left}: it was not read."
    if report.accepted and (report.unknown or report.unsent or bad or left is not None):
        yield "Do not push the whole file again: the accepted ones would be sent twice."


def _with_journal(result: PushResult, report: BulkReport) -> Iterator[str]:
    """The journal says what was sent, so the same command does the right thing."""
    reading = result.reading
    if _nothing_understood(result, report):
        yield f"{_check_host(result)} With another host, give another journal as well."
    if report.unknown:
        yield (
            f"Running the same command again asks what became of {_them(report.unknown, 'unknown')}, and sends nothing "
            f"twice; what stays unknown has to be looked up at Amili.{_where_unknown(result, report.unknown)}"
        )
    if changed := result.reasons.changed:
        yield (
            f"Leave {_them(changed, 'changed')}: Amili has what was sent before, or may have. "
            f"Correct it there; give it an id of its own only if it is another {reading.kind.singular}."
            f"{_where_unknown(result, changed)}"
        )
    bad = _bad(result, report) - changed
    if bad:
        yield f"Mend {_them(bad, 'bad')} in {reading.name}."
    if report.unknown or report.unsent or _left(result) is not None or result.error:
        mending = ", after mending" if bad else ""
        yield f"Run the same command again to continue{mending}: accepted ones are not sent again."
    elif bad:
        yield "Run the same command again after mending: accepted ones are not sent again."


def _left(result: PushResult) -> str | None:
    """What the push did not come to, other than by its own limit."""
    return None if result.source.limited and not (result.interrupted or result.error) else result.source.rest


def _nothing_understood(result: PushResult, report: BulkReport) -> bool:
    # Without batches of its own, a push that takes up another one may still have followed up those of the other one.
    return bool(report.unknown) and not report.batches and not result.takes_up


def _check_host(result: PushResult) -> str:
    return (
        f"No answer of {result.host_url} was understood. Check base_url (AMILI_BASE_URL): "
        "if that is not Amili, nothing has reached Amili."
    )


def _where_unknown(result: PushResult, count: int) -> str:
    """In which file those are that Amili has or may have."""
    failures = result.settings.failures
    they = "It is" if count == 1 else "They are"
    return f" {they} in {failures.with_name(f'{failures.stem}.unknown{failures.suffix}')}." if failures else ""


def _bad(result: PushResult, report: BulkReport) -> int:
    return report.rejected - result.reasons.repeated + result.reading.unreadable


def _them(count: int, what: str) -> str:
    return f"the {what} one" if count == 1 else f"the {count:,} {what} ones"

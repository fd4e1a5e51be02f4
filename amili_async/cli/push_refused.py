"""What is told of a push whose journal was refused: the fix in terms of the command."""

from __future__ import annotations

from amili_async.cli.push import PushResult
from amili_async.cli.push_journal import DatabaseJournal, JournalChoice
from amili_async.errors import AmiliError, AnotherListError, JournalError

__all__ = ["another_list", "with_fix"]


def with_fix(error: AmiliError, journal: JournalChoice) -> AmiliError:
    """Somebody who never named a journal is told how to; not where it is in use or damaged: that is no way out.

    Args:
        error: What the push ended with.
        journal: Its journal.
    """
    if isinstance(error, JournalError) and journal.default and "each needs its own" in error.message:
        error.message = f"{error.message.rstrip('.')}. To name another journal, give --journal FILE"
    return error


def another_list(error: AnotherListError, result: PushResult) -> AmiliError:
    """Nothing was sent, so there is nothing to report: what was read belongs to another journal.

    Args:
        error: What the engine says.
        result: The push.
    """
    kind, journal = result.kind, result.settings.journal
    if result.source.limited and not error.changed:
        advice = (
            f"--limit {result.settings.limit} ended it before they came, since an earlier push went further: push it "
            "without --limit, or with a higher one"
        )
    elif error.changed:
        advice = (
            f"Undo what was changed in {kind} that were accepted, and correct those with Amili; push those that are "
            "really new as a file of their own"
        )
    else:
        name = "NAME" if isinstance(journal, DatabaseJournal) else "FILE"
        advice = (
            f"If some {kind} are missing in it or were changed, put them back as they were, push the whole list, and "
            f"correct with Amili what was wrong. If it is a new list, name a new journal with --journal {name}; then "
            "all of it is sent"
        )
    return JournalError(f"{result.reading.name} with {journal}: {error.reason} {advice}")

"""Whether a list of records without keys of their own is the one that a journal is about: pure."""

from __future__ import annotations

from amili_async.errors import AnotherListError

__all__ = ["another_list"]


def another_list(
    kind: str, *, missing: int, unseen: int, taken: int, refused: int, listed: int | None
) -> AnotherListError | None:
    """Why a list that has come to its end is not the journal's, of which not all has come; None if it may be.

    Args:
        kind: What the records are, in the plural.
        missing: How many records that Amili has by the journal, or may have, are not in it.
        unseen: How many of its records the journal does not have.
        taken: How many records the list has.
        refused: Those of them that were refused.
        listed: How many the journal's list had, if that was read to its end.
    """
    # One that was refused this time may be one that was sent last time: its invoice was found then, say.
    if missing > refused:
        reason = (
            f"this is another list than the journal's: {missing:,} {kind} that Amili has by the journal, or may have, "
            "are not in it. Nothing was sent."
        )
        return AnotherListError(
            f"{reason} Call again with the whole list, or give a list of its own a journal of its own; with key=, one "
            "journal does for all lists",
            reason=reason,
        )
    # But not if others have come in their place: then one was changed, and would be with Amili twice.
    if listed is not None and unseen > max(taken - listed, 0):
        reason = (
            f"{missing:,} {kind} that Amili has by the journal, or may have, have not come again, and {unseen:,} have "
            "come that the journal does not have: one that Amili has may have been changed. Nothing was sent."
        )
        return AnotherListError(
            f"{reason} Undo that, and correct what Amili has instead; give those that are really new a list and a "
            "journal of their own",
            reason=reason,
            changed=True,
        )
    return None

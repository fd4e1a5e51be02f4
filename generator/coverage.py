"""The coverage table: which operations there are and how sure each is, as rows for `docs/operations.md`."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from generator.ir import Api, Event, Evidence, Operation, Pagination
from generator.phrases import DOCUMENTATION

__all__ = ["Counts", "Section", "counts_of", "section_of"]


@frozen
class Counts:
    """A row of the summary."""

    name: str
    title: str
    operations: int
    documented: int
    partial: int
    assumed: int
    deprecated: int
    events: int


@frozen
class Section:
    """The part of one product: cells of its rows, by column."""

    product: str
    title: str
    prefix: str
    operations: tuple[tuple[str, ...], ...]
    events: tuple[tuple[str, ...], ...]


def counts_of(name: str, title: str, apis: Sequence[Api]) -> Counts:
    """Count the operations of some products."""
    operations = [operation for api in apis for operation in api.operations]
    levels = [operation.evidence.level for operation in operations]
    return Counts(
        name=name,
        title=title,
        operations=len(operations),
        documented=levels.count("documented"),
        partial=levels.count("partial"),
        assumed=levels.count("assumed"),
        deprecated=sum(operation.deprecated for operation in operations),
        events=sum(len(api.events) for api in apis),
    )


def section_of(api: Api) -> Section:
    """The rows of one product, in the order of the spec."""
    return Section(
        product=api.product,
        title=api.title,
        prefix=api.prefix,
        operations=tuple(_operation(operation, api.product) for operation in api.operations),
        events=tuple(_event(event) for event in api.events),
    )


def _operation(operation: Operation, product: str) -> tuple[str, ...]:
    return (
        f"[`{operation.id}`](operations/{product}.md#{operation.id.lower()})",
        f"`{operation.method} {operation.path}`",
        operation.evidence.level,
        operation.since or "",
        "yes" if operation.deprecated else "",
        operation.idempotency,
        _paging(operation.pagination),
        _pages(operation.evidence),
    )


def _event(event: Event) -> tuple[str, ...]:
    return (
        f"`{event.name}`",
        f"`{event.model}`" if event.model else "",
        event.evidence.level,
        event.since or "",
        _pages(event.evidence),
    )


def _pages(evidence: Evidence) -> str:
    # One below the other: the slugs are long.
    return "<br>".join(f"[{page}]({DOCUMENTATION}{page})" for page in evidence.pages)


def _paging(paging: Pagination | None) -> str:
    if paging is None:
        return ""
    names = " ".join(f"`{name}`" for name in (paging.token, paging.page) if name)
    return f"{paging.style}: {names}" if names else paging.style

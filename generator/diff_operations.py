"""What has changed in operations."""

from __future__ import annotations

from attrs import frozen

from generator.changes import Changes, Kind
from generator.compatibility import Shapes, fits
from generator.diff_models import pair_up
from generator.ir import Api, Body, Event, Operation, Pagination, Param, Response
from generator.operation_views import result_of
from generator.pytypes import IN_TEXT

__all__ = ["compare_operations"]


def compare_operations(changes: Changes, old: Api, new: Api, shapes: tuple[Shapes, Shapes]) -> None:
    """Note what has changed in the operations of a product."""
    gone, pairs, fresh = pair_up(
        old.operations, new.operations, lambda operation: operation.id, lambda op: (op.method, op.path)
    )
    for operation in gone:
        changes.removed(f"{old.product}.{operation.function}()")
    modules = tuple({tag.name: tag.module for tag in api.tags} for api in (old, new))
    order = {operation.id: index for index, operation in enumerate(old.operations)}
    for before, after in sorted(pairs, key=lambda pair: order[pair[0].id]):
        moved = (modules[0][before.tag], modules[1][after.tag])
        _Comparison(changes, old.product, before, after, shapes, moved).run()
    for operation in fresh:
        level = operation.evidence.level
        changes.note("added", f"{new.product}.{operation.function}()", f"{operation.method} {operation.path}, {level}")
    _compare_events(changes, old, new)


@frozen
class _Comparison:
    """One operation, before and after."""

    changes: Changes
    product: str
    old: Operation
    new: Operation
    shapes: tuple[Shapes, Shapes]
    modules: tuple[str, str]

    @property
    def subject(self) -> str:
        return f"{self.product}.{self.new.function}()"

    def argument(self, name: str) -> str:
        return f"{self.product}.{self.new.function}({name})"

    def replaced(self, what: str, old: object, new: object, kind: Kind = "changed") -> None:
        self.changes.replaced(kind, self.subject, what, old, new)

    def run(self) -> None:
        old, new = self.old, self.new
        if old.function != new.function:
            self.changes.note("breaking", f"{self.product}.{old.function}()", f"renamed to {new.function}()")
        place = f"amili_async.endpoints.{self.product}"
        before, after = self.modules
        self.replaced("function moved", f"{place}.{before}", f"{place}.{after}", "breaking")
        self.replaced("", f"{old.method} {old.path}", f"{new.method} {new.path}")
        # A write that becomes a guess raises where it was sent before.
        kind: Kind = "breaking" if _is_refused(new) and not _is_refused(old) else "changed"
        self.replaced("evidence", old.evidence.level, new.evidence.level, kind)
        self.replaced("idempotency", old.idempotency, new.idempotency, kind)
        self.changes.flag(
            self.subject, old=old.deprecated, new=new.deprecated, on="deprecated", off="no longer deprecated"
        )
        self.changes.flag(self.subject, old=old.secured, new=new.secured, on="now needs a token", off="needs no token")
        self.replaced("batch", old.batch, new.batch)
        self.paging()
        self.parameters()
        self.body()
        self.result()

    def paging(self) -> None:
        old, new = self.old.pagination, self.new.pagination
        if old is not None and new is not None:
            self.replaced("paging", _spelt(old), _spelt(new))
        elif new is not None:
            self.changes.note("added", self.subject, f"can be paged through ({_spelt(new)})")
        elif old is not None:
            self.changes.note("breaking", self.subject, "can no longer be paged through")

    def parameters(self) -> None:
        gone, pairs, fresh = pair_up(
            self.old.params, self.new.params, lambda param: (param.location, param.wire), lambda param: param.name
        )
        for param in gone:
            self.changes.removed(self.argument(param.name))
        for before, after in pairs:
            self.parameter(before, after)
        for param in fresh:
            subject = f"{self.argument(param.name)}: {_annotation(param)}"
            if param.required:
                self.changes.note("breaking", f"{subject} (new, required)")
            else:
                self.changes.note("added", subject)
        names = {after.name: before.name for before, after in pairs}
        before_names = [param.name for param in self.old.params if param.location == "path"]
        after_names = [names.get(param.name, "") for param in self.new.params if param.location == "path"]
        if before_names != after_names and sorted(before_names) == sorted(after_names):
            self.replaced("order of arguments", ", ".join(before_names), ", ".join(after_names), "breaking")

    def parameter(self, old: Param, new: Param) -> None:
        subject = self.argument(new.name)
        if old.name != new.name:
            self.changes.note("breaking", self.argument(old.name), f"renamed to {new.name}")
        self.changes.replaced("changed", subject, "sent as", f"{old.location} {old.wire}", f"{new.location} {new.wire}")
        before, after = self.shapes[0].of_argument(old), self.shapes[1].of_argument(new)
        if before != after:
            kind: Kind = "changed" if fits(before, after) else "breaking"
            self.changes.note(kind, subject, f"{_annotation(old)} -> {_annotation(new)}")
        if (old.location == "path") != (new.location == "path"):
            self.changes.note("breaking", subject, f"now given by {'position' if new.location == 'path' else 'name'}")
        self.changes.replaced("changed", subject, "evidence", _evidence(old), _evidence(new))
        self.changes.replaced("changed", subject, "limits", " ".join(old.facts), " ".join(new.facts))
        self.changes.flag(subject, old=old.deprecated, new=new.deprecated, on="deprecated", off="no longer deprecated")

    def body(self) -> None:
        old, new = self.old.body, self.new.body
        subject = self.argument("body")
        if new is None:
            if old is not None:
                self.changes.removed(subject)
            return
        spelt = IN_TEXT.annotation(new.type)
        if old is None:
            if new.required:
                self.changes.note("breaking", f"{subject}: {spelt} (new, required)")
            else:
                self.changes.note("added", f"{subject}: {spelt}")
            return
        before, after = self.shapes[0].of(old.type), self.shapes[1].of(new.type)
        kind: Kind = "changed" if fits(before, after) else "breaking"
        self.changes.replaced(kind, subject, "", IN_TEXT.annotation(old.type), spelt)
        if new.required and not old.required:
            self.changes.note("breaking", subject, "now required")
        elif old.required and not new.required:
            self.changes.note("changed", subject, "no longer required")
        self.changes.replaced("changed", subject, "sent as", old.content_type, new.content_type)
        self.changes.replaced("changed", subject, "evidence", _evidence(old), _evidence(new))

    def result(self) -> None:
        old, new = self.old.responses, self.new.responses
        before, after = self.shapes[0].of_result(old), self.shapes[1].of_result(new)
        if before != after:
            kind: Kind = "changed" if fits(after, before) else "breaking"
            self.replaced("gives", result_of(old)[0], result_of(new)[0], kind)
        known = {answer.status: answer for answer in old}
        for answer in new:
            if answer.status in known:
                what = f"evidence of the answer {answer.status}"
                self.replaced(what, _evidence(known[answer.status]), _evidence(answer))


def _compare_events(changes: Changes, old: Api, new: Api) -> None:
    gone, pairs, fresh = pair_up(old.events, new.events, lambda event: event.name)
    for event in gone:
        changes.removed(_event(old, event))
    for before, after in pairs:
        subject = _event(new, after)
        changes.replaced("breaking", subject, "read as", before.model, after.model)
        changes.replaced("changed", subject, "evidence", before.evidence.level, after.evidence.level)
    for event in fresh:
        changes.note("added", _event(new, event), event.model or "")


def _event(api: Api, event: Event) -> str:
    return f"{api.product} event {event.name}"


def _is_refused(operation: Operation) -> bool:
    """Whether the client sends it only if that was allowed."""
    return operation.evidence.level == "assumed" and operation.idempotency != "safe"


def _annotation(param: Param) -> str:
    spelt = IN_TEXT.argument(param.type)
    return spelt if param.required else f"{spelt} | None"


def _evidence(thing: Param | Body | Response) -> str:
    if thing.inferred:
        return "inferred"
    return "type inferred" if isinstance(thing, Param) and thing.type_inferred else "documented"


def _spelt(paging: Pagination) -> str:
    parts = (paging.token, paging.page, paging.size, f"items in {paging.items}")
    return f"{paging.style}: {', '.join(part for part in parts if part)}"

"""Checks and completes the representation: what can only be said with the whole document in view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from generator.ir import Api, ListOf, Model, Named, Nullable, Operation, TypeRef
from generator.problems import Problem, SpecError
from generator.pytypes import walk, without_none

__all__ = ["complete", "reachable"]


def complete(api: Api) -> Api:
    """Work out three-state fields and pages, and refuse names that collide.

    Raises:
        SpecError: Names collide, or a page has no such list.
    """
    problems = [*_collisions(api)]
    models = {model.name: model for model in api.models}
    for name in reachable(models, (op.body.type for op in api.operations if op.body is not None)):
        models[name] = _three_states(models[name])
    for operation in api.operations:
        if operation.pagination is not None:
            problems += _mark_page(operation, operation.pagination.items, models, api)
    if problems:
        raise SpecError(problems)
    return evolve(api, models=tuple(models.values()))


def reachable(models: Mapping[str, Model], types: Iterable[TypeRef]) -> list[str]:
    """Names of the models that some types lead to, fields of fields included."""
    found: dict[str, None] = {}
    queue = list(types)
    while queue:
        for leaf in walk([queue.pop()]):
            if isinstance(leaf, Named) and leaf.kind == "model" and leaf.name not in found:
                found[leaf.name] = None
                queue.extend(field.type for field in models[leaf.name].fields)
    return list(found)


def _three_states(model: Model) -> Model:
    """Give `UNSET` to the fields where null and absent differ on the way out."""
    fields = (
        evolve(field, unset=field.distinct_null and not field.required and isinstance(field.type, Nullable))
        for field in model.fields
    )
    return evolve(model, fields=tuple(fields))


def _mark_page(operation: Operation, wire: str, models: dict[str, Model], api: Api) -> list[Problem]:
    def refuse(message: str) -> list[Problem]:
        return [Problem(api.source, operation.pointer + "/x-amili-pagination", message)]

    types = [response.type for response in operation.responses if response.type is not None]
    if len(types) != 1 or not isinstance(types[0], Named) or types[0].name not in models:
        return refuse("a paged list has one success answer, an object of components/schemas")
    model = models[types[0].name]
    field = model.field(wire)
    if field is None or not isinstance(without_none(field.type), ListOf):
        return refuse(f"{model.name} has no list {wire!r}")
    if model.page_items not in (None, field):
        return refuse(f"another operation pages through another list of {model.name}")
    models[model.name] = evolve(model, page_items=field)
    return []


def _collisions(api: Api) -> list[Problem]:
    """Two things of one scope that would get the same Python name."""
    problems = []

    def check(scope: Iterable[tuple[str, str, str]], fix: str) -> None:
        seen: dict[str, str] = {}
        for name, wire, pointer in scope:
            if name in seen:
                message = f"{wire!r} and {seen[name]!r} both become {name!r} in Python; {fix}"
                problems.append(Problem(api.source, pointer, message))
            seen.setdefault(name, wire)

    for model in api.models:
        check(((f.name, f.wire, f.pointer) for f in model.fields), "give one of them an x-amili-name")
    for operation in api.operations:
        check(((p.name, p.wire, p.pointer) for p in operation.params), "give one of them an x-amili-name")
    check(((op.function, op.id, op.pointer) for op in api.operations), "rename one of them")
    check(((tag.module, tag.name, "/tags") for tag in api.tags), "rename one of them")
    return problems

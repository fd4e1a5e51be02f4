"""Hypothesis strategies for the values and models of the API, built from the models' own annotations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin
from uuid import UUID

import attrs
from hypothesis import strategies as st

from amili_async.types import UNSET, OpenIntEnum, OpenStrEnum, UnknownVariant, Unset

__all__ = ["amounts", "instants", "json_values", "models", "texts", "values"]

texts = st.text(max_size=20)
amounts = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(min_value=0, max_value=10**9, places=2)
_offsets = st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23)).map(
    lambda offset: dt.timezone(dt.timedelta(minutes=offset // dt.timedelta(minutes=1)))
)
instants = st.datetimes(timezones=st.just(dt.UTC) | _offsets)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | amounts | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)

_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: amounts,
    UUID: st.uuids(),
    dt.datetime: instants,
    dt.date: st.dates(),
    bytes: st.binary(max_size=20),
    type(None): st.none(),
    Unset: st.just(UNSET),
    Any: json_values,
    # Of a kind that no union of the API has: those hold text and objects.
    UnknownVariant: (st.integers() | st.booleans() | st.lists(st.integers(), max_size=2)).map(UnknownVariant),
}


@cache
def values(type_: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the models use it: scalars, enums, models, lists, maps and unions."""
    if type_ in _SCALARS:
        return _SCALARS[type_]
    if get_origin(type_) is list:
        return st.lists(values(get_args(type_)[0]), max_size=3)
    if get_origin(type_) is dict:
        return st.dictionaries(texts, values(get_args(type_)[1]), max_size=3)
    if get_args(type_):
        return st.one_of([values(member) for member in get_args(type_)])
    if attrs.has(type_):
        return st.deferred(lambda: models(type_))
    return enums(type_)


def enums(cls: type[Enum]) -> st.SearchStrategy[Enum]:
    """Members of an enum; for an open one also values it does not know."""
    known = st.sampled_from(list(cls))
    if issubclass(cls, OpenStrEnum):
        return known | texts.map(cls)
    return known | st.integers().map(cls) if issubclass(cls, OpenIntEnum) else known


@cache
def models(cls: type) -> st.SearchStrategy[Any]:
    """Instances of a model, with any of its fields and with fields that it does not name."""
    attrs.resolve_types(cls)
    fields = {field.name: values(field.type) for field in attrs.fields(cls)}
    wires = {field.metadata.get("wire") for field in attrs.fields(cls)}
    if "additional_properties" in fields:
        unnamed = texts.filter(lambda key: key not in wires)
        fields["additional_properties"] = st.just({}) | st.dictionaries(unnamed, json_values, max_size=2)
    return st.builds(cls, **fields)

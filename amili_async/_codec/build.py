"""Put the readers and writers into a cattrs converter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final, get_origin
from uuid import UUID

import attrs
from cattrs import Converter

from amili_async._codec import read_scalars as rs
from amili_async._codec import write_scalars as ws
from amili_async._codec.hooks import PerType, Reader, Shortcut, Writer, walk_leaf
from amili_async._codec.plans import ANYTHING, is_union
from amili_async._codec.problems import python_kind
from amili_async._codec.read_models import model_reader
from amili_async._codec.read_types import dict_reader, list_reader, read_anything, union_reader
from amili_async._codec.write_models import model_writer
from amili_async._codec.write_types import anything_writer, dict_writer, list_writer, union_writer

__all__ = ["build_converter"]

# By class: cattrs asks these first, and its own ones for them would turn null into 'None' and 3.9 into 3.
_READERS: Final[Mapping[type, Reader]] = {
    str: Reader(rs.read_str, shortcut=Shortcut.of_class(str)),
    bool: Reader(rs.read_bool, shortcut=Shortcut.of_class(bool)),
    int: Reader(rs.read_int, shortcut=Shortcut.of_class(int)),
    float: Reader(rs.read_float),
    bytes: Reader(rs.read_bytes),
    Decimal: Reader(rs.read_decimal, shortcut=rs.FINITE_DECIMAL),
    UUID: Reader(rs.read_uuid),
    dt.datetime: Reader(rs.read_datetime),
    dt.date: Reader(rs.read_date),
    type(None): Reader(rs.read_none),
}


def _text_writer(cls: type, check: Callable[[Any], Any], shortcut: Shortcut | None = None) -> Writer:
    to_text = ws.TO_TEXT[cls]
    return Writer(lambda value: to_text(check(value)), check, shortcut=shortcut or Shortcut.of_class(cls))


_WRITERS: Final[Mapping[type, Writer]] = {
    str: Writer(ws.write_str, walk=walk_leaf(ws.check_text, "a str", python_kind), shortcut=Shortcut.of_class(str)),
    bool: Writer(ws.write_bool, shortcut=Shortcut.of_class(bool)),
    int: Writer(ws.write_int, walk=walk_leaf(ws.check_digits, "an int", python_kind), shortcut=Shortcut.of_class(int)),
    float: Writer(ws.write_float),
    bytes: _text_writer(bytes, ws.write_bytes),
    Decimal: Writer(ws.write_decimal, ws.write_plain_decimal, shortcut=ws.CENTS),
    UUID: _text_writer(UUID, ws.write_uuid),
    dt.datetime: _text_writer(dt.datetime, ws.write_datetime, ws.UTC_DATETIME),
    dt.date: _text_writer(dt.date, ws.write_date),
    type(None): Writer(ws.write_none),
}


def build_converter() -> Converter:
    """Make a converter with our rules. Nothing is read off any model before its first use."""
    converter = Converter(detailed_validation=True)
    for cls in (*_READERS, Enum):
        converter.register_structure_hook(cls, PerType(_reader_for(cls)))
        converter.register_unstructure_hook(cls, PerType(_writer_for(cls)))
    for predicate, reader, writer in (
        (attrs.has, model_reader, model_writer),
        (is_union, union_reader, union_writer),
        (_is(list), list_reader, list_writer),
        (_is(dict), dict_reader, dict_writer),
        (_is_anything, lambda _, __: Reader(read_anything), anything_writer),
    ):
        converter.register_structure_hook_factory(predicate, reader)
        converter.register_unstructure_hook_factory(predicate, writer)
    return converter


def _reader_for(cls: type) -> Callable[[Any], Reader]:
    return lambda type_: rs.enum_reader(type_) if issubclass(type_, Enum) else _READERS[cls]


def _writer_for(cls: type) -> Callable[[Any], Writer]:
    return lambda type_: ws.enum_writer(type_) if issubclass(type_, Enum) else _WRITERS[cls]


def _is(cls: type) -> Callable[[Any], bool]:
    return lambda type_: type_ is cls or get_origin(type_) is cls


def _is_anything(type_: Any) -> bool:
    return any(type_ is each for each in ANYTHING)

"""Writers of lists, maps, unions and open values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final, get_args

import msgspec
from cattrs import Converter

from amili_async._codec.hooks import Convert, Shortcut, Writer, walk_leaf, writer_of
from amili_async._codec.json_text import dumps_list
from amili_async._codec.plans import python_classes, split_union
from amili_async._codec.problems import MismatchError, Problem, child, not_python, python_kind, with_article
from amili_async.types import UnknownVariant

__all__ = ["MANY", "anything_writer", "dict_writer", "list_writer", "union_writer"]

_NO_FLOATS = "use Decimal('10.50'), which keeps every digit"
#: From here on, models are encoded one by one, while they are still in the processor's cache.
MANY: Final = 16
_NO_JSON = "a value that JSON can hold"


def list_writer(type_: Any, converter: Converter) -> Writer:
    """Make the writer of `list[X]`. Tuples will do."""
    item = writer_of(converter, (get_args(type_) or (Any,))[0])

    def plain(value: Any) -> list[Any]:
        if value.__class__ is not list and not isinstance(value, (list, tuple)):
            raise not_python("a list", value)
        write = item.plain
        return [write(each) for each in value]

    def native(value: Any) -> list[Any] | msgspec.Raw:
        if value.__class__ is not list and not isinstance(value, (list, tuple)):
            raise not_python("a list", value)
        write = item.native
        if item.model is not None and len(value) >= MANY:
            return dumps_list(map(write, value))
        return [write(each) for each in value]

    def walk(value: Any, path: str) -> Iterator[Problem]:
        if value.__class__ is not list and not isinstance(value, (list, tuple)):
            yield Problem(path, MismatchError("a list", python_kind(value)))
            return
        for index, each in enumerate(value):
            yield from item.walk(each, child(path, index))

    return Writer(plain, native, walk, item=item)


def dict_writer(type_: Any, converter: Converter) -> Writer:
    """Make the writer of `dict[str, X]`."""
    item = writer_of(converter, (get_args(type_) or (str, Any))[1])

    def check(value: Any) -> None:
        if not isinstance(value, dict):
            raise not_python("a dict", value)
        for key in value:
            if key.__class__ is not str:
                raise not_python("a str as key", key)

    def plain(value: Any) -> dict[str, Any]:
        check(value)
        return {key: item.plain(each) for key, each in value.items()}

    def native(value: Any) -> dict[str, Any]:
        check(value)
        return {key: item.native(each) for key, each in value.items()}

    def walk(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(path, MismatchError("a dict", python_kind(value)))
            return
        for key, each in value.items():
            if key.__class__ is not str:
                yield Problem(path, MismatchError("a str as key", python_kind(key)))
            elif not _encodable(key):
                yield Problem(path, MismatchError("a key of valid characters", "a lone surrogate"))
            else:
                yield from item.walk(each, child(path, key))

    return Writer(plain, native, walk)


def anything_writer(_: Any, converter: Converter) -> Writer:
    """Make the writer of `Any`: the value's own class decides.

    Floats are refused here: what stands in an open place may well be an amount.
    """

    def choose(value: Any) -> Writer:
        cls = value.__class__
        if issubclass(cls, float):
            raise not_python("an int or a Decimal", value, _NO_FLOATS)
        if issubclass(cls, (list, tuple)):
            return writer_of(converter, list[Any])
        if issubclass(cls, dict):
            return writer_of(converter, dict[str, Any])
        if cls is object:  # which also means "anything" as an annotation
            raise not_python(_NO_JSON, value)
        writer = writer_of(converter, cls)
        return _rewriter(writer, cls, plain, native) if writer.foreign else writer

    def plain(value: Any) -> Any:
        cls = value.__class__
        return value if value is None or cls is str or cls is int or cls is bool else choose(value).plain(value)

    def native(value: Any) -> Any:
        cls = value.__class__
        return value if value is None or cls is str or cls is int or cls is bool else choose(value).native(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        try:
            writer = choose(value)
        except MismatchError as mismatch:
            yield Problem(path, mismatch)
        else:
            yield from writer.walk(value, path)

    return Writer(plain, native, walk)


def _rewriter(writer: Writer, cls: type, plain: Convert, native: Convert) -> Writer:
    """Send what a foreign hook returned, if it turned the value into something else.

    cattrs passes what it does not know as it is. Sets, say: JSON has no order for them.
    """

    def through(convert: Convert) -> Convert:
        def convert_again(value: Any) -> Any:
            written = writer.plain(value)
            if written.__class__ is not value.__class__:
                return convert(written)
            raise not_python(_NO_JSON, value)

        return convert_again

    again = through(native)
    return Writer(through(plain), again, walk_leaf(again, f"a value for {cls.__name__}", python_kind))


def union_writer(type_: Any, converter: Converter) -> Writer:
    """Make the writer of a union: the value's class decides which member it is."""
    members, nullable = split_union(type_)
    writer = writer_of(converter, members[0]) if len(members) == 1 else _by_class(members, converter)
    return _optional(writer) if nullable else writer


def _optional(inner: Writer) -> Writer:
    def plain(value: Any) -> Any:
        return None if value is None else inner.plain(value)

    def native(value: Any) -> Any:
        return None if value is None else inner.native(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return iter(()) if value is None else inner.walk(value, path)

    return Writer(plain, native, walk, inner=inner)


def _by_class(members: tuple[Any, ...], converter: Converter) -> Writer:
    writers: dict[type, Writer] = {}
    known = [member for member in members if member is not UnknownVariant]
    for member in known:
        for cls in python_classes(member):
            writers.setdefault(cls, writer_of(converter, member))
    if UnknownVariant in members:
        writers[UnknownVariant] = _unwrapping(writer_of(converter, Any))
    expected = " or ".join(with_article(getattr(member, "__name__", "value")) for member in known)
    fix = "use datetime.date(2024, 1, 31)" if dt.date in members else ""

    def choose(value: Any) -> Writer:
        # The most specific class wins: a datetime is a date, too.
        for cls in type(value).__mro__:
            if cls in writers:
                return writers[cls]
        raise not_python(expected, value, fix)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        try:
            writer = choose(value)
        except MismatchError as mismatch:
            yield Problem(path, mismatch)
        else:
            yield from writer.walk(value, path)

    shortcut = Shortcut.either(writers[member].shortcut for member in known if member in writers)
    return Writer(
        lambda value: choose(value).plain(value), lambda value: choose(value).native(value), walk, shortcut=shortcut
    )


def _unwrapping(inner: Writer) -> Writer:
    """The writer of a value that was kept because nothing is known of its kind."""

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return inner.walk(value.value, path)

    return Writer(lambda value: inner.plain(value.value), lambda value: inner.native(value.value), walk)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

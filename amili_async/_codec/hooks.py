"""The hooks that the converter holds: one `Reader` and one `Writer` per type.

Each does its work twice. Once fast, stopping at the first thing that is wrong without knowing where it is; and, only
after that failed, once more slowly by `walk`, which goes through the same value to find every problem and its path.
Keeping the path while all is well would cost more than the conversion itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from cattrs import Converter

from amili_async._codec.problems import MismatchError, Problem, json_kind, python_kind

__all__ = ["PerType", "Reader", "Shortcut", "Walk", "Writer", "holds_models", "reader_of", "walk_leaf", "writer_of"]

Convert: TypeAlias = Callable[[Any], Any]
Walk: TypeAlias = Callable[[Any, str], Iterator[Problem]]


class Shortcut(NamedTuple):
    """Source that saves a call for the values that come most often.

    Attributes:
        test: Expression that is true for those values. `{v}` stands for the value, other names in braces for `names`.
        result: Expression for what they are converted to.
        names: Objects that the expressions use.
    """

    test: str
    result: str = "{v}"
    names: Mapping[str, Any] = MappingProxyType({})

    @classmethod
    def of_class(cls, exact: type) -> Shortcut:
        """Values of exactly this class stay as they are."""
        return cls("{v}.__class__ is {exact}", names={"exact": exact})

    @classmethod
    def either(cls, shortcuts: Iterable[Shortcut | None]) -> Shortcut | None:
        """Values that one of some shortcuts lets pass as they are."""
        passing = [each for each in shortcuts if each is not None and each.result == "{v}"]
        tests, names = [], {}
        for number, each in enumerate(passing):
            renamed = {name: f"{name}{number}" for name in each.names}
            tests.append(f"({each.test.format(v='{v}', **{old: f'{{{new}}}' for old, new in renamed.items()})})")
            names.update({renamed[name]: value for name, value in each.names.items()})
        return cls(" or ".join(tests), names=names) if tests else None


class Reader:
    """Turns JSON values into those of one type.

    Attributes:
        read: Value to value; raises `MismatchError`.
        walk: Value and path to every problem in it.
        shortcut: What may stand in place of the call.
        inner: For `T | None`, the reader of T.
        item: For `list[T]`, the reader of T.
        model: For an attrs class, that class. Then `read` is compiled on first use and replaced, so it must be looked
            up at each call.
    """

    __slots__ = ("inner", "item", "model", "read", "shortcut", "walk")

    def __init__(
        self,
        read: Convert,
        walk: Walk | None = None,
        *,
        shortcut: Shortcut | None = None,
        inner: Reader | None = None,
        item: Reader | None = None,
        model: type | None = None,
    ) -> None:
        self.read = read
        self.walk: Walk = walk or walk_leaf(read, "another value", json_kind)
        self.shortcut = shortcut
        self.inner = inner
        self.item = item
        self.model = model

    @property
    def core(self) -> Reader:
        """The reader of what is not null."""
        return self.inner or self

    def __call__(self, value: Any, _: Any = None) -> Any:
        """Be a structure hook of cattrs."""
        return self.read(value)


class Writer:
    """Turns values of one type into JSON values, and refuses all others.

    Attributes:
        plain: Value to what plain JSON libraries know, Decimals aside; raises `MismatchError`.
        native: The same for our own encoder, which writes UUIDs, dates and the like faster than Python can.
        walk: Value and path to every problem in it.
        shortcut: What may stand in place of a call to `native`.
        inner: For `T | None`, the writer of T.
        item: For `list[T]`, the writer of T.
        model: For an attrs class, that class. Then `plain` and `native` are compiled on first use and replaced.
        foreign: Around a hook that is not ours, which may return anything.
    """

    __slots__ = ("foreign", "inner", "item", "model", "native", "plain", "shortcut", "walk")

    def __init__(
        self,
        plain: Convert,
        native: Convert | None = None,
        walk: Walk | None = None,
        *,
        shortcut: Shortcut | None = None,
        inner: Writer | None = None,
        item: Writer | None = None,
        model: type | None = None,
        foreign: bool = False,
    ) -> None:
        self.plain = plain
        self.native: Convert = native or plain
        self.walk: Walk = walk or walk_leaf(plain, "another value", python_kind)
        self.shortcut = shortcut
        self.inner = inner
        self.item = item
        self.model = model
        self.foreign = foreign

    @property
    def core(self) -> Writer:
        """The writer of what is not null."""
        return self.inner or self

    def __call__(self, value: Any) -> Any:
        """Be an unstructure hook of cattrs."""
        return self.plain(value)


HookT = TypeVar("HookT", Reader, Writer)


class PerType(Generic[HookT]):
    """A hook for a class and its subclasses, with one reader or writer for each.

    cattrs asks hooks registered by class before all others, so that `str` also gets every enum of strings; and it
    hands the class to the hook only together with a value.
    """

    def __init__(self, make: Callable[[Any], HookT]) -> None:
        self._make: Callable[[Any], HookT] = make
        self._made: dict[Any, HookT] = {}

    def of(self, type_: Any) -> HookT:
        """The reader or writer of one class."""
        made = self._made.get(type_)
        if made is None:
            made = self._made[type_] = self._make(type_)
        return made

    def __call__(self, value: Any, type_: Any = None) -> Any:
        """Be a hook of cattrs."""
        return self.of(type(value) if type_ is None else type_)(value)


def holds_models(hook: Reader | Writer) -> bool:
    """Whether it converts a model or a list of models."""
    core = hook.core
    return core.model is not None or (core.item is not None and core.item.core.model is not None)


def walk_leaf(convert: Convert, expected: str, kind: Callable[[Any], str]) -> Walk:
    """Make the walk of a value that has no parts."""

    def walk(value: Any, path: str) -> Iterator[Problem]:
        try:
            convert(value)
        except MismatchError as mismatch:
            yield Problem(path, mismatch)
        except Exception:  # noqa: BLE001  # a hook of the user's: whatever it says may quote the value
            yield Problem(path, MismatchError(expected, kind(value)))

    return walk


def reader_of(converter: Converter, type_: Any) -> Reader:
    """The reader that the converter has for a type; a hook that somebody else registered is wrapped as one."""
    if type_ is None:
        type_ = type(None)
    hook = converter.get_structure_hook(type_)
    if isinstance(hook, PerType):
        hook = hook.of(type_)
    if isinstance(hook, Reader):
        return hook
    expected = f"a value for {getattr(type_, '__name__', 'this type')}"
    return Reader(lambda value: hook(value, type_), walk_leaf(lambda value: hook(value, type_), expected, json_kind))


def writer_of(converter: Converter, type_: Any) -> Writer:
    """The writer that the converter has for a type; a hook that somebody else registered is wrapped as one."""
    hook = converter.get_unstructure_hook(type_)
    if isinstance(hook, PerType):
        hook = hook.of(type_)
    if isinstance(hook, Writer):
        return hook
    expected = f"a value for {getattr(type_, '__name__', 'this type')}"
    return Writer(hook, walk=walk_leaf(hook, expected, python_kind), foreign=True)

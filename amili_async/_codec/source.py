"""Functions written out as source, line by line, and compiled."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from amili_async._codec.hooks import Shortcut

__all__ = ["Branch", "compile_function", "converting", "indented", "looping", "shortcut_branch"]


class Branch(NamedTuple):
    """What is done in place of a call, for the values that come most often.

    Attributes:
        test: Expression that is true for those values.
        lines: Statements that convert the value; none if it stays as it is.
    """

    test: str
    lines: Sequence[str] = ()


def compile_function(
    name: str, argument: str, body: Sequence[str], env: dict[str, Any], for_class: type
) -> Callable[[Any], Any]:
    """Compile `def name(argument): body`, with `env` as its globals.

    Names of JSON fields enter the source only through `repr()`, and all else comes from the code itself.
    """
    source = "\n".join([f"def {name}({argument}):", *indented(body), ""])
    filename = f"<amili_async codec: {name} {for_class.__module__}.{for_class.__qualname__}>"
    exec(compile(source, filename, "exec"), env)  # noqa: S102  # see above: nothing from outside is in it
    # So that tracebacks and debuggers show the lines.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    function: Callable[[Any], Any] = env[name]
    return function


def indented(lines: Iterable[str]) -> list[str]:
    """Lines of a block."""
    return [f"    {line}" for line in lines]


def converting(local: str, call: str, branch: Branch | None, passing: Sequence[Any]) -> list[str]:
    """Lines that convert a local variable in place.

    Args:
        local: Its name.
        call: Source of the function to call.
        branch: What may stand in place of the call.
        passing: Singletons that stay as they are.
    """
    stays = [f"{local} is {each!r}" for each in passing]
    change = f"{local} = {call}({local})"
    if branch is not None and branch.lines:
        return [
            f"if {branch.test}:",
            *indented(branch.lines),
            f"elif not ({' or '.join(stays)}): {change}" if stays else f"else: {change}",
        ]
    tests = [f"({branch.test})", *stays] if branch is not None else stays
    return [f"if not ({' or '.join(tests)}): {change}" if tests else change]


def shortcut_branch(local: str, shortcut: Shortcut | None, env: dict[str, Any]) -> Branch | None:
    """A shortcut for a local variable; the names that it uses are added to the globals."""
    if shortcut is None:
        return None
    names = {name: f"{name}_{local}" for name in shortcut.names}
    env.update({names[name]: value for name, value in shortcut.names.items()})
    test, result = (text.format(v=local, **names) for text in (shortcut.test, shortcut.result))
    return Branch(test, () if result == local else (f"{local} = {result}",))


def looping(local: str, test: str, convert_each: Sequence[str]) -> Branch:
    """Make a list of the converted items, without a call for the list.

    Args:
        local: Name of the variable that holds the list.
        test: When.
        convert_each: Lines that convert `each_<local>` in place.
    """
    return Branch(
        test,
        [
            f"made_{local} = []",
            f"for each_{local} in {local}:",
            *indented([*convert_each, f"made_{local}.append(each_{local})"]),
            f"{local} = made_{local}",
        ],
    )

"""Functions written out as source, line by line, and compiled."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Sequence
from typing import Any

from amili_async._codec.hooks import Shortcut

__all__ = ["compile_function", "converting"]


def compile_function(
    name: str, argument: str, body: Sequence[str], env: dict[str, Any], for_class: type
) -> Callable[[Any], Any]:
    """Compile `def name(argument): body`, with `env` as its globals.

    Names of JSON fields enter the source only through `repr()`, and all else comes from the code itself.
    """
    source = "\n".join([f"def {name}({argument}):", *(f"    {line}" for line in body), ""])
    filename = f"<amili_async codec: {name} {for_class.__module__}.{for_class.__qualname__}>"
    exec(compile(source, filename, "exec"), env)  # noqa: S102  # see above: nothing from outside is in it
    # So that tracebacks and debuggers show the lines.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    function: Callable[[Any], Any] = env[name]
    return function


def converting(
    local: str, call: str, shortcut: Shortcut | None, passing: Sequence[Any], env: dict[str, Any]
) -> list[str]:
    """Lines that convert a local variable in place.

    Args:
        local: Its name.
        call: Source of the function to call.
        shortcut: What may stand in place of the call.
        passing: Singletons that stay as they are.
        env: Globals of the function, to be added to.
    """
    stays = [f"{local} is {each!r}" for each in passing]
    change = f"{local} = {call}({local})"
    if shortcut is None:
        return [f"if not ({' or '.join(stays)}): {change}" if stays else change]
    names = {name: f"{name}_{local}" for name in shortcut.names}
    env.update({names[name]: value for name, value in shortcut.names.items()})
    test, result = (text.format(v=local, **names) for text in (shortcut.test, shortcut.result))
    if result == local:
        return [f"if not ({' or '.join([f'({test})', *stays])}): {change}"]
    return [
        f"if {test}: {local} = {result}",
        f"elif not ({' or '.join(stays)}): {change}" if stays else f"else: {change}",
    ]

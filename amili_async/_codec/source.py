"""Compile a function from lines of source."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["compile_function"]


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

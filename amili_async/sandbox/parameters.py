"""Path and query parameters from text to the types that the spec gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Protocol

from amili_async.sandbox.problems import Flaw, Problem
from amili_async.sandbox.spec import OperationSpec, ParameterSpec

__all__ = ["path_of", "query_of"]

_INTEGER: Final = re.compile(r"-?[0-9]{1,18}")
_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}


class _Query(Protocol):
    def keys(self) -> Any: ...
    def getall(self, key: str, /) -> Sequence[str]: ...


def query_of(operation: OperationSpec, query: _Query) -> dict[str, Any]:
    """Convert a query; what cannot be converted stays text, for the spec's validator to refuse.

    Raises:
        Problem: A parameter is unknown, or comes twice and is no list.
    """
    parameters = {parameter.name: parameter for parameter in operation.parameters if parameter.location == "query"}
    values: dict[str, Any] = {}
    for name in dict.fromkeys(query.keys()):
        texts = query.getall(name)
        parameter = parameters.get(name)
        if parameter is None:
            # Amili may well ignore it; but a filter with a typing mistake then gives every row instead of none.
            raise _misfit(name, f"{operation.id} has no such parameter; upper and lower case count")
        if "array" in parameter.types:
            values[name] = list(texts)
        elif len(texts) > 1:
            raise _misfit(name, "it is given more than once")
        else:
            values[name] = _value(parameter, texts[0])
    return values


def path_of(operation: OperationSpec, texts: Mapping[str, str]) -> dict[str, Any]:
    """Convert path parameters; what cannot be converted stays text, for the spec's validator to refuse."""
    parameters = {parameter.name: parameter for parameter in operation.parameters if parameter.location == "path"}
    return {name: _value(parameters[name], text) if name in parameters else text for name, text in texts.items()}


def _misfit(name: str, message: str) -> Problem:
    return Problem(400, "the parameters do not fit the spec", [Flaw(name, message)])


def _value(parameter: ParameterSpec, text: str) -> Any:
    if "string" in parameter.types:
        return text
    if "integer" in parameter.types and _INTEGER.fullmatch(text):
        return int(text)
    if "boolean" in parameter.types:
        return _BOOLEANS.get(text.lower(), text)
    if "number" in parameter.types:
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        return number if number.is_finite() else text
    return text

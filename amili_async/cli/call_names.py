"""Finding the operation that is meant, and the Python function and types behind it."""

from __future__ import annotations

import difflib
import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from amili_async.errors import ConfigError
from amili_async.operations import OPERATIONS, Operation

__all__ = ["find_operation", "function_of", "item_model", "options_of", "python_name", "types_of"]

_TOKEN: Final = "RequestToken"  # noqa: S105  # the name of an operation


def find_operation(name: str) -> Operation[Any]:
    """The operation of this name: `CreateInvoices`, `create_invoices`, whatever the case of its letters.

    Raises:
        ConfigError: There is none, or it is none to be called by hand.
    """
    plain = name.replace("_", "").replace("-", "").lower()
    names = {operation_id.lower(): operation_id for operation_id in OPERATIONS}
    if plain not in names:
        near = [operation_id for found, operation_id in names.items() if plain in found][:3]
        near = near or [names[found] for found in difflib.get_close_matches(plain, names, 3, 0.6)]
        hint = f"; did you mean {' or '.join(near)}?" if near else ";"
        raise ConfigError(f"there is no operation {name!r}{hint} `amili call --list` shows all")
    if names[plain] == _TOKEN:
        raise ConfigError(
            "the token is fetched by the client itself and is never shown: `amili doctor` tests whether it can be had"
        )
    return OPERATIONS[names[plain]]


def function_of(operation: Operation[Any]) -> Callable[..., Any]:
    """The generated function of an operation."""
    module = importlib.import_module(f"amili_async.endpoints.{operation.product}.{operation.tag}")
    for _, function in inspect.getmembers(module, inspect.isfunction):
        if getattr(function, "__amili_operation__", None) is operation:
            return function
    raise LookupError(operation.id)  # the generator writes one for every row


def python_name(operation: Operation[Any]) -> str:
    """Its name in Python."""
    return function_of(operation).__name__


def types_of(operation: Operation[Any]) -> Mapping[str, Sequence[Any]]:
    """The types that each parameter may have, by Python name."""
    hints = get_type_hints(function_of(operation))
    return {param.name: options_of(hints[param.name]) for param in operation.params}


def item_model(operation: Operation[Any]) -> Any:
    """What the list of an operation holds: a model, or a dict where nothing is known of it; None if it is no list."""
    if operation.pagination is None:
        return None
    answer = next(iter(operation.responses.values()))
    (item,) = get_args(get_type_hints(answer.page_items)["return"])
    return item


def options_of(hint: Any) -> list[Any]:
    """The kinds of a union, without None."""
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return [kind for kind in kinds if kind is not NoneType]

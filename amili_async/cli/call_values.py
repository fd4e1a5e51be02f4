"""`name=value` on the command line, as arguments of a call."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any
from uuid import UUID

from attrs import frozen

from amili_async.cli.call_names import types_of
from amili_async.config import Config
from amili_async.errors import ConfigError
from amili_async.operations import Operation, Param

__all__ = ["Arguments", "known_values", "read_arguments", "type_name"]


@frozen
class Arguments:
    """What an operation is called with.

    Attributes:
        path: Path parameters, in the order of the path.
        others: Query and header parameters by Python name.
    """

    path: Sequence[Any]
    others: Mapping[str, Any]


def read_arguments(operation: Operation[Any], pairs: Sequence[str], config: Config) -> Arguments:
    """Check `name=value` against what the operation takes.

    Args:
        operation: What is called.
        pairs: As they were typed; names as on the wire or as in Python.
        config: Supplies organization and client, where they are not given.

    Raises:
        ConfigError: A name is not known, a value does not fit, or one is missing.
    """
    types = types_of(operation)
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise ConfigError(f"{pair!r} is not of the form name=value")
        param = _param(operation, name)
        if param.name in values:
            raise ConfigError(f"{param.wire} is given twice")
        values[param.name] = _value(param, text, types[param.name])
    for param in operation.params:
        if param.name not in values and param.required:
            values[param.name] = _default(operation, param, types[param.name], config)
    path = [values.pop(param.name) for param in operation.path_params]
    return Arguments(path, values)


def type_name(kinds: Sequence[Any]) -> str:
    """What a value of these types looks like, in a word."""
    if UUID in kinds:
        return "UUID"
    if dt.date in kinds or dt.datetime in kinds:
        return "date or instant"
    if int in kinds:
        return "whole number"
    return "true or false" if bool in kinds else "text"


def known_values(kinds: Sequence[Any]) -> list[str]:
    """The values that the documentation shows; it may take others."""
    return [str(member.value) for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum) for member in kind]


def _param(operation: Operation[Any], name: str) -> Param:
    wanted = name.replace("_", "").lower()
    for param in operation.params:
        if wanted in (param.wire.replace("_", "").lower(), param.name.replace("_", "").lower()):
            return param
    names = [param.wire for param in operation.params]
    if not names:
        raise ConfigError(f"{operation.id} takes no parameters, so no {name!r}")
    near = difflib.get_close_matches(name, names, 1, 0.6)
    hint = f"did you mean {near[0]}? " if near else ""
    raise ConfigError(f"{operation.id} has no parameter {name!r}; {hint}it has {', '.join(names)}")


def _value(param: Param, text: str, kinds: Sequence[Any]) -> Any:
    try:
        if UUID in kinds:
            return str(UUID(text))
        if bool in kinds:
            return {"true": True, "false": False}[text.lower()]
        if int in kinds:
            return int(text)
        if dt.date in kinds or dt.datetime in kinds:
            return _moment(text)
    except (ValueError, KeyError):
        raise ConfigError(f"{param.wire}: {text!r} is not a {type_name(kinds)}{_example(kinds)}") from None
    if not text and param.required:
        raise ConfigError(f"{param.wire} is empty")
    return text


def _moment(text: str) -> dt.date | dt.datetime:
    if len(text) == len("2026-01-31"):
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _example(kinds: Sequence[Any]) -> str:
    if UUID in kinds:
        return " such as 3fa85f64-5717-4562-b3fc-2c963f66afa6"
    if dt.date in kinds:
        return " such as 2026-10-01 or 2026-10-01T06:00:00Z"
    return ""


def _default(operation: Operation[Any], param: Param, kinds: Sequence[Any], config: Config) -> Any:
    known = {
        "organization_id": (config.default_organization_id, "AMILI_ORGANIZATION_ID"),
        "clientno": (config.client_no, "AMILI_CLIENT_NO"),
        "client_no": (config.client_no, "AMILI_CLIENT_NO"),
    }
    value, variable = known.get(param.name, (None, None))
    if value is not None:
        return _value(param, value, kinds)
    where = f", or set {variable}" if variable else ""
    example = f"{param.wire}={type_name(kinds).upper().replace(' ', '-')}"
    raise ConfigError(f"{operation.id} needs {param.wire}: add {example}{where}")

"""Faults as text: TOML files, and the JSON of the control API."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from attrs import asdict, fields

from amili_async.sandbox.faults import Faults, Kind, Rule

__all__ = ["dump_faults", "load_faults", "parse_faults"]


def load_faults(path: str | Path) -> Faults:
    """Read a TOML file: the fields of `Faults` at the top, and a `[[rule]]` for each rule.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not TOML, or says something that cannot be; the message begins with the file's name.
    """
    with Path(path).open("rb") as file:
        try:
            return parse_faults(tomllib.load(file))
        except ValueError as error:  # TOML's own error is one
            raise ValueError(f"{path}: {error}") from error


def parse_faults(values: Mapping[str, Any]) -> Faults:
    """Make faults of plain values.

    Raises:
        ValueError: A name is unknown, or a value cannot be.
    """
    if not isinstance(values, Mapping):
        raise ValueError('faults must be an object, such as {"rate_429": 0.1}')  # noqa: TRY004  # as below
    if "rule" in values and "rules" in values:
        raise ValueError("give either rule or rules, not both")
    rules = values.get("rule", values.get("rules", ()))
    if not isinstance(rules, list | tuple) or not all(isinstance(rule, Mapping) for rule in rules):
        raise ValueError("rule must be a list of tables: write [[rule]]")
    plain = {name: value for name, value in values.items() if name not in ("rule", "rules")}
    made = tuple(_make_rule(rule, f"rule {number}") for number, rule in enumerate(rules, start=1))
    faults: Faults = _make(Faults, {**plain, "rules": made}, "faults")
    return faults


def dump_faults(faults: Faults) -> dict[str, Any]:
    """The plain values of faults, without those that are as always."""
    values = {name: value for name, value in asdict(faults, recurse=False).items() if name != "rules"}
    plain = {name: value for name, value in values.items() if value != getattr(Faults(), name)}
    if faults.operations is not None:
        plain["operations"] = sorted(faults.operations)
    rules = [
        {n: v for n, v in asdict(rule).items() if v != _DEFAULTS.get(n) or _belongs(n, rule.kind)}
        for rule in faults.rules
    ]
    return {**plain, **({"rule": rules} if rules else {})}


# What is of use to some kinds only, and has to be said there: with a misspelt kind or a forgotten field a rule would
# pass and do nothing of what its author meant.
_NEEDS = {"seconds": ("latency", "arrive-late", "slow-body"), "status": ("status",)}
_MAY_HAVE = {"retry_after_s": ("status",), **_NEEDS}


def _belongs(name: str, kind: str) -> bool:
    return kind in _NEEDS.get(name, ())


def _make_rule(values: Mapping[str, Any], where: str) -> Any:
    if "kind" not in values:
        raise ValueError(f"{where}: kind is missing; there are {', '.join(get_args(Kind))}")
    rule = _make(Rule, values, where)
    for name in _NEEDS:
        if _belongs(name, rule.kind) and name not in values:
            raise ValueError(f"{where}: {name} is missing, which {rule.kind} needs")
    for name, kinds in _MAY_HAVE.items():
        if name in values and rule.kind not in kinds:
            raise ValueError(f"{where}: {name} does nothing for {rule.kind}; it belongs to {' and '.join(kinds)}")
    return rule


_DEFAULTS = {attribute.name: attribute.default for attribute in fields(Rule) if attribute.name != "kind"}


def _make(kind: type[Any], values: Mapping[str, Any], where: str) -> Any:
    known = [attribute.name for attribute in fields(kind)]
    for name in values:
        if name not in known:
            raise ValueError(f"{where}: {name} is unknown; there are {', '.join(known)}")
    plain = {name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    try:
        return kind(**plain)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None

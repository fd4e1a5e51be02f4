"""Faults: what the sandbox is to do instead of, or besides, answering properly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal, get_args

from attrs import Attribute, field, frozen

from amili_async.sandbox.limits import check_integer, check_number, check_status

__all__ = ["EVENTS", "Drop", "Faults", "Kind", "Rule"]

Drop = Literal["before", "after"]

#: What a rule can do.
Kind = Literal[
    "latency",
    "status",
    "drop-before",
    "drop-after",
    "arrive-late",
    "slow-body",
    "truncated-body",
    "expired-token",
    "revoked-token",
    "unknown-enum",
    "unknown-field",
    "duplicate-webhook",
]

#: The events that are sent, which `duplicate-webhook` names instead of operations.
EVENTS: Final = ("BATCH_COMPLETED", "SETTLEMENT_CREATED", "CASE", "CASE_UPDATED")

_SECOND: Final = 1.0
_TAKE_TIME: Final = ("latency", "arrive-late", "slow-body")


def _probability(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    check_number(attribute.name, value, most=1)


def _seconds(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    check_number(attribute.name, value)


def _optional_seconds(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    if value is not None:
        check_number(attribute.name, value)


def _after(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    check_integer(attribute.name, value, least=0)


def _times(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    if value is not None:
        check_integer(attribute.name, value, least=1)


def _optional_text(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{attribute.name} must be a text")


def _kind(_fault: Any, attribute: Attribute[Any], value: Any) -> None:
    if value not in get_args(Kind):
        raise ValueError(f"{attribute.name} must be one of {', '.join(get_args(Kind))}")


def _names(names: Collection[str] | str | None) -> frozenset[str] | None:
    if names is None:
        return None
    given: Any = [names] if isinstance(names, str) else names
    if (
        not isinstance(given, Collection)
        or isinstance(given, Mapping)
        or not all(isinstance(name, str) for name in given)
    ):
        raise ValueError("operations must be a list of names such as CreateInvoices")
    return frozenset(given)


@frozen(kw_only=True)
class Rule:
    """A fault that strikes some requests.

    Attributes:
        kind: What it does: `latency` and `slow-body` take `seconds`; `status` answers `status` without acting;
            `drop-before` and `drop-after` close the connection before or after acting; `arrive-late` closes it at once,
            and the request is acted on `seconds` later, as if it had been on its way; `truncated-body` sends half the
            answer; `expired-token` refuses the request's token, `revoked-token` all; `unknown-enum` and
            `unknown-field` put something new into the answer; `duplicate-webhook` sends an event twice.
        operation: The operation it strikes; None for all but the token service. For webhooks the type of event.
        probability: Share of those requests.
        after: How many of them pass first.
        times: How many are struck at most; None for no end.
        seconds: How long, on the sandbox's clock.
        status: An error status.
        retry_after_s: `Retry-After` of a status; None for no header.
    """

    kind: Kind = field(validator=_kind)
    operation: str | None = field(default=None, validator=_optional_text)
    probability: float = field(default=1.0, validator=_probability)
    after: int = field(default=0, validator=_after)
    times: int | None = field(default=None, validator=_times)
    seconds: float = field(default=_SECOND, validator=_seconds)
    status: int | None = None
    retry_after_s: float | None = field(default=None, validator=_optional_seconds)

    def __attrs_post_init__(self) -> None:
        if (self.kind == "status") != (self.status is not None):
            raise ValueError("status belongs to rules of the kind status, and is needed there")
        if self.status is not None:
            check_status(self.status)
        if self.kind != "status" and self.retry_after_s is not None:
            raise ValueError(f"retry_after_s does nothing for {self.kind}; it belongs to status")
        if self.kind not in _TAKE_TIME and self.seconds != _SECOND:
            raise ValueError(f"seconds does nothing for {self.kind}; it belongs to {' and '.join(_TAKE_TIME)}")
        if self.kind == "duplicate-webhook" and self.operation not in (None, *EVENTS):
            raise ValueError(f"operation of duplicate-webhook is a type of event: {', '.join(EVENTS)}")


def _rules(rules: Any) -> tuple[Rule, ...]:
    if not isinstance(rules, Iterable):
        raise ValueError("rules must be a list of Rule(...)")  # noqa: TRY004  # as every mistake in a fault
    made = tuple(rules)
    if not all(isinstance(rule, Rule) for rule in made):
        raise ValueError("rules must be a list of Rule(...)")
    return made


@frozen(kw_only=True)
class Faults:
    """How often what goes wrong; all by chance, repeatable by the sandbox's seed.

    Attributes:
        rate_429: Share of requests refused with 429, not acted on.
        rate_503: Share of requests refused with 503, not acted on.
        retry_after_s: Seconds in the `Retry-After` header of those two; None for no header.
        drop_before: Share of requests whose connection is closed before acting on them.
        drop_after: Share of requests that are acted on and whose connection is closed instead of an answer.
        latency_s: Seconds that every answer takes, on the sandbox's clock.
        operations: The operations that are struck, or one of them; None for all but the token service.
        rules: Further faults, each with its own conditions. A request is struck by the first that applies, besides
            latency; only where none does, the shares above decide.
    """

    rate_429: float = field(default=0.0, validator=_probability)
    rate_503: float = field(default=0.0, validator=_probability)
    retry_after_s: float | None = field(default=1.0, validator=_optional_seconds)
    drop_before: float = field(default=0.0, validator=_probability)
    drop_after: float = field(default=0.0, validator=_probability)
    latency_s: float = field(default=0.0, validator=_seconds)
    operations: frozenset[str] | None = field(default=None, converter=_names)
    rules: tuple[Rule, ...] = field(default=(), converter=_rules)

    def __attrs_post_init__(self) -> None:
        if self.rate_429 + self.rate_503 + self.drop_before + self.drop_after > 1:
            raise ValueError("rate_429, rate_503, drop_before and drop_after add up to more than 1")

    @property
    def names(self) -> frozenset[str]:
        """Every operation that is named."""
        ruled = {rule.operation for rule in self.rules if rule.operation and rule.kind != "duplicate-webhook"}
        return frozenset(ruled | (self.operations or frozenset()))

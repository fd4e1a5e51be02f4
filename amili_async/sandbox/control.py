"""The control API under `/__sandbox__/`: faults, clock, journal, state and webhooks of a running sandbox.

It stands beside the API and is none of Amili's. It takes no token, so it refuses requests that come from elsewhere
(`amili_async.sandbox.access`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from attrs import asdict

from amili_async.sandbox.access import refuse_strangers
from amili_async.sandbox.entities import timestamp
from amili_async.sandbox.fault_files import dump_faults, parse_faults
from amili_async.sandbox.faults import Faults
from amili_async.sandbox.journal import Entry
from amili_async.sandbox.jsonio import decode_json, encode_json
from amili_async.sandbox.problems import Problem

if TYPE_CHECKING:
    from amili_async.sandbox.server import Sandbox

__all__ = ["PREFIX", "add_routes", "journal_line"]

PREFIX: Final = "/__sandbox__"
_JOURNAL_FIELDS: Final = ("operation", "status", "idempotency_key", "method", "path", "fault")

_Action = Callable[["Sandbox", Mapping[str, str], Any], Any]


def add_routes(app: web.Application, sandbox: Sandbox) -> None:
    """Put the control API into an application."""
    for (method, path), action in _ACTIONS.items():
        app.router.add_route(method, PREFIX + path, _handler(sandbox, action))
    app.router.add_route("POST", f"{PREFIX}/webhooks/deliver", _deliver(sandbox))


def journal_line(entry: Entry) -> dict[str, Any]:
    """A request of the journal as plain values."""
    return {**asdict(entry), "at": timestamp(entry.at)}


def _handler(sandbox: Sandbox, action: _Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            refuse_strangers(request)
            content = await request.read()
            return _json(200, action(sandbox, request.query, decode_json(content) if content else {}))
        except Problem as problem:
            return _json(problem.status, problem.body())
        except ValueError as error:  # of JSON too
            return _json(400, Problem(400, str(error)).body())

    return handle


def _deliver(sandbox: Sandbox) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            refuse_strangers(request)
        except Problem as problem:
            return _json(problem.status, problem.body())
        return _json(200, {"tried": len(await sandbox.deliver_webhooks())})

    return handle


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=encode_json(body), content_type="application/json")


def _object(body: Any, known: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(body, Mapping):
        raise ValueError("the body must be a JSON object")  # noqa: TRY004  # a 400, as every mistake of a request
    for name in body:
        if name not in known:
            raise ValueError(f"{name} is unknown; there are {', '.join(known)}")
    return body


def _number(fields: Mapping[str, Any], name: str) -> float:
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"{name} must be a JSON number")  # noqa: TRY004  # the same
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"{name} is out of range") from None


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"{name} must be a whole number")
    return int(text)


def _get_faults(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    return dump_faults(sandbox.faults)


def _set_faults(sandbox: Sandbox, _query: Mapping[str, str], body: Any) -> Any:
    sandbox.set_faults(parse_faults(body))
    return dump_faults(sandbox.faults)


def _no_faults(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    sandbox.set_faults(Faults())
    return {}


def _fail_next(sandbox: Sandbox, _query: Mapping[str, str], body: Any) -> Any:
    fields = dict(_object(body, ["status", "retry_after", "operation", "drop", "times"]))
    for name in ("operation", "drop"):
        if not isinstance(fields.get(name), str | None):
            raise ValueError(f"{name} must be a text")  # noqa: TRY004  # the same
    if isinstance(fields.get("retry_after"), Decimal):
        fields["retry_after"] = float(fields["retry_after"])
    sandbox.fail_next(**fields)
    return {"ordered": sandbox.ordered_faults}


def _get_clock(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    return {"now": timestamp(sandbox.now)}


def _advance(sandbox: Sandbox, query: Mapping[str, str], body: Any) -> Any:
    fields = _object(body, ["advance_s"])
    if "advance_s" not in fields:
        raise ValueError('advance_s is missing: write {"advance_s": 3600}')
    sandbox.advance(_number(fields, "advance_s"))
    return _get_clock(sandbox, query, body)


def _requests(sandbox: Sandbox, query: Mapping[str, str], _body: Any) -> Any:
    wanted: dict[str, Any] = {name: value for name, value in query.items() if name != "limit"}
    for name in wanted:
        if name not in _JOURNAL_FIELDS:
            raise ValueError(f"{name} is unknown; there are {', '.join(_JOURNAL_FIELDS)}, limit")
    if "status" in wanted:
        wanted["status"] = _whole("status", wanted["status"])
    found = sandbox.requests.where(**wanted)
    limit = _whole("limit", query.get("limit", "100"))
    if limit < 1:
        raise ValueError("limit must be at least 1")
    return {"count": len(found), "requests": [journal_line(entry) for entry in found[-limit:]]}


def _forget_requests(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    sandbox.requests.clear()
    return {}


def _state(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    return sandbox.summary()


def _reset(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    sandbox.reset()
    return sandbox.summary()


def _revoke(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    sandbox.revoke_tokens()
    return {}


def _webhooks(sandbox: Sandbox, _query: Mapping[str, str], _body: Any) -> Any:
    return {
        "webhooks": [
            {"id": row.event_id, "type": row.kind, "key": row.key, "state": row.state, "statuses": row.statuses}
            for row in sandbox.webhooks.deliveries
        ]
    }


def _repeat(sandbox: Sandbox, _query: Mapping[str, str], body: Any) -> Any:
    event_id = _object(body, ["id"]).get("id")
    if not isinstance(event_id, str):
        raise ValueError('id is missing or no text: write {"id": "..."}')  # noqa: TRY004  # a 400
    if not sandbox.webhooks.repeat(event_id):
        raise Problem(404, "there is no event with this id; GET shows which there are")
    return {}


_ACTIONS: Final[Mapping[tuple[str, str], _Action]] = {
    ("GET", "/faults"): _get_faults,
    ("PUT", "/faults"): _set_faults,
    ("DELETE", "/faults"): _no_faults,
    ("POST", "/faults/next"): _fail_next,
    ("GET", "/clock"): _get_clock,
    ("POST", "/clock"): _advance,
    ("GET", "/requests"): _requests,
    ("DELETE", "/requests"): _forget_requests,
    ("GET", "/state"): _state,
    ("POST", "/reset"): _reset,
    ("POST", "/tokens/revoke"): _revoke,
    ("GET", "/webhooks"): _webhooks,
    ("POST", "/webhooks/repeat"): _repeat,
}

"""The page at `/`: what came in, live, and the fault switches. For people; programs have the control API."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from html import escape
from http import HTTPStatus
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from attrs import evolve

from amili_async.sandbox.access import refuse_strangers
from amili_async.sandbox.control import PREFIX
from amili_async.sandbox.faults import Faults
from amili_async.sandbox.journal import Entry
from amili_async.sandbox.problems import Problem

if TYPE_CHECKING:
    from amili_async.sandbox.server import Sandbox

__all__ = ["add_page", "render_state"]

_ROWS: Final = 15
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_SWITCHES: Final = f"{PREFIX}/page"
_SHARES: Final = (
    ("rate_429", "429 Too Many Requests"),
    ("rate_503", "503 Service Unavailable"),
    ("drop_before", "drop before acting"),
    ("drop_after", "drop after acting"),
)
_SECONDS: Final = '<input type="number" name="seconds" min="0" value="3600">'
_NEXT: Final = ("429", "500", "503", "drop before", "drop after")


class _Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def add_page(app: web.Application, sandbox: Sandbox) -> None:
    """Put the page into an application."""

    async def page(request: web.Request) -> web.Response:
        try:
            refuse_strangers(request)
        except Problem as problem:
            return web.Response(status=problem.status, text=problem.title)
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        text = _render(sandbox, nonce)
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def state(request: web.Request) -> web.Response:
        try:
            refuse_strangers(request)
        except Problem as problem:
            return web.Response(status=problem.status, text=problem.title)
        return web.Response(text=render_state(sandbox), content_type="text/html")

    async def switch(request: web.Request) -> web.Response:
        try:
            refuse_strangers(request)
            _switch(sandbox, {name: str(value) for name, value in (await request.post()).items()})
        except Problem as problem:
            return web.Response(status=problem.status, text=problem.title)
        except ValueError as error:
            return web.Response(status=HTTPStatus.BAD_REQUEST, text=str(error))
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/"})

    app.router.add_get("/", page)
    app.router.add_get(f"{PREFIX}/page/state", state)
    app.router.add_post(_SWITCHES, switch)


def render_state(sandbox: Sandbox) -> str:
    """The part of the page that is refreshed: what came in. Debtors are not on it."""
    return "".join([_tiles(sandbox), _batches(sandbox), _cases(sandbox), _webhooks(sandbox), _requests(sandbox)])


def _render(sandbox: Sandbox, nonce: str) -> str:
    template = resources.files("amili_async.sandbox").joinpath("page.html").read_text(encoding="utf-8")
    values = {
        "nonce": nonce,
        "url": escape(sandbox.url),
        "switches": _switch_forms(sandbox),
        "state": render_state(sandbox),
        "refresh": f"{PREFIX}/page/state",
    }
    for name, value in values.items():
        template = template.replace("{{" + name + "}}", value)
    return template


def _tiles(sandbox: Sandbox) -> str:
    books, clients = sandbox.state.all_books, sandbox.state.clients
    counts = {
        "requests": len(sandbox.requests),
        "batches": sum(len(row.batches) for row in books),
        "invoices": sum(len(row.invoices) for row in books),
        "cases": sum(len(row.cases) for row in books),
        "settlements": sum(len(row.settlements) for row in books),
        "customers": sum(len(row.customers) for row in clients),
        "documents": sum(len(row.documents) for row in clients),
        "under way": sandbox.state.under_way,
    }
    tiles = "".join(f'<li><b id="count-{n.replace(" ", "-")}">{c}</b> {n}</li>' for n, c in counts.items())
    return f'<ul class="tiles">{tiles}</ul><p class="now">The sandbox\'s clock: {_time(sandbox.now, full=True)}</p>'


def _requests(sandbox: Sandbox) -> str:
    rows = [
        (
            _time(entry.at),
            entry.operation or "(no operation)",
            _badge("dropped" if entry.status is None else str(entry.status)),
            entry.fault or "",
            _short(entry.idempotency_key),
            _request(entry),
        )
        for entry in sandbox.requests.last(_ROWS)
    ]
    return _table("Last requests", "requests", ("at", "operation", "answer", "fault", "key", "request"), rows)


def _batches(sandbox: Sandbox) -> str:
    found = [batch for books in sandbox.state.all_books for batch in books.batches.rows[-_ROWS:]]
    rows = [
        (
            _time(batch.created_at),
            batch.type,
            _badge(batch.status),
            len(batch.succeeded),
            len(batch.failed),
            _short(batch.id),
            _short(batch.idempotency_key),
        )
        for batch in _newest(found, lambda batch: batch.created_at)
    ]
    return _table("Batches", "batches", ("at", "type", "status", "succeeded", "failed", "id", "key"), rows)


def _cases(sandbox: Sandbox) -> str:
    found = [case for books in sandbox.state.all_books for case in books.cases.rows[-_ROWS:]]
    rows = [
        (
            case.number,
            case.type,
            _badge(case.sub_status or case.status),
            ", ".join(invoice.number for invoice in case.invoices),
            _amount(sum((invoice.original for invoice in case.invoices), Decimal(0))),
            _amount(sum((invoice.remaining for invoice in case.invoices), Decimal(0))),
            case.invoices[0].currency,
        )
        for case in _newest(found, lambda case: case.registered_at)
    ]
    heads = ("case", "type", "status", "invoices", "amount", "remaining", "")
    return _table("Cases and their invoices", "cases", heads, rows)


def _webhooks(sandbox: Sandbox) -> str:
    if not sandbox.webhooks.is_on:
        return ""
    rows = [
        (row.kind, _badge(row.state), ", ".join(str(s or "no answer") for s in row.statuses), _short(row.key))
        for row in reversed(list(sandbox.webhooks.deliveries)[-_ROWS:])
    ]
    return _table("Webhooks", "webhooks", ("event", "state", "answers", "key"), rows)


def _table(title: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    if not body:
        return f'<section id="{name}"><h2>{title}</h2><p class="none">None yet.</p></section>'
    return (
        f'<section id="{name}"><h2>{title}</h2><div class="scroll"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
    )


def _cell(value: Any) -> str:
    if isinstance(value, _Html):
        return f"<td>{value}</td>"
    kind = ' class="number"' if isinstance(value, int) else ""
    return f"<td{kind}>{escape(str(value))}</td>"


def _badge(text: str) -> _Html:
    bad = text in ("FAILED", "dropped", "given up") or (text[:1] in "45" and text.isdecimal())
    middling = text in ("QUEUED", "PARTIAL", "PAUSED", "waiting", "DEBT_COLLECTION_LIST_MANUAL")
    kind = "bad" if bad else "middling" if middling else "good"
    return _Html(f'<span class="badge {kind}">{escape(text)}</span>')


def _time(at: datetime, *, full: bool = False) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" + (" UTC" if full else "")


def _amount(amount: Decimal) -> _Html:
    return _Html(f'<span class="amount">{amount:,.2f}</span>'.replace(",", "\N{NO-BREAK SPACE}"))


def _short(text: str | None) -> _Html:
    return _Html(f'<code title="{escape(text)}">{escape(text[:8])}</code>' if text else "")


def _request(entry: Entry) -> _Html:
    path = _UUID.sub(lambda match: match[0][:8] + "\N{HORIZONTAL ELLIPSIS}", entry.path)
    return _Html(f'<code title="{escape(entry.path)}">{escape(entry.method)} {escape(path)}</code>')


def _newest(rows: Sequence[Any], at: Any) -> Sequence[Any]:
    return sorted(rows, key=at)[::-1][:_ROWS]


def _switch_forms(sandbox: Sandbox) -> str:
    faults = sandbox.faults
    fields = "".join(
        f'<label>{escape(text)} <input type="number" name="{name}" min="0" max="1" step="0.01" '
        f'value="{getattr(faults, name):g}"></label>'
        for name, text in _SHARES
    )
    fields += (
        f'<label>latency, seconds <input type="number" name="latency_s" min="0" step="0.1" '
        f'value="{faults.latency_s:g}"></label>'
    )
    rules = f"<p>{len(faults.rules)} rules from a file or the control API are in force.</p>" if faults.rules else ""
    following = "".join(f"<option>{text}</option>" for text in _NEXT)
    return (
        _form("shares", f"{fields}{rules}", "Set", "Share of requests that goes wrong")
        + _form(
            "next", f'<label>with <select name="fault">{following}</select></label>', "Order", "Fail the next request"
        )
        + _form("advance", f"<label>seconds {_SECONDS}</label>", "Advance", "Move the clock on")
        + _form(
            "clear", _button("reset", "Forget everything") + _button("revoke", "Revoke tokens"), "No faults", "At once"
        )
    )


def _form(action: str, fields: str, button: str, title: str) -> str:
    return (
        f'<form method="post" action="{_SWITCHES}" id="form-{action}"><fieldset>'
        f"<legend>{escape(title)}</legend>{fields}{_button(action, button)}</fieldset></form>"
    )


def _button(action: str, text: str) -> str:
    return f'<button name="action" value="{action}">{escape(text)}</button>'


def _number(form: dict[str, str], name: str) -> float:
    try:
        return float(form.get(name) or 0)
    except ValueError:
        raise ValueError(f"{name} must be a number") from None


def _switch(sandbox: Sandbox, form: dict[str, str]) -> None:
    match form.get("action"):
        case "shares":
            shares: dict[str, Any] = {name: _number(form, name) for name in (*dict(_SHARES), "latency_s")}
            sandbox.set_faults(evolve(sandbox.faults, **shares))
        case "next":
            kind, _, when = form.get("fault", "").partition(" ")
            if when in ("before", "after"):
                sandbox.fail_next(drop="before" if when == "before" else "after")
            elif kind in _NEXT:
                sandbox.fail_next(status=int(kind))
            else:
                raise ValueError("there is no such fault")
        case "advance":
            sandbox.advance(_number(form, "seconds"))
        case "revoke":
            sandbox.revoke_tokens()
        case "clear":
            sandbox.set_faults(Faults())
        case "reset":
            sandbox.reset()
        case _:
            raise ValueError("there is no such switch")

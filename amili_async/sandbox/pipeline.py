"""The way of a request through the sandbox: journal, faults, token, spec, handler, spec again."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web
from attrs import frozen

from amili_async.clock import Clock
from amili_async.sandbox.call import Answer, Call
from amili_async.sandbox.faults import FaultPlan, Injected
from amili_async.sandbox.generic import answer_generically
from amili_async.sandbox.handlers import HANDLERS
from amili_async.sandbox.journal import Entry, Journal
from amili_async.sandbox.jsonio import MalformedJsonError, decode_json, encode_json
from amili_async.sandbox.parameters import path_of, query_of
from amili_async.sandbox.problems import Flaw, Problem
from amili_async.sandbox.settings import Settings
from amili_async.sandbox.spec import OperationSpec
from amili_async.sandbox.state import State
from amili_async.sandbox.tokens import TokenService

__all__ = ["Pipeline"]

_FORM: Final = "application/x-www-form-urlencoded"

# The one scope that the documentation names; what other operations need is not known, so they need none.
_SCOPES: Final[Mapping[str, str]] = {"CreateInvoices": "write:collection.case"}

HttpHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@frozen(kw_only=True)
class Pipeline:
    """Answers HTTP requests with what the parts of a sandbox say."""

    settings: Settings
    clock: Clock
    state: State
    tokens: TokenService
    faults: FaultPlan
    journal: Journal
    url: Callable[[], str]

    def handler_of(self, operation: OperationSpec) -> HttpHandler:
        """Make the HTTP handler of an operation."""

        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._handle(operation, request)

        return handle

    @web.middleware
    async def refuse_unknown(self, request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        """Answer in the sandbox's own shape where no operation has the path, or not with this method."""
        try:
            return await handler(request)
        except web.HTTPException as error:
            entry = self._enter(request, None)
            title = f"no operation of the spec answers {request.method} here"
            headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
            return _response(Answer(error.status, Problem(error.status, title).body(), headers), entry)

    async def _handle(self, operation: OperationSpec, request: web.Request) -> web.StreamResponse:
        entry = self._enter(request, operation.id)
        injected = self.faults.strike(operation.id)
        entry.fault = injected.name
        if injected.latency_s:
            await self.clock.sleep(injected.latency_s)
        try:
            content = await request.read()
        except web.HTTPRequestEntityTooLarge:
            problem = Problem(413, f"the body is larger than {self.settings.max_body_bytes} bytes; send fewer items")
            return _response(Answer(413, problem.body()), entry)
        if injected.drop == "before":
            return _drop(request)
        answer = self._answer(operation, request, content, injected)
        return _drop(request) if injected.drop == "after" else _response(answer, entry)

    def _enter(self, request: web.Request, operation: str | None) -> Entry:
        return self.journal.add(
            at=self.clock.now(),
            method=request.method,
            path=request.path,
            operation=operation,
            idempotency_key=request.headers.get(self.settings.idempotency_header),
        )

    def _answer(self, operation: OperationSpec, request: web.Request, content: bytes, injected: Injected) -> Answer:
        try:
            if injected.status is not None:
                raise Problem(injected.status, "a fault that the sandbox was told to make", headers=injected.headers)
            answer = self._act(operation, request, content)
        except Problem as problem:
            answer = Answer(problem.status, problem.body(), problem.headers)
        if self.settings.strict:
            flaws = operation.answer_flaws(answer.status, answer.body)
            if flaws:
                return Answer(500, Problem(500, "the sandbox's own answer breaks the spec", flaws).body())
        return answer

    def _act(self, operation: OperationSpec, request: web.Request, content: bytes) -> Answer:
        if operation.secured:
            self._authorize(operation, request.headers)
        handler = HANDLERS.get(operation.id, answer_generically)
        query = query_of(operation, request.query)
        path = path_of(operation, request.match_info)
        flaws = [*operation.parameter_flaws("path", path), *operation.parameter_flaws("query", query)]
        if flaws:
            raise Problem(400, "the parameters do not fit the spec", flaws)
        return handler(
            Call(
                operation=operation,
                path=path,
                query=query,
                body=_body(operation, request, content),
                idempotency_key=request.headers.get(self.settings.idempotency_header),
                state=self.state,
                settings=self.settings,
                tokens=self.tokens,
                url=self.url(),
                location=request.path,
            )
        )

    def _authorize(self, operation: OperationSpec, headers: Mapping[str, str]) -> None:
        scheme, _, text = headers.get("Authorization", "").partition(" ")
        text = text.strip()
        if "basic" in operation.schemes and scheme.lower() == "basic" and self._knows_user(text):
            return
        if scheme.lower() != "bearer" or not self.tokens.accepts(text):
            raise Problem(
                401,
                "there is no valid token in the Authorization header; get one from the token service",
                headers={"WWW-Authenticate": "Bearer"},
            )
        scope = _SCOPES.get(operation.id)
        if scope is not None and not self.tokens.permits(text, scope):
            raise Problem(403, f"{operation.id} needs a token with the scope {scope}")

    def _knows_user(self, text: str) -> bool:
        known = f"{self.settings.legacy_username}:{self.settings.legacy_password}".encode()
        try:
            return hmac.compare_digest(base64.b64decode(text, validate=True), known)
        except ValueError:
            return False


def _body(operation: OperationSpec, request: web.Request, content: bytes) -> Any:
    if not operation.body_types:
        return None
    if not content:
        if operation.body_required:
            raise Problem(400, "the request has no body")
        return None
    if request.content_type not in operation.body_types:
        raise Problem(415, f"the Content-Type must be {' or '.join(operation.body_types)}")
    if request.content_type == _FORM:
        return _form(content)
    try:
        body = decode_json(content)
    except MalformedJsonError as error:
        raise Problem(400, "the body is not JSON", [Flaw("$", str(error))]) from None
    flaws = operation.body_flaws(body)
    if flaws:
        raise Problem(422, "the body does not fit the spec", flaws)
    return body


def _form(content: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(content.decode(), keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise Problem(400, "the body is not a form") from None


def _response(answer: Answer, entry: Entry) -> web.Response:
    entry.status = answer.status
    headers = {**answer.headers, "X-Request-Id": f"sandbox-{entry.number}"}
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    return web.Response(
        status=answer.status, headers=headers, body=encode_json(answer.body), content_type="application/json"
    )


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()  # aiohttp wants one; nobody gets it

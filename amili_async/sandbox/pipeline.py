"""The way of a request through the sandbox: journal, faults, token, spec, handler, spec again."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web
from attrs import evolve, frozen

from amili_async.sandbox.call import Answer, Call
from amili_async.sandbox.control import PREFIX
from amili_async.sandbox.drift import drifted
from amili_async.sandbox.fault_plan import FaultPlan, Injected
from amili_async.sandbox.generic import answer_generically
from amili_async.sandbox.handlers import HANDLERS
from amili_async.sandbox.journal import Entry, Journal
from amili_async.sandbox.jsonio import MalformedJsonError, decode_json, encode_json
from amili_async.sandbox.parameters import path_of, query_of
from amili_async.sandbox.problems import Flaw, Problem
from amili_async.sandbox.settings import TOKEN_OPERATION, Settings
from amili_async.sandbox.spec import OperationSpec
from amili_async.sandbox.state import State
from amili_async.sandbox.timeline import Timeline
from amili_async.sandbox.tokens import TokenService
from amili_async.sandbox.write_log import WriteLog, parse_instant

__all__ = ["Pipeline"]

_FORM: Final = "application/x-www-form-urlencoded"

# The one scope that the documentation names; what other operations need is not known, so they need none.
_SCOPES: Final[Mapping[str, str]] = {"CreateInvoices": "write:collection.case"}

HttpHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@frozen(kw_only=True)
class Pipeline:
    """Answers HTTP requests with what the parts of a sandbox say."""

    settings: Settings
    timeline: Timeline
    state: State
    tokens: TokenService
    faults: FaultPlan
    journal: Journal
    write_log: WriteLog | None
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
            headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
            if request.path.startswith(f"{PREFIX}/"):  # none of Amili's, so it is not in the journal
                title = f"the control API does not answer {request.method} here"
                if error.status == 413:
                    title = f"the body is larger than {self.settings.max_body_bytes} bytes"
                return web.json_response(Problem(error.status, title).body(), status=error.status, headers=headers)
            entry = self._enter(request, None)
            title = f"no operation of the spec answers {request.method} here"
            return self._response(Answer(error.status, Problem(error.status, title).body(), headers), entry)

    async def _handle(self, operation: OperationSpec, request: web.Request) -> web.StreamResponse:
        entry = self._enter(request, operation.id)
        injected = self.faults.strike(operation.id)
        entry.fault = injected.name
        if injected.latency_s:
            await self.timeline.sleep(injected.latency_s)
        try:
            content = await request.read()
        except web.HTTPRequestEntityTooLarge:
            problem = Problem(413, f"the body is larger than {self.settings.max_body_bytes} bytes; send fewer items")
            return self._response(Answer(413, problem.body()), entry)
        if injected.late_s is not None:
            self.state.later(lambda due: self._arrive(operation, request, content, due), after_s=injected.late_s)
        if injected.drop == "before" or injected.late_s is not None:
            return self._drop(request, entry)
        with self.timeline.held():
            answer = self._answer(operation, request, content, injected)
        if injected.drop == "after":
            return self._drop(request, entry)
        if injected.drift is not None and answer.status < 300:
            answer = evolve(answer, body=drifted(operation, answer.status, answer.body, injected.drift))
        if injected.body is not None and answer.body is not None:
            return await self._in_parts(request, answer, entry, injected)
        return self._response(answer, entry)

    async def _in_parts(
        self, request: web.Request, answer: Answer, entry: Entry, injected: Injected
    ) -> web.StreamResponse:
        """Send an answer slowly, or only half of it though its length was announced."""
        whole = self._response(answer, entry)
        content = encode_json(answer.body)
        response = web.StreamResponse(status=answer.status, headers=whole.headers)
        response.content_length = len(content)
        await response.prepare(request)
        half = len(content) // 2
        await response.write(content[:half])
        if injected.body == "truncated":
            return _drop(request, response)
        await self.timeline.sleep(injected.slow_s)
        await response.write(content[half:])
        await response.write_eof()
        return response

    def _enter(self, request: web.Request, operation: str | None) -> Entry:
        return self.journal.add(
            at=self.timeline.now(),
            method=request.method,
            path=request.path,
            operation=operation,
            idempotency_key=request.headers.get(self.settings.idempotency_header),
        )

    def _answer(self, operation: OperationSpec, request: web.Request, content: bytes, injected: Injected) -> Answer:
        try:
            if injected.status is not None:
                raise Problem(injected.status, "a fault that the sandbox was told to make", headers=injected.headers)
            answer = self._act(operation, request, content, injected)
        except Problem as problem:
            answer = Answer(problem.status, problem.body(), problem.headers)
        if self.settings.strict:
            flaws = operation.answer_flaws(answer.status, answer.body)
            if flaws:
                return Answer(500, Problem(500, "the sandbox's own answer breaks the spec", flaws).body())
        return answer

    def _arrive(self, operation: OperationSpec, request: web.Request, content: bytes, due: datetime) -> None:
        """Act on a request whose client has long gone."""
        with self.timeline.held(due), suppress(Problem):
            self._act(operation, request, content, Injected())

    def _act(self, operation: OperationSpec, request: web.Request, content: bytes, injected: Injected) -> Answer:
        if operation.secured:
            self._authorize(operation, request.headers, injected)
        query = query_of(operation, request.query)
        path = path_of(operation, request.match_info)
        flaws = [*operation.parameter_flaws("path", path), *operation.parameter_flaws("query", query)]
        if flaws:
            raise Problem(400, "the parameters do not fit the spec", flaws)
        call = self._call(
            operation,
            path=path,
            query=query,
            body=_body(operation, request, content),
            key=request.headers.get(self.settings.idempotency_header),
            location=request.path,
        )
        answer = _handled(call)
        if self.write_log is not None and operation.method != "GET" and operation.id != TOKEN_OPERATION:
            self.write_log.add(
                at=self.timeline.now().isoformat(),
                operation=operation.id,
                path=path,
                query=query,
                body=call.body,
                key=call.idempotency_key,
                location=call.location,
            )
        return answer

    def repeat(self, operation: OperationSpec, entry: Mapping[str, Any]) -> None:
        """Do a write of a state file again."""
        with self.timeline.held(parse_instant(entry["at"])):
            parts = {name: entry[name] for name in ("path", "query", "body", "key", "location")}
            _handled(self._call(operation, **parts))

    def _call(
        self,
        operation: OperationSpec,
        *,
        path: Mapping[str, Any],
        query: Mapping[str, Any],
        body: Any,
        key: str | None,
        location: str,
    ) -> Call:
        return Call(
            operation=operation,
            path=path,
            query=query,
            body=body,
            idempotency_key=key,
            state=self.state,
            settings=self.settings,
            tokens=self.tokens,
            url=self.url(),
            location=location,
        )

    def _authorize(self, operation: OperationSpec, headers: Mapping[str, str], injected: Injected) -> None:
        scheme, _, text = headers.get("Authorization", "").partition(" ")
        text = text.strip()
        if injected.token == "expired":  # noqa: S105  # what is wrong with it
            self.tokens.expire(text)
        elif injected.token == "revoked":  # noqa: S105  # the same
            self.tokens.revoke_all()
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

    def _response(self, answer: Answer, entry: Entry) -> web.Response:
        self.journal.finish(entry, answer.status)
        headers = {**answer.headers, "X-Request-Id": f"sandbox-{entry.number}"}
        if answer.body is None:
            return web.Response(status=answer.status, headers=headers)
        return web.Response(
            status=answer.status, headers=headers, body=encode_json(answer.body), content_type="application/json"
        )

    def _drop(self, request: web.Request, entry: Entry) -> web.StreamResponse:
        self.journal.finish(entry, None)
        return _drop(request, web.Response())

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


def _handled(call: Call) -> Answer:
    call.state.catch_up()
    return HANDLERS.get(call.operation.id, answer_generically)(call)


def _drop(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return response  # aiohttp wants one; nobody gets the rest of it

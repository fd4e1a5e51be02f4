"""OpenTelemetry: one client span per attempt.

    AmiliClient(config, hooks=[telemetry_hooks()])

Needs the extra `amili-async[otel]`. Spans hold method, host, route template, status, request id and how often the
request was sent again; no path values, no query, no body, no headers.
"""

from __future__ import annotations

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, TracerProvider

from amili_async._version import __version__
from amili_async.hooks import Hooks, RequestEvent, ResponseEvent

__all__ = ["telemetry_hooks"]


def telemetry_hooks(tracer_provider: TracerProvider | None = None) -> Hooks:
    """Hooks that record a span for each attempt, as a child of the caller's current span.

    Args:
        tracer_provider: Where spans go; by default the global one.
    """
    tracer = trace.get_tracer("amili_async", __version__, tracer_provider)
    # Each attempt ends with a response event, so what is put in here is taken out again.
    open_spans: dict[int, Span] = {}

    def started(event: RequestEvent) -> None:
        host, _, port = event.host.rpartition(":") if event.host.rpartition(":")[2].isdigit() else (event.host, "", "")
        attributes: dict[str, str | int] = {"http.request.method": event.method, "server.address": host}
        if port:
            attributes["server.port"] = int(port)
        if event.route is not None:
            attributes["url.template"] = event.route
        if event.operation is not None:
            attributes["amili.operation"] = event.operation
        if event.attempt > 1:
            attributes["http.request.resend_count"] = event.attempt - 1
        name = f"{event.method} {event.route}" if event.route is not None else event.method
        open_spans[event.id] = tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes)

    def ended(event: ResponseEvent) -> None:
        span = open_spans.pop(event.id)
        if event.status is not None:
            span.set_attribute("http.response.status_code", event.status)
        if event.request_id is not None:
            span.set_attribute("amili.request_id", event.request_id)
        kind = event.error or (str(event.status) if event.status is not None and event.status >= 400 else None)
        if kind is not None:
            span.set_attribute("error.type", kind)
            span.set_status(Status(StatusCode.ERROR))
        span.end()

    return Hooks(on_request=started, on_response=ended)

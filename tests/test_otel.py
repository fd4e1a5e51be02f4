"""Spans: one per attempt, with the resend count, and nothing private."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from amili_async import AmiliClient, RequestOptions, TransportError
from amili_async.otel import telemetry_hooks
from tests.fakes import Answer, FakeClock, scripted

ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def provider(exporter: InMemorySpanExporter) -> TracerProvider:
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return provider


def attribute(span: ReadableSpan, name: str) -> object:
    return (span.attributes or {}).get(name)


async def test_each_attempt_is_a_span(
    clock: FakeClock, exporter: InMemorySpanExporter, provider: TracerProvider
) -> None:
    """A failed one and its repetition, as children of the caller's span."""
    tracer = provider.get_tracer("test")
    script = [Answer(500, headers={"X-Request-Id": "r-1"}), Answer(body={"data": []})]
    async with scripted(script) as server:
        async with AmiliClient(server.config(), clock=clock, hooks=[telemetry_hooks(provider)]) as amili:
            with tracer.start_as_current_span("nightly") as nightly:
                await amili.collection.get_cases_by_organization(ORG, search_term="Kari")
    spans = [s for s in exporter.get_finished_spans() if attribute(s, "amili.operation") == "GetCasesByOrganization"]
    first, second = spans
    assert first.name == "GET /collection/v1/orgs/{organizationId}/cases"
    assert attribute(first, "http.response.status_code") == 500
    assert attribute(first, "amili.request_id") == "r-1"
    assert attribute(first, "error.type") == "500"
    assert first.status.status_code is StatusCode.ERROR
    assert attribute(first, "http.request.resend_count") is None
    assert attribute(second, "http.request.resend_count") == 1
    assert attribute(second, "server.port") == int(server.url.rpartition(":")[2])
    assert {s.parent.span_id for s in spans if s.parent} == {nightly.get_span_context().span_id}


async def test_spans_hold_nothing_private(
    clock: FakeClock, exporter: InMemorySpanExporter, provider: TracerProvider
) -> None:
    """No id from the path, no query value, no token, no secret."""
    async with scripted([Answer(drop="before")]) as server:
        async with AmiliClient(server.config(), clock=clock, hooks=[telemetry_hooks(provider)]) as amili:
            with pytest.raises(TransportError):
                await amili.collection.get_cases_by_organization(
                    ORG, search_term="Kari", options=RequestOptions(max_attempts=1)
                )
    spans = exporter.get_finished_spans()
    assert attribute(spans[-1], "error.type") == "TransportError"
    text = "".join(span.to_json() for span in spans)
    for private in (ORG, "Kari", "tok-1", "test-secret"):
        assert private not in text

"""Traces and failures are sent elsewhere where a setting says so; else nothing of it is even imported."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from config import env
from config.scrubbing import scrubbed, scrubbed_all

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

# Asked every few seconds by whoever watches; nobody looks at those.
WATCHED = "api/health,metrics"
_ADDRESSES = {"http.url", "http.target", "url.full"}
# The middleware that gives a request its id.
FIRST_TO_KNOW = "delux.core.middleware.RequestIdMiddleware"


def start(service: str) -> None:
    """Begin, in a process that is one of ``service``, before it serves its first request or task."""
    if env.OTEL_EXPORTER_OTLP_ENDPOINT:
        _send_traces(service)
    if env.SENTRY_DSN:
        _send_failures(service)


def _send_traces(service: str) -> None:
    """Have requests, statements and tasks traced; the SDK reads its other settings (OTEL_*) by itself."""
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg2 import Psycopg2Instrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult

    class ScrubbingExporter(OTLPSpanExporter):
        def export(self, spans: "Sequence[ReadableSpan]") -> SpanExportResult:
            return super().export([_scrubbed_span(span) for span in spans])

    provider = TracerProvider(resource=Resource.create({"service.name": f"delux-{service}"}))
    provider.add_span_processor(BatchSpanProcessor(ScrubbingExporter()))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(
        excluded_urls=WATCHED,
        request_hook=_name_request,
        # Before it, whoever watches a machine asks it by an address that is no host of the shop.
        middleware_position=settings.MIDDLEWARE.index(FIRST_TO_KNOW) + 1,
    )
    Psycopg2Instrumentor().instrument()
    CeleryInstrumentor().instrument()  # type: ignore[no-untyped-call]  # it has no types


def _name_request(span: Any, request: Any) -> None:
    """Let a trace be found by the id that stands in the logs, and under an error that somebody saw."""
    if span.is_recording():
        span.set_attribute("request_id", request.request_id)


def _scrubbed_span(span: "ReadableSpan") -> "ReadableSpan":
    from opentelemetry.sdk.trace import Event, ReadableSpan
    from opentelemetry.trace import Status

    return ReadableSpan(
        name=scrubbed(span.name),
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=scrubbed_all(_without_queries(span.attributes or {})),
        events=[
            Event(event.name, scrubbed_all(dict(event.attributes or {})), event.timestamp)
            for event in span.events
        ],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code, scrubbed(span.status.description or "") or None),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _without_queries(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes without what people search for, in whichever of the ways an address is told."""
    kept = {name: value for name, value in attributes.items() if name != "url.query"}
    return kept | {name: str(kept[name]).partition("?")[0] for name in _ADDRESSES & kept.keys()}


def _send_failures(service: str) -> None:
    """Have what nobody foresaw told, without whom it happened to: no bodies, cookies or variables."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=env.SENTRY_DSN,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        auto_session_tracking=False,
        before_send=_scrubbed_report,
    )
    sentry_sdk.set_tag("service", service)


def _scrubbed_report(event: Any, _hint: Any) -> Any:
    from delux.core.trace import current_request

    asked = event.get("request", {})
    asked.pop("query_string", None)
    for name in ("Referer", "referer"):
        asked.get("headers", {}).pop(name, None)
    for step in event.get("breadcrumbs", {}).get("values", []):
        (step.get("data") or {}).pop("http.query", None)
    event["tags"] = {**event.get("tags", {}), "request_id": current_request()}
    return scrubbed_all(event)

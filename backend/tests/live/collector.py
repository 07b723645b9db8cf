"""What collects traces and failures elsewhere: it takes everything, and keeps it."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.taken: list[tuple[str, bytes]] = []

    @property
    def settings(self) -> dict[str, str]:
        return {
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self.server_port}",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "SENTRY_DSN": f"http://key@127.0.0.1:{self.server_port}/1",
        }

    @property
    def spans(self) -> list[tuple[str, Any]]:
        """The traced steps, each with the service it was in."""
        taken = [
            ExportTraceServiceRequest.FromString(body)
            for path, body in list(self.taken)
            if path == "/v1/traces"
        ]
        return [
            (resource.resource.attributes[_place(resource, "service.name")].value.string_value, span)
            for request in taken
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def failures(self) -> list[dict[str, Any]]:
        envelopes = [body.splitlines() for path, body in list(self.taken) if path == "/api/1/envelope/"]
        parts = [json.loads(line) for lines in envelopes for line in lines[1:]]
        return [part for part in parts if "exception" in part]

    @property
    def words(self) -> str:
        return "\n".join(body.decode(errors="replace") for _, body in list(self.taken))


def _place(resource: Any, name: str) -> int:
    return [attribute.key for attribute in resource.resource.attributes].index(name)


class _Taker(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.taken.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        return


@contextmanager
def collector() -> Iterator[Collector]:
    with Collector() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()

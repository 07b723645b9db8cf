"""The crowd counts what goes wrong, whatever it is."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dev.crowd import Job, work
from dev.load.report import Measured, held


class Shop(BaseHTTPRequestHandler):
    """Answers as its addresses are called."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response({"/busy": 503, "/sold-out": 409}.get(self.path, 200))
        if self.path != "/endless":
            self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "done", "refused", "errors", "holds"),
    [
        ("/fine", 6, 0, {}, True),
        ("/sold-out", 0, 6, {}, False),
        ("/busy", 0, 0, {"503": 6}, False),
        # Its end is not said: whoever asked cannot go on, and that is counted.
        ("/endless", 0, 0, {"0": 3}, False),
    ],
)
def test_each_go_is_done_refused_or_an_error(
    port: int, path: str, done: int, refused: int, errors: dict[str, int], holds: bool
) -> None:
    requests = [[{"method": "GET", "path": path}]]
    job: Job = {
        "port": port,
        "clients": 3,
        "seconds": 5,
        "goes": 2,
        "refusals": [409],
        "operations": requests,
    }

    result = work(job)

    assert (result["done"], result["refused"], result["statuses"]) == (done, refused, errors)
    assert held(Measured("events", result, {})) is holds


def test_a_crowd_without_people_to_be_is_an_error(port: int) -> None:
    nobody: Job = {"port": port, "clients": 2, "seconds": 5, "purchases": {"tokens": [], "tickets": [1]}}

    assert work(nobody)["errors"] == 2

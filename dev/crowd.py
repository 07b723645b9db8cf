"""The crowd: a process of its own that sends requests and notes how long the answers took.

A job comes as JSON on standard input, its result goes as JSON to standard output. Plain sockets and threads:
what the crowd costs is not counted, but the machine's cores are shared with it. Standard library only.
"""

import base64
import json
import os
import random
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from threading import Barrier, Thread
from typing import Any, NotRequired, TypedDict

from dev.console import PYTHON, ROOT, DevError

Request = dict[str, Any]  # method, path, and if need be token, body, headers


class Purchases(TypedDict):
    """Who buys which tickets; ``browse`` is what each looks at before, one list of requests after another."""

    tokens: list[str]
    tickets: list[int]
    browse: NotRequired[list[list[Request]]]


class Job(TypedDict):
    """``operations`` are done in turn, each a list of requests; ``purchases`` are built as they go.

    Each client goes on for ``seconds``, or until it has done ``goes``, with a ``pause`` (seconds) after each.
    ``refusals`` are statuses that end a go and are no error, such as that of what is sold out.
    """

    port: int
    clients: int
    seconds: float
    operations: NotRequired[list[list[Request]]]
    purchases: NotRequired[Purchases | None]
    tls: NotRequired[bool]
    goes: NotRequired[int]
    pause: NotRequired[float]
    refusals: NotRequired[list[int]]


class Connection:
    """One kept-alive connection, opened with its first request, that speaks as much HTTP as is needed."""

    def __init__(self, port: int, *, tls: bool) -> None:
        self.port = port
        self.tls = ssl.create_default_context() if tls else None
        if self.tls:  # the certificate is nginx's own
            self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        self.took: list[float] = []
        self.socket: socket.socket | None = None

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.tls.wrap_socket(opened, server_hostname="localhost") if self.tls else opened

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body; status 0 where the connection broke."""
        began = time.perf_counter()
        try:
            self.socket = self.socket or self._open()
            self.socket.sendall(request)
            status, body, last = self._answer(self.socket)
        except OSError:
            status, body, last = 0, b"", True
        if last and self.socket:
            self.socket.close()
            self.socket = None
        self.took.append(time.perf_counter() - began)
        return status, body

    @staticmethod
    def _answer(connection: socket.socket) -> tuple[int, bytes, bool]:
        """Return status, body, and whether the server closes the connection after it."""
        received = receive(connection)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += receive(connection)
        head, body = received[:end].lower(), received[end + 4 :]
        status, last = int(head[9:12]), b"\r\nconnection: close" in head
        if status in {204, 304}:
            return status, b"", last
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += receive(connection)
        return status, body, last


def receive(connection: socket.socket) -> bytes:
    data = connection.recv(262_144)
    if not data:
        raise ConnectionError
    return data


def wire(request: Request) -> bytes:
    """Write a request down as it is sent."""
    headers = {"Host": "localhost", "Accept": "*/*", **request.get("headers", {})}
    if "token" in request:
        headers["Authorization"] = f"Bearer {request['token']}"
    body = b""
    if "body" in request:
        body = json.dumps(request["body"]).encode()
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    head = [f"{request['method']} {request['path']} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*head, "", ""]).encode() + body


class Client(Thread):
    """One of the crowd: does its share of the operations again and again until the time is over."""

    def __init__(self, number: int, job: Job, start: Barrier) -> None:
        super().__init__(daemon=True)
        self.number, self.job, self.barrier = number, job, start
        self.connection = Connection(job["port"], tls=job.get("tls", False))
        self.took: list[float] = []
        self.refused = 0
        self.errors: Counter[int] = Counter()
        self.bodies: list[bytes] = []

    def run(self) -> None:
        stock = self.job.get("purchases")
        going = self._purchases(stock) if stock else self._listed()
        pause, refusals = self.job.get("pause", 0.0), self.job.get("refusals", [])
        self.barrier.wait()
        deadline = time.perf_counter() + self.job["seconds"]
        time.sleep(random.random() * pause)  # noqa: S311 nothing secret: a crowd does not walk in step
        for _ in range(self.job["goes"]) if "goes" in self.job else count():
            began = time.perf_counter()
            if began >= deadline:
                return
            try:
                bad = next(going)
            except Exception:  # noqa: BLE001 an answer that cannot be read: this one has failed, and comes no more
                self.errors[0] += 1
                return
            if bad in refusals:
                self.refused += 1
            elif bad is not None:
                self.errors[bad] += 1
            else:
                self.took.append(time.perf_counter() - began)
            time.sleep(pause)

    def _listed(self) -> Iterator[int | None]:
        """Do the next operation; yield the status that was wrong, if one was."""
        every, clients = self.job.get("operations", []), self.job["clients"]
        mine = [[wire(request) for request in requests] for requests in every[self.number :: clients]]
        mine = mine or [[wire(request) for request in every[self.number % len(every)]]]
        for turn in count():
            self.bodies, bad = self._ask(mine[turn % len(mine)])
            yield bad

    def _ask(self, requests: list[bytes]) -> tuple[list[bytes], int | None]:
        bodies, bad = [], None
        for request in requests:
            status, body = self.connection.ask(request)
            bodies.append(body)
            if not 200 <= status < 400:
                bad = status
        return bodies, bad

    def _purchases(self, stock: Purchases) -> Iterator[int | None]:
        """Basket, order, payment, by one buyer after another."""
        buyers = stock["tokens"][self.number :: self.job["clients"]]
        browse = [[wire(request) for request in requests] for requests in stock.get("browse", [])]
        for turn in count():
            ticket = stock["tickets"][(self.number * 7 + turn) % len(stock["tickets"])]
            if browse:
                _, bad = self._ask(browse[(self.number + turn) % len(browse)])
                if bad is not None:
                    yield bad
                    continue
            yield self._purchase(buyers[turn % len(buyers)], ticket, f"{time.time_ns()}-{self.number}-{turn}")

    def _purchase(self, token: str, ticket: int, key: str) -> int | None:
        line = {"item_type": "ticket", "ticket_type_id": ticket, "quantity": 1}
        card = {"card_number": "4111111111111111", "exp_month": 12, "exp_year": 2099, "cvc": "123"}
        bodies = []
        number = ""
        for step, path in enumerate(("cart/items/", "orders/", "payments/mock/charge/")):
            body = (line, {"delivery_type": "none"}, card | {"order_id": number})[step]
            request = {
                "method": "POST",
                "path": f"/api/v1/{path}",
                "token": token,
                "body": body,
                "headers": {"Idempotency-Key": f"bench-{key}-{step}"},
            }
            status, answer = self.connection.ask(wire(request))
            bodies.append(answer)
            if status != 201:
                return status
            read = json.loads(answer)
            number = read["order_number"] if step else ""
        self.bodies = bodies
        return None if read["order_status"] == "paid" else -1


def work(job: Job) -> dict[str, Any]:
    start = Barrier(job["clients"] + 1)
    crowd = [Client(number, job, start) for number in range(job["clients"])]
    for client in crowd:
        client.start()
    start.wait()
    began = time.perf_counter()
    for client in crowd:
        client.join()
    took = sorted(each for client in crowd for each in client.took)
    asked = sorted(each for client in crowd for each in client.connection.took)
    errors: Counter[int] = sum((client.errors for client in crowd), Counter())
    return {
        "seconds": time.perf_counter() - began,
        "done": len(took),
        "p50": milliseconds(took, 0.5),
        "p95": milliseconds(took, 0.95),
        "requests": len(asked),
        "request_p50": milliseconds(asked, 0.5),
        "request_p95": milliseconds(asked, 0.95),
        "request_max": milliseconds(asked, 1),
        "refused": sum(client.refused for client in crowd),
        "errors": errors.total(),
        "statuses": {str(status): number for status, number in errors.items()},
        "bodies": [base64.b64encode(body).decode() for body in crowd[0].bodies],
    }


def milliseconds(sorted_seconds: list[float], part: float) -> float:
    """Return what ``part`` of them (0 to 1) are at most; 0 for none."""
    return (
        sorted_seconds[min(int(len(sorted_seconds) * part), len(sorted_seconds) - 1)] * 1000
        if sorted_seconds
        else 0.0
    )


def send(job: Job) -> dict[str, Any]:
    """Have the crowd, a process of its own, do a job; return what it found.

    :raises DevError: it did not come through
    """
    crowd = subprocess.run(
        [PYTHON, "-m", "dev.crowd"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=json.dumps(job).encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    if crowd.returncode:
        raise DevError("The crowd did not come through: see above.")
    result: dict[str, Any] = json.loads(crowd.stdout)
    return result


if __name__ == "__main__":
    json.dump(work(json.load(sys.stdin)), sys.stdout)

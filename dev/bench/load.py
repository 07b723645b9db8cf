"""The crowd: a process of its own that sends requests and notes how long the answers took.

A job comes as JSON on standard input, its result goes as JSON to standard output. Plain sockets and threads:
what the crowd costs is not counted, but the machine's cores are shared with it. Standard library only.
"""

import base64
import json
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from threading import Barrier, Thread
from typing import Any, TypedDict

Request = dict[str, Any]  # method, path, and if need be token, body, headers


class Job(TypedDict):
    """``operations`` are done in turn, each a list of requests; ``purchases`` are built as they go."""

    port: int
    clients: int
    seconds: float
    operations: list[list[Request]]
    purchases: dict[str, list[Any]] | None


class Connection:
    """One kept-alive connection that speaks as much HTTP as the product's answers need."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body; status 0 where the connection broke."""
        try:
            self.socket.sendall(request)
            return self._answer()
        except OSError:
            self.socket.close()
            self._open()
            return 0, b""

    def _answer(self) -> tuple[int, bytes]:
        received = self._receive()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head, body = received[:end].lower(), received[end + 4 :]
        status = int(head[9:12])
        if status in {204, 304}:
            return status, b""
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += self._receive()
        return status, body

    def _receive(self) -> bytes:
        data = self.socket.recv(262_144)
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
        self.connection = Connection(job["port"])
        self.took: list[float] = []
        self.errors: Counter[int] = Counter()
        self.bodies: list[bytes] = []

    def run(self) -> None:
        operations = self._purchases() if self.job["purchases"] else self._listed()
        self.barrier.wait()
        deadline = time.perf_counter() + self.job["seconds"]
        while (began := time.perf_counter()) < deadline:
            bad = next(operations)
            if bad is not None:
                self.errors[bad] += 1
            else:
                self.took.append(time.perf_counter() - began)

    def _listed(self) -> Iterator[int | None]:
        """Do the next operation; yield the status that was wrong, if one was."""
        every, clients = self.job["operations"], self.job["clients"]
        mine = [[wire(request) for request in requests] for requests in every[self.number :: clients]]
        mine = mine or [[wire(request) for request in every[0]]]
        for turn in count():
            bodies, bad = [], None
            for request in mine[turn % len(mine)]:
                status, body = self.connection.ask(request)
                bodies.append(body)
                if not 200 <= status < 400:
                    bad = status
            self.bodies = bodies
            yield bad

    def _purchases(self) -> Iterator[int | None]:
        """Basket, order, payment, by one buyer after another."""
        stock = self.job["purchases"] or {}
        buyers = stock["tokens"][self.number :: self.job["clients"]]
        for turn in count():
            ticket = stock["tickets"][(self.number * 7 + turn) % len(stock["tickets"])]
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
    errors: Counter[int] = sum((client.errors for client in crowd), Counter())
    return {
        "seconds": time.perf_counter() - began,
        "done": len(took),
        "p50": took[len(took) // 2] * 1000 if took else 0.0,
        "p95": took[int(len(took) * 0.95)] * 1000 if took else 0.0,
        "errors": errors.total(),
        "statuses": {str(status): number for status, number in errors.items()},
        "bodies": [base64.b64encode(body).decode() for body in crowd[0].bodies],
    }


if __name__ == "__main__":
    json.dump(work(json.load(sys.stdin)), sys.stdout)

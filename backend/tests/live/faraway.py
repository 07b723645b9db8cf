"""The mock provider behind a network: the product asks for it over HTTP, and may get anything for an answer.

The product's side is an app that a test's settings install; the provider's own is a server of the test.
"""

import json
import os
import struct
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal, InvalidOperation
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET
from threading import Event, Thread
from typing import Any

import requests
from django.apps import AppConfig
from django.db import connections

from delux.payments.gateways.base import TIMEOUT, Card, ChargeState, ChargeStatus, GatewayUnavailable

SLOW_SECONDS = TIMEOUT[1] + 1


class Faraway(AppConfig):
    name = "tests.live"
    label = "faraway"

    def ready(self) -> None:
        from delux.payments.gateways.mock import MockGateway

        MockGateway.charge = _charge
        MockGateway.fetch = _fetch


def _charge(_gateway: Any, *, reference: str, amount: Decimal, currency: str, card: Card) -> ChargeState:
    state = _ask({"reference": reference, "amount": str(amount), "currency": currency, "token": card.token})
    if state is None:
        raise GatewayUnavailable("not charged")
    return state


def _fetch(_gateway: Any, *, reference: str) -> ChargeState | None:
    return _ask({"reference": reference})


def _ask(question: dict[str, str]) -> ChargeState | None:
    try:
        answer = requests.post(os.environ["PROVIDER_URL"], json=question, timeout=TIMEOUT).json()
        return answer and ChargeState(
            status=ChargeStatus(answer["status"]),
            provider_payment_id=answer["id"],
            amount=Decimal(answer["amount"]),
            currency=answer["currency"],
        )
    except (requests.RequestException, ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise GatewayUnavailable(type(error).__name__) from None


class Provider(ThreadingHTTPServer):
    """It charges, and then does with the answer what ``moods`` say, one for each charge; else it is well."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.moods: deque[str] = deque()
        self.heard = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        from delux.payments.gateways.mock import MockGateway

        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reference, mood = asked["reference"], ""
        try:
            if "amount" in asked:
                mood = self.server.moods.popleft() if self.server.moods else ""
                self.server.heard.set()
                if mood != "resets before":
                    card = Card(token=asked["token"], brand="", last4="")
                    MockGateway().charge(
                        reference=reference,
                        amount=Decimal(asked["amount"]),
                        currency=asked["currency"],
                        card=card,
                    )
            state = MockGateway().fetch(reference=reference)
        finally:
            connections.close_all()
        if mood.startswith("resets"):
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        said = state and {
            "status": "perhaps" if mood == "unknown status" else state.status,
            "id": state.provider_payment_id,
            "amount": str(state.amount + (1 if mood == "another sum" else 0)),
            "currency": state.currency,
        }
        if mood == "slow":
            time.sleep(SLOW_SECONDS)
        body = b"<html>Bad gateway</html>" if mood == "a page" else json.dumps(said).encode()
        with suppress(OSError):  # whoever asked may have gone
            self.send_response(502 if mood == "a page" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        return


@contextmanager
def provider() -> Iterator[Provider]:
    with Provider() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()

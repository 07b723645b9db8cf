"""Buyers who know the product only over HTTP."""

import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import Any

from delux.accounts.models import User
from delux.accounts.services.access_tokens import issue_access_token
from delux.orders.tests.factories import ADDRESS

CARD = {"card_number": "4111 1111 1111 1111", "exp_month": 12, "exp_year": 2099, "cvc": "123"}
MOST_AT_ONCE = 10


class Buyer:
    """One person with a connection kept open; remembers what was answered and what was bought."""

    def __init__(self, user: User, *, port: int) -> None:
        self.email = user.email
        self.token = issue_access_token(user)
        self.go_to(port)
        self.answers: Counter[int] = Counter()
        self.slowest = 0.0
        self.bought: Counter[Any] = Counter()

    def go_to(self, port: int) -> None:
        self.site = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: Any = None, *, key: str = "") -> tuple[int, Any]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)",
            "Idempotency-Key": key or str(uuid.uuid4()),
        }
        asked = time.monotonic()
        self.site.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        answer = self.site.getresponse()
        content = answer.read()
        self.answers[answer.status] += 1
        self.slowest = max(self.slowest, time.monotonic() - asked)
        return answer.status, json.loads(content) if content else None

    def add(self, thing: Any, quantity: int) -> bool:
        """Put it into the basket; tell whether the shop took it."""
        return self.ask("POST", "/cart/items/", line(thing, quantity))[0] == 201

    def order(self, *, gear: bool) -> dict[str, Any] | None:
        delivery = {"delivery_type": "delivery", "shipping_address": ADDRESS} if gear else {}
        status, order = self.ask("POST", "/orders/", delivery)
        return order if status == 201 else None

    def pay(self, order: dict[str, Any]) -> bool:
        status, payment = self.ask(
            "POST", "/payments/mock/charge/", {"order_id": order["order_number"], **CARD}
        )
        return status == 201 and payment["status"] == "succeeded"

    def buy(self, basket: dict[Any, int]) -> bool:
        """Buy these things together; tell whether it came to that. Otherwise the basket is empty again."""
        for thing, quantity in basket.items():
            if not self.add(thing, quantity):
                break
        else:
            order = self.order(gear=any(hasattr(thing, "product") for thing in basket))
            if order and self.pay(order):
                self.bought.update(basket)
                return True
        self.ask("DELETE", "/cart/")
        return False

    def buy_all_one_can(self, wishes: dict[Any, int], dice: random.Random) -> None:
        """Buy mixed baskets until every wish is fulfilled, or refused although it was for a single piece."""
        while wishes:
            chosen = dice.sample(sorted(wishes, key=str), min(len(wishes), dice.randint(1, 3)))
            basket = {thing: dice.randint(1, min(wishes[thing], MOST_AT_ONCE)) for thing in chosen}
            if not self.buy(basket):
                # One by one, to learn which of them is gone.
                basket = {thing: 1 for thing in chosen if self.buy({thing: 1})}
                wishes = {
                    thing: left for thing, left in wishes.items() if thing in basket or thing not in chosen
                }
            wishes = {
                thing: left - basket.get(thing, 0)
                for thing, left in wishes.items()
                if left > basket.get(thing, 0)
            }


def line(thing: Any, quantity: int) -> dict[str, Any]:
    """Return a line of a basket, of tickets or of gear, as the API takes it."""
    if hasattr(thing, "product"):
        return {"item_type": "product", "variant_id": thing.pk, "quantity": quantity}
    return {"item_type": "ticket", "ticket_type_id": thing.pk, "quantity": quantity}


def all_at_once(buyers: Sequence[Buyer], act: Callable[[int, Buyer], Any]) -> list[Any]:
    """Have every buyer act in a thread of its own, all starting together."""
    start = Barrier(len(buyers))

    def run(numbered: tuple[int, Buyer]) -> Any:
        start.wait(timeout=30)
        try:
            return act(*numbered)
        finally:
            numbered[1].site.close()

    with ThreadPoolExecutor(len(buyers)) as crowd:
        return list(crowd.map(run, enumerate(buyers)))

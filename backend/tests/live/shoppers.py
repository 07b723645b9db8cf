"""People who go on buying, each in a thread of its own, while something is done to the shop."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count

from django.db import connections

from delux.accounts.models import User
from delux.events.models import TicketType
from delux.market.models import Variant
from delux.orders.models import Order
from delux.orders.tests.factories import placed_order
from delux.payments.services.refunds import refund_order
from delux.payments.tests.factories import pay

PAUSE = 0.25
PATIENCE = 30.0


class Shoppers:
    """They buy tickets and gear until the block ends; some never pay, some give back what they bought."""

    def __init__(self, people: Sequence[User], things: dict[TicketType | Variant, int]) -> None:
        self.things = things
        self.orders: list[str] = []
        self._turns = [threading.Lock() for _ in people]
        self._over = threading.Event()
        self._failures: list[Exception] = []
        self._threads = [
            threading.Thread(target=self._shop, args=pair) for pair in zip(people, self._turns, strict=True)
        ]

    def __enter__(self) -> "Shoppers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        assert self._failures == []

    @contextmanager
    def held_up(self) -> Iterator[Callable[[], None]]:
        """Wait until nobody is buying; nobody begins before the block ends, or what it yields is called."""
        with ExitStack() as turns:
            for turn in self._turns:
                turns.enter_context(turn)
            yield turns.close

    def wait_for(self, more: int) -> None:
        """Wait until so many more orders are finished."""
        enough, deadline = len(self.orders) + more, time.monotonic() + PATIENCE
        while len(self.orders) < enough:
            assert time.monotonic() < deadline, self._failures or "nobody buys"
            time.sleep(0.01)

    def _shop(self, person: User, turn: threading.Lock) -> None:
        try:
            for number in count():
                if self._over.is_set():
                    break
                with turn:
                    self.orders.append(self._buy(person, number))
                time.sleep(PAUSE)
        except Exception as error:  # noqa: BLE001 - told to whoever waits for them
            self._failures.append(error)
        finally:
            connections.close_all()

    def _buy(self, person: User, number: int) -> str:
        order = placed_order(person, self.things)
        if number % 4:
            pay(order, key=f"{person.pk}-{number}")
        if number % 4 == 3:
            order = Order.objects.get(pk=order.pk)
            refund_order(
                order=order, organizer=None, lines=None, shipping=False, reason="Ill", requested_by=person,
                at=order.paid_at,
            )  # fmt: skip
        return order.order_number

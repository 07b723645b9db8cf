"""A new version comes while people buy: tables grow, copies are replaced, and nobody notices."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

import psycopg2
import pytest
from celery import Celery
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from delux.accounts.tests.factories import UserFactory
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from tests.live.buyers import Buyer
from tests.live.copies import Place, containers
from tests.live.nginx import Door, Site
from tests.live.purchases import Purchase, what_is_wrong

pytestmark = pytest.mark.slow

HOST = "delux.example"
BUYERS, READERS = 3, 2
ALL_WELL_WITHIN = 30.0
PAUSE = 0.03


class Crowd:
    """People who look and buy until they are told to stop; every request that fails is remembered."""

    def __init__(self, door: Door, things: list[Any]) -> None:
        self.door, self.things = door, things
        self.purchases: list[Purchase] = []
        self.failures: list[str] = []
        self.answered = 0
        self.slowest = 0.0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[each]) for each in range(READERS)]
        self._threads += [threading.Thread(target=self._buy) for _ in range(BUYERS)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, *, purchases: int) -> None:
        enough, deadline = len(self.purchases) + purchases, time.monotonic() + ALL_WELL_WITHIN
        while len(self.purchases) < enough:
            assert time.monotonic() < deadline, self.failures or "nobody buys"
            time.sleep(0.01)

    def _read(self, reader: int) -> None:
        with closing(Site(self.door)) as site:
            for number in count():
                if self._over.is_set():
                    break
                # Of a page of its own each time: nginx keeps none of them.
                path = ["/api/v1/events/?page_size=", "/events?page_size="][number % 2] + f"{reader}{number}"
                try:
                    site.request("GET", path)
                    answer = site.getresponse()
                    answer.read()
                    if answer.status >= 500:
                        self.failures.append(f"GET {path}: {answer.status}")
                    self.answered += 1
                except (OSError, http.client.HTTPException) as error:
                    self.failures.append(f"GET {path}: {error!r}")
                    site.close()
                time.sleep(PAUSE)

    def _buy(self) -> None:
        try:
            while not self._over.is_set():
                buyer = Buyer(UserFactory(), port=0)
                buyer.site = Site(self.door)
                thing = self.things[len(self.purchases) % len(self.things)]
                purchase = Purchase(buyer, {thing: 1})
                try:
                    purchase.fill_basket()
                    if not purchase.proceed():
                        self.failures.append(f"purchase stopped at step {len(purchase.answers)}")
                except (OSError, http.client.HTTPException) as error:
                    self.failures.append(f"basket: {error!r}")
                buyer.site.close()
                self.failures += [f"purchase: {status}" for status in buyer.answers if status != 201]
                self.answered += buyer.answers.total()
                self.slowest = max(self.slowest, buyer.slowest)
                self.purchases.append(purchase)
                time.sleep(PAUSE)
        finally:
            connections.close_all()


@pytest.fixture(scope="module")
def place(django_db_blocker) -> Iterator[Place]:
    with django_db_blocker.unblock(), containers("rolling", host=HOST) as place:
        yield place


@contextmanager
def orders_locked(url: str) -> Iterator[None]:
    """Hold up whoever orders until the block ends."""
    with closing(psycopg2.connect(url)) as holder:
        holder.cursor().execute("LOCK TABLE orders_order IN EXCLUSIVE MODE")
        yield


@pytest.fixture(scope="module")
def door(place: Place) -> Iterator[Door]:
    with place.door() as door:
        yield door


def test_a_new_version_comes_while_people_buy_and_no_request_fails(
    place: Place, door: Door, times: int
) -> None:
    copies = place.directory.copies = [place.start("web"), place.start("web")]
    worker = place.start("worker")
    EventFactory.create_batch(3)
    things = [TicketTypeFactory(quantity_total=10000), VariantFactory(stock_quantity=10000)]
    for copy in copies:
        copy.wait_until_ready()
    with Crowd(door, things) as crowd:
        crowd.wait_for(purchases=3)
        for turn in range(times):
            new, new_worker = place.start("web"), place.start("worker")
            if turn == 0:
                with override_settings(MIGRATION_MODULES={"demo": "tests.live.expanding"}):
                    call_command("migrate", "demo", verbosity=0, skip_checks=True)
            new.wait_until_ready()
            copies.append(new)
            crowd.wait_for(purchases=3)
            with orders_locked(place.env["DATABASE_URL"]):
                wait_until(lambda: waiting_for_orders() >= BUYERS)
                copies[0].ask_to_leave()
                time.sleep(0.3)
            copies[0].wait_until_gone()
            # It is still found under their name, as it is for some seconds.
            crowd.wait_for(purchases=3)
            del copies[0]
            worker.ask_to_leave()
            worker.wait_until_gone()
            worker = new_worker
            crowd.wait_for(purchases=3)
        assert crowd.failures == []
        seen = f"{len(crowd.purchases)} purchases, {crowd.answered} requests, slowest {crowd.slowest:.1f} s"
        print(seen)  # noqa: T201 - for whoever asks with -rP

        # What all this is for: whoever is at work in a copy that is killed is cut off.
        paid_for = list(crowd.purchases)
        with orders_locked(place.env["DATABASE_URL"]):
            wait_until(lambda: waiting_for_orders() >= BUYERS)
            for copy in copies:
                copy.kill()
        wait_until(lambda: bool(crowd.failures))

    mailer = Celery(broker=place.env["CELERY_BROKER_URL"])
    deadline = time.monotonic() + ALL_WELL_WITHIN
    wrong = ["not looked yet"]
    while wrong and time.monotonic() < deadline:
        mailer.send_task("notifications.deliver_pending")  # as the clock would
        time.sleep(0.5)
        wrong = [trouble for each in paid_for for trouble in what_is_wrong(each, place.mails)]
    assert wrong == []
    assert worker.process.poll() is None


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ALL_WELL_WITHIN
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def waiting_for_orders() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'orders_order'::regclass "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]

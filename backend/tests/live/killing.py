"""Rounds of killing: a process dies at each point of checkout, and the product is started again."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import F
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Delivery
from delux.orders.models import Order
from delux.payments.gateways import mock
from delux.payments.models import MockCharge, Payment
from dev.processes import free_port
from tests.live.buyers import Buyer
from tests.live.doomed import Doomed, doomed_processes
from tests.live.mailbox import mail_server
from tests.live.purchases import PENDING_CARD, Purchase, what_is_wrong
from tests.live.shop import Shop

POINTS = [f"K{number}" for number in range(10)]
# The request of a buyer dies with the process.
MET_BY_BUYERS = ["K0", "K1", "K2", "K3", "K5", "K6"]
# Every buyer was answered before the process died, so a client has nothing to repeat.
MET_BY_OTHERS = ["K4", "K7", "K8", "K9"]
GIVEN_UP_AFTER = 150.0


@dataclass
class Round:
    """The purchases that met each point, and what is wrong with them."""

    purchases: dict[str, list[Purchase]] = field(default_factory=dict)
    # A client that repeats where the product does not keep its keys
    unkept: Purchase | None = None
    webhooks: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    wrong_without_sweeps: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    # From the new start until nothing was wrong
    seconds: dict[str, float] = field(default_factory=dict)
    wrong_with_all: list[str] = field(default_factory=list)


class Killing:
    """Rounds against one database and one mail server.

    The leases of what died are half a minute. ``hurried`` ends them by hand, and starts the worker only after
    a look at what there is without it.
    """

    def __init__(self, *, shop: Shop, doomed: Doomed, mails: list[Message], hurried: bool) -> None:
        self.shop, self.doomed, self.mails, self.hurried = shop, doomed, mails, hurried
        self.tickets = TicketTypeFactory.create_batch(3, quantity_total=10_000, max_per_order=10)
        self.gear = VariantFactory.create_batch(3, stock_quantity=10_000)

    def run(self, dice: random.Random) -> Round:
        """Kill a process at each point, start the product again, and wait until all is well."""
        one = Round()
        self._kill_at_each_point(one, dice)
        try:
            self._start_again(one)
        finally:
            self.shop.stop()
        one.wrong_with_all = self._look_at_all(one)
        return one

    def _kill_at_each_point(self, one: Round, dice: random.Random) -> None:
        # So many purchases meet the point, and the last one's process dies.
        times = {point: 1 if self.hurried else dice.randint(1, 3) for point in POINTS}
        ports = {point: free_port() for point in (*MET_BY_BUYERS, "K4")}
        webs = {
            point: self.doomed.web(port=port, fault=f"{point}:{times[point]}")
            for point, port in ports.items()
        }
        for port in ports.values():
            wait_until_taken(port)
        one.purchases = {
            point: [
                # The process that waits for K4 serves whoever meets a point elsewhere.
                self._purchase(dice, port=ports.get(point, ports["K4"]), pays=point != "K9")
                for _ in range(times[point])
            ]
            for point in POINTS
        }

        for point in ("K7", "K8"):
            proceed_to_the_end(one.purchases[point])
            # Only then: all of their mails are to be in the batch it dies with.
            self._die_working(point, "notifications.deliver_pending")

        proceed_to_the_end(one.purchases["K9"])
        let_lapse([purchase.order_number for purchase in one.purchases["K9"]])
        self._die_working("K9", "orders.expire_orders")

        for point in MET_BY_BUYERS:
            answered = [purchase.proceed() for purchase in one.purchases[point]]
            assert answered == [True] * (len(answered) - 1) + [False]
            self.doomed.wait_for_death(webs[point])
        if self.hurried:
            self._kill_where_keys_are_not_kept(one, dice)

        for purchase in one.purchases["K4"]:
            purchase.card = PENDING_CARD
        proceed_to_the_end(one.purchases["K4"])
        one.webhooks = list(mock.settle_due(timezone.now() + timedelta(seconds=3)))
        for headers, raw in one.webhooks:
            with suppress(OSError, HTTPException):
                tell(ports["K4"], headers, raw)
        self.doomed.wait_for_death(webs["K4"])
        if not self.hurried:
            time.sleep(dice.uniform(0, 3))
            one.webhooks = one.webhooks if dice.random() < 0.5 else []  # some providers tell once

    def _die_working(self, point: str, task: str) -> None:
        worker = self.doomed.worker(fault=point)
        self.doomed.send(task)
        self.doomed.wait_for_death(worker)

    def _kill_where_keys_are_not_kept(self, one: Round, dice: random.Random) -> None:
        port = free_port()
        web = self.doomed.web(port=port, fault="K1", application="tests.live.unguarded_keys")
        wait_until_taken(port)
        one.unkept = self._purchase(dice, port=port)
        assert not one.unkept.proceed()
        self.doomed.wait_for_death(web)

    def _purchase(self, dice: random.Random, *, port: int, pays: bool = True) -> Purchase:
        things = [dice.choice(self.tickets), *dice.sample(self.gear, dice.randint(0, 2))]
        basket = {thing: dice.randint(1, 3) for thing in dice.sample(things, len(things))}
        return Purchase(Buyer(UserFactory(), port=port), basket, pays=pays)

    def _start_again(self, one: Round) -> None:
        if self.hurried:
            let_time_pass(timedelta(seconds=45))
            self.shop.start("web", "beat")
            self._repeat(one)
            one.wrong_without_sweeps = self._look(one, POINTS)
            self.shop.start("worker")
        else:
            self.shop.start("web", "worker", "beat")
            Thread(target=self._repeat, args=[one], daemon=True).start()
        started, left = time.monotonic(), POINTS
        while left and time.monotonic() - started < GIVEN_UP_AFTER:
            time.sleep(0.4)
            one.wrong = self._look(one, left)
            passed = time.monotonic() - started
            one.seconds |= {point: passed for point in left if not one.wrong[point]}
            left = [point for point in left if one.wrong[point]]

    def _repeat(self, one: Round) -> None:
        """Have the provider and the clients repeat what was not answered, all at once."""
        self.shop.wait_until_ready()
        for headers, raw in one.webhooks:
            assert tell(self.shop.port, headers, raw) == 200
        everybody = [purchase for purchases in one.purchases.values() for purchase in purchases]
        unanswered = [purchase for purchase in (*everybody, one.unkept) if purchase and purchase.pending]
        for purchase in unanswered:
            purchase.buyer.go_to(self.shop.port)
        clients = [Thread(target=purchase.proceed, daemon=True) for purchase in unanswered]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _look(self, one: Round, points: list[str]) -> dict[str, list[str]]:
        return {
            point: [
                wrong
                for purchase in one.purchases[point]
                # What was sent and could not be marked comes again, with the Message-ID it had.
                for wrong in what_is_wrong(purchase, self.mails, copies=2 if point == "K8" else 1)
            ]
            for point in points
        }

    def _look_at_all(self, one: Round) -> list[str]:
        """Look at what belongs to no single purchase of the round: the books, the provider, all the mail."""
        wrong = []
        try:
            call_command("audit", shown=3)
        except CommandError as error:
            wrong.append(f"audit: {error}")
        known = {str(key) for key in Payment.objects.filter(status="succeeded").values_list("pk", flat=True)}
        taken = set(MockCharge.objects.filter(status="succeeded").values_list("reference", flat=True))
        if taken != known:
            wrong.append(f"charges without payments, or the other way: {taken ^ known}")
        if unsent := Delivery.objects.exclude(status="sent").count():
            wrong.append(f"{unsent} mails were not sent")
        twice = [
            name
            for name, copies in Counter(str(mail["Message-ID"]) for mail in self.mails).items()
            if copies > 1
        ]
        of_k8 = Delivery.objects.filter(
            notification__data__order_number__in=[purchase.order_number for purchase in one.purchases["K8"]]
        )
        ids = {f"<delivery-{key}@delux.test>" for key in of_k8.values_list("pk", flat=True)}
        if unexpected := set(twice) - ids:
            wrong.append(f"came more than once: {unexpected}")
        self.mails.clear()
        return wrong


@contextmanager
def killing(*, database_url: str, var: Path, hurried: bool) -> Iterator[Killing]:
    mails: list[Message] = []
    port = free_port()
    shop = Shop(
        database_url=database_url,
        var=var,
        settings_module="tests.live.hurried" if hurried else "config.settings.local",
        EMAIL_URL=f"smtp://127.0.0.1:{port}",
        LOG_LEVEL="WARNING",
    )
    with mail_server(port, mails), doomed_processes(env=shop.env, log=var / "doomed.log") as doomed:
        yield Killing(shop=shop, doomed=doomed, mails=mails, hurried=hurried)


def proceed_to_the_end(purchases: list[Purchase]) -> None:
    for purchase in purchases:
        assert purchase.proceed()


def let_lapse(order_numbers: list[str]) -> None:
    """Have the time to pay for these orders be over."""
    Order.objects.filter(order_number__in=order_numbers).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


def let_time_pass(passed: timedelta) -> None:
    """Make what was claimed, and what is to be tried again, that much older."""
    Payment.objects.filter(status="initiated").update(
        created_at=F("created_at") - passed, claimed_until=F("claimed_until") - passed
    )
    Delivery.objects.filter(status="pending").update(next_attempt_at=F("next_attempt_at") - passed)


def tell(port: int, headers: dict[str, str], raw: bytes) -> int:
    """Send a provider's message; return the status of the answer."""
    site = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = headers | {"Content-Type": "application/json"}
    try:
        site.request("POST", "/api/v1/payments/webhooks/mock/", raw, headers)
        return site.getresponse().status
    finally:
        site.close()


def wait_until_taken(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        site: Any = HTTPConnection("127.0.0.1", port)
        try:
            site.connect()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "The process does not listen."
            time.sleep(0.02)
        else:
            site.close()
            return

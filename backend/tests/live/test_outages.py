"""What the shop stands on is taken away and comes back, while people buy; the shop is not started again."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from http.client import HTTPConnection
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connections

from delux.accounts.tests.factories import UserFactory
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Delivery
from delux.payments.models import Payment
from dev.embedded_postgres import EmbeddedPostgres
from dev.processes import free_port
from tests.live.buyers import Buyer
from tests.live.faraway import Provider, provider
from tests.live.killing import let_time_pass
from tests.live.mailbox import mail_server
from tests.live.purchases import Purchase, what_is_wrong
from tests.live.redis_server import Redis
from tests.live.server import own_server
from tests.live.shop import Shop

pytestmark = pytest.mark.slow

# Nobody waits longer for an answer, whatever is away.
LONGEST_ANSWER = 10.0
ALL_WELL_WITHIN = 60.0


@dataclass
class Place:
    """A running shop and what it stands on."""

    shop: Shop
    database: EmbeddedPostgres
    broker: Redis
    provider: Provider
    mail_port: int
    mails: list[Message] = field(default_factory=list)
    mail: ExitStack = field(default_factory=ExitStack)

    def purchases(self, number: int) -> list[Purchase]:
        """Return purchases whose baskets are filled: the requests that are left are safe to repeat."""
        dice = random.Random(number)
        things = [
            *TicketTypeFactory.create_batch(2, quantity_total=1000),
            VariantFactory(stock_quantity=1000),
        ]
        made = []
        for _ in range(number):
            basket = {thing: dice.randint(1, 2) for thing in dice.sample(things, dice.randint(1, 2))}
            purchase = Purchase(Buyer(UserFactory(), port=self.shop.port), basket)
            purchase.fill_basket()
            made.append(purchase)
        return made

    def open_mail(self) -> None:
        self.mail.enter_context(mail_server(self.mail_port, self.mails))

    def wait_until_all_is_well(self, purchases: list[Purchase], *, copies: int = 1) -> None:
        deadline = time.monotonic() + ALL_WELL_WITHIN
        wrong = ["not looked yet"]
        while wrong and time.monotonic() < deadline:
            time.sleep(0.4)
            wrong = [
                trouble for one in purchases for trouble in what_is_wrong(one, self.mails, copies=copies)
            ]
        assert wrong == []
        call_command("audit")


@pytest.fixture(scope="module")
def place(django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    var = tmp_path_factory.mktemp("outages")
    with django_db_blocker.unblock(), own_server() as database, provider() as bank, ExitStack() as stack:
        broker, mail_port = Redis(), free_port()
        stack.callback(broker.kill)
        shop = Shop(
            database_url=database.url,
            var=var,
            settings_module="tests.live.outages",
            CELERY_BROKER_URL=f"redis://127.0.0.1:{broker.port}/0",
            CACHE_URL=f"redis://127.0.0.1:{broker.port}/1",
            EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
            PROVIDER_URL=bank.url,
            LOG_LEVEL="WARNING",
        )
        stack.callback(shop.stop)
        shop.start("web", "worker", "beat")
        EventFactory()
        place = Place(shop, database, broker, bank, mail_port)
        stack.callback(place.mail.close)
        place.open_mail()
        shop.wait_until_ready()
        yield place


def test_postgresql_stopped_hard_is_said_as_503_and_then_everything_goes_on(place: Place) -> None:
    purchases = place.purchases(24)
    buyers = [Thread(target=buy_all, args=[purchases[first::6]], daemon=True) for first in range(6)]
    for buyer in buyers:
        buyer.start()
    wait_until(lambda: sum(not purchase.pending for purchase in purchases) >= 4)

    place.database.process.send_signal(signal.SIGQUIT)  # as `pg_ctl stop --mode immediate`
    place.database.process.wait()
    wait_until(lambda: sum(bool(purchase.buyer.answers[503]) for purchase in purchases) >= 4)
    api, page = ask(place.shop.port, "/api/v1/orders/", purchases[0].buyer), ask(place.shop.port, "/events")
    place.database.start()
    connections.close_all()
    let_time_pass(timedelta(seconds=45))  # what was claimed when the connection broke
    for buyer in buyers:
        buyer.join(ALL_WELL_WITHIN)

    assert api == (503, "application/problem+json", "5")
    assert page[0] == 503
    assert all(purchase.buyer.answers.keys() <= {201, 409, 503} for purchase in purchases)
    assert max(purchase.buyer.slowest for purchase in purchases) < LONGEST_ANSWER
    # Mails that were sent and could not be marked come again, with the Message-IDs they had.
    place.wait_until_all_is_well(purchases, copies=2)


def test_without_the_broker_people_look_and_buy_and_their_mail_comes_once_it_is_back(place: Place) -> None:
    first, *others = purchases = place.purchases(3)
    event = TicketTypeFactory().event_id
    place.broker.freeze()
    assert first.proceed()
    assert first.buyer.ask("POST", "/views/", {"event": event})[0] == 204
    place.broker.kill()
    for purchase in others:
        assert purchase.proceed()
        assert purchase.buyer.ask("POST", "/views/", {"event": event})[0] == 204

    assert ask(place.shop.port, "/api/v1/events/")[0] == 200
    for purchase in purchases:
        assert purchase.buyer.answers.keys() == {201, 204}
        assert purchase.buyer.slowest < LONGEST_ANSWER / 2
    assert {wrong for one in purchases for wrong in what_is_wrong(one, place.mails)} == {
        "its mail is pending",
        "mails came: {}",
    }
    place.broker.start()
    place.wait_until_all_is_well(purchases)


def test_without_the_mail_server_orders_are_paid_and_told_of_later(place: Place) -> None:
    [purchase] = place.purchases(1)
    earlier = list(Delivery.objects.values_list("pk", flat=True))
    place.mail.close()
    try:
        assert purchase.proceed()
        refused = Delivery.objects.filter(status="pending", error__contains="refused").exclude(pk__in=earlier)
        wait_until(lambda: refused.count() == 2)
        assert what_is_wrong(purchase, place.mails) == ["its mail is pending", "mails came: {}"]
    finally:
        place.open_mail()
    let_time_pass(timedelta(minutes=2))
    place.wait_until_all_is_well([purchase])


def test_a_provider_that_is_slow_or_resets_or_talks_nonsense_is_asked_again(place: Place) -> None:
    slow, *others = place.purchases(6)
    place.provider.heard.clear()
    place.provider.moods.append("slow")
    waiting = Thread(target=slow.proceed, daemon=True)
    waiting.start()
    assert place.provider.heard.wait(LONGEST_ANSWER)
    moods = ["resets", "a page", "unknown status", "another sum", "resets before"]
    for purchase, mood in zip(others, moods, strict=True):
        place.provider.moods.append(mood)
        assert purchase.proceed()
    waiting.join()

    for purchase in (slow, *others):
        status, payment = purchase.answers[-1]
        assert (status, payment["status"]) == (201, "initiated")
        assert purchase.buyer.slowest < LONGEST_ANSWER
    let_time_pass(timedelta(seconds=45))
    *charged, never = [slow, *others]
    place.wait_until_all_is_well(charged)

    # The one it never heard of is given up after a minute, and the buyer may pay again.
    assert what_is_wrong(never, place.mails)
    let_time_pass(timedelta(seconds=45))
    wait_until(lambda: Payment.objects.get(pk=never.answers[-1][1]["id"]).status == "failed")
    never.pay_again()
    assert never.proceed()
    assert [wrong for wrong in what_is_wrong(never, place.mails) if "mail" not in wrong] == []


def buy_all(purchases: list[Purchase]) -> None:
    for purchase in purchases:
        purchase.proceed()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def ask(port: int, path: str, buyer: Buyer | None = None) -> tuple[int, str, str]:
    """Return the status of an answer, what kind it is, and when to come again."""
    site = HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)
    site.request("GET", path, headers={"Authorization": f"Bearer {buyer.token}"} if buyer else {})
    answer = site.getresponse()
    answer.read()
    site.close()
    return answer.status, answer.headers["Content-Type"], answer.headers["Retry-After"]

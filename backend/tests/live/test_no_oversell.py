"""The promise that matters most, over HTTP, against a server with two workers and a crowd of 64."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from delux.accounts.tests.factories import UserFactory
from delux.events.models import TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.models import Variant
from delux.market.tests.factories import VariantFactory
from delux.orders.models import OrderItem
from delux.orders.tests.invariants import assert_statuses_agree, assert_stock_agrees
from tests.live.buyers import Buyer, all_at_once
from tests.live.server import own_database, serving

CROWD = 64


@pytest.fixture(scope="module")
def database(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database("crowd") as url:
        yield url


@pytest.fixture(scope="module")
def port(database: str, tmp_path_factory) -> Iterator[int]:
    var = tmp_path_factory.mktemp("live")
    with serving(database_url=database, var=var, application="config.wsgi:application") as port:
        yield port


def crowd(port: int) -> list[Buyer]:
    return [Buyer(user, port=port) for user in UserFactory.create_batch(CROWD)]


@pytest.mark.parametrize("cap", [1, 10, 500])
def test_a_crowd_with_mixed_baskets_buys_exactly_what_there_is(port: int, cap: int) -> None:
    race = EventFactory(capacity=2 * cap)
    gear = VariantFactory.create_batch(2, stock_quantity=cap)
    things = [
        *TicketTypeFactory.create_batch(2, event=race, quantity_total=cap, max_per_order=100),
        *gear,
    ]
    each = max(1, -(-2 * cap // CROWD))
    assert CROWD * each >= 2 * cap

    buyers = crowd(port)
    all_at_once(
        buyers,
        lambda number, buyer: buyer.buy_all_one_can(
            dict.fromkeys(things, each), random.Random(f"{cap}-{number}")
        ),
    )

    bought, answers = Counter(), Counter()
    for buyer in buyers:
        bought.update(buyer.bought)
        answers.update(buyer.answers)
    assert bought == dict.fromkeys(things, cap)
    assert answers.keys() <= {200, 201, 204, 409}
    assert answers[409] > 0
    assert deadlocks() == 0
    assert_stock_agrees()
    assert not any(left_of(piece) for piece in gear)
    assert_statuses_agree()


def test_without_the_guard_the_same_crowd_buys_more_than_there_is(django_db_blocker, tmp_path: Path) -> None:
    """The negative control: read, then write, with no constraint behind it. The tests above see it."""
    cap = 10
    with django_db_blocker.unblock(), own_database("unguarded") as url:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE events_tickettype DROP CONSTRAINT ticket_type_never_oversold")
        tickets = TicketTypeFactory(quantity_total=cap)
        with serving(database_url=url, var=tmp_path, application="tests.live.unguarded:application") as port:
            buyers = crowd(port)
            all_at_once(buyers, lambda _number, buyer: buyer.add(tickets, 1) and buyer.order(gear=False))

        sold = OrderItem.objects.filter(ticket_type=tickets).count()
        counted = TicketType.objects.get(pk=tickets.pk).quantity_held
    assert sold > cap
    assert counted != sold


def left_of(piece: Variant) -> int:
    piece.refresh_from_db()
    return piece.stock_quantity


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        [count] = cursor.fetchone()
    return count

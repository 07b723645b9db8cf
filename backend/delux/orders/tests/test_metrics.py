from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from prometheus_client import REGISTRY

from delux.accounts.tests.factories import UserFactory
from delux.core.metrics import Waiting, read_waiting
from delux.events.tests.factories import TicketTypeFactory
from delux.orders.services.cancelling import expire_orders
from delux.orders.services.placing import place_order
from delux.orders.services.rules import NotEnoughStock
from delux.orders.tests.factories import fill_cart, placed_order

pytestmark = pytest.mark.django_db


def more(name: str, **labels: str) -> Callable[[], float]:
    """Return a function that tells by how much a figure has grown since now."""

    def now() -> float:
        return REGISTRY.get_sample_value(name, labels) or 0

    before = now()
    return lambda: now() - before


def test_an_order_counts_once_it_is_committed(django_capture_on_commit_callbacks) -> None:
    placed, took = (
        more("delux_orders_placed_total", market="KZ"),
        more("delux_checkout_seconds_count", step="order"),
    )

    with django_capture_on_commit_callbacks(execute=True):
        placed_order()
        assert placed() == 0

    assert (placed(), took()) == (1, 1)


def test_an_order_that_is_rolled_back_does_not_count(django_capture_on_commit_callbacks) -> None:
    placed = more("delux_orders_placed_total", market="KZ")

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        placed_order()
        transaction.set_rollback(True)

    assert placed() == 0


def test_what_costs_nothing_is_paid_without_a_provider(django_capture_on_commit_callbacks) -> None:
    paid = more("delux_orders_paid_total", market="KZ", provider="none")

    with django_capture_on_commit_callbacks(execute=True):
        placed_order(things={TicketTypeFactory(price=Decimal(0)): 1})

    assert paid() == 1


def test_a_buyer_who_finds_too_little_left_counts_once_however_often_stock_was_looked_for() -> None:
    refused = more("delux_stock_refusals_total")
    last, buyer = TicketTypeFactory(quantity_total=1), UserFactory()
    fill_cart(buyer, {last: 1})
    placed_order(things={last: 1})

    with pytest.raises(NotEnoughStock):
        place_order(buyer=buyer, at=timezone.now(), delivery_type="none")

    assert refused() == 1


def test_the_sweep_shows_how_late_it_is_and_what_it_has_given_back(
    django_capture_on_commit_callbacks,
) -> None:
    expired = more("delux_orders_expired_total", market="KZ")
    order = placed_order()
    due = order.expires_at

    before, late = (read_waiting("holds", at=due + timedelta(seconds=after)) for after in (-1, 90))
    with django_capture_on_commit_callbacks(execute=True):
        expire_orders(due)

    assert (before, late) == (Waiting(0, 0), Waiting(1, 90))
    assert read_waiting("holds", at=due + timedelta(hours=1)) == Waiting(0, 0)
    assert expired() == 1

from datetime import timedelta

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import NotFound
from delux.events.models import Event, TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Notification
from delux.orders.models import Fulfilment, Order, OrderItem
from delux.orders.services.cancelling import (
    OrderNotCancelable,
    PaymentInFlight,
    cancel_order,
    expire_orders,
)
from delux.orders.tasks import expire_orders as sweep
from delux.orders.tests.factories import OrderFactory, paid_order, placed_order
from delux.orders.tests.invariants import assert_stock_agrees

pytestmark = pytest.mark.django_db


def test_canceling_puts_the_stock_back_on_sale() -> None:
    tickets, shoes = TicketTypeFactory(), VariantFactory()
    order = placed_order(things={tickets: 2, shoes: 1})

    cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())

    order.refresh_from_db()
    tickets.refresh_from_db()
    shoes.refresh_from_db()
    assert (order.status, order.cancel_reason) == ("canceled", "buyer")
    assert (tickets.quantity_held, shoes.held_quantity, shoes.stock_quantity) == (0, 0, 10)
    assert Event.objects.get(pk=tickets.event_id).places_taken == 0
    assert set(order.fulfilments.values_list("status", flat=True)) == {"canceled"}
    assert order.history.filter(actor=order.user, to_status="canceled", reason="buyer").count() == 3


def test_canceling_twice_is_canceling_once() -> None:
    tickets = TicketTypeFactory()
    order = placed_order(things={tickets: 2})

    for _ in range(2):
        cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())

    tickets.refresh_from_db()
    assert tickets.quantity_held == 0
    assert order.history.filter(fulfilment=None, to_status="canceled").count() == 1


def test_a_paid_order_is_not_canceled() -> None:
    tickets = TicketTypeFactory()
    order = paid_order(things={tickets: 2})

    with pytest.raises(OrderNotCancelable):
        cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())

    tickets.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, tickets.quantity_sold) == ("paid", 2)


def test_an_order_whose_payment_is_being_decided_is_canceled_only_after_that() -> None:
    order, until = placed_order(), timezone.now() + timedelta(minutes=1)
    Order.objects.update(payment_in_flight_until=until)

    with pytest.raises(PaymentInFlight):
        cancel_order(buyer=order.user, order_id=order.pk, at=until - timedelta(microseconds=1))
    cancel_order(buyer=order.user, order_id=order.pk, at=until)

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELED


def test_another_persons_order_is_not_there() -> None:
    order = placed_order()

    with pytest.raises(NotFound):
        cancel_order(buyer=UserFactory(), order_id=order.pk, at=timezone.now())

    order.refresh_from_db()
    assert order.status == Order.Status.PENDING_PAYMENT


@pytest.mark.parametrize(
    ("age", "expired"),
    [
        (timedelta(minutes=14, seconds=59), 0),
        (timedelta(minutes=15), 1),
        (timedelta(minutes=15, seconds=1), 1),
    ],
)
def test_an_order_lapses_after_fifteen_minutes(age: timedelta, expired: int) -> None:
    at = timezone.now()
    tickets = TicketTypeFactory()
    order = placed_order(things={tickets: 2}, at=at)

    assert expire_orders(at + age) == expired

    order.refresh_from_db()
    tickets.refresh_from_db()
    assert order.status == ("canceled" if expired else "pending_payment")
    assert tickets.quantity_held == (0 if expired else 2)


def test_a_lapsed_order_is_told_of_as_such() -> None:
    order = placed_order(at=timezone.now() - timedelta(hours=1))

    expire_orders(timezone.now())

    assert list(Notification.objects.values_list("user", "kind")) == [(order.user_id, "order_expired")]


def test_a_pass_takes_everything_that_lapsed_while_the_sweeper_was_down(monkeypatch) -> None:
    monkeypatch.setattr("delux.orders.services.cancelling.BATCH", 2)
    tickets = TicketTypeFactory()
    for hour in range(1, 6):
        placed_order(things={tickets: 1}, at=timezone.now() - timedelta(hours=hour))
    kept = placed_order(things={tickets: 1})

    assert expire_orders(timezone.now()) == 5

    tickets.refresh_from_db()
    assert tickets.quantity_held == 1
    assert list(Order.objects.filter(status="pending_payment")) == [kept]


def test_the_task_sweeps_by_todays_clock() -> None:
    lapsed = placed_order(at=timezone.now() - timedelta(minutes=16))
    kept = placed_order()

    sweep()

    assert dict(Order.objects.values_list("pk", "status")) == {
        lapsed.pk: "canceled",
        kept.pk: "pending_payment",
    }


def test_two_thousand_lapsed_orders_are_given_back_in_one_pass(django_assert_max_num_queries) -> None:
    then, types = timezone.now() - timedelta(hours=1), TicketTypeFactory.create_batch(20, quantity_total=1000)
    buyers = UserFactory.create_batch(20)
    orders = Order.objects.bulk_create(
        OrderFactory.build(user=buyers[number % 20], expires_at=then) for number in range(2_000)
    )
    OrderItem.objects.bulk_create(
        OrderItem(
            order=order,
            item_type="ticket",
            ticket_type=types[number % 20],
            organizer=types[number % 20].event.organizer,
            quantity=1,
            unit_price=5000,
            total_price=5000,
        )
        for number, order in enumerate(orders)
    )
    Fulfilment.objects.bulk_create(
        Fulfilment(
            order=order,
            organizer=types[number % 20].event.organizer,
            has_gear=False,
            subtotal=5000,
            currency=order.currency,
        )
        for number, order in enumerate(orders)
    )
    TicketType.objects.update(quantity_held=100)
    Event.objects.update(places_taken=100)

    # Statements for many orders at once, not some for each: what keeps a pass short on any machine. `make
    # bench` times ten thousand.
    with django_assert_max_num_queries(220):
        assert expire_orders(timezone.now()) == 2_000

    assert_stock_agrees()

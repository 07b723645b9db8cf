from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.events.models import Event, EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Notification
from delux.orders.models import Order
from delux.orders.services.cancelling import PaymentInFlight, cancel_order, expire_orders
from delux.orders.services.payment import (
    OrderNotPayable,
    extend_payment_hold,
    hold_for_payment,
    mark_order_paid,
    release_payment_hold,
)
from delux.orders.services.refunding import give_back_items
from delux.orders.tests.factories import paid_order, placed_order

pytestmark = pytest.mark.django_db


def test_paying_hands_out_tickets_and_opens_the_parts() -> None:
    tickets, shoes = TicketTypeFactory(), VariantFactory(stock_quantity=5)
    order = placed_order(things={tickets: 2, shoes: 1})
    paid_at = timezone.now()

    mark_order_paid(order_id=order.pk, paid_at=paid_at)

    order.refresh_from_db()
    assert (order.status, order.payment_status, order.paid_at) == ("paid", "paid", paid_at)
    assert EventAttendee.objects.filter(user=order.user, ticket_type=tickets, status="paid").count() == 2
    assert dict(order.fulfilments.values_list("organizer", "status")) == {
        tickets.event.organizer_id: "completed",
        shoes.product.organizer_id: "open",
    }
    tickets.refresh_from_db()
    shoes.refresh_from_db()
    assert (tickets.quantity_held, tickets.quantity_sold) == (0, 2)
    assert (shoes.stock_quantity, shoes.held_quantity) == (4, 0)


def test_paying_leaves_history_of_the_order_and_each_part() -> None:
    order = placed_order(things={TicketTypeFactory(): 1, VariantFactory(): 1})

    mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    steps = order.history.values_list("from_status", "to_status", "fulfilment__has_gear")
    assert set(steps) == {
        ("pending_payment", "paid", None),
        ("waiting", "completed", False),
        ("waiting", "open", True),
    }


def test_buyer_and_every_organizer_are_told_once() -> None:
    tickets, shoes = TicketTypeFactory(), VariantFactory()
    order = placed_order(things={tickets: 1, shoes: 1})

    for _ in range(2):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    assert set(Notification.objects.values_list("user", "kind")) == {
        (order.user_id, "order_paid"),
        (tickets.event.organizer.user_id, "seller_new_order"),
        (shoes.product.organizer.user_id, "seller_new_order"),
    }
    assert Notification.objects.count() == 3


def test_a_repeated_payment_issues_no_second_ticket() -> None:
    order = placed_order()

    for _ in range(2):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    assert EventAttendee.objects.count() == 2


def test_money_after_the_order_lapsed_takes_the_stock_again() -> None:
    tickets, shoes = TicketTypeFactory(quantity_total=2), VariantFactory(stock_quantity=1)
    order = placed_order(things={tickets: 2, shoes: 1}, at=timezone.now() - timedelta(hours=1))
    expire_orders(timezone.now())

    paid = mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    order.refresh_from_db()
    tickets.refresh_from_db()
    assert (paid.status, order.status, order.canceled_at, order.cancel_reason) == ("paid", "paid", None, "")
    assert (tickets.quantity_held, tickets.quantity_sold) == (0, 2)
    assert EventAttendee.objects.filter(status="paid").count() == 2
    assert set(order.fulfilments.values_list("status", "canceled_at")) == {
        ("completed", None),
        ("open", None),
    }
    assert order.history.filter(from_status="canceled", to_status="paid", reason="late_payment").exists()


def test_money_after_the_stock_went_to_others_is_refused_and_changes_nothing() -> None:
    tickets, shoes = TicketTypeFactory(quantity_total=2), VariantFactory(stock_quantity=1)
    order = placed_order(things={tickets: 2, shoes: 1}, at=timezone.now() - timedelta(hours=1))
    expire_orders(timezone.now())
    paid_order(things={shoes: 1})

    with pytest.raises(OrderNotPayable):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    order.refresh_from_db()
    tickets.refresh_from_db()
    assert (order.status, order.payment_status) == ("canceled", "unpaid")
    assert (tickets.quantity_held, tickets.quantity_sold) == (0, 0)
    assert not EventAttendee.objects.filter(user=order.user).exists()
    assert Event.objects.get(pk=tickets.event_id).places_taken == 0


def test_an_order_its_buyer_canceled_stays_canceled() -> None:
    order = placed_order()
    cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())

    with pytest.raises(OrderNotPayable):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELED


def test_a_refunded_order_takes_no_second_payment() -> None:
    order = paid_order()
    give_back_items(order_id=order.pk, lines=None, at=timezone.now())

    with pytest.raises(OrderNotPayable):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    assert not EventAttendee.objects.filter(status="paid").exists()


def test_nobody_pays_for_an_event_that_was_canceled() -> None:
    order = placed_order()
    Event.objects.update(status="canceled", canceled_at=timezone.now())

    with pytest.raises(OrderNotPayable):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    order.refresh_from_db()
    assert order.status == Order.Status.PENDING_PAYMENT
    assert not EventAttendee.objects.exists()


def test_an_order_whose_payment_is_being_decided_does_not_lapse() -> None:
    now = timezone.now()
    order = placed_order(at=now - timedelta(minutes=14))
    hold_for_payment(order_id=order.pk, until=now + timedelta(minutes=5), at=now)

    assert expire_orders(now + timedelta(minutes=2)) == 0
    with pytest.raises(PaymentInFlight):
        cancel_order(buyer=order.user, order_id=order.pk, at=now)

    assert expire_orders(now + timedelta(minutes=5)) == 1


def test_a_failed_payment_gives_the_order_the_rest_of_its_time() -> None:
    now = timezone.now()
    order = placed_order(at=now)
    hold_for_payment(order_id=order.pk, until=now + timedelta(hours=1), at=now)

    release_payment_hold(order_id=order.pk)

    assert expire_orders(now + timedelta(minutes=14)) == 0
    assert expire_orders(now + timedelta(minutes=15)) == 1


def test_no_payment_begins_after_the_time_to_pay() -> None:
    now = timezone.now()
    order = placed_order(at=now - timedelta(minutes=15))

    with pytest.raises(OrderNotPayable):
        hold_for_payment(order_id=order.pk, until=now + timedelta(minutes=5), at=now)

    order.refresh_from_db()
    assert order.payment_in_flight_until is None


def test_no_payment_begins_for_a_paid_order() -> None:
    order = paid_order()

    with pytest.raises(OrderNotPayable):
        hold_for_payment(order_id=order.pk, until=timezone.now() + timedelta(minutes=5), at=timezone.now())

    order.refresh_from_db()
    assert order.payment_in_flight_until is None


def test_a_seller_is_told_of_its_own_lines_only() -> None:
    tickets = TicketTypeFactory(price=Decimal("5000.00"))
    shoes = VariantFactory(price=Decimal("24990.00"), size="42", colour="red")

    paid_order(UserFactory(first_name="Aliya", last_name="S"), {tickets: 2, shoes: 1})

    told = Notification.objects.get(user=shoes.product.organizer.user).data
    assert told["titles"] == [f"{shoes.product.title}, 42 red × 1"]
    assert (told["total"], told["buyer_name"]) == ("24990.00", "Aliya S")


def test_paying_three_lines_of_two_organizers_takes_few_queries(django_assert_max_num_queries) -> None:
    order = placed_order(things={TicketTypeFactory(): 2, VariantFactory(): 1, VariantFactory(): 1})

    with django_assert_max_num_queries(15):
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    assert EventAttendee.objects.count() == 2


def test_the_mark_is_kept_while_the_provider_still_decides() -> None:
    now = timezone.now()
    order = placed_order(at=now)
    hold_for_payment(order_id=order.pk, until=now + timedelta(minutes=2), at=now)

    extend_payment_hold(order_id=order.pk, until=now + timedelta(minutes=30))

    assert expire_orders(now + timedelta(minutes=29)) == 0
    assert expire_orders(now + timedelta(minutes=30)) == 1

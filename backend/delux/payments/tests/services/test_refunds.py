from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.errors import Invalid
from delux.core.money import ZERO
from delux.events.models import Event, EventAttendee
from delux.events.services.admission import TicketRefunded, check_in
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import ProductFactory, VariantFactory
from delux.orders.models import Fulfilment, Order, OrderItem
from delux.payments.models import Payment, Refund, RefundLine
from delux.payments.services import refunds
from delux.payments.services.refunds import (
    NothingToRefund,
    NotRefundable,
    quote_refund,
    refund_canceled_events,
    refund_order,
)
from delux.payments.services.settling import settle_pending
from delux.payments.tests.factories import paid, placed

pytestmark = pytest.mark.django_db


def refund(order: Order, *, organizer=None, lines=None, shipping: bool = True, by=None) -> Refund | None:
    return refund_order(
        order=order,
        organizer=organizer,
        lines=lines,
        shipping=shipping,
        reason="Asked for it",
        requested_by=by,
        at=timezone.now(),
    )


def mixed_order() -> Order:
    """Two tickets of 5 000 of one seller; two shirts of 3 000 of another, whose shipping cost 1 000."""
    seller = OrganizerFactory(shipping_price=Decimal("1000.00"))
    shirt = VariantFactory(
        product=ProductFactory(organizer=seller), price=Decimal("3000.00"), stock_quantity=5
    )
    order = paid((TicketTypeFactory(), 2), (shirt, 2))
    # As if it had been sent: delivery's own rules are the orders' affair.
    Order.objects.filter(pk=order.pk).update(shipping=Decimal("1000.00"), total_amount=Decimal("17000.00"))
    Payment.objects.update(amount=Decimal("17000.00"))
    order.fulfilments.filter(organizer=seller).update(shipping=Decimal("1000.00"))
    order.refresh_from_db()
    return order


def lines_of(order: Order) -> tuple[OrderItem, OrderItem]:
    return order.items.get(item_type="ticket"), order.items.get(item_type="product")


def test_a_whole_refund_returns_the_money_the_stock_and_the_tickets() -> None:
    order = paid((TicketTypeFactory(), 2), (VariantFactory(stock_quantity=5), 1))
    by = UserFactory()

    refunded = refund(order, by=by)
    settle_pending(at=timezone.now())

    order.refresh_from_db()
    ticket, gear = lines_of(order)
    assert refunded
    refunded.refresh_from_db()
    assert (refunded.status, refunded.amount, refunded.requested_by) == ("succeeded", order.total_amount, by)
    assert (order.status, order.payment_status) == (Order.Status.REFUNDED, "refunded")
    assert Payment.objects.get().status == "refunded"
    assert (ticket.ticket_type.quantity_sold, gear.variant.stock_quantity) == (0, 5)
    assert set(EventAttendee.objects.values_list("status", flat=True)) == {"refunded"}


def test_a_line_is_refunded_in_part_and_the_rest_stays_paid() -> None:
    order = paid((TicketTypeFactory(), 3))
    item = order.items.get()

    refunded = refund(order, lines={item.pk: 2}, shipping=False)

    order.refresh_from_db()
    item.refresh_from_db()
    assert refunded
    assert refunded.amount == Payment.objects.get().refunded_amount == Decimal("10000.00")
    assert [(line.order_item_id, line.quantity) for line in refunded.lines.all()] == [(item.pk, 2)]
    assert (item.refunded_quantity, order.payment_status, Payment.objects.get().status) == (
        2,
        "paid",
        "succeeded",
    )
    assert EventAttendee.objects.filter(status="paid").count() == 1


def test_an_organizer_gives_back_its_own_lines_and_its_own_shipping() -> None:
    order = mixed_order()
    ticket, gear = lines_of(order)

    refunded = refund(order, organizer=gear.organizer)

    ticket.refresh_from_db()
    assert refunded
    assert (refunded.amount, refunded.organizer) == (Decimal("7000.00"), gear.organizer)
    assert ticket.refunded_quantity == 0
    assert RefundLine.objects.get(fulfilment__isnull=False).amount == Decimal("1000.00")


def test_without_asking_for_it_shipping_is_kept() -> None:
    order = mixed_order()

    refunded = refund(order, shipping=False)

    assert refunded
    assert refunded.amount == Decimal("16000.00")


def test_shipping_alone_is_refunded_once() -> None:
    order = mixed_order()
    gear = lines_of(order)[1]

    refunded = refund(order, organizer=gear.organizer, lines={})
    assert refunded
    assert refunded.amount == Decimal("1000.00")
    with pytest.raises(NothingToRefund):
        refund(order, organizer=gear.organizer, lines={})
    rest = refund(order)

    assert rest
    assert rest.amount == Decimal("16000.00")


def test_a_foreign_line_and_more_than_is_left_are_named_and_nothing_happens() -> None:
    order = mixed_order()
    ticket, gear = lines_of(order)

    with pytest.raises(Invalid) as refused:
        refund(order, organizer=gear.organizer, lines={ticket.pk: 1, gear.pk: 3})

    assert [(p.pointer, p.code) for p in refused.value.problems] == [
        ("/lines/0/item_id", "unknown_item"),
        ("/lines/1/quantity", "more_than_left"),
    ]
    assert refused.value.problems[1].extra == {"left": 2}
    assert not Refund.objects.exists()
    assert Payment.objects.get().refunded_amount == ZERO


@pytest.mark.parametrize("quantity", [0, -1])
def test_less_than_one_piece_cannot_be_given_back(quantity: int) -> None:
    order = paid()

    with pytest.raises(Invalid):
        refund(order, lines={order.items.get().pk: quantity})


def test_what_was_given_back_is_not_given_back_again() -> None:
    order = paid((TicketTypeFactory(), 2))
    refund(order)

    order.refresh_from_db()
    with pytest.raises(NothingToRefund):
        refund(order)
    with pytest.raises(Invalid):
        refund(order, lines={order.items.get().pk: 1})
    assert Refund.objects.count() == 1


def test_an_unpaid_order_is_not_refundable() -> None:
    with pytest.raises(NotRefundable):
        refund(placed())


def test_an_order_without_its_payment_is_not_refundable() -> None:
    order = paid()
    Payment.objects.all().delete()

    with pytest.raises(NotRefundable):
        refund(order)


def test_a_free_order_gives_its_tickets_back_without_money() -> None:
    tickets = TicketTypeFactory(price=0)
    order = placed((tickets, 2))

    assert refund(order) is None

    tickets.refresh_from_db()
    assert tickets.quantity_sold == 0
    assert set(EventAttendee.objects.values_list("status", flat=True)) == {"refunded"}
    assert not Refund.objects.exists()


def test_a_used_ticket_can_be_refunded_and_admits_nobody_again() -> None:
    order = paid((TicketTypeFactory(), 1))
    attendee = EventAttendee.objects.get()
    door = {"organizer": attendee.ticket_type.event.organizer, "code": attendee.qr_code, "by": order.user}
    assert check_in(**door, at=timezone.now()).status == "checked_in"

    refund(order)

    with pytest.raises(TicketRefunded):
        check_in(**door, at=timezone.now())


def test_a_quote_says_what_the_refund_will_be_and_does_nothing() -> None:
    order = mixed_order()
    gear = lines_of(order)[1]

    quote = quote_refund(order=order, organizer=gear.organizer, lines={gear.pk: 1}, shipping=True)

    assert (quote.amount, quote.currency) == (Decimal("4000.00"), "KZT")
    assert not Refund.objects.exists()
    refunded = refund(order, organizer=gear.organizer, lines={gear.pk: 1})
    assert refunded
    assert refunded.amount == quote.amount


def test_money_that_does_not_divide_is_given_back_to_the_last_tiyn() -> None:
    order = paid((TicketTypeFactory(price=Decimal("33.33")), 3))
    item = order.items.get()

    for _ in range(3):
        refund(order, lines={item.pk: 1})
    settle_pending(at=timezone.now())

    payment = Payment.objects.get()
    assert payment.refunded_amount == payment.amount == Decimal("99.99")
    assert payment.status == "refunded"


def test_a_canceled_event_gives_every_ticket_back_and_nothing_else(monkeypatch) -> None:
    event, other = EventFactory(), TicketTypeFactory()
    tickets = TicketTypeFactory(event=event)
    both, free = paid((tickets, 2), (other, 1)), placed((TicketTypeFactory(event=event, price=0), 1))
    unpaid, elsewhere = placed((tickets, 1)), paid((other, 1))
    Event.objects.filter(pk=event.pk).update(status="canceled", canceled_at=timezone.now())
    monkeypatch.setattr(refunds, "CANCELED_EVENT_BATCH", 1)

    passes = [refund_canceled_events(at=timezone.now(), event_id=event.pk) for _ in range(3)]

    assert passes == [1, 1, 0]
    given = Refund.objects.get()
    assert (given.payment.order, given.amount) == (both, Decimal("10000.00"))
    assert given.reason
    for order, status in [
        (both, "paid"),
        (free, "refunded"),
        (unpaid, "pending_payment"),
        (elsewhere, "paid"),
    ]:
        order.refresh_from_db()
        assert order.status in (status, "completed" if status == "paid" else status)
    assert refund_canceled_events(at=timezone.now()) == 0


def test_an_order_that_cannot_be_refunded_does_not_stop_the_others() -> None:
    event = EventFactory()
    tickets = TicketTypeFactory(event=event)
    stuck, fine = paid((tickets, 1)), paid((tickets, 1))
    stuck.payments.all().delete()
    Event.objects.filter(pk=event.pk).update(status="canceled", canceled_at=timezone.now())

    assert refund_canceled_events(at=timezone.now() + timedelta(seconds=1)) == 1

    assert Refund.objects.get().payment.order == fine


def test_parts_follow_what_was_given_back() -> None:
    order = mixed_order()
    gear = lines_of(order)[1]

    refund(order, organizer=gear.organizer)

    part = order.fulfilments.get(organizer=gear.organizer)
    assert part.status == Fulfilment.Status.CANCELED

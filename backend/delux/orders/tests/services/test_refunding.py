from decimal import Decimal

import pytest
from django.utils import timezone

from delux.core.errors import NotFound
from delux.events.models import EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import Order
from delux.orders.services.fulfilment import move_fulfilment
from delux.orders.services.refunding import NothingToGiveBack, give_back_items
from delux.orders.tests.factories import paid_order, placed_order

pytestmark = pytest.mark.django_db


def test_giving_back_some_returns_stock_and_voids_tickets() -> None:
    tickets, shoes = TicketTypeFactory(price=Decimal("5000.00")), VariantFactory(stock_quantity=5)
    order = paid_order(things={tickets: 3, shoes: 1})
    line = order.items.get(ticket_type=tickets)

    value = give_back_items(order_id=order.pk, lines={line.pk: 2}, at=timezone.now())

    line.refresh_from_db()
    tickets.refresh_from_db()
    order.refresh_from_db()
    assert (value, line.refunded_quantity, tickets.quantity_sold) == (Decimal("10000.00"), 2, 1)
    assert EventAttendee.objects.filter(status="refunded").count() == 2
    assert (order.status, order.payment_status) == ("paid", "paid")


def test_giving_back_everything_makes_the_order_refunded() -> None:
    tickets, shoes = TicketTypeFactory(), VariantFactory(stock_quantity=5)
    order = paid_order(things={tickets: 2, shoes: 1})

    value = give_back_items(order_id=order.pk, lines=None, at=timezone.now(), reason="The race is off")

    order.refresh_from_db()
    shoes.refresh_from_db()
    assert value == order.subtotal
    assert (order.status, order.payment_status) == ("refunded", "refunded")
    assert set(order.fulfilments.values_list("status", flat=True)) == {"canceled"}
    assert shoes.stock_quantity == 5
    assert order.history.filter(to_status="refunded", reason="The race is off").exists()


def test_an_organizer_gives_back_its_own_lines_alone() -> None:
    tickets, shoes = TicketTypeFactory(), VariantFactory()
    order = paid_order(things={tickets: 2, shoes: 1})

    give_back_items(order_id=order.pk, organizer_id=shoes.product.organizer_id, lines=None, at=timezone.now())

    order.refresh_from_db()
    assert dict(order.items.values_list("item_type", "refunded_quantity")) == {"ticket": 0, "product": 1}
    assert order.status == Order.Status.PAID
    assert EventAttendee.objects.filter(status="paid").count() == 2


def test_another_organizers_line_is_not_there() -> None:
    tickets, shoes = TicketTypeFactory(), VariantFactory()
    order = paid_order(things={tickets: 2, shoes: 1})
    line = order.items.get(ticket_type=tickets)

    with pytest.raises(NotFound):
        give_back_items(
            order_id=order.pk,
            organizer_id=shoes.product.organizer_id,
            lines={line.pk: 1},
            at=timezone.now(),
        )

    assert EventAttendee.objects.filter(status="paid").count() == 2


@pytest.mark.parametrize("quantity", [0, -1, 3])
def test_more_than_bought_or_nothing_at_all_is_not_given_back(quantity: int) -> None:
    tickets = TicketTypeFactory()
    order = paid_order(things={tickets: 2})
    line = order.items.get()

    with pytest.raises(NothingToGiveBack):
        give_back_items(order_id=order.pk, lines={line.pk: quantity}, at=timezone.now())

    line.refresh_from_db()
    tickets.refresh_from_db()
    assert (line.refunded_quantity, tickets.quantity_sold) == (0, 2)


def test_a_line_given_back_whole_has_nothing_left() -> None:
    order = paid_order()
    give_back_items(order_id=order.pk, lines={order.items.get().pk: 1}, at=timezone.now())

    with pytest.raises(NothingToGiveBack):
        give_back_items(order_id=order.pk, lines={order.items.get().pk: 2}, at=timezone.now())

    assert order.items.get().refunded_quantity == 1


def test_an_unpaid_order_has_nothing_to_give_back() -> None:
    order = placed_order()

    with pytest.raises(NothingToGiveBack):
        give_back_items(order_id=order.pk, lines=None, at=timezone.now())

    assert order.items.get().refunded_quantity == 0


def test_a_part_whose_gear_came_back_has_only_its_tickets_left_and_is_done() -> None:
    tickets = TicketTypeFactory()
    shoes = VariantFactory(product__organizer=tickets.event.organizer)
    order = paid_order(things={tickets: 1, shoes: 1})

    give_back_items(order_id=order.pk, lines={order.items.get(variant=shoes).pk: 1}, at=timezone.now())

    assert order.fulfilments.get().status == "completed"


def test_the_rest_being_shipped_already_makes_the_order_shipped() -> None:
    shoes, vest = VariantFactory(), VariantFactory()
    order = paid_order(things={shoes: 1, vest: 1})
    organizer = shoes.product.organizer
    move_fulfilment(
        organizer=organizer, order_id=order.pk, actor=organizer.user, at=timezone.now(), to="shipped"
    )

    give_back_items(order_id=order.pk, organizer_id=vest.product.organizer_id, lines=None, at=timezone.now())

    order.refresh_from_db()
    assert order.status == Order.Status.SHIPPED


def test_a_completed_order_can_still_be_refunded() -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 2})
    organizer = shoes.product.organizer
    move_fulfilment(
        organizer=organizer, order_id=order.pk, actor=organizer.user, at=timezone.now(), to="completed"
    )

    give_back_items(order_id=order.pk, lines=None, at=timezone.now())

    order.refresh_from_db()
    assert order.status == Order.Status.REFUNDED

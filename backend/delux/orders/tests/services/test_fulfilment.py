from typing import Any

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import OrganizerFactory
from delux.core.errors import Invalid, NotFound
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Notification
from delux.orders.models import Fulfilment, Order
from delux.orders.services.fulfilment import FulfilmentNotMovable, move_fulfilment
from delux.orders.services.transitions import IllegalTransitionError, move_order
from delux.orders.tests.factories import OrderFactory, paid_order, placed_order

pytestmark = pytest.mark.django_db


def move(order: Order, thing: Any, to: str | None, **fields: Any) -> Fulfilment:
    organizer = thing.product.organizer if hasattr(thing, "product") else thing.event.organizer
    return move_fulfilment(
        organizer=organizer, order_id=order.pk, actor=organizer.user, at=timezone.now(), to=to, **fields
    )


def test_an_order_is_shipped_when_all_its_gear_is_and_completed_when_all_has_arrived() -> None:
    shoes, vest, tickets = VariantFactory(), VariantFactory(), TicketTypeFactory()
    order = paid_order(things={shoes: 1, vest: 1, tickets: 1})
    seen = []

    for thing, to in [
        (shoes, "packed"),
        (shoes, "shipped"),
        (vest, "shipped"),
        (shoes, "completed"),
        (vest, "completed"),
    ]:
        move(order, thing, to)
        order.refresh_from_db()
        seen.append(order.status)

    assert seen == ["paid", "paid", "shipped", "shipped", "completed"]
    assert list(order.history.filter(fulfilment=None).values_list("to_status", flat=True)) == [
        "paid",
        "shipped",
        "completed",
    ]


def test_shipping_notes_the_tracking_number_and_tells_the_buyer() -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 1})

    part = move(order, shoes, "shipped", tracking_number="KZ123")

    part.refresh_from_db()
    told = Notification.objects.get(user=order.user, kind="order_shipped").data
    assert (part.status, part.tracking_number, told["tracking_number"]) == ("shipped", "KZ123", "KZ123")
    assert part.shipped_at is not None


def test_a_tracking_number_can_be_corrected_alone() -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 1})

    move(order, shoes, None, tracking_number="KZ124")

    part = order.fulfilments.get()
    assert (part.status, part.tracking_number) == ("open", "KZ124")


def test_a_part_that_moves_alone_leaves_the_order_as_it_was() -> None:
    shoes, vest = VariantFactory(), VariantFactory()
    order = paid_order(things={shoes: 1, vest: 1})
    before = Order.objects.values("status", "updated_at").get()

    move(order, shoes, "shipped")

    assert Order.objects.values("status", "updated_at").get() == before


def test_asking_twice_moves_once() -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 1})

    for _ in range(2):
        move(order, shoes, "packed")

    assert order.history.filter(to_status="packed").count() == 1


@pytest.mark.parametrize(
    ("walk", "to", "refusal"),
    [
        (["completed"], "packed", FulfilmentNotMovable),
        (["shipped"], "packed", FulfilmentNotMovable),
        ([], "canceled", Invalid),
        ([], "open", None),
        ([], "waiting", Invalid),
    ],
)
def test_only_steps_of_the_map_are_taken(walk: list[str], to: str, refusal: type[Exception] | None) -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 1})
    for step in walk:
        move(order, shoes, step)
    before = order.fulfilments.get().status

    if refusal:
        with pytest.raises(refusal):
            move(order, shoes, to)
    else:
        move(order, shoes, to)

    assert order.fulfilments.get().status == before


def test_a_pickup_is_packed_and_completed_but_never_shipped() -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 1})
    Order.objects.update(delivery_type="pickup")

    with pytest.raises(FulfilmentNotMovable):
        move(order, shoes, "shipped")
    move(order, shoes, "packed")
    move(order, shoes, "completed")

    order.refresh_from_db()
    assert order.status == Order.Status.COMPLETED


def test_an_order_of_tickets_alone_stays_paid_with_its_part_done() -> None:
    order = paid_order(things={TicketTypeFactory(): 1})

    order.refresh_from_db()
    assert (order.status, order.fulfilments.get().status) == ("paid", "completed")


def test_another_organizers_part_is_not_there() -> None:
    order, stranger = paid_order(things={VariantFactory(): 1}), OrganizerFactory()

    with pytest.raises(NotFound):
        move_fulfilment(
            organizer=stranger, order_id=order.pk, actor=stranger.user, at=timezone.now(), to="packed"
        )

    assert order.fulfilments.get().status == "open"


def test_an_unpaid_part_is_not_there_yet() -> None:
    shoes = VariantFactory()
    order = placed_order(things={shoes: 1})

    with pytest.raises(NotFound):
        move(order, shoes, "packed")

    assert order.fulfilments.get().status == "waiting"


def test_a_step_that_is_not_on_the_map_is_our_mistake() -> None:
    order = OrderFactory()

    with pytest.raises(IllegalTransitionError):
        move_order(order, Order.Status.SHIPPED, at=timezone.now())

    assert order.status == Order.Status.PENDING_PAYMENT

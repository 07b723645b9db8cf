from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.errors import Invalid
from delux.events.models import Event, EventAttendee, TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.models import Variant
from delux.market.tests.factories import VariantFactory
from delux.orders.models import CartItem, Fulfilment, Order, OrderItem
from delux.orders.services import rules
from delux.orders.services.placing import EmptyBasket, PriceChanged, new_order_number, place_order
from delux.orders.services.rules import LinesNotOnSale, MixedCurrency, NotEnoughStock
from delux.orders.tests.factories import ADDRESS, CartItemFactory, fill_cart, placed_order

pytestmark = pytest.mark.django_db


def test_a_basket_of_tickets_and_gear_becomes_one_order_with_frozen_prices() -> None:
    buyer = UserFactory()
    tickets = TicketTypeFactory(price=Decimal("5000.00"))
    shoes = VariantFactory(price=Decimal("24990.00"), product__organizer__shipping_price=Decimal("1500.00"))
    fill_cart(buyer, {tickets: 2, shoes: 1})
    at = timezone.now()

    placed = place_order(buyer=buyer, at=at, delivery_type="delivery", shipping_address=ADDRESS)
    TicketType.objects.update(price=1)

    order = Order.objects.get(pk=placed.order.pk)
    assert order.status == Order.Status.PENDING_PAYMENT
    assert order.expires_at == at + timedelta(minutes=15)
    assert (order.subtotal, order.shipping, order.total_amount) == (
        Decimal("34990.00"),
        Decimal("1500.00"),
        Decimal("36490.00"),
    )
    assert list(order.items.values_list("title", "quantity", "unit_price", "total_price")) == [
        (tickets.event.title, 2, Decimal("5000.00"), Decimal("10000.00")),
        (shoes.product.title, 1, Decimal("24990.00"), Decimal("24990.00")),
    ]
    assert order.shipping_address.city == "Almaty"
    assert not CartItem.objects.exists()


def test_placing_holds_the_stock_of_every_line() -> None:
    tickets, shoes = TicketTypeFactory(quantity_total=5), VariantFactory(stock_quantity=3)

    placed_order(things={tickets: 4, shoes: 2})

    tickets.refresh_from_db()
    shoes.refresh_from_db()
    assert (tickets.quantity_held, tickets.quantity_sold) == (4, 0)
    assert (shoes.stock_quantity, shoes.held_quantity) == (3, 2)
    assert tickets.event.__class__.objects.get(pk=tickets.event_id).places_taken == 4


def test_each_organizer_gets_its_own_part() -> None:
    tickets = TicketTypeFactory(price=Decimal("5000.00"))
    shoes = VariantFactory(price=Decimal("100.00"), product__organizer__shipping_price=Decimal("7.00"))

    order = placed_order(things={tickets: 1, shoes: 2})

    assert list(
        order.fulfilments.order_by("subtotal").values_list(
            "organizer", "status", "has_gear", "subtotal", "shipping"
        )
    ) == [
        (shoes.product.organizer_id, "waiting", True, Decimal("200.00"), Decimal("7.00")),
        (tickets.event.organizer_id, "waiting", False, Decimal("5000.00"), Decimal("0.00")),
    ]


def test_one_organizer_of_two_kinds_has_one_part() -> None:
    organizer = OrganizerFactory(shipping_price=Decimal("10.00"))
    tickets = TicketTypeFactory(event__organizer=organizer)
    shoes = VariantFactory(product__organizer=organizer)

    order = placed_order(things={tickets: 1, shoes: 1})

    part = order.fulfilments.get()
    assert part.has_gear
    assert part.subtotal + part.shipping == order.total_amount


def test_a_free_order_is_paid_at_once() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(price=0): 2})

    placed = place_order(buyer=buyer, at=timezone.now(), delivery_type="none")

    assert placed.order.status == Order.Status.PAID
    assert [part.status for part in placed.parts] == [Fulfilment.Status.COMPLETED]
    assert [change.to_status for change in placed.history] == ["paid", "completed"]
    assert EventAttendee.objects.filter(user=buyer, status="paid").count() == 2


def test_an_empty_basket_is_no_order() -> None:
    with pytest.raises(EmptyBasket):
        place_order(buyer=UserFactory(), at=timezone.now(), delivery_type="none")

    assert not Order.objects.exists()


def test_too_few_left_names_the_lines_and_keeps_the_basket() -> None:
    buyer, tickets, shoes = UserFactory(), TicketTypeFactory(), VariantFactory()
    fill_cart(buyer, {tickets: 3, shoes: 2})
    TicketType.objects.update(quantity_total=2)
    Variant.objects.update(stock_quantity=0)

    with pytest.raises(NotEnoughStock) as refusal:
        place_order(buyer=buyer, at=timezone.now(), delivery_type="delivery", shipping_address=ADDRESS)

    assert [(p.code, p.extra["left"]) for p in refusal.value.problems] == [("not_enough", 2), ("sold_out", 0)]
    assert refusal.value.detail not in {problem.detail for problem in refusal.value.problems}
    assert CartItem.objects.count() == 2
    assert not Order.objects.exists()
    assert not Variant.objects.filter(held_quantity__gt=0).exists()


@pytest.mark.parametrize(("left", "code"), [(1, "not_enough"), (0, "sold_out")])
def test_what_goes_to_others_between_the_look_and_the_hold_is_named_as_well(
    monkeypatch, left: int, code: str
) -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory(quantity_total=10)
    fill_cart(buyer, {tickets: 2})
    look = rules.refuse_trouble

    def look_and_be_late(*args, **how) -> None:
        look(*args, **how)
        TicketType.objects.update(quantity_total=left)

    monkeypatch.setattr(rules, "refuse_trouble", look_and_be_late)
    with pytest.raises(NotEnoughStock) as refusal:
        place_order(buyer=buyer, at=timezone.now(), delivery_type="none")

    assert [(p.code, p.extra["left"]) for p in refusal.value.problems] == [(code, left)]


def test_ticket_types_of_one_event_share_its_capacity() -> None:
    event = EventFactory(capacity=3)
    buyer = UserFactory()
    early, late = TicketTypeFactory(event=event), TicketTypeFactory(event=event)
    fill_cart(buyer, {early: 2, late: 2})

    with pytest.raises(NotEnoughStock) as refusal:
        place_order(buyer=buyer, at=timezone.now(), delivery_type="none")

    [problem] = refusal.value.problems
    assert (problem.extra["ticket_type_id"], refusal.value.detail) == (late.pk, problem.detail)
    assert Event.objects.get().places_taken == 0
    assert CartItem.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sales_end": -1}, "sales_ended"),
        ({"sales_start": 1}, "sales_not_started"),
        ({"max_per_order": 1}, "over_limit"),
        ({"event": "canceled"}, "unavailable"),
        ({"event": "over"}, "event_over"),
    ],
)
def test_what_cannot_be_bought_any_more_stops_the_order(change: dict, code: str) -> None:
    buyer, tickets, now = UserFactory(), TicketTypeFactory(), timezone.now()
    fill_cart(buyer, {tickets: 2})
    match change:
        case {"event": "canceled"}:
            Event.objects.update(status="canceled", canceled_at=now)
        case {"event": "over"}:
            Event.objects.update(start_datetime=now - timedelta(days=2), end_datetime=now - timedelta(days=1))
        case {"max_per_order": limit}:
            TicketType.objects.update(max_per_order=limit)
        case {"sales_end": hours}:
            TicketType.objects.update(sales_end=now + timedelta(hours=hours))
        case {"sales_start": hours}:
            TicketType.objects.update(sales_start=now + timedelta(hours=hours))

    with pytest.raises(LinesNotOnSale) as refusal:
        place_order(buyer=buyer, at=now, delivery_type="none")

    assert [problem.code for problem in refusal.value.problems] == [code]
    assert not Order.objects.exists()


def test_a_total_the_buyer_did_not_agree_to_is_shown_first() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory(price=Decimal("5000.00"))
    fill_cart(buyer, {tickets: 2})
    TicketType.objects.update(price=Decimal("6000.00"))

    with pytest.raises(PriceChanged) as refusal:
        place_order(buyer=buyer, at=timezone.now(), delivery_type="none", expected_total=Decimal("10000.00"))

    assert refusal.value.extra["total"] == "12000.00"
    assert [(line["seen_price"], line["unit_price"]) for line in refusal.value.extra["lines"]] == [
        ("5000.00", "6000.00")
    ]
    assert not Order.objects.exists()


def test_the_total_the_buyer_agreed_to_is_ordered() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(price=Decimal("5000.00")): 2})

    placed = place_order(
        buyer=buyer, at=timezone.now(), delivery_type="none", expected_total=Decimal("10000.00")
    )

    assert placed.order.total_amount == Decimal("10000.00")


def test_one_order_is_paid_in_one_currency() -> None:
    buyer = UserFactory()
    CartItemFactory(cart__user=buyer)
    CartItemFactory(cart=buyer.cart, ticket_type__currency="USD")

    with pytest.raises(MixedCurrency):
        place_order(buyer=buyer, at=timezone.now(), delivery_type="none")


@pytest.mark.parametrize(
    ("gear", "delivery_type", "address", "pointer"),
    [
        (False, "pickup", None, "/delivery_type"),
        (True, "none", None, "/delivery_type"),
        (True, "pickup", None, "/delivery_type"),
        (True, "delivery", None, "/shipping_address"),
        (True, "delivery", ADDRESS | {"postal_code": "1"}, "/shipping_address/postal_code"),
    ],
)
def test_a_delivery_that_does_not_suit_the_basket_is_named(
    gear: bool, delivery_type: str, address: dict | None, pointer: str
) -> None:
    buyer = UserFactory()
    fill_cart(buyer, {VariantFactory() if gear else TicketTypeFactory(): 1})

    with pytest.raises(Invalid) as refusal:
        place_order(buyer=buyer, at=timezone.now(), delivery_type=delivery_type, shipping_address=address)

    assert [problem.pointer for problem in refusal.value.problems] == [pointer]
    assert not Order.objects.exists()


def test_pickup_costs_no_shipping() -> None:
    buyer = UserFactory()
    shoes = VariantFactory(
        product__organizer__shipping_price=Decimal("1500.00"), product__organizer__pickup_address="Abay 1"
    )
    fill_cart(buyer, {shoes: 1})

    order = place_order(buyer=buyer, at=timezone.now(), delivery_type="pickup").order

    assert order.shipping == 0
    assert order.total_amount == shoes.price


def test_stock_past_its_time_is_sellable_while_the_sweeper_is_down() -> None:
    tickets, shoes = TicketTypeFactory(quantity_total=4), VariantFactory(stock_quantity=1)
    then = timezone.now() - timedelta(minutes=20)
    lapsed = placed_order(things={tickets: 4, shoes: 1}, at=then)

    order = placed_order(things={tickets: 3})

    lapsed.refresh_from_db()
    tickets.refresh_from_db()
    shoes.refresh_from_db()
    assert (lapsed.status, lapsed.cancel_reason) == ("canceled", "expired")
    assert (order.status, tickets.quantity_held, shoes.held_quantity) == ("pending_payment", 3, 0)


def test_an_order_that_still_has_a_second_keeps_its_stock() -> None:
    tickets = TicketTypeFactory(quantity_total=1)
    at = timezone.now()
    placed_order(things={tickets: 1}, at=at)
    late_buyer = UserFactory()
    CartItemFactory(cart__user=late_buyer, ticket_type=tickets, quantity=1)

    with pytest.raises(NotEnoughStock):
        place_order(buyer=late_buyer, at=at + timedelta(minutes=14, seconds=59), delivery_type="none")
    placed = place_order(buyer=late_buyer, at=at + timedelta(minutes=15), delivery_type="none")

    assert placed.order.status == Order.Status.PENDING_PAYMENT


def test_stock_whose_payment_is_being_decided_is_not_reclaimed() -> None:
    tickets = TicketTypeFactory(quantity_total=1)
    at = timezone.now()
    order = placed_order(things={tickets: 1}, at=at - timedelta(minutes=20))
    Order.objects.filter(pk=order.pk).update(payment_in_flight_until=at + timedelta(minutes=1))
    late_buyer = UserFactory()
    CartItemFactory(cart__user=late_buyer, ticket_type=tickets, quantity=1)

    with pytest.raises(NotEnoughStock):
        place_order(buyer=late_buyer, at=at, delivery_type="none")

    order.refresh_from_db()
    assert order.status == Order.Status.PENDING_PAYMENT


def test_order_numbers_are_readable_and_do_not_repeat() -> None:
    numbers = {new_order_number() for _ in range(1000)}

    assert len(numbers) == 1000
    assert all(len(number) == 14 and number.startswith("DX-") for number in numbers)
    assert not set("ILOU") & set("".join(number[3:] for number in numbers))


def test_placing_three_lines_takes_few_queries(django_assert_max_num_queries) -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(): 1, TicketTypeFactory(event__capacity=50): 1, VariantFactory(): 1})

    with django_assert_max_num_queries(17):
        place_order(buyer=buyer, at=timezone.now(), delivery_type="delivery", shipping_address=ADDRESS)

    assert OrderItem.objects.count() == 3

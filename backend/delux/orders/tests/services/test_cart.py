from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import Invalid, NotFound
from delux.events.models import Event, TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import CartItem, ItemType
from delux.orders.services.cart import (
    BasketFull,
    Wish,
    add_item,
    clear_cart,
    merge_lines,
    remove_item,
    set_quantity,
)
from delux.orders.services.rules import LinesNotOnSale, MixedCurrency, NotEnoughStock
from delux.orders.tests.factories import CartFactory, CartItemFactory, placed_order, wish_for

pytestmark = pytest.mark.django_db


def quantities(buyer) -> list[int]:
    return list(CartItem.objects.filter(cart__user=buyer).values_list("quantity", flat=True))


def test_adding_the_same_thing_adds_up() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory()

    for _ in range(2):
        lines = add_item(buyer=buyer, wish=wish_for(tickets, 2), at=timezone.now())

    assert [line.quantity for line in lines] == [4]
    assert quantities(buyer) == [4]


def test_the_sum_is_what_the_limit_counts() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory(max_per_order=3)
    add_item(buyer=buyer, wish=wish_for(tickets, 2), at=timezone.now())

    with pytest.raises(LinesNotOnSale) as refusal:
        add_item(buyer=buyer, wish=wish_for(tickets, 2), at=timezone.now())

    assert [problem.code for problem in refusal.value.problems] == ["over_limit"]
    assert quantities(buyer) == [2]


def test_no_more_than_a_hundred_pieces_of_gear() -> None:
    buyer, socks = UserFactory(), VariantFactory(stock_quantity=500)
    add_item(buyer=buyer, wish=wish_for(socks, 100), at=timezone.now())

    with pytest.raises(LinesNotOnSale):
        add_item(buyer=buyer, wish=wish_for(socks, 1), at=timezone.now())

    assert quantities(buyer) == [100]


def test_more_than_is_left_is_refused_with_what_is_left() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory(quantity_total=5, quantity_held=1, quantity_sold=2)

    with pytest.raises(NotEnoughStock) as refusal:
        add_item(buyer=buyer, wish=wish_for(tickets, 3), at=timezone.now())

    assert (refusal.value.problems[0].pointer, refusal.value.problems[0].extra["left"]) == ("/quantity", 2)
    assert quantities(buyer) == []


def test_an_events_capacity_bounds_every_ticket_type() -> None:
    buyer = UserFactory()
    tickets = TicketTypeFactory(event=EventFactory(capacity=10, places_taken=9))

    with pytest.raises(NotEnoughStock):
        add_item(buyer=buyer, wish=wish_for(tickets, 2), at=timezone.now())

    assert [
        line.quantity for line in add_item(buyer=buyer, wish=wish_for(tickets, 1), at=timezone.now())
    ] == [1]


def test_what_a_lapsed_order_still_holds_can_be_wished_for() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory(quantity_total=2)
    placed_order(things={tickets: 2}, at=timezone.now() - timedelta(minutes=16))

    add_item(buyer=buyer, wish=wish_for(tickets, 2), at=timezone.now())

    assert quantities(buyer) == [2]


@pytest.mark.parametrize("hidden", ["draft", "inactive variant", "inactive product", "unknown"])
def test_what_is_not_on_sale_cannot_be_told_from_what_does_not_exist(hidden: str) -> None:
    wishes = {
        "draft": lambda: wish_for(TicketTypeFactory(event__draft=True)),
        "inactive variant": lambda: wish_for(VariantFactory(is_active=False)),
        "inactive product": lambda: wish_for(VariantFactory(product__is_active=False)),
        "unknown": lambda: Wish(ItemType.TICKET, 10**9, 1),
    }

    with pytest.raises(Invalid) as refusal:
        add_item(buyer=UserFactory(), wish=wishes[hidden](), at=timezone.now())

    assert [problem.code for problem in refusal.value.problems] == ["unavailable"]
    assert not CartItem.objects.exists()


def test_one_basket_has_one_currency() -> None:
    buyer = UserFactory()
    add_item(buyer=buyer, wish=wish_for(TicketTypeFactory()), at=timezone.now())

    with pytest.raises(MixedCurrency):
        add_item(buyer=buyer, wish=wish_for(TicketTypeFactory(currency="USD")), at=timezone.now())

    assert quantities(buyer) == [1]


def test_a_basket_is_full_at_fifty_lines(monkeypatch) -> None:
    monkeypatch.setattr("delux.orders.services.cart.MAX_LINES", 1)
    buyer, tickets = UserFactory(), TicketTypeFactory()
    add_item(buyer=buyer, wish=wish_for(tickets), at=timezone.now())

    with pytest.raises(BasketFull):
        add_item(buyer=buyer, wish=wish_for(VariantFactory()), at=timezone.now())
    add_item(buyer=buyer, wish=wish_for(tickets), at=timezone.now())

    assert quantities(buyer) == [2]


def test_changing_the_quantity_accepts_todays_price() -> None:
    line = CartItemFactory(seen_price=Decimal("1.00"))

    lines = set_quantity(buyer=line.cart.user, item_id=line.pk, quantity=3, at=timezone.now())

    line.refresh_from_db()
    assert (line.quantity, line.seen_price) == (3, line.ticket_type.price)
    assert [(one.quantity, one.seen_price) for one in lines] == [(3, line.ticket_type.price)]


def test_changing_the_quantity_asks_the_rules_again() -> None:
    line = CartItemFactory()
    TicketType.objects.update(quantity_total=2)

    with pytest.raises(NotEnoughStock):
        set_quantity(buyer=line.cart.user, item_id=line.pk, quantity=3, at=timezone.now())

    assert quantities(line.cart.user) == [2]


def test_lines_of_another_basket_are_not_there() -> None:
    line, stranger = CartItemFactory(), UserFactory()

    with pytest.raises(NotFound):
        set_quantity(buyer=stranger, item_id=line.pk, quantity=1, at=timezone.now())
    with pytest.raises(NotFound):
        remove_item(buyer=stranger, item_id=line.pk)
    clear_cart(buyer=stranger)

    assert quantities(line.cart.user) == [2]


def test_a_line_or_all_of_them_can_be_taken_out() -> None:
    cart = CartFactory()
    tickets, _, _ = (CartItemFactory(cart=cart) for _ in range(3))

    remove_item(buyer=cart.user, item_id=tickets.pk)
    assert len(quantities(cart.user)) == 2
    clear_cart(buyer=cart.user)

    assert quantities(cart.user) == []


def test_merging_adds_to_what_is_there_and_caps_at_what_is_allowed() -> None:
    buyer, tickets, shoes = (
        UserFactory(),
        TicketTypeFactory(max_per_order=5),
        VariantFactory(stock_quantity=2),
    )
    add_item(buyer=buyer, wish=wish_for(tickets, 4), at=timezone.now())

    lines, changes = merge_lines(
        buyer=buyer, wishes=[wish_for(tickets, 3), wish_for(shoes, 9)], at=timezone.now()
    )

    assert [line.quantity for line in lines] == [5, 2]
    assert quantities(buyer) == [5, 2]
    assert [(change.code, change.wish.quantity, change.quantity) for change in changes] == [
        ("over_limit", 3, 5),
        ("not_enough", 9, 2),
    ]


def test_merging_reports_what_it_drops(monkeypatch) -> None:
    monkeypatch.setattr("delux.orders.services.cart.MAX_LINES", 2)
    buyer, sold_out = UserFactory(), VariantFactory(stock_quantity=0)
    there, new, extra = TicketTypeFactory(), TicketTypeFactory(), TicketTypeFactory()
    foreign, draft = TicketTypeFactory(currency="USD"), TicketTypeFactory(event__draft=True)
    add_item(buyer=buyer, wish=wish_for(there), at=timezone.now())

    lines, changes = merge_lines(
        buyer=buyer,
        wishes=[wish_for(thing) for thing in (draft, foreign, sold_out, there, new, extra)],
        at=timezone.now(),
    )

    assert [(line.target.id, line.quantity) for line in lines] == [(there.pk, 2), (new.pk, 1)]
    assert [(change.code, change.title) for change in changes] == [
        ("unavailable", ""),
        ("mixed_currency", foreign.event.title),
        ("sold_out", sold_out.product.title),
        ("basket_full", extra.event.title),
    ]


def test_merging_never_takes_away_what_is_there() -> None:
    line = CartItemFactory(quantity=8)
    TicketType.objects.update(quantity_total=3)

    _, changes = merge_lines(buyer=line.cart.user, wishes=[wish_for(line.ticket_type, 1)], at=timezone.now())

    assert quantities(line.cart.user) == [8]
    assert [(change.code, change.quantity) for change in changes] == [("not_enough", 8)]


def test_tickets_of_a_canceled_event_are_not_merged() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory()
    Event.objects.update(status="canceled", canceled_at=timezone.now())

    lines, changes = merge_lines(buyer=buyer, wishes=[wish_for(tickets)], at=timezone.now())

    assert (lines, [change.code for change in changes]) == ([], ["unavailable"])

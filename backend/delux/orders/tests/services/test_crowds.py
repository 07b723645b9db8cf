"""Many at once, on real transactions. Whatever the interleaving, counters equal the rows they count."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.events.models import EventAttendee, TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import Order, OrderItem
from delux.orders.services import cancelling, placing, stock
from delux.orders.services.cancelling import cancel_order, expire_orders
from delux.orders.services.payment import OrderNotPayable, mark_order_paid
from delux.orders.services.placing import place_order
from delux.orders.services.refunding import NothingToGiveBack, give_back_items
from delux.orders.services.rules import NotEnoughStock
from delux.orders.tests.factories import ADDRESS, CartItemFactory, fill_cart, paid_order, placed_order
from delux.orders.tests.invariants import assert_statuses_agree, assert_stock_agrees
from delux.testing import at_once

# Unmeasured, as the crowd's timing matters here; each service is covered by the tests that name it.
pytestmark = pytest.mark.django_db(transaction=True)


def buyers_of(things: Iterable[Any], clients: int, *, seed: int) -> list[Callable[[], Any]]:
    """Buyers who each want one to three of the things, each in its own order of lines."""
    dice, acts = random.Random(seed), []
    for _ in range(clients):
        buyer = UserFactory()
        wanted = dice.sample(list(things), dice.randint(1, 3))
        fill_cart(buyer, dict.fromkeys(wanted, 1))
        gear = any(hasattr(thing, "product") for thing in wanted)

        def buy(buyer: Any = buyer, gear: bool = gear) -> Any:
            placed = place_order(
                buyer=buyer,
                at=timezone.now(),
                delivery_type="delivery" if gear else "none",
                shipping_address=ADDRESS if gear else None,
            )
            return mark_order_paid(order_id=placed.order.pk, paid_at=timezone.now())

        acts.append(buy)
    return acts


@pytest.mark.parametrize(("cap", "seed"), [(1, 1), (5, 2), (5, 3)])
def test_mixed_baskets_of_a_crowd_never_oversell_and_never_deadlock(cap: int, seed: int) -> None:
    event = EventFactory(capacity=cap)
    things = [
        TicketTypeFactory(event=event, quantity_total=cap),
        TicketTypeFactory(event=event, quantity_total=cap),
        TicketTypeFactory(quantity_total=cap),
        VariantFactory(stock_quantity=cap),
        VariantFactory(stock_quantity=cap),
    ]
    stocked = {thing.pk: cap for thing in things if hasattr(thing, "product")}

    outcomes = at_once(*buyers_of(things, 32, seed=seed))

    assert {outcome for outcome in outcomes if isinstance(outcome, type)} <= {placing.NotEnoughStock}
    assert_stock_agrees(stocked=stocked)


@pytest.mark.parametrize("cap", [1, 10])
def test_a_crowd_buys_exactly_what_there_is(cap: int) -> None:
    tickets = TicketTypeFactory(quantity_total=cap)

    outcomes = at_once(*buyers_with_a_line(tickets, 40))

    assert sum(isinstance(outcome, placing.PlacedOrder) for outcome in outcomes) == cap
    assert_stock_agrees()


def test_a_naive_check_before_the_write_oversells_to_the_same_crowd(monkeypatch) -> None:
    """The negative control: with the guard and the constraint switched off, the crowd does oversell."""
    tickets = TicketTypeFactory(quantity_total=10)

    def check_then_write(_item_type: str, key: int, quantity: int) -> bool:
        row = TicketType.objects.get(pk=key)
        if row.quantity_total - row.quantity_held < quantity:
            return False
        TicketType.objects.filter(pk=key).update(quantity_held=row.quantity_held + quantity)
        return True

    monkeypatch.setattr(stock, "_hold", check_then_write)
    monkeypatch.setattr(stock, "lock_hot_rows", lambda *_: None)
    with without_constraint("ticket_type_never_oversold"):
        at_once(*buyers_with_a_line(tickets, 40))
        sold = OrderItem.objects.filter(ticket_type=tickets).count()

    assert sold > 10


def buyers_with_a_line(tickets: TicketType, clients: int) -> list[Callable[[], Any]]:
    """Baskets filled before the rush, so that the checkout alone decides."""
    lines = CartItemFactory.create_batch(clients, ticket_type=tickets, quantity=1)
    return [
        lambda buyer=line.cart.user: place_order(buyer=buyer, at=timezone.now(), delivery_type="none")
        for line in lines
    ]


@contextmanager
def without_constraint(name: str) -> Iterator[None]:
    constraint = next(one for one in TicketType._meta.constraints if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(TicketType, constraint)
    try:
        yield
    finally:
        TicketType.objects.update(quantity_held=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(TicketType, constraint)


def test_one_basket_ordered_in_two_tabs_is_one_order() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory()
    fill_cart(buyer, {tickets: 2})
    checkout = [lambda: place_order(buyer=buyer, at=timezone.now(), delivery_type="none")] * 8

    outcomes = at_once(*checkout)

    refusals = Counter(outcome for outcome in outcomes if isinstance(outcome, type))
    assert sum(refusals.values()) == 7
    assert refusals.keys() <= {placing.EmptyBasket, placing.BasketChanged}
    assert Order.objects.count() == 1
    assert_stock_agrees()


def test_payment_and_expiry_at_the_same_moment_leave_one_truth(times: int) -> None:
    tickets = TicketTypeFactory(quantity_total=200 * times)
    then = timezone.now() - timedelta(minutes=16)
    for _ in range(10 * times):
        orders = [placed_order(things={tickets: 1}, at=then) for _ in range(20)]

        at_once(
            lambda: expire_orders(timezone.now()),
            *[lambda pk=order.pk: mark_order_paid(order_id=pk, paid_at=timezone.now()) for order in orders],
            lambda: expire_orders(timezone.now()),
        )

    # Stock was there all the time, so whoever came first, the money was honoured.
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert EventAttendee.objects.count() == 200 * times
    assert_stock_agrees()
    assert_statuses_agree()


def test_payment_expiry_and_the_next_buyer_share_the_last_ticket_out_once(times: int) -> None:
    for round_number in range(30 * times):
        tickets = TicketTypeFactory(quantity_total=1)
        order = placed_order(things={tickets: 1}, at=timezone.now() - timedelta(minutes=16))
        (rival,) = buyers_with_a_line(tickets, 1)

        paid, _, bought = at_once(
            lambda pk=order.pk: mark_order_paid(order_id=pk, paid_at=timezone.now()),
            lambda: expire_orders(timezone.now()),
            rival,
        )

        won = [isinstance(paid, Order), isinstance(bought, placing.PlacedOrder)]
        assert sorted(won) == [False, True], round_number
        assert paid is OrderNotPayable or bought is placing.NotEnoughStock
    assert_stock_agrees()
    assert_statuses_agree()


def test_while_a_payment_is_being_recorded_the_sweeper_passes_by(monkeypatch) -> None:
    order = placed_order(at=timezone.now() - timedelta(minutes=16))
    swept: list[int] = []
    move = stock.move

    def sweep_in_the_middle(*moves: Any) -> Any:
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as other:
            swept.append(other.submit(in_own_connection, lambda: expire_orders(timezone.now())).result(10))
        return move(*moves)

    monkeypatch.setattr(stock, "move", sweep_in_the_middle)
    mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    order.refresh_from_db()
    assert (swept, order.status) == ([0], "paid")
    assert_stock_agrees()


def test_a_buyer_does_not_wait_for_lapsed_stock_that_is_being_paid(monkeypatch) -> None:
    tickets = TicketTypeFactory(quantity_total=1)
    lapsed = placed_order(things={tickets: 1}, at=timezone.now() - timedelta(minutes=16))
    buyer = UserFactory()
    fill_cart(buyer, {tickets: 1})
    move = stock.move
    refused: list[BaseException | None] = []

    def buy_in_the_middle(*moves: Any) -> Any:
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as other:
            buying = other.submit(
                in_own_connection, lambda: place_order(buyer=buyer, at=timezone.now(), delivery_type="none")
            )
            refused.append(buying.exception(10))
        return move(*moves)

    monkeypatch.setattr(stock, "move", buy_in_the_middle)
    mark_order_paid(order_id=lapsed.pk, paid_at=timezone.now())

    assert [type(each) for each in refused] == [NotEnoughStock]
    assert_stock_agrees()


def test_money_that_comes_while_the_order_is_being_canceled_waits_and_takes_the_stock_again() -> None:
    order = placed_order(at=timezone.now() - timedelta(minutes=16))
    canceled, asked = Event(), Event()

    def sweep_slowly() -> None:
        with transaction.atomic():
            cancelling._expire_batch(timezone.now())
            canceled.set()
            asked.wait(10)

    def pay() -> None:
        canceled.wait(10)
        asked.set()
        mark_order_paid(order_id=order.pk, paid_at=timezone.now())

    with ThreadPoolExecutor(2) as crowd:
        for done in [crowd.submit(in_own_connection, act) for act in (sweep_slowly, pay)]:
            done.result(20)

    order.refresh_from_db()
    assert order.status == Order.Status.PAID
    assert list(order.history.filter(fulfilment=None).values_list("to_status", flat=True)) == [
        "canceled",
        "paid",
    ]
    assert_stock_agrees()


def test_canceling_and_paying_at_the_same_moment_leave_one_truth(times: int) -> None:
    tickets = TicketTypeFactory(quantity_total=100 * times)
    for _ in range(10 * times):
        orders = [placed_order(things={tickets: 1}) for _ in range(10)]

        ends = at_once(
            *[
                act
                for order in orders
                for act in (
                    lambda order=order: cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now()),
                    lambda pk=order.pk: mark_order_paid(order_id=pk, paid_at=timezone.now()),
                )
            ]
        )

        for order, canceled, paid in zip(orders, ends[::2], ends[1::2], strict=True):
            order.refresh_from_db()
            assert (order.status, canceled is None, isinstance(paid, Order)) in [
                ("canceled", True, False),
                ("paid", False, True),
            ]
    assert_stock_agrees()


def test_one_payment_told_of_by_many_hands_out_one_set_of_tickets() -> None:
    order = placed_order()

    at_once(*[lambda: mark_order_paid(order_id=order.pk, paid_at=timezone.now())] * 8)

    assert EventAttendee.objects.count() == 2
    assert_stock_agrees()


def test_a_line_given_back_by_many_at_once_never_gives_back_more_than_was_bought() -> None:
    tickets = TicketTypeFactory()
    order = paid_order(things={tickets: 5})
    line = order.items.get()

    outcomes = at_once(
        *[lambda: give_back_items(order_id=order.pk, lines={line.pk: 1}, at=timezone.now())] * 16
    )

    assert outcomes.count(NothingToGiveBack) == 11
    assert_stock_agrees()
    assert_statuses_agree()


def in_own_connection(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()

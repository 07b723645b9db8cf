"""Any walk through the life of orders keeps every promise: stock, statuses, history, money (Hypothesis)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from delux.accounts.models import User
from delux.accounts.tests.factories import UserFactory
from delux.core.errors import DomainError
from delux.core.kept_query import KeptQuery
from delux.events.models import EventAttendee, TicketType
from delux.events.services.admission import check_in
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.models import Variant
from delux.market.tests.factories import VariantFactory
from delux.orders.models import CartItem, Fulfilment, Order, OrderStatusHistory
from delux.orders.services import cancelling
from delux.orders.services.cancelling import cancel_order, expire_orders
from delux.orders.services.cart import Wish, add_item, clear_cart, merge_lines
from delux.orders.services.fulfilment import BY_HAND, move_fulfilment
from delux.orders.services.payment import (
    OrderNotPayable,
    hold_for_payment,
    mark_order_paid,
    release_payment_hold,
)
from delux.orders.services.placing import PriceChanged, place_order
from delux.orders.services.refunding import give_back_items
from delux.orders.tests.factories import ADDRESS, paid_order
from delux.orders.tests.invariants import assert_statuses_agree, assert_stock_agrees

nth = st.integers(0, 9)
# Asked before every step.
ANY_WISH = KeptQuery(lambda: CartItem.objects.values("pk")[:1])
ANY_TICKET = KeptQuery(lambda: EventAttendee.objects.values("pk")[:1])


class Shop(RuleBasedStateMachine):
    """Two buyers, two kinds of tickets under one capacity, two variants, and a clock that moves."""

    things: list[tuple[str, int]]
    stocked: dict[int, int]
    buyers: list[User]

    @classmethod
    def open(cls) -> None:
        """Make what every walk begins with; a walk takes back whatever it did."""
        cls.buyers = [UserFactory(), UserFactory()]
        event = EventFactory(capacity=7)
        shoes = VariantFactory(stock_quantity=4, product__organizer__shipping_price=Decimal("7.00"))
        cls.things = [
            ("ticket", TicketTypeFactory(event=event, quantity_total=5, max_per_order=4).pk),
            ("ticket", TicketTypeFactory(event=event, quantity_total=5, price=0).pk),
            ("product", shoes.pk),
            ("product", VariantFactory(stock_quantity=2, product__organizer=event.organizer).pk),
        ]
        cls.stocked = dict(Variant.objects.values_list("pk", "stock_quantity"))

    def __init__(self) -> None:
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.now = timezone.now()
        self.placed: list[int] = []
        self.paid: dict[int, Decimal] = {}
        self.given_back: dict[int, Decimal] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    def order(self, index: int) -> Order:
        return Order.objects.get(pk=self.placed[index % len(self.placed)])

    def has_orders(self) -> bool:
        return bool(self.placed)

    @initialize(first=nth, second=nth)
    def both_want_something(self, first: int, second: int) -> None:
        """Else most walks would be over before anybody orders."""
        for buyer, thing in ((0, first), (1, second)):
            self.add(buyer=buyer, thing=thing, quantity=1)

    @rule(buyer=nth, thing=nth, quantity=st.integers(1, 4))
    def add(self, buyer: int, thing: int, quantity: int) -> None:
        wish = Wish(*self.things[thing % 4], quantity)
        allowed(lambda: add_item(buyer=self.buyers[buyer % 2], wish=wish, at=self.now))

    @rule(buyer=nth, first=nth, second=nth, quantity=st.integers(1, 9))
    def merge(self, buyer: int, first: int, second: int, quantity: int) -> None:
        wishes = [Wish(*self.things[thing % 4], quantity) for thing in (first, second)]
        merge_lines(buyer=self.buyers[buyer % 2], wishes=wishes, at=self.now)

    @rule(buyer=nth)
    def empty(self, buyer: int) -> None:
        clear_cart(buyer=self.buyers[buyer % 2])

    @rule(thing=nth, price=st.integers(0, 3))
    def change_price(self, thing: int, price: int) -> None:
        kind, key = self.things[thing % 4]
        (TicketType if kind == "ticket" else Variant).objects.filter(pk=key).update(price=price * 1000)

    @precondition(lambda _: ANY_WISH.tuples())
    @rule(
        expected=st.sampled_from([None, None, None, 5000, 0]), careless=st.sampled_from([False] * 4 + [True])
    )
    def place(self, expected: int | None, careless: bool) -> None:
        """Somebody with a full basket orders it, mostly with the delivery that suits it."""
        buyer = CartItem.objects.select_related("cart__user").latest("pk").cart.user
        gear = CartItem.objects.filter(cart__user=buyer, item_type="product").exists()
        total = None if expected is None else Decimal(expected)
        placed = allowed(
            lambda: place_order(
                buyer=buyer,
                at=self.now,
                delivery_type="delivery" if gear != careless else "none",
                shipping_address=ADDRESS,
                expected_total=total,
            )
        )
        if isinstance(placed, PriceChanged):
            assert Decimal(placed.extra["total"]) != total
        elif placed is not None and not isinstance(placed, DomainError):
            self.placed.append(placed.order.pk)
            assert total in (None, placed.order.total_amount)
            if placed.order.status == "paid":
                self.paid[placed.order.pk] = placed.order.total_amount

    @rule(minutes=st.sampled_from([1, 7, 15]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        expire_orders(self.now)

    @precondition(has_orders)
    @rule(index=nth, minutes=st.integers(1, 20))
    def start_payment(self, index: int, minutes: int) -> None:
        until = self.now + timedelta(minutes=minutes)
        allowed(lambda: hold_for_payment(order_id=self.order(index).pk, until=until, at=self.now))

    @precondition(has_orders)
    @rule(index=nth)
    def fail_payment(self, index: int) -> None:
        release_payment_hold(order_id=self.order(index).pk)

    @precondition(has_orders)
    @rule(index=nth)
    def pay(self, index: int) -> None:
        order = self.order(index)
        paid = allowed(lambda: mark_order_paid(order_id=order.pk, paid_at=self.now))
        assert order.status != "pending_payment" or not isinstance(paid, OrderNotPayable)
        if isinstance(paid, Order):
            self.paid.setdefault(order.pk, order.total_amount)

    @precondition(has_orders)
    @rule(index=nth)
    def cancel(self, index: int) -> None:
        order = self.order(index)
        allowed(lambda: cancel_order(buyer=order.user, order_id=order.pk, at=self.now))

    @precondition(has_orders)
    @rule(index=nth, line=nth, quantity=st.integers(1, 3))
    def give_back(self, index: int, line: int, quantity: int) -> None:
        order = self.order(index)
        items = list(order.items.all())
        lines = {items[line % len(items)].pk: quantity}
        value = allowed(lambda: give_back_items(order_id=order.pk, lines=lines, at=self.now))
        if isinstance(value, Decimal):
            self.given_back[order.pk] = self.given_back.get(order.pk, Decimal(0)) + value

    @precondition(has_orders)
    @rule(index=nth, part=nth, to=st.sampled_from(BY_HAND))
    def fulfil(self, index: int, part: int, to: str) -> None:
        parts = list(Fulfilment.objects.filter(order=self.order(index)).select_related("organizer__user"))
        one = parts[part % len(parts)]
        allowed(
            lambda: move_fulfilment(
                organizer=one.organizer,
                order_id=one.order_id,
                actor=one.organizer.user,
                at=self.now,
                to=to,
            )
        )

    @precondition(lambda _: ANY_TICKET.tuples())
    @rule(index=nth)
    def admit(self, index: int) -> None:
        tickets = EventAttendee.objects.select_related("ticket_type__event__organizer__user").order_by("pk")
        ticket = tickets[index % tickets.count()]
        organizer = ticket.ticket_type.event.organizer
        allowed(lambda: check_in(organizer=organizer, code=ticket.qr_code, by=organizer.user, at=self.now))

    @invariant()
    def stock_agrees(self) -> None:
        assert_stock_agrees(stocked=self.stocked)

    @invariant()
    def statuses_agree(self) -> None:
        assert_statuses_agree()

    @invariant()
    def no_order_gives_back_more_than_was_paid(self) -> None:
        for order, value in self.given_back.items():
            assert value <= self.paid[order]


def allowed(act):
    """Run a step that may be refused; a refusal changes nothing (its transaction is rolled back)."""
    try:
        with transaction.atomic():
            return act()
    except DomainError as refusal:
        return refusal


def walk(**options) -> None:
    case = Shop.TestCase()
    case.settings = settings(deadline=None, suppress_health_check=list(HealthCheck), **options)
    Shop.open()
    case.runTest()


@pytest.mark.django_db
def test_no_walk_breaks_a_promise() -> None:
    walk(max_examples=20, stateful_step_count=30, derandomize=True)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("quarter", range(4))  # of two hundred walks, so that workers share them
def test_no_long_walk_breaks_a_promise(quarter: int, times: int) -> None:
    walk(max_examples=50 * times, stateful_step_count=50)


@pytest.mark.django_db
def test_a_broken_promise_is_noticed(monkeypatch) -> None:
    """The negative control: where canceling forgets to give stock back, a walk finds it."""
    cancel_locked = cancelling.cancel_locked

    def forgetful(*args, **options) -> list:
        cancel_locked(*args, **options)
        return []

    monkeypatch.setattr(cancelling, "cancel_locked", forgetful)

    with pytest.raises(AssertionError):
        walk(max_examples=200, stateful_step_count=30, derandomize=True, phases=[Phase.generate])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "break_it",
    [
        lambda: OrderStatusHistory.objects.all().delete(),
        lambda: OrderStatusHistory.objects.update(to_status="canceled"),
        lambda: Fulfilment.objects.all().delete(),
    ],
)
def test_statuses_that_do_not_agree_are_seen(break_it) -> None:
    """The negative control of what is checked after each step."""
    paid_order(things={TicketTypeFactory(): 1})
    assert_statuses_agree()

    break_it()

    with pytest.raises(AssertionError):
        assert_statuses_agree()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "break_it",
    [lambda: TicketType.objects.update(quantity_sold=0), lambda: EventAttendee.objects.all().delete()],
)
def test_stock_that_does_not_agree_is_seen(break_it) -> None:
    paid_order(things={TicketTypeFactory(): 1})
    assert_stock_agrees()

    break_it()

    with pytest.raises(AssertionError):
        assert_stock_agrees()

from datetime import timedelta

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import NotFound
from delux.core.idempotency import IdempotencyKeyReused, RequestInProgress
from delux.events.models import EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Notification
from delux.orders.models import Order
from delux.orders.services.cancelling import cancel_order, expire_orders
from delux.orders.services.payment import OrderNotPayable
from delux.payments.gateways.base import GatewayUnavailable
from delux.payments.gateways.mock import MockGateway
from delux.payments.models import MockCharge, Payment
from delux.payments.services import charging
from delux.payments.services.charging import AlreadyPaid, OrderExpired, PaymentInProgress
from delux.payments.tests.factories import DECLINED, PENDING, paid, pay, placed, started_payment

pytestmark = pytest.mark.django_db


def test_a_good_card_pays_the_order_and_hands_out_what_it_bought() -> None:
    tickets = TicketTypeFactory()
    order = placed((tickets, 2), (VariantFactory(), 1))

    payment = pay(order)

    order.refresh_from_db()
    tickets.refresh_from_db()
    assert (payment.status, payment.amount, payment.card_last4) == ("succeeded", order.total_amount, "1111")
    assert payment.order.status == order.status == Order.Status.PAID
    assert (tickets.quantity_held, tickets.quantity_sold) == (0, 2)
    assert EventAttendee.objects.filter(user=order.user, status="paid").count() == 2
    assert Notification.objects.filter(user=order.user, kind="order_paid").count() == 1
    stored = Payment.objects.get()
    assert (stored.status, stored.paid_at, stored.claimed_until) == ("succeeded", payment.paid_at, None)
    assert stored.provider_payment_id == MockCharge.objects.get().charge_id


def test_a_declined_card_keeps_the_hold_and_another_card_pays() -> None:
    tickets = TicketTypeFactory()
    order = placed((tickets, 2))

    declined = pay(order, DECLINED, key="first")

    order.refresh_from_db()
    tickets.refresh_from_db()
    assert (declined.status, declined.failure_code) == ("failed", "card_declined")
    assert (order.status, order.payment_in_flight_until) == (Order.Status.PENDING_PAYMENT, None)
    assert (tickets.quantity_held, tickets.quantity_sold) == (2, 0)
    assert pay(order, key="second").status == "succeeded"
    assert MockCharge.objects.filter(status="succeeded").count() == 1


def test_a_pending_card_leaves_the_order_held_until_it_is_decided() -> None:
    now = timezone.now()
    order = placed(at=now - timedelta(minutes=14, seconds=59))

    payment = pay(order, PENDING, at=now)

    order.refresh_from_db()
    assert (payment.status, order.status) == ("initiated", Order.Status.PENDING_PAYMENT)
    assert order.payment_in_flight_until == now + charging.IN_FLIGHT
    assert expire_orders(now + timedelta(minutes=1)) == 0
    stored = Payment.objects.get()
    assert (stored.claimed_until, stored.provider_payment_id) == (None, MockCharge.objects.get().charge_id)


def test_paying_twice_is_refused_and_charges_nothing() -> None:
    order = paid()

    with pytest.raises(AlreadyPaid):
        pay(order, key="again")
    assert MockCharge.objects.count() == Payment.objects.count() == 1


def test_a_free_order_needs_no_payment() -> None:
    order = placed((TicketTypeFactory(price=0), 1))

    with pytest.raises(AlreadyPaid):
        pay(order)
    assert not Payment.objects.exists()


def test_while_one_payment_is_undecided_another_is_refused_and_told_which() -> None:
    order = placed()
    first = pay(order, PENDING, key="first")

    with pytest.raises(PaymentInProgress) as refused:
        pay(order, key="second")
    assert refused.value.extra == {"payment_id": first.pk}
    assert MockCharge.objects.count() == 1


def test_another_persons_order_does_not_exist() -> None:
    order = placed()

    with pytest.raises(NotFound):
        pay(order, payer=UserFactory())
    with pytest.raises(NotFound):
        pay(Order(order_number="DX-NONE", user=order.user))
    assert not Payment.objects.exists()


@pytest.mark.parametrize("swept", [False, True])
def test_after_its_time_an_order_takes_no_money(swept: bool) -> None:
    order = placed()
    assert order.expires_at
    if swept:
        expire_orders(order.expires_at)

    with pytest.raises(OrderExpired):
        pay(order, at=order.expires_at)
    assert not Payment.objects.exists()
    assert not MockCharge.objects.exists()


def test_a_canceled_order_takes_no_money() -> None:
    order = placed()
    cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())

    with pytest.raises(OrderNotPayable):
        pay(order)
    assert not MockCharge.objects.exists()


def test_repeating_a_decided_request_returns_its_payment() -> None:
    order = placed()

    first, again = pay(order), pay(order)

    assert (first.pk, first.status) == (again.pk, again.status)
    assert MockCharge.objects.count() == 1


def test_the_same_key_with_another_request_is_refused() -> None:
    order = placed()
    pay(order, DECLINED)

    with pytest.raises(IdempotencyKeyReused):
        pay(order)
    with pytest.raises(IdempotencyKeyReused):
        pay(placed(buyer=order.user))


def test_a_key_of_another_person_is_another_key() -> None:
    assert pay(placed()).status == pay(placed()).status == "succeeded"


def test_a_key_is_new_again_after_a_day() -> None:
    order = placed()
    first = pay(order, DECLINED)
    Payment.objects.update(created_at=timezone.now() - timedelta(hours=24))

    again = pay(order)

    assert again.pk != first.pk
    assert again.status == "succeeded"


def test_a_twin_in_flight_is_told_to_wait() -> None:
    order, at = placed(), timezone.now()
    started_payment(order, at=at)

    with pytest.raises(RequestInProgress) as refused:
        pay(order, at=at + timedelta(seconds=10))
    assert refused.value.extra == {"retry_after": 21}
    assert not MockCharge.objects.exists()


@pytest.mark.parametrize("known", ["succeeded", None])
def test_after_a_crash_the_same_request_goes_on_and_charges_once(known: str | None) -> None:
    order, at = placed(), timezone.now()
    crashed = started_payment(order, at=at, known=known)

    payment = pay(order, at=at + timedelta(seconds=31))

    assert (payment.pk, payment.status) == (crashed.pk, "succeeded")
    assert MockCharge.objects.filter(status="succeeded").count() == 1
    order.refresh_from_db()
    assert order.status == Order.Status.PAID


def test_a_claim_lost_to_a_faster_twin_means_waiting() -> None:
    order, at = placed(), timezone.now()
    crashed = started_payment(order, at=at)
    later = at + timedelta(seconds=31)

    assert charging.claim(payment_id=crashed.pk, at=later)
    assert not charging.claim(payment_id=crashed.pk, at=later)
    with pytest.raises(RequestInProgress):
        pay(order, at=later)


@pytest.mark.parametrize("charged", [True, False])
def test_a_provider_that_does_not_answer_leaves_the_payment_undecided(monkeypatch, charged: bool) -> None:
    really_charge = MockGateway.charge

    def times_out(self, **kwargs):
        if charged:
            really_charge(self, **kwargs)
        raise GatewayUnavailable("timeout")

    monkeypatch.setattr(MockGateway, "charge", times_out)
    order = placed()

    payment = pay(order)

    order.refresh_from_db()
    assert (payment.status, order.status) == ("initiated", Order.Status.PENDING_PAYMENT)
    assert MockCharge.objects.count() == charged


def test_a_provider_that_charges_another_sum_is_not_believed(monkeypatch) -> None:
    really_charge = MockGateway.charge

    def charges_less(self, *, amount, **kwargs):
        return really_charge(self, amount=amount - 1, **kwargs)

    monkeypatch.setattr(MockGateway, "charge", charges_less)
    order = placed()

    payment = pay(order)

    order.refresh_from_db()
    assert (payment.status, order.status) == ("initiated", Order.Status.PENDING_PAYMENT)


def test_paying_takes_few_queries_from_intent_to_outcome(django_assert_max_num_queries) -> None:
    order = placed((TicketTypeFactory(), 2))

    with django_assert_max_num_queries(26):
        pay(order)

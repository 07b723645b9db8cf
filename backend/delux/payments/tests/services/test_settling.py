from datetime import timedelta

import pytest
from django.utils import timezone

from delux.notifications.models import Notification
from delux.orders.models import Order
from delux.orders.services.cancelling import expire_orders
from delux.payments.gateways.base import GatewayUnavailable
from delux.payments.gateways.mock import MockGateway
from delux.payments.models import MockCharge, Payment, Refund, WebhookEvent
from delux.payments.selectors.payments import ASK_AFTER
from delux.payments.services.charging import IN_FLIGHT, claim
from delux.payments.services.settling import settle_payment, settle_pending
from delux.payments.tests.factories import PENDING, pay, placed, started_payment

pytestmark = pytest.mark.django_db


def after_the_claim():
    return timezone.now() + timedelta(seconds=31)


def test_a_pending_charge_is_settled_two_seconds_later_through_the_signed_webhook() -> None:
    order = placed()
    pay(order, PENDING)

    settle_pending(at=timezone.now())
    assert Order.objects.get().status == Order.Status.PENDING_PAYMENT
    settle_pending(at=timezone.now() + timedelta(seconds=2))

    event = WebhookEvent.objects.get()
    assert (event.kind, event.error) == ("charge.succeeded", "")
    assert event.processed_at
    assert Payment.objects.get().status == "succeeded"
    assert Order.objects.get().status == Order.Status.PAID


@pytest.mark.parametrize(
    ("known", "status", "order_status"),
    [
        ("succeeded", "succeeded", "paid"),
        ("failed", "failed", "pending_payment"),
        (None, "initiated", "pending_payment"),
    ],
)
def test_a_payment_whose_request_died_is_asked_about(
    known: str | None, status: str, order_status: str
) -> None:
    payment = started_payment(placed(), known=known)

    settle_pending(at=after_the_claim())

    payment.refresh_from_db()
    assert (payment.status, payment.claimed_until) == (status, None)
    assert Order.objects.get().status == order_status


def test_a_payment_somebody_is_deciding_is_left_alone() -> None:
    payment, at = started_payment(placed(), known="succeeded"), timezone.now()
    Payment.objects.update(created_at=at - timedelta(minutes=5))

    settle_pending(at=at + timedelta(seconds=29))
    assert settle_payment(payment=payment, at=at + timedelta(seconds=29)).status == "initiated"

    assert Payment.objects.get().status == "initiated"


def test_a_payment_just_made_is_not_asked_about_yet() -> None:
    payment = started_payment(placed(), known="succeeded")
    Payment.objects.update(claimed_until=None)

    settle_pending(at=payment.created_at + ASK_AFTER - timedelta(seconds=1))

    assert Payment.objects.get().status == "initiated"


def test_a_charge_the_provider_never_heard_of_is_given_up_and_the_buyer_told() -> None:
    order = placed()
    payment = started_payment(order)

    settle_payment(payment=payment, at=payment.created_at + timedelta(seconds=59))
    payment.refresh_from_db()
    assert payment.status == "initiated"
    settle_pending(at=payment.created_at + timedelta(minutes=1))

    payment.refresh_from_db()
    assert (payment.status, payment.failure_code) == ("failed", "not_charged")
    assert Notification.objects.get(user=order.user).kind == "payment_failed"
    assert pay(order, key="again").status == "succeeded"


def test_stock_stays_while_the_provider_is_deciding_but_not_for_ever() -> None:
    order = placed()
    payment = pay(order, PENDING)
    MockCharge.objects.update(settles_at=timezone.now() + timedelta(days=1))
    at = order.expires_at

    settle_pending(at=at)
    assert Order.objects.get().payment_in_flight_until == at + IN_FLIGHT
    assert expire_orders(at + timedelta(minutes=1)) == 0

    late = payment.created_at + timedelta(minutes=30)
    settle_pending(at=late)
    assert expire_orders(late + IN_FLIGHT) == 1
    assert Payment.objects.get().status == "initiated"


@pytest.mark.parametrize(
    ("age", "kept"), [(timedelta(minutes=29, seconds=59), True), (timedelta(minutes=30), False)]
)
def test_a_silent_provider_is_asked_again_later(monkeypatch, age: timedelta, kept: bool) -> None:
    order = placed()
    payment = pay(order, PENDING)
    at = payment.created_at + age

    def unreachable(self, *, reference: str):
        raise GatewayUnavailable("timeout")

    monkeypatch.setattr(MockGateway, "fetch", unreachable)
    Order.objects.update(payment_in_flight_until=at)
    settle_payment(payment=payment, at=at)

    payment.refresh_from_db()
    assert (payment.status, payment.claimed_until) == ("initiated", at + timedelta(seconds=30))
    assert Order.objects.get().payment_in_flight_until == (at + IN_FLIGHT if kept else at)


def test_one_that_breaks_does_not_stop_the_others(monkeypatch) -> None:
    broken, fine = (started_payment(placed(), known="succeeded") for _ in range(2))
    really_fetch = MockGateway.fetch

    def fetch(self, *, reference: str):
        if reference == str(broken.pk):
            raise ZeroDivisionError
        return really_fetch(self, reference=reference)

    monkeypatch.setattr(MockGateway, "fetch", fetch)
    settle_pending(at=after_the_claim())

    assert Payment.objects.get(pk=broken.pk).status == "initiated"
    assert Payment.objects.get(pk=fine.pk).status == "succeeded"


def test_without_the_mock_nothing_of_it_is_settled(settings) -> None:
    pay(placed(), PENDING)
    settings.MOCK_GATEWAY = False

    settle_pending(at=timezone.now() + timedelta(seconds=5))

    assert MockCharge.objects.get().status == "pending"
    assert not WebhookEvent.objects.exists()


def test_a_crash_between_the_providers_decision_and_its_webhook_loses_nothing() -> None:
    order = placed()
    payment = pay(order, PENDING)
    MockCharge.objects.update(status="succeeded")

    settle_pending(at=timezone.now() + ASK_AFTER)

    payment.refresh_from_db()
    assert payment.status == "succeeded"
    assert not Refund.objects.exists()


def test_a_payment_claimed_by_one_is_claimed_by_no_other() -> None:
    payment = started_payment(placed())
    at = after_the_claim()

    assert [claim(payment_id=payment.pk, at=at) for _ in range(3)] == [True, False, False]

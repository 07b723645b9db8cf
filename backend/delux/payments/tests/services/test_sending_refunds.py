from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import Conflict
from delux.core.money import ZERO
from delux.events.tests.factories import TicketTypeFactory
from delux.notifications.models import Notification
from delux.orders.models import Order
from delux.payments.gateways.base import GatewayUnavailable, RefundRefused
from delux.payments.gateways.mock import MockGateway
from delux.payments.models import MockCharge, MockRefund, Payment, Refund
from delux.payments.services import sending_refunds
from delux.payments.services.refunds import refund_order
from delux.payments.services.sending_refunds import (
    RefundExceedsPayment,
    open_refund,
    record_provider_refund,
    retry_refund,
    send_refund,
)
from delux.payments.services.settling import settle_pending
from delux.payments.tests.factories import paid

pytestmark = pytest.mark.django_db


def opened(order: Order, quantity: int = 1) -> Refund:
    refund = refund_order(
        order=order,
        organizer=None,
        lines={order.items.get().pk: quantity},
        shipping=False,
        reason="Asked for it",
        requested_by=None,
        at=timezone.now(),
    )
    assert refund
    return refund


def broken(error: Exception, *, after_doing_it: bool = False):
    really_refund = MockGateway.refund

    def refund(self, **kwargs):
        if after_doing_it:
            really_refund(self, **kwargs)
        raise error

    return refund


def test_a_sent_refund_is_told_to_the_buyer_once() -> None:
    order = paid((TicketTypeFactory(), 2))
    refund = opened(order)

    for _ in range(3):
        send_refund(refund_id=refund.pk, at=timezone.now())

    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("succeeded", 1)
    assert refund.provider_refund_id
    assert MockRefund.objects.get().amount == Decimal("5000.00")
    told = Notification.objects.get(kind="payment_refunded")
    assert (told.user, told.data["amount"]) == (order.user, "5000.00")
    assert Payment.objects.get().status == "succeeded"


@pytest.mark.parametrize("after_doing_it", [False, True])
def test_a_silent_provider_is_asked_again_with_the_same_key(monkeypatch, after_doing_it: bool) -> None:
    refund, at = opened(paid()), timezone.now()
    working = MockGateway.refund
    monkeypatch.setattr(
        MockGateway, "refund", broken(GatewayUnavailable("timeout"), after_doing_it=after_doing_it)
    )
    for wait in (0, 1, 29):  # asked once, then patience
        settle_pending(at=at + timedelta(seconds=wait))
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("initiated", 1)

    monkeypatch.setattr(MockGateway, "refund", working)
    settle_pending(at=at + timedelta(seconds=31))

    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("succeeded", 2)
    assert MockRefund.objects.count() == 1
    assert MockCharge.objects.get().refunded_amount == Payment.objects.get().refunded_amount == refund.amount


def test_patience_grows_to_an_hour_and_never_ends(monkeypatch) -> None:
    refund, at = opened(paid()), timezone.now()
    monkeypatch.setattr(MockGateway, "refund", broken(GatewayUnavailable("down")))
    waits = []

    for _ in range(12):
        send_refund(refund_id=refund.pk, at=at)
        refund.refresh_from_db()
        waits.append((refund.next_attempt_at - at).total_seconds())
        at = refund.next_attempt_at

    assert waits[:3] == [30, 60, 120]
    assert waits[-1] == 3600
    assert refund.status == "initiated"


def test_a_provider_that_is_gone_keeps_the_refund_waiting(settings) -> None:
    refund = opened(paid())
    settings.MOCK_GATEWAY = False

    send_refund(refund_id=refund.pk, at=timezone.now())

    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("initiated", 1)


def test_a_refused_refund_frees_its_money_and_staff_may_ask_once_more(monkeypatch) -> None:
    order, staff = paid(), UserFactory(is_staff=True)
    refund = opened(order)
    working = MockGateway.refund
    monkeypatch.setattr(MockGateway, "refund", broken(RefundRefused("card_closed")))
    send_refund(refund_id=refund.pk, at=timezone.now())
    refund.refresh_from_db()
    assert (refund.status, Payment.objects.get().refunded_amount) == ("failed", ZERO)
    assert Order.objects.get().refunded_amount == ZERO
    assert not Notification.objects.filter(kind="payment_refunded").exists()

    monkeypatch.setattr(MockGateway, "refund", working)
    again = retry_refund(refund=refund, requested_by=staff, at=timezone.now())
    with pytest.raises(Conflict):
        retry_refund(refund=refund, requested_by=staff, at=timezone.now())
    send_refund(refund_id=again.pk, at=timezone.now())

    again.refresh_from_db()
    assert (again.status, again.amount, again.requested_by) == ("succeeded", refund.amount, staff)
    assert Payment.objects.get().status == "refunded"
    with pytest.raises(Conflict):
        retry_refund(refund=again, requested_by=staff, at=timezone.now())


def test_a_refusal_that_comes_after_success_changes_nothing() -> None:
    refund = opened(paid())
    send_refund(refund_id=refund.pk, at=timezone.now())

    sending_refunds._record_refusal(refund, code="late")
    sending_refunds._record_success(refund, provider_refund_id="re_other", at=timezone.now())

    refund.refresh_from_db()
    assert refund.status == "succeeded"
    assert refund.provider_refund_id != "re_other"
    assert Payment.objects.get().refunded_amount == refund.amount


def test_a_payment_is_refunded_only_when_the_last_refund_has_arrived() -> None:
    order = paid((TicketTypeFactory(), 2))
    first, last = opened(order), opened(order)

    send_refund(refund_id=first.pk, at=timezone.now())
    assert Payment.objects.get().status == "succeeded"
    send_refund(refund_id=last.pk, at=timezone.now())
    assert Payment.objects.get().status == "refunded"


def test_more_than_the_payment_is_never_set_aside() -> None:
    paid()
    payment = Payment.objects.get()
    rest = {"organizer": None, "reason": "", "requested_by": None, "at": timezone.now()}
    open_refund(payment=payment, amount=payment.amount - Decimal("0.01"), **rest)

    with pytest.raises(RefundExceedsPayment):
        open_refund(payment=payment, amount=Decimal("0.02"), **rest)
    assert Refund.objects.count() == 1


def test_what_the_provider_returned_by_itself_is_followed_to_the_end() -> None:
    order = paid((TicketTypeFactory(), 2))
    payment = Payment.objects.get()

    for total in ("4000.00", "4000.00", "10000.00", "10000.00"):
        record_provider_refund(payment_id=payment.pk, total=Decimal(total), at=timezone.now())

    order.refresh_from_db()
    payment.refresh_from_db()
    assert [refund.amount for refund in Refund.objects.order_by("pk")] == [
        Decimal("4000.00"),
        Decimal("6000.00"),
    ]
    assert (payment.status, order.status) == ("refunded", Order.Status.REFUNDED)


def test_when_only_money_was_left_the_provider_returns_it_without_items() -> None:
    order = paid((TicketTypeFactory(), 1))
    Payment.objects.update(amount=Decimal("6000.00"))  # one thousand of it was shipping
    opened(order)
    Order.objects.update(status="paid", payment_status="paid", refunded_at=None, completed_at=None)

    record_provider_refund(payment_id=Payment.objects.get().pk, total=Decimal("6000.00"), at=timezone.now())

    assert Payment.objects.get().refunded_amount == Decimal("6000.00")
    assert order.items.get().refunded_quantity == 1

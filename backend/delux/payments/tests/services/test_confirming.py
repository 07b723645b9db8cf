from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.events.models import TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Notification
from delux.orders.models import Order
from delux.orders.services.cancelling import cancel_order, expire_orders
from delux.payments.gateways.base import ChargeState, ChargeStatus
from delux.payments.models import MockCharge, Payment, Refund
from delux.payments.services.confirming import AmountDiffers, confirm_payment, fail_payment, record_state
from delux.payments.services.settling import settle_pending
from delux.payments.tests.factories import placed, started_payment

pytestmark = pytest.mark.django_db


def lapsed(order: Order) -> Payment:
    """A payment in flight longer than its order could wait: the order was swept meanwhile."""
    payment = started_payment(order, known="succeeded")
    assert expire_orders(order.expires_at) == 1
    return payment


def test_a_repeated_confirmation_changes_nothing() -> None:
    order, at = placed((TicketTypeFactory(), 2)), timezone.now()
    payment = started_payment(order, known="succeeded")

    for _ in range(3):
        confirmed = confirm_payment(payment=payment, provider_payment_id="ch_1", at=at)

    assert confirmed.status == "succeeded"
    assert TicketType.objects.get().quantity_sold == 2
    assert Notification.objects.filter(user=order.user, kind="order_paid").count() == 1
    assert not Refund.objects.exists()


def test_late_money_revives_an_order_whose_stock_is_still_there() -> None:
    order = placed((TicketTypeFactory(quantity_total=2), 2))
    payment = lapsed(order)

    confirmed = confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())

    assert (confirmed.status, confirmed.order.status) == ("succeeded", Order.Status.PAID)
    assert TicketType.objects.get().quantity_sold == 2
    assert not Refund.objects.exists()


def test_late_money_for_stock_that_went_to_others_goes_back_by_itself() -> None:
    tickets = TicketTypeFactory(quantity_total=2)
    order = placed((tickets, 2))
    payment = lapsed(order)
    placed((tickets, 1))

    confirmed = confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())
    settle_pending(at=timezone.now())

    order.refresh_from_db()
    refund = Refund.objects.get()
    assert order.status == Order.Status.CANCELED
    assert confirmed.refunded_amount == refund.amount == payment.amount == order.refunded_amount
    assert (refund.status, Payment.objects.get().status) == ("succeeded", "refunded")
    assert MockCharge.objects.get().refunded_amount == payment.amount
    told = Notification.objects.get(user=order.user, kind="payment_refunded")
    assert told.data["amount"] == str(payment.amount)
    tickets.refresh_from_db()
    assert (tickets.quantity_held, tickets.quantity_sold) == (1, 0)


def test_money_for_an_order_its_buyer_canceled_goes_back() -> None:
    order = placed()
    payment = started_payment(order, known="succeeded")
    cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())

    for _ in range(2):
        confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())

    assert Refund.objects.get().amount == payment.amount
    assert Order.objects.get(pk=order.pk).status == Order.Status.CANCELED


def test_money_on_a_payment_given_up_goes_back_once() -> None:
    order = placed()
    payment = started_payment(order, known="succeeded")
    fail_payment(payment=payment, failure_code="not_charged", at=timezone.now())

    for _ in range(3):
        confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())
    settle_pending(at=timezone.now())

    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount) == ("failed", payment.amount)
    assert Refund.objects.get().status == "succeeded"
    assert Order.objects.get(pk=order.pk).status == Order.Status.PENDING_PAYMENT


def test_a_late_failure_does_not_undo_success() -> None:
    order, at = placed(), timezone.now()
    payment = started_payment(order, known="succeeded")
    confirm_payment(payment=payment, provider_payment_id="ch_1", at=at)

    answer = fail_payment(payment=Payment.objects.get(), failure_code="card_declined", at=at, tell=True)

    assert answer.status == Payment.objects.get().status == "succeeded"
    assert not Notification.objects.filter(kind="payment_failed").exists()


def test_a_payment_that_fails_in_the_buyers_absence_is_told_and_frees_the_order() -> None:
    order = placed()
    payment = started_payment(order)
    Order.objects.filter(pk=order.pk).update(payment_in_flight_until=timezone.now() + timedelta(minutes=2))

    fail_payment(payment=payment, failure_code="not_charged", at=timezone.now(), tell=True)

    assert Notification.objects.get(user=order.user).kind == "payment_failed"
    assert Order.objects.get(pk=order.pk).payment_in_flight_until is None


@pytest.mark.parametrize(("amount", "currency"), [("1.00", "KZT"), ("5000.01", "KZT"), ("5000.00", "USD")])
def test_another_sum_or_currency_is_not_believed(amount: str, currency: str) -> None:
    payment = started_payment(placed())
    state = ChargeState(
        status=ChargeStatus.SUCCEEDED, provider_payment_id="ch_1", amount=Decimal(amount), currency=currency
    )

    with pytest.raises(AmountDiffers):
        record_state(payment=payment, state=state, at=timezone.now())
    assert Payment.objects.get().status == "initiated"


@pytest.mark.parametrize("lines", [1, 3])
def test_confirming_takes_at_most_twenty_queries(lines: int, django_assert_max_num_queries) -> None:
    tickets = TicketTypeFactory()
    more = [(TicketTypeFactory(event=tickets.event), 1), (VariantFactory(), 1)]
    order = placed(*[(tickets, 2), *more][:lines])
    made = started_payment(order, known="succeeded")
    payment = Payment.objects.select_related("order").get(pk=made.pk)

    with django_assert_max_num_queries(20):
        confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())
    assert Order.objects.get().status == Order.Status.PAID

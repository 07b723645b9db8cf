"""What becomes of a payment and its order once the provider has decided. Safe to repeat, in any order."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext_noop

from delux.core.faults import faultpoint
from delux.core.kept_query import KeptUpdate
from delux.core.metrics import count
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import notify
from delux.orders.metrics import PAID
from delux.orders.services.payment import OrderNotPayable, mark_order_paid, release_payment_hold
from delux.payments.gateways.base import ChargeState, ChargeStatus
from delux.payments.models import Payment
from delux.payments.services.sending_refunds import give_whole_back, record_provider_refund

_LATE_FOR_PAYMENT = gettext_noop("The money came after this payment had been given up")
_LATE_FOR_ORDER = gettext_noop("The money came after the order was over")

log = structlog.get_logger(__name__)


class AmountDiffers(Exception):
    """The provider speaks of another sum than was asked for: nothing is believed, a person must look."""


def record_state(*, payment: Payment, state: ChargeState, at: datetime) -> Payment:
    """Bring a payment to where the provider says it stands. Nothing ever moves backwards.

    :raises AmountDiffers: the provider's sum or currency is not the payment's
    """
    if (state.amount, state.currency) != (payment.amount, payment.currency):
        log.error("payments.amount_differs", payment=payment.pk, said=f"{state.amount} {state.currency}")
        raise AmountDiffers(f"{state.amount} {state.currency} for payment {payment.pk}")
    match state.status:
        case ChargeStatus.SUCCEEDED:
            payment = confirm_payment(payment=payment, provider_payment_id=state.provider_payment_id, at=at)
            if state.refunded_amount:
                record_provider_refund(payment_id=payment.pk, total=state.refunded_amount, at=at)
                payment.refresh_from_db()
        case ChargeStatus.FAILED:
            payment = fail_payment(
                payment=payment,
                failure_code=state.failure_code or "declined",
                provider_payment_id=state.provider_payment_id,
                at=at,
            )
        case _:  # pending
            Payment.objects.filter(pk=payment.pk, status=Payment.Status.INITIATED).update(
                provider_payment_id=state.provider_payment_id, claimed_until=None
            )
    return payment


@transaction.atomic
def confirm_payment(*, payment: Payment, provider_payment_id: str, at: datetime) -> Payment:
    """Record that the money has come, and with it everything the order promises.

    Money that comes for an order that cannot be honoured any more, or for a payment already given up, goes
    back whole by itself, and the buyer is told.
    """
    if not _SUCCEED.run(payment_id=payment.pk, provider_payment_id=provider_payment_id, at=at):
        payment.refresh_from_db()
        if payment.status == Payment.Status.FAILED:
            give_whole_back(payment=payment, reason=_LATE_FOR_PAYMENT, at=at)
        return payment
    payment.status, payment.paid_at = Payment.Status.SUCCEEDED, at
    payment.provider_payment_id, payment.claimed_until = provider_payment_id, None
    try:
        payment.order = mark_order_paid(order_id=payment.order_id, paid_at=at)
    except OrderNotPayable:
        give_whole_back(payment=payment, reason=_LATE_FOR_ORDER, at=at)
    else:
        faultpoint("K5")
        count(PAID, market=payment.order.market, provider=payment.provider)
    return payment


_SUCCEED = KeptUpdate(
    lambda payment_id, provider_payment_id, at: (
        Payment.objects.filter(pk=payment_id, status=Payment.Status.INITIATED),
        {
            "status": Payment.Status.SUCCEEDED,
            "provider_payment_id": provider_payment_id,
            "paid_at": at,
            "claimed_until": None,
        },
    ),
    payment_id=int,
    provider_payment_id=str,
    at=datetime,
)


def fail_payment(
    *,
    payment: Payment,
    failure_code: str,
    at: datetime,
    provider_payment_id: str | None = None,
    tell: bool = False,
) -> Payment:
    """Record that the money will not come. The order keeps its hold until it expires: another card may pay.

    ``tell`` notifies the buyer, who was not there to see it.
    """
    with transaction.atomic():
        decided = Payment.objects.filter(pk=payment.pk, status=Payment.Status.INITIATED).update(
            status=Payment.Status.FAILED,
            failure_code=failure_code,
            failed_at=at,
            provider_payment_id=provider_payment_id,
            claimed_until=None,
        )
        if not decided:
            payment.refresh_from_db()
            return payment
        release_payment_hold(order_id=payment.order_id)
        if tell:
            notify(
                recipient=payment.payer,
                kind=Kind.PAYMENT_FAILED,
                context={
                    "order_number": payment.order.order_number,
                    "order_id": payment.order_id,
                    "amount": str(payment.amount),
                    "currency": payment.currency,
                },
                dedupe_key=f"payment-failed:{payment.pk}",
            )
    payment.status, payment.failure_code, payment.failed_at = Payment.Status.FAILED, failure_code, at
    payment.provider_payment_id, payment.claimed_until = provider_payment_id, None
    return payment

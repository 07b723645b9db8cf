"""Money on its way back. A refund is recorded first, then the provider is asked until it answers."""

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import Conflict, NotFound
from delux.core.queue import enqueue
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import notify
from delux.orders.models import Order
from delux.orders.services.refunding import NothingToGiveBack, give_back_items, note_refunded
from delux.payments.gateways.base import GatewayUnavailable, RefundRefused
from delux.payments.gateways.registry import get_gateway
from delux.payments.models import Payment, Refund

log = structlog.get_logger(__name__)

FIRST_PATIENCE = timedelta(seconds=30)
LONGEST_PATIENCE = timedelta(hours=1)
_AT_PROVIDER = gettext_noop("Returned by the payment provider")


class RefundExceedsPayment(Conflict):
    code = "refund_exceeds_payment"
    title = _("This is more than what is left of the payment")


def open_refund(
    *,
    payment: Payment,
    amount: Decimal,
    organizer: OrganizerProfile | None,
    reason: str,
    requested_by: User | None,
    at: datetime,
    retry_of: Refund | None = None,
) -> Refund:
    """Set ``amount`` of a payment aside as going back, inside the caller's transaction, and have it sent.

    :raises RefundExceedsPayment: less than that is left
    """
    left = Payment.objects.filter(pk=payment.pk, amount__gte=F("refunded_amount") + amount)
    if not left.update(refunded_amount=F("refunded_amount") + amount):
        raise RefundExceedsPayment
    note_refunded(order_id=payment.order_id, amount=amount)
    refund = Refund.objects.create(
        payment=payment,
        organizer=organizer,
        amount=amount,
        currency=payment.currency,
        reason=reason[:200],
        requested_by=requested_by,
        next_attempt_at=at,
        retry_of=retry_of,
    )
    enqueue("payments.send_refund", refund_id=refund.pk)
    return refund


def give_whole_back(*, payment: Payment, reason: str, at: datetime) -> Refund | None:
    """Return all of a payment that bought nothing, once; ``reason`` is said in the payer's language."""
    with translation.override(payment.payer.language):
        reason = gettext(reason)
    try:
        refund = open_refund(
            payment=payment, amount=payment.amount, organizer=None, reason=reason, requested_by=None, at=at
        )
    except RefundExceedsPayment:
        return None  # it is on its way already
    payment.refunded_amount = payment.amount
    log.warning("payments.money_returned", payment=payment.pk, order=payment.order_id)
    return refund


def send_refund(*, refund_id: int, at: datetime) -> None:
    """Ask the provider to give the money back, once however often this runs; later again if it is silent."""
    refund = Refund.objects.select_related("payment__payer", "payment__order").get(pk=refund_id)
    patience = min(FIRST_PATIENCE * 2 ** min(refund.attempts, 10), LONGEST_PATIENCE)
    due = Refund.objects.filter(
        pk=refund_id, status=Refund.Status.INITIATED, attempts=refund.attempts, next_attempt_at__lte=at
    )
    if not due.update(attempts=F("attempts") + 1, next_attempt_at=at + patience):
        return
    payment = refund.payment
    try:
        provider_refund_id = get_gateway(payment.provider).refund(
            reference=str(payment.pk), key=str(refund.pk), amount=refund.amount
        )
    except RefundRefused as error:
        _record_refusal(refund, code=str(error))
    except (GatewayUnavailable, NotFound) as error:
        log.warning("payments.refund_unsent", refund=refund.pk, error=type(error).__name__)
    else:
        _record_success(refund, provider_refund_id=provider_refund_id, at=at)


@transaction.atomic
def record_provider_refund(*, payment_id: int, total: Decimal, at: datetime) -> None:
    """Follow the provider when it gave back more than Delux asked for (at its own desk, by a chargeback).

    When nothing of the payment is left, the order gives everything back too.
    """
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    unknown = total - payment.refunded_amount
    if unknown <= 0:
        return
    Payment.objects.filter(pk=payment.pk).update(refunded_amount=F("refunded_amount") + unknown)
    payment.refunded_amount += unknown
    note_refunded(order_id=payment.order_id, amount=unknown)
    refund = Refund.objects.create(
        payment=payment,
        status=Refund.Status.SUCCEEDED,
        amount=unknown,
        currency=payment.currency,
        reason=_AT_PROVIDER,
        succeeded_at=at,
    )
    order = payment.order
    if payment.refunded_amount == payment.amount and order.payment_status == Order.PaymentStatus.PAID:
        with suppress(NothingToGiveBack):  # all of it came back before, and only its shipping was left
            give_back_items(order_id=order.pk, lines=None, at=at, reason=_AT_PROVIDER)
    _close_if_all_returned(payment)
    _tell_buyer(refund, payment)


@transaction.atomic
def retry_refund(*, refund: Refund, requested_by: User, at: datetime) -> Refund:
    """Ask once more for a refund the provider refused: the buyer is still owed it.

    :raises Conflict: it was not refused, or was asked for again already
    """
    refund = (
        Refund.objects.select_for_update(of=("self",))
        .select_related("payment", "organizer")
        .get(pk=refund.pk)
    )
    if refund.status != Refund.Status.FAILED or Refund.objects.filter(retry_of=refund).exists():
        raise Conflict(_("Only a refused refund can be tried again, and only once."))
    return open_refund(
        payment=refund.payment,
        amount=refund.amount,
        organizer=refund.organizer,
        reason=refund.reason,
        requested_by=requested_by,
        at=at,
        retry_of=refund,
    )


@transaction.atomic
def _record_success(refund: Refund, *, provider_refund_id: str, at: datetime) -> None:
    # Two last refunds that end together pass here one after the other, so that the later one sees both.
    payment = Payment.objects.select_for_update().get(pk=refund.payment_id)
    ended = Refund.objects.filter(pk=refund.pk, status=Refund.Status.INITIATED).update(
        status=Refund.Status.SUCCEEDED, provider_refund_id=provider_refund_id, succeeded_at=at
    )
    if ended:
        _close_if_all_returned(payment)
        _tell_buyer(refund, refund.payment)


@transaction.atomic
def _record_refusal(refund: Refund, *, code: str) -> None:
    log.error("payments.refund_refused", refund=refund.pk, payment=refund.payment_id, code=code)
    ended = Refund.objects.filter(pk=refund.pk, status=Refund.Status.INITIATED).update(
        status=Refund.Status.FAILED
    )
    if ended:
        Payment.objects.filter(pk=refund.payment_id).update(
            refunded_amount=F("refunded_amount") - refund.amount
        )
        note_refunded(order_id=refund.payment.order_id, amount=-refund.amount)


def _close_if_all_returned(payment: Payment) -> None:
    undecided = Refund.objects.filter(payment=OuterRef("pk"), status=Refund.Status.INITIATED)
    Payment.objects.filter(
        ~Exists(undecided), pk=payment.pk, status=Payment.Status.SUCCEEDED, refunded_amount=F("amount")
    ).update(status=Payment.Status.REFUNDED)


def _tell_buyer(refund: Refund, payment: Payment) -> None:
    notify(
        recipient=payment.payer,
        kind=Kind.PAYMENT_REFUNDED,
        context={
            "order_number": payment.order.order_number,
            "order_id": payment.order_id,
            "amount": str(refund.amount),
            "currency": refund.currency,
            "reason": refund.reason,
        },
        dedupe_key=f"payment-refunded:{refund.pk}",
    )

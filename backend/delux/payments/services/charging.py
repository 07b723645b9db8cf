"""Paying an order. The provider is called between two transactions: intent recorded, outcome recorded."""

from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.core.errors import Conflict
from delux.core.faults import faultpoint
from delux.core.idempotency import KEPT_FOR, IdempotencyKeyReused, RequestInProgress
from delux.core.inserts import insert
from delux.core.kept_query import KeptQuery
from delux.core.queue import enqueue
from delux.orders.metrics import CHECKOUT_SECONDS
from delux.orders.models import Order
from delux.orders.selectors.orders import get_bare_order
from delux.orders.services.payment import OrderNotPayable, hold_for_payment
from delux.payments.gateways.base import Card, Gateway, GatewayUnavailable
from delux.payments.models import Payment
from delux.payments.selectors.payments import get_payment_of_key
from delux.payments.services.confirming import AmountDiffers, record_state

log = structlog.get_logger(__name__)

# Whoever talks to the provider owns the payment this long; a crash leaves it to the next one after that.
CLAIM = timedelta(seconds=30)
# The order is kept from expiring this long; settling renews it while the provider has not decided.
IN_FLIGHT = timedelta(minutes=2)
SETTLE_HINT_SECONDS = 2.2


class AlreadyPaid(Conflict):
    code = "already_paid"
    title = _("This order is already paid")


class OrderExpired(Conflict):
    code = "order_expired"
    title = _("The time to pay for this order is over. Place it again")


class PaymentInProgress(Conflict):
    """``extra["payment_id"]`` is the payment to ask about."""

    code = "payment_in_progress"
    title = _("Another payment for this order is being decided. Wait for it")


@CHECKOUT_SECONDS.labels(step="payment").time()
def charge(
    *, payer: User, order_ref: str, gateway: Gateway, card: Card, key: str, request_hash: str, at: datetime
) -> Payment:
    """Pay the payer's order with ``card``; return the payment, decided or not.

    Safe to repeat with the same key: whatever step the earlier try reached, this one goes on from there, and
    the card is charged once.

    :raises NotFound: there is no such order, or it is another person's
    :raises AlreadyPaid: nothing is left to pay
    :raises OrderExpired: the time to pay is over
    :raises OrderNotPayable: the order was canceled
    :raises PaymentInProgress: another payment of this order is undecided
    :raises RequestInProgress: a twin of this request is at work
    :raises IdempotencyKeyReused: the key came before with another request
    """
    payment = _earlier_try(payer=payer, key=key, request_hash=request_hash, at=at)
    if payment is None:
        try:
            payment = _record_intent(
                payer=payer,
                order_ref=order_ref,
                gateway=gateway,
                card=card,
                key=key,
                request_hash=request_hash,
                at=at,
            )
        except (Conflict, IntegrityError):
            if _earlier_try(payer=payer, key=key, request_hash=request_hash, at=at) is None:
                raise
            raise RequestInProgress(extra={"retry_after": 1}) from None  # a twin was a moment faster
    elif payment.status != Payment.Status.INITIATED:
        return payment
    elif not claim(payment_id=payment.pk, at=at):
        raise RequestInProgress(extra={"retry_after": _seconds_left(payment, at)})
    return _ask_provider(payment=payment, gateway=gateway, card=card, at=at)


def claim(*, payment_id: int, at: datetime) -> bool:
    """Become the one who decides an undecided payment, for half a minute; tell whether that worked."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    return bool(
        Payment.objects.filter(free, pk=payment_id, status=Payment.Status.INITIATED).update(
            claimed_until=at + CLAIM
        )
    )


def _earlier_try(*, payer: User, key: str, request_hash: str, at: datetime) -> Payment | None:
    payment = get_payment_of_key(payer, key)
    if payment is None:
        return None
    if payment.created_at <= at - KEPT_FOR:
        Payment.objects.filter(pk=payment.pk).update(
            idempotency_key=""
        )  # a key lives a day, then it is new again
        return None
    if payment.request_hash != request_hash:
        raise IdempotencyKeyReused
    return payment


@transaction.atomic
def _record_intent(
    *, payer: User, order_ref: str, gateway: Gateway, card: Card, key: str, request_hash: str, at: datetime
) -> Payment:
    order = get_bare_order(payer, order_ref)
    try:
        hold_for_payment(order_id=order.pk, until=at + IN_FLIGHT, at=at)
    except OrderNotPayable:
        order.refresh_from_db()  # it may have been paid or swept while we waited for it
        raise _refusal(order) from None
    # Exact, as every payment of this order passes the row just updated before it comes here.
    if live := _LIVE.read(order=order.pk):
        raise PaymentInProgress(extra={"payment_id": live[0]["id"]})
    payment = Payment(
        order=order,
        payer=payer,
        provider=gateway.name,
        amount=order.total_amount,
        currency=order.currency,
        card_brand=card.brand,
        card_last4=card.last4,
        idempotency_key=key,
        request_hash=request_hash,
        claimed_until=at + CLAIM,
    )
    insert([payment])
    return payment


_LIVE = KeptQuery(
    lambda order: Payment.objects.filter(order=order).exclude(status=Payment.Status.FAILED).values("id"),
    order=int,
)


def _refusal(order: Order) -> Conflict:
    """Say why an order that is not waiting for money takes none."""
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return AlreadyPaid()
    canceled = order.status == Order.Status.CANCELED
    if canceled and order.cancel_reason != Order.CancelReason.EXPIRED:
        return OrderNotPayable()
    return OrderExpired()


def _ask_provider(*, payment: Payment, gateway: Gateway, card: Card, at: datetime) -> Payment:
    faultpoint("K2")
    try:
        state = gateway.charge(
            reference=str(payment.pk), amount=payment.amount, currency=payment.currency, card=card
        )
        faultpoint("K3")
        payment = record_state(payment=payment, state=state, at=at)
    except (GatewayUnavailable, AmountDiffers) as error:
        # The money may have moved or not: the payment stays undecided, and settling asks.
        log.warning("payments.undecided", payment=payment.pk, reason=str(error))
    if payment.status == Payment.Status.INITIATED:
        enqueue("payments.settle_pending", delay=SETTLE_HINT_SECONDS)
    return payment


def _seconds_left(payment: Payment, at: datetime) -> int:
    left = (payment.claimed_until - at).total_seconds() if payment.claimed_until else 0
    return max(1, min(int(left) + 1, int(CLAIM.total_seconds())))

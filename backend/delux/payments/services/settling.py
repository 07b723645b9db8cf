"""The sweep of the money side: what a crash, a lost message or a silent provider left open is decided."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings

from delux.orders.services.payment import extend_payment_hold
from delux.payments.gateways import mock
from delux.payments.gateways.base import ChargeStatus, GatewayUnavailable
from delux.payments.gateways.registry import get_gateway
from delux.payments.models import Payment
from delux.payments.selectors.payments import list_undecided_payments, list_unprocessed_webhooks
from delux.payments.selectors.refunds import list_due_refunds
from delux.payments.services.charging import IN_FLIGHT, claim
from delux.payments.services.confirming import fail_payment, record_state
from delux.payments.services.sending_refunds import send_refund
from delux.payments.services.webhooks import process_webhook, receive_webhook

log = structlog.get_logger(__name__)

BATCH = 200
# A charge the provider has not heard of by then never left here: the buyer may try again.
NEVER_ASKED_AFTER = timedelta(minutes=1)
# Stock is not kept longer for a provider that cannot decide; money that comes later is dealt with as late.
HOLD_AT_MOST = timedelta(minutes=30)


def settle_pending(*, at: datetime) -> None:
    """Decide what can be decided now: pending charges, unread webhooks, silent payments, unsent refunds.

    One that fails does not stop the others, and is met again by the next sweep.
    """
    if settings.MOCK_GATEWAY:
        _each(
            mock.settle_due(at),
            lambda sent: receive_webhook(provider="mock", headers=sent[0], raw=sent[1], at=at),
        )
    _each(list_unprocessed_webhooks()[:BATCH], lambda event: process_webhook(event_id=event.pk, at=at))
    _each(list_undecided_payments(at=at)[:BATCH], lambda payment: settle_payment(payment=payment, at=at))
    _each(list_due_refunds(at=at)[:BATCH], lambda refund: send_refund(refund_id=refund.pk, at=at))


def settle_payment(*, payment: Payment, at: datetime) -> Payment:
    """Ask the provider how an undecided payment stands, and record it, unless somebody is doing so."""
    if not claim(payment_id=payment.pk, at=at):
        return payment
    young = payment.created_at > at - HOLD_AT_MOST
    try:
        state = get_gateway(payment.provider).fetch(reference=str(payment.pk))
    except GatewayUnavailable as error:
        log.warning("payments.gateway_unavailable", payment=payment.pk, error=str(error))
        if young:
            extend_payment_hold(order_id=payment.order_id, until=at + IN_FLIGHT)
        return payment
    if state is None:
        if payment.created_at > at - NEVER_ASKED_AFTER:
            Payment.objects.filter(pk=payment.pk, status=Payment.Status.INITIATED).update(claimed_until=None)
            return payment
        return fail_payment(payment=payment, failure_code="not_charged", at=at, tell=True)
    if state.status == ChargeStatus.PENDING and young:
        extend_payment_hold(order_id=payment.order_id, until=at + IN_FLIGHT)
    return record_state(payment=payment, state=state, at=at)


def _each(rows: Iterable[Any], act: Callable[[Any], object]) -> None:
    for row in rows:
        try:
            act(row)
        except Exception:
            log.exception("payments.settling_failed", row=repr(row)[:80])

"""What providers tell us: stored first, acted on once. The news itself is never believed: we ask back."""

from collections.abc import Mapping
from datetime import datetime

import structlog
from django.db import DataError
from django.db.models import F

from delux.core.errors import NotFound
from delux.core.faults import faultpoint
from delux.core.queue import enqueue
from delux.payments.gateways.base import BadWebhook, GatewayUnavailable
from delux.payments.gateways.registry import get_gateway
from delux.payments.models import Payment, WebhookEvent
from delux.payments.services.confirming import AmountDiffers, record_state

log = structlog.get_logger(__name__)


class _Refused(Exception):
    """The event is kept with the reason and never acted on."""


def receive_webhook(*, provider: str, headers: Mapping[str, str], raw: bytes, at: datetime) -> WebhookEvent:
    """Store a provider's message, once per its event id, and have it acted on.

    :raises NotFound: there is no such provider here
    :raises BadWebhook: it is not from the provider, is older than five minutes, or cannot be stored
    """
    said = get_gateway(provider).verify_webhook(headers=headers, raw=raw, at=at)
    told = WebhookEvent(
        provider=provider,
        event_id=said.event_id,
        kind=said.kind,
        reference=said.reference,
        amount=said.amount,
        currency=said.currency,
        payload=said.payload,
    )
    try:
        WebhookEvent.objects.bulk_create([told], ignore_conflicts=True)
    except (DataError, ValueError):  # longer than any id of theirs, or with a NUL: not their shape
        raise BadWebhook from None
    event = WebhookEvent.objects.get(provider=provider, event_id=said.event_id)
    faultpoint("K4")
    if event.processed_at is None:
        enqueue("payments.process_webhook", event_id=event.pk)
    return event


def process_webhook(*, event_id: int, at: datetime) -> None:
    """Act on a stored message unless that is done. One that cannot be acted on keeps why in ``error``."""
    event = WebhookEvent.objects.get(pk=event_id)
    if event.processed_at is not None:
        return
    try:
        _follow_provider(event, at=at)
    except GatewayUnavailable as error:
        log.warning("payments.webhook_postponed", webhook=event.pk, error=str(error))
        WebhookEvent.objects.filter(pk=event.pk).update(
            attempts=F("attempts") + 1, error="provider unavailable"
        )
        return
    except (_Refused, AmountDiffers, NotFound) as error:
        log.error("payments.webhook_refused", webhook=event.pk, reason=str(error))
        reason = str(error)
    else:
        reason = ""
    WebhookEvent.objects.filter(pk=event.pk, processed_at__isnull=True).update(
        attempts=F("attempts") + 1, processed_at=at, error=reason[:200]
    )


def _follow_provider(event: WebhookEvent, *, at: datetime) -> None:
    payment = _payment_of(event)
    if (event.amount, event.currency) != (payment.amount, payment.currency):
        raise _Refused(f"says {event.amount} {event.currency} of {payment.amount} {payment.currency}")
    state = get_gateway(event.provider).fetch(reference=str(payment.pk))
    if state is None:
        raise _Refused("the provider does not know this charge")
    record_state(payment=payment, state=state, at=at)


def _payment_of(event: WebhookEvent) -> Payment:
    reference = event.reference
    found = (
        Payment.objects.select_related("order", "payer")
        .filter(pk=int(reference), provider=event.provider)
        .first()
        if reference.isascii() and reference.isdigit()
        else None
    )
    if found is None:
        raise _Refused(f"unknown payment {reference}")
    return found

from celery import shared_task
from django.utils import timezone

from delux.payments.services import refunds, sending_refunds, settling, webhooks


@shared_task(name="payments.settle_pending")
def settle_pending() -> None:
    settling.settle_pending(at=timezone.now())


@shared_task(name="payments.process_webhook")
def process_webhook(event_id: int) -> None:
    webhooks.process_webhook(event_id=event_id, at=timezone.now())


@shared_task(name="payments.send_refund")
def send_refund(refund_id: int) -> None:
    sending_refunds.send_refund(refund_id=refund_id, at=timezone.now())


@shared_task(name="payments.refund_canceled_events")
def refund_canceled_events(event_id: int | None = None) -> None:
    while refunds.refund_canceled_events(at=timezone.now(), event_id=event_id):
        pass

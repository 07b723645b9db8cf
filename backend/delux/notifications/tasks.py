from celery import shared_task
from django.utils import timezone

from delux.notifications.services import delivery
from delux.notifications.services.proofs import mail_proofs, text_codes
from delux.notifications.services.warnings import warn_of_copied_tokens


@shared_task(name="notifications.deliver")
def deliver(delivery_id: int) -> None:
    delivery.deliver(delivery_id=delivery_id, now=timezone.now())


@shared_task(name="notifications.deliver_pending")
def deliver_pending() -> None:
    mail_proofs(now=timezone.now())
    warn_of_copied_tokens(now=timezone.now())
    delivery.deliver_pending(now=timezone.now())


@shared_task(name="notifications.deliver_sms")
def deliver_sms() -> None:
    text_codes(now=timezone.now())
    delivery.deliver_sms(now=timezone.now())

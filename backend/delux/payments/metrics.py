"""Figures of money on its way, for Prometheus."""

from delux.core.metrics import watch_work
from delux.payments.models import Payment, Refund, WebhookEvent

watch_work("payments", lambda _at: Payment.objects.filter(status=Payment.Status.INITIATED), due="created_at")
watch_work(
    "refunds", lambda _at: Refund.objects.filter(status=Refund.Status.INITIATED), due="next_attempt_at"
)
watch_work("webhooks", lambda _at: WebhookEvent.objects.filter(processed_at__isnull=True), due="created_at")

from datetime import timedelta

import pytest
from django.utils import timezone

from delux.core.metrics import read_waiting
from delux.events.tests.factories import TicketTypeFactory
from delux.orders.tests.test_metrics import more
from delux.payments.models import WebhookEvent
from delux.payments.services.confirming import confirm_payment
from delux.payments.tests.factories import placed, started_payment

pytestmark = pytest.mark.django_db


def test_a_payment_counts_once_however_often_its_provider_says_so(django_capture_on_commit_callbacks) -> None:
    paid = more("delux_orders_paid_total", market="KZ", provider="mock")
    payment = started_payment(placed((TicketTypeFactory(), 2)), known="succeeded")

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())

    assert paid() == 1


def test_a_message_of_a_provider_that_nobody_has_acted_on_is_late() -> None:
    told = WebhookEvent.objects.create(
        provider="mock", event_id="e1", kind="k", reference="1", amount=1, currency="KZT", payload={}
    )

    late = read_waiting("webhooks", at=told.created_at + timedelta(minutes=3))
    WebhookEvent.objects.update(processed_at=timezone.now())

    assert (late.rows, late.late_seconds) == (1, 180)
    assert read_waiting("webhooks", at=timezone.now()).rows == 0

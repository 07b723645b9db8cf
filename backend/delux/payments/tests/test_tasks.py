import pytest
from django.conf import settings
from django.utils import timezone

from delux.events.models import Event
from delux.events.tests.factories import TicketTypeFactory
from delux.payments import tasks
from delux.payments.gateways.mock import webhook
from delux.payments.models import MockCharge, Payment, Refund
from delux.payments.services.refunds import refund_event, refund_order
from delux.payments.services.webhooks import receive_webhook
from delux.payments.tests.factories import paid, placed, started_payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, dict]]:
    messages: list[tuple[str, dict]] = []
    monkeypatch.setattr(
        "delux.core.queue.current_app.send_task",
        lambda name, kwargs=None, **_options: messages.append((name, kwargs or {})),
    )
    return messages


def test_the_clock_calls_tasks_that_exist() -> None:
    ours = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if "payments." in entry["task"]}
    assert ours == {"payments.settle_pending", "payments.refund_canceled_events"}
    assert ours <= {tasks.settle_pending.name, tasks.refund_canceled_events.name}


def test_a_refund_is_sent_right_after_it_is_committed(sent, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        refund_order(
            order=paid(),
            organizer=None,
            lines=None,
            shipping=True,
            reason="",
            requested_by=None,
            at=timezone.now(),
        )
    refund = Refund.objects.get()
    assert (tasks.send_refund.name, {"refund_id": refund.pk}) in sent

    tasks.send_refund(refund_id=refund.pk)

    refund.refresh_from_db()
    assert refund.status == "succeeded"


def test_a_webhook_is_acted_on_right_after_it_is_stored(sent, django_capture_on_commit_callbacks) -> None:
    started_payment(placed(), known="succeeded")
    headers, raw = webhook(MockCharge.objects.get(), at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        event = receive_webhook(provider="mock", headers=headers, raw=raw, at=timezone.now())
    assert (tasks.process_webhook.name, {"event_id": event.pk}) in sent

    tasks.process_webhook(event_id=event.pk)
    tasks.settle_pending()

    assert Payment.objects.get().status == "succeeded"


def test_a_canceled_events_tickets_are_refunded_to_the_last(
    sent, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    tickets = TicketTypeFactory()
    for _ in range(3):
        paid((tickets, 1))
    Event.objects.update(status="canceled", canceled_at=timezone.now())
    monkeypatch.setattr("delux.payments.services.refunds.CANCELED_EVENT_BATCH", 2)
    with django_capture_on_commit_callbacks(execute=True):
        refund_event(event_id=tickets.event_id)
    assert (tasks.refund_canceled_events.name, {"event_id": tickets.event_id}) in sent

    tasks.refund_canceled_events(event_id=tickets.event_id)

    assert Refund.objects.count() == 3

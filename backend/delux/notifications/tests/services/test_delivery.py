import threading
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery
from delux.notifications.selectors.deliveries import list_due
from delux.notifications.services import delivery as service
from delux.notifications.services.delivery import CLAIM, RETRY_AFTER, deliver, deliver_pending
from delux.notifications.services.notify import notify

pytestmark = pytest.mark.django_db


def tell(number=1, **person):
    user = UserFactory(language="en", **person)
    context = {
        "order_number": f"DX-{number}",
        "total": "19.90",
        "currency": "USD",
        "titles": ["10 km <b>run</b>"],
    }
    notify(recipient=user, kind=Kind.ORDER_PAID, context=context, dedupe_key=f"order-paid:{number}")
    return Delivery.objects.get(notification__user=user)


def soon():
    return timezone.now() + timedelta(seconds=5)


class BrokenServer(EmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"


def test_the_mail_says_what_the_row_says(settings):
    settings.PUBLIC_URL = "https://delux.example"
    delivery = tell(first_name="Jane", email="jane@example.com")

    assert deliver(delivery_id=delivery.pk, now=soon())

    [sent] = mail.outbox
    assert sent.to == ["jane@example.com"]
    assert sent.subject == delivery.notification.title == "Order DX-1 is paid"
    assert delivery.notification.body in sent.body
    assert "Hello Jane," in sent.body
    assert "https://delux.example/orders/DX-1" in sent.body
    html = sent.alternatives[0].content
    assert "10 km &lt;b&gt;run&lt;/b&gt;" in html
    assert 'href="https://delux.example/orders/DX-1"' in html
    assert sent.extra_headers["Message-ID"] == f"<delivery-{delivery.pk}@delux.test>"
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == ("sent", 1, "")
    assert delivery.sent_at is not None


def test_what_is_sent_is_not_sent_again():
    delivery = tell()
    deliver(delivery_id=delivery.pk, now=soon())

    assert not deliver(delivery_id=delivery.pk, now=soon() + timedelta(days=1))
    assert deliver_pending(now=soon() + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_a_sweep_sends_all_that_waits_with_a_few_queries_a_batch(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(service, "BATCH", 4)
    for number in range(6):
        tell(number)

    # Two batches: claim in a transaction (4), mark sent (1).
    with django_assert_num_queries(10):
        assert deliver_pending(now=soon()) == 6

    assert len(mail.outbox) == 6
    assert set(Delivery.objects.values_list("status", flat=True)) == {"sent"}


def test_a_broken_mail_server_puts_the_delivery_off(broken_server):
    delivery, now = tell(), soon()

    assert deliver_pending(now=now) == 0

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("pending", 1)
    assert delivery.next_attempt_at == now + RETRY_AFTER[0]
    assert delivery.error.startswith("SMTPServerDisconnected")


def test_what_a_worker_that_died_had_claimed_goes_out_after_half_a_minute(monkeypatch):
    def die(_delivery):
        raise KeyboardInterrupt

    tell()
    now = soon()
    monkeypatch.setattr(service, "compose", die)
    with pytest.raises(KeyboardInterrupt):
        deliver_pending(now=now)
    monkeypatch.undo()

    assert deliver_pending(now=now + CLAIM - timedelta(seconds=1)) == 0
    assert deliver_pending(now=now + CLAIM) == 1


def test_a_slow_server_gets_no_more_than_may_be_sent_within_the_claim(monkeypatch):
    first, *others = [tell(number) for number in range(3)]
    clock = iter([0.0] * 3 + [service.BEGIN_WITHIN_SECONDS + 1])
    monkeypatch.setattr(service.time, "monotonic", lambda: next(clock))
    now = soon()

    assert deliver_pending(now=now) == 1

    monkeypatch.undo()
    first.refresh_from_db()
    assert first.status == "sent"
    for other in others:
        waiting = Delivery.objects.get(pk=other.pk)
        assert (waiting.status, waiting.attempts) == ("pending", 0)
        assert waiting.next_attempt_at == other.next_attempt_at
    assert deliver_pending(now=now) == 2
    assert len(mail.outbox) == 3


def test_what_is_claimed_late_in_a_pass_is_in_one_hand_as_well(monkeypatch):
    for number in range(3):
        tell(number)
    now, passed, due, write = soon(), timedelta(0), [], service.compose

    def take_long(delivery):
        nonlocal passed
        due.append(list_due(channel=Delivery.Channel.EMAIL, at=now + passed + timedelta(seconds=1)).count())
        passed += timedelta(seconds=20)
        return write(delivery)

    monkeypatch.setattr(service, "BATCH", 1)
    monkeypatch.setattr(service, "compose", take_long)
    monkeypatch.setattr(service.time, "monotonic", lambda: passed.total_seconds())  # noqa: PLW0108 `passed` is another one each time

    assert deliver_pending(now=now) == 3
    assert due == [2, 1, 0]


def test_a_mail_that_kills_its_workers_is_tried_ever_less_and_then_given_up(monkeypatch):
    def die(_delivery):
        raise KeyboardInterrupt

    delivery, now = tell(), soon()
    monkeypatch.setattr(service, "compose", die)
    for pause in (CLAIM, *RETRY_AFTER[:-1]):
        with pytest.raises(KeyboardInterrupt):
            deliver_pending(now=now)
        assert deliver_pending(now=now + pause - timedelta(seconds=1)) == 0
        now += pause

    assert deliver_pending(now=now) == 0

    delivery.refresh_from_db()
    assert (delivery.status, delivery.error.split(":")[0]) == ("failed", "WorkersDied")


def test_a_delivery_put_off_waits_its_time_and_then_goes_out(settings):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.BrokenServer"
    tell()
    now = soon()
    deliver_pending(now=now)
    settings.EMAIL_BACKEND = backend

    assert deliver_pending(now=now + RETRY_AFTER[0] - timedelta(seconds=1)) == 0
    assert deliver_pending(now=now + RETRY_AFTER[0]) == 1


def test_a_delivery_is_given_up_after_the_last_try(broken_server):
    delivery, now = tell(), soon()

    for pause in RETRY_AFTER:
        deliver_pending(now=now)
        now += pause

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("failed", len(RETRY_AFTER))
    deliver_pending(now=now + timedelta(days=30))
    delivery.refresh_from_db()
    assert delivery.attempts == len(RETRY_AFTER)


def test_one_bad_address_does_not_hold_up_the_others(monkeypatch):
    bad, good = tell(1, email="bad@example.com"), tell(2, email="good@example.com")
    send = EmailBackend.send_messages

    def refuse_one(self, messages):
        if messages[0].to == ["bad@example.com"]:
            raise ValueError("no such mailbox")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_one)

    assert deliver_pending(now=soon()) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == ("pending", "sent")


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_mail_once(monkeypatch):
    monkeypatch.setattr(service, "BATCH", 3)
    for number in range(12):
        tell(number)
    now, start, counts = soon(), threading.Barrier(4), []

    def work():
        try:
            start.wait()
            counts.append(sum(deliver_pending(now=now) for _ in range(4)))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == 12
    assert len(mail.outbox) == 12
    assert len({sent.subject for sent in mail.outbox}) == 12

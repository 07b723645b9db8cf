"""Send the e-mails and SMS that are on their way. Any number of workers may run this at once."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import structlog
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Case, F, Value, When

from delux.core.faults import faultpoint
from delux.core.sms import send_sms
from delux.notifications.mail import compose
from delux.notifications.models import Delivery
from delux.notifications.selectors.deliveries import list_due
from delux.notifications.texting import TooLate, compose_sms

Channel = Delivery.Channel
log = structlog.get_logger(__name__)

# Whoever claimed a batch sends it within this long; a first crash leaves it to the next one after that.
CLAIM = timedelta(seconds=30)
# A slow provider may use up the rest of the claim for the one delivery that was begun before this.
BEGIN_WITHIN_SECONDS = 15
# How long after the first, second, … failure the next try may begin; after the last the delivery is given up.
RETRY_AFTER = (
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
BATCH = 20
SMS_BATCH = 10
BATCHES_IN_A_PASS = 50


def deliver(*, delivery_id: int, now: datetime) -> bool:
    """Send one e-mail if it is due and nobody else is at it; return whether it went out."""
    return bool(_mail(_claim(Channel.EMAIL, BATCH, now=now, delivery_id=delivery_id), now))


def deliver_pending(*, now: datetime) -> int:
    """Send the e-mails that are due; return how many went out.

    A failure ends the pass: if the mail server is down, the rest of the queue is not made to wait for it row
    by row. A crash between sending and noting it repeats at most one batch, under the same Message-IDs.
    """
    return _deliver_all(Channel.EMAIL, BATCH, _mail, now=now)


def deliver_sms(*, now: datetime) -> int:
    """Send the SMS that are due; return how many went out. A failure ends the pass, as above."""
    return _deliver_all(Channel.SMS, SMS_BATCH, _text, now=now)


def _deliver_all(
    channel: Channel, batch: int, send: Callable[[list[Delivery], datetime], int], *, now: datetime
) -> int:
    count, at, begun = 0, now, time.monotonic()
    for _ in range(BATCHES_IN_A_PASS):
        sent = send(_claim(channel, batch, now=at), at)
        count += sent
        if sent < batch:
            break
        # The next claim counts from when it is made, however long this batch took.
        at = now + timedelta(seconds=time.monotonic() - begun)
    return count


@transaction.atomic
def _claim(channel: Channel, batch: int, *, now: datetime, delivery_id: int | None = None) -> list[Delivery]:
    """Take due deliveries nobody else holds, and keep everybody else from them for the time of a claim.

    What was begun before and never noted may be what kills its workers: it waits as long as after a failure.
    """
    pauses = [
        When(attempts=number, then=Value(now + pause)) for number, pause in enumerate((CLAIM, *RETRY_AFTER))
    ]
    due = list_due(channel=channel, at=now).select_for_update(skip_locked=True, of=("self",))
    claimed = list(due.filter(pk=delivery_id) if delivery_id else due[:batch])
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        attempts=F("attempts") + 1, next_attempt_at=Case(*pauses), updated_at=now
    )
    return claimed


class WorkersDied(Exception):
    """Each try was begun, and none was noted as sent or failed."""


def _in_time(claimed: list[Delivery], now: datetime) -> Iterator[Delivery]:
    """Yield what may be begun before the claim runs out; the rest waits on as if it had not been claimed.

    What was begun as often as it may be, and never noted, is given up.
    """
    begun = time.monotonic()
    for place, delivery in enumerate(claimed):
        if time.monotonic() - begun > BEGIN_WITHIN_SECONDS:
            for left in claimed[place:]:
                # Whoever has claimed it since has counted further.
                Delivery.objects.filter(pk=left.pk, attempts=left.attempts + 1).update(
                    attempts=left.attempts, next_attempt_at=left.next_attempt_at
                )
            return
        if delivery.attempts == len(RETRY_AFTER):
            _note_failure(delivery, WorkersDied(), now)
            continue
        delivery.attempts += 1
        yield delivery


def _mail(claimed: list[Delivery], now: datetime) -> int:
    """Try each claimed e-mail over one connection and note how it went; return how many went out."""
    if not claimed:
        return 0
    faultpoint("K7")
    sent = []
    connection = get_connection()
    for delivery in _in_time(claimed, now):
        try:
            connection.send_messages([compose(delivery)])
            sent.append(delivery.pk)
            _log_sent(delivery)
        except Exception as error:  # noqa: BLE001 whatever a mail server does, the other deliveries go on
            _note_failure(delivery, error, now)
            connection.close()
    connection.close()
    faultpoint("K8")
    _note_sent(sent, now)
    return len(sent)


def _text(claimed: list[Delivery], now: datetime) -> int:
    """Try each claimed SMS, noting each at once, as each is paid for; return how many went out."""
    sent = 0
    for delivery in _in_time(claimed, now):
        try:
            send_sms(compose_sms(delivery, at=now))
        except Exception as error:  # noqa: BLE001 whatever a provider does, the other deliveries go on
            _note_failure(delivery, error, now)
        else:
            _note_sent([delivery.pk], now)
            _log_sent(delivery)
            sent += 1
    return sent


def _note_sent(deliveries: list[int], now: datetime) -> None:
    Delivery.objects.filter(pk__in=deliveries).update(
        status=Delivery.Status.SENT, sent_at=now, error="", updated_at=now
    )


def _log_sent(delivery: Delivery) -> None:
    """Say for whose request it was, which need not be the one that had this pass begun."""
    log.info(
        "notification.delivered",
        delivery=delivery.pk,
        channel=delivery.channel,
        attempts=delivery.attempts,
        request_id=delivery.request_id,
    )


def _note_failure(delivery: Delivery, error: Exception, now: datetime) -> None:
    given_up = delivery.attempts >= len(RETRY_AFTER) or isinstance(error, TooLate)
    log.warning(
        "notification.not_delivered",
        delivery=delivery.pk,
        attempts=delivery.attempts,
        given_up=given_up,
        error=type(error).__name__,
        request_id=delivery.request_id,
    )
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.FAILED if given_up else Delivery.Status.PENDING,
        next_attempt_at=now + RETRY_AFTER[min(delivery.attempts, len(RETRY_AFTER)) - 1],
        error=f"{type(error).__name__}: {error}"[:200],
        updated_at=now,
    )

"""Tell a person something: a row they read in the product, and an e-mail (or an SMS) on its way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from delux.accounts.models import User
from delux.core.queue import wake
from delux.core.trace import current_request
from delux.notifications.kinds import BY_SMS, Kind
from delux.notifications.models import Delivery, Notification
from delux.notifications.wording import word

# One statement for both rows of every message, as this runs inside the transaction that confirms a payment.
_INSERT = """
WITH given (user_id, kind, title, body, data, priority, dedupe_key, channel) AS (VALUES {rows}),
told AS (
    INSERT INTO notifications_notification (user_id, kind, title, body, data, priority, dedupe_key)
    SELECT user_id, kind, title, body, data, priority, dedupe_key FROM given
    ON CONFLICT (user_id, dedupe_key) DO NOTHING
    RETURNING id, user_id, dedupe_key
)
INSERT INTO notifications_delivery
    (notification_id, channel, status, attempts, error, request_id, next_attempt_at)
SELECT told.id, given.channel, 'pending', 0, '', %s,
    -- What somebody waits for goes before what is sent to many.
    CASE given.priority WHEN 'low' THEN now() ELSE now() - interval '1 hour' END
FROM told JOIN given USING (user_id, dedupe_key) WHERE given.channel IS NOT NULL
"""
_ROW = "(%s::bigint, %s::text, %s::text, %s::text, %s::jsonb, %s::text, %s::text, %s::text)"
# They are the title and the body already.
_WRITTEN_OUT = {"subject", "text"}
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell one person; see ``notify``. The mails of ``is_bulk`` let all others go first."""

    recipient: User
    kind: Kind
    context: dict[str, Any]
    dedupe_key: str
    is_bulk: bool = False


def notify(*, recipient: User, kind: Kind, context: dict[str, Any], dedupe_key: str) -> None:
    """Write one notification in the recipient's language, and its e-mail if they have an address.

    Whoever came by phone and has none gets what is in BY_SMS on it.

    Belongs in the transaction of the fact it tells of; nothing is sent before that commits. ``dedupe_key``
    names the fact (``order-paid:17``): telling the same person of it again does nothing. What ``context``
    must hold is said at Kind.
    """
    notify_all([Message(recipient, kind, context, dedupe_key)])


def notify_all(messages: Sequence[Message]) -> None:
    """Write many notifications as ``notify`` writes one, each person and key at most once among them."""
    for start in range(0, len(messages), _AT_ONCE):
        some = messages[start : start + _AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(
                _INSERT.format(rows=", ".join([_ROW] * len(some))),
                [*(value for one in some for value in _values(one)), current_request()],
            )
    channels = {_channel(message) for message in messages}
    if Delivery.Channel.EMAIL in channels:
        wake("notifications.deliver_pending")
    if Delivery.Channel.SMS in channels:
        wake("notifications.deliver_sms")


def _values(message: Message) -> tuple[Any, ...]:
    recipient = message.recipient
    wording = word(kind=message.kind, language=recipient.language, context=message.context)
    data = {name: value for name, value in message.context.items() if name not in _WRITTEN_OUT}
    return (
        recipient.pk,
        message.kind.value,
        wording.title,
        wording.body,
        json.dumps(data, cls=DjangoJSONEncoder),
        (Notification.Priority.LOW if message.is_bulk else Notification.Priority.NORMAL).value,
        message.dedupe_key,
        channel.value if (channel := _channel(message)) else None,
    )


def _channel(message: Message) -> Delivery.Channel | None:
    """Return how a message leaves the product, if it does."""
    if message.recipient.takes_mail:
        return Delivery.Channel.EMAIL
    if message.kind in BY_SMS and message.recipient.phone_verified_at and settings.SMS_URL:
        return Delivery.Channel.SMS
    return None

"""Tell a person something: a row they read in the product, and an e-mail on its way."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from delux.accounts.models import User
from delux.core.queue import wake
from delux.notifications.kinds import Kind
from delux.notifications.wording import word

# One statement for both rows, as this runs inside the transaction that confirms a payment.
_INSERT = """
WITH told AS (
    INSERT INTO notifications_notification (user_id, kind, title, body, data, priority, dedupe_key)
    VALUES (%(user)s, %(kind)s, %(title)s, %(body)s, %(data)s, 'normal', %(dedupe_key)s)
    ON CONFLICT (user_id, dedupe_key) DO NOTHING
    RETURNING id
)
INSERT INTO notifications_delivery (notification_id, channel, status, attempts, error)
SELECT id, 'email', 'pending', 0, '' FROM told WHERE %(has_email)s
"""


def notify(*, recipient: User, kind: Kind, context: dict[str, Any], dedupe_key: str) -> None:
    """Write one notification in the recipient's language, and its e-mail if they have an address.

    Belongs in the transaction of the fact it tells of; nothing is sent before that commits. ``dedupe_key``
    names the fact (``order-paid:17``): telling the same person of it again does nothing. What ``context``
    must hold is said at Kind.
    """
    wording = word(kind=kind, language=recipient.language, context=context)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "user": recipient.pk,
                "kind": kind.value,
                "title": wording.title,
                "body": wording.body,
                "data": json.dumps(context, cls=DjangoJSONEncoder),
                "dedupe_key": dedupe_key,
                "has_email": bool(recipient.email),
            },
        )
    if recipient.email:
        wake("notifications.deliver_pending")

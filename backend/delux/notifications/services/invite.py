"""Tell somebody who may have no account something by mail alone."""

from typing import Any

from delux.core.queue import wake
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery, Invitation
from delux.notifications.wording import word


def invite(*, email: str, language: str, kind: Kind, context: dict[str, Any], dedupe_key: str) -> None:
    """Put a mail on its way to an address that need not be a person's; nothing of it shows in the product.

    Belongs in the transaction of the fact it tells of, once for each ``dedupe_key``.
    """
    wording = word(kind=kind, language=language, context=context)
    invitation = Invitation.objects.create(
        email=email,
        language=language,
        kind=kind.value,
        title=wording.title,
        body=wording.body,
        dedupe_key=dedupe_key,
    )
    Delivery.objects.create(invitation=invitation, channel=Delivery.Channel.EMAIL)
    wake("notifications.deliver_pending")

from datetime import datetime

from django.db.models import QuerySet

from delux.notifications.models import Delivery


def list_due(*, channel: Delivery.Channel, at: datetime) -> QuerySet[Delivery]:
    """Return deliveries whose time has come, the longest waiting first, with what composing one reads."""
    return (
        Delivery.objects.filter(channel=channel, status=Delivery.Status.PENDING, next_attempt_at__lte=at)
        .select_related("notification__user", "proof", "invitation", "code")
        .order_by("next_attempt_at", "pk")
    )

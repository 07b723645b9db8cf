from datetime import datetime

from django.db.models import QuerySet

from delux.notifications.models import Delivery


def list_due(*, at: datetime) -> QuerySet[Delivery]:
    """Return deliveries whose time has come, the longest waiting first, with what composing a mail reads."""
    return (
        Delivery.objects.filter(status=Delivery.Status.PENDING, next_attempt_at__lte=at)
        .select_related("notification__user", "proof", "invitation")
        .order_by("next_attempt_at", "pk")
    )

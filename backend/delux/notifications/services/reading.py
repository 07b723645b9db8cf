from datetime import datetime

from delux.notifications.models import Notification


def mark_read(*, notification: Notification, at: datetime) -> None:
    """Note when somebody first read what they were told."""
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=at, updated_at=at)

from datetime import datetime

from delux.accounts.models import User
from delux.notifications.models import Notification


def mark_read(*, notification: Notification, at: datetime) -> None:
    """Note when somebody first read what they were told."""
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=at, updated_at=at)


def mark_all_read(*, user: User, up_to: int, at: datetime) -> None:
    """Note that a person has read all they were told up to the notification ``up_to``."""
    Notification.objects.visible_to(user).filter(pk__lte=up_to, read_at__isnull=True).update(
        read_at=at, updated_at=at
    )

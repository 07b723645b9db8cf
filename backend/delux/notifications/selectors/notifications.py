from django.db.models import QuerySet

from delux.accounts.models import User
from delux.core.errors import NotFound
from delux.notifications.models import Notification


def list_notifications(*, viewer: User, unread: bool = False) -> QuerySet[Notification]:
    """Return what ``viewer`` was told, the newest first; ``unread`` leaves out what they have read."""
    told = Notification.objects.visible_to(viewer).order_by("-created_at", "-pk")
    return told.filter(read_at__isnull=True) if unread else told


def get_notification(*, viewer: User, notification_id: int) -> Notification:
    """Return one thing ``viewer`` was told.

    :raises NotFound: it is not there or was told to somebody else
    """
    notification = Notification.objects.visible_to(viewer).filter(pk=notification_id).first()
    if notification is None:
        raise NotFound
    return notification

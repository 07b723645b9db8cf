from django.db.models import QuerySet

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound
from delux.notifications.models import Silence
from delux.notifications.silence_links import SilenceLink


def list_silences(*, viewer: User) -> QuerySet[Silence]:
    """Return whom ``viewer`` silenced, the latest first, with the organizer."""
    return Silence.objects.visible_to(viewer).select_related("organizer").order_by("-created_at", "-pk")


def is_silenced(link: SilenceLink) -> bool:
    return Silence.objects.filter(user=link.user_id, organizer=link.organizer_id).exists()


def get_sender(link: SilenceLink) -> OrganizerProfile:
    """Return whose mail the link stands in.

    :raises NotFound: the organizer, or the person it was sent to, is no more
    """
    sender = OrganizerProfile.objects.filter(pk=link.organizer_id).first()
    if sender is None or not User.objects.filter(pk=link.user_id).exists():
        raise NotFound
    return sender

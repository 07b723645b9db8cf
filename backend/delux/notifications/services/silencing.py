"""An organizer's news are heard until somebody says no, and again when they take it back."""

from delux.accounts.models import User
from delux.core.errors import NotFound
from delux.notifications.models import Silence
from delux.notifications.silence_links import SilenceLink


def silence(link: SilenceLink) -> None:
    """Send this person no more news of this organizer. Safe to repeat: the first source stays."""
    Silence.objects.bulk_create(
        [Silence(user_id=link.user_id, organizer_id=link.organizer_id, source=link.source)],
        ignore_conflicts=True,
    )


def hear_again(link: SilenceLink) -> None:
    """Take a silence back, by the same mail. Safe to repeat."""
    Silence.objects.filter(user=link.user_id, organizer=link.organizer_id).delete()


def end_silence(*, user: User, organizer_slug: str) -> None:
    """Take back what a person said about an organizer.

    :raises NotFound: they did not silence it
    """
    gone, _by_model = Silence.objects.visible_to(user).filter(organizer__slug=organizer_slug).delete()
    if not gone:
        raise NotFound

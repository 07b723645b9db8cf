"""Reads of people and of those who sell."""

from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound


def get_signed_in(*, user_id: int, token_version: int) -> User | None:
    """Return the person an access token speaks for with their organizer profile, in one query.

    None when they are gone or blocked, or when a newer version made their tokens worthless.
    """
    user = User.objects.select_related("organizer_profile").filter(pk=user_id).first()
    if user is None or not user.is_active or user.token_version != token_version:
        return None
    return user


def get_by_email(email: str) -> User | None:
    """Return the person with this e-mail, whatever its case, with their organizer profile; blocked or not."""
    # Written as the unique index is; `iexact` would compare UPPER(email) and read the whole table.
    same = Exact(Lower("email"), email.lower())
    return User.objects.select_related("organizer_profile").filter(same).first()


def get_organizer(*, slug: str) -> OrganizerProfile:
    """Return a public profile; one whose person is blocked is not shown.

    :raises NotFound: there is none
    """
    profile = OrganizerProfile.objects.filter(slug=slug, user__is_active=True).first()
    if profile is None:
        raise NotFound
    return profile

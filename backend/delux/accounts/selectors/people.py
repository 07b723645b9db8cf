"""Reads of people."""

from delux.accounts.models import User


def get_signed_in(*, user_id: int, token_version: int) -> User | None:
    """Return the person an access token speaks for with their organizer profile, in one query.

    None when they are gone or blocked, or when a newer version made their tokens worthless.
    """
    user = User.objects.select_related("organizer_profile").filter(pk=user_id).first()
    if user is None or not user.is_active or user.token_version != token_version:
        return None
    return user

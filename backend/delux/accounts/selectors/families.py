from datetime import datetime

from django.db.models import QuerySet

from delux.accounts.models import TokenFamily, User
from delux.core.errors import NotFound


def get_family(*, key_hash: str) -> TokenFamily | None:
    """Return the family with this key, its person and their organizer profile, in one query."""
    return TokenFamily.objects.select_related("user__organizer_profile").filter(key_hash=key_hash).first()


def list_copied_families(*, since: datetime) -> QuerySet[TokenFamily]:
    """Return families whose token turned out to be copied after ``since``, with their people."""
    return TokenFamily.objects.filter(reused_at__gt=since).select_related("user").order_by("reused_at")


def list_sessions(*, viewer: User, at: datetime) -> QuerySet[TokenFamily]:
    """Return the sign-ins of ``viewer`` that go on at ``at``, the last used first."""
    open_ones = TokenFamily.objects.visible_to(viewer).filter(revoked_at__isnull=True, expires_at__gt=at)
    return open_ones.order_by("-rotated_at", "-pk")


def get_session(*, viewer: User, session_id: int, at: datetime) -> TokenFamily:
    """Return one of the sign-ins of ``viewer`` that go on.

    :raises NotFound: it is not there, over, or somebody else's
    """
    session = list_sessions(viewer=viewer, at=at).filter(pk=session_id).first()
    if session is None:
        raise NotFound
    return session

from datetime import datetime

from django.db.models import QuerySet

from delux.accounts.models import TokenFamily


def get_family(*, key_hash: str) -> TokenFamily | None:
    """Return the family with this key, its person and their organizer profile, in one query."""
    return TokenFamily.objects.select_related("user__organizer_profile").filter(key_hash=key_hash).first()


def list_copied_families(*, since: datetime) -> QuerySet[TokenFamily]:
    """Return families whose token turned out to be copied after ``since``, with their people."""
    return TokenFamily.objects.filter(reused_at__gt=since).select_related("user").order_by("reused_at")

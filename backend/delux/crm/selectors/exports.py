"""Files an organizer had written: its own alone."""

from django.db.models import QuerySet

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.crm.models import Export


def list_exports(*, organizer: OrganizerProfile) -> QuerySet[Export]:
    """Return an organizer's files of the last days, latest first."""
    return Export.objects.filter(organizer=organizer).order_by("-created_at", "-pk")


def get_export(*, organizer: OrganizerProfile, export_id: int) -> Export:
    """Return one file's row.

    :raises NotFound: not there any more, or another organizer's
    """
    work = Export.objects.filter(organizer=organizer, pk=export_id).first()
    if work is None:
        raise NotFound
    return work

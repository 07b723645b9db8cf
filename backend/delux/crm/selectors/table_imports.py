"""Tables an organizer sent: its own alone."""

from django.db.models import QuerySet

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.crm.models import TableImport


def list_imports(*, organizer: OrganizerProfile, kind: str) -> QuerySet[TableImport]:
    """Return an organizer's tables of one kind, latest first, without what is large in them."""
    imports = TableImport.objects.filter(organizer=organizer, kind=kind).defer("faults", "sample", "seen")
    return imports.order_by("-created_at", "-pk")


def get_import(*, organizer: OrganizerProfile, kind: str, import_id: int, lock: bool = False) -> TableImport:
    """Return one table of a kind; with ``lock`` for a change.

    :raises NotFound: not there, of another kind, or another organizer's
    """
    imports = TableImport.objects.filter(organizer=organizer, kind=kind, pk=import_id)
    work = (imports.select_for_update() if lock else imports).first()
    if work is None:
        raise NotFound
    return work

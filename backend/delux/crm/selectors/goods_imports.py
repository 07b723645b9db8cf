"""Tables an organizer sent: its own alone."""

from django.db.models import QuerySet

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.crm.models import GoodsImport


def list_imports(*, organizer: OrganizerProfile) -> QuerySet[GoodsImport]:
    """Return an organizer's tables of goods, latest first, without what is large in them."""
    imports = GoodsImport.objects.filter(organizer=organizer).defer("faults", "sample", "seen")
    return imports.order_by("-created_at", "-pk")


def get_import(*, organizer: OrganizerProfile, import_id: int, lock: bool = False) -> GoodsImport:
    """Return one table of goods; with ``lock`` for a change.

    :raises NotFound: not there, or another organizer's
    """
    imports = GoodsImport.objects.filter(organizer=organizer, pk=import_id)
    work = (imports.select_for_update() if lock else imports).first()
    if work is None:
        raise NotFound
    return work

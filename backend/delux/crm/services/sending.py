"""The worker's part of mailings: tell who is still to be told, and notice when the last mail is out."""

from datetime import datetime

from delux.crm.models import Mailing
from delux.crm.selectors.mailings import progress_of
from delux.crm.services.mailings import tell_some


def push_mailings(*, now: datetime) -> None:
    """Bring every mailing on its way further. Run again, it goes on where the last run stopped."""
    under_way = Mailing.objects.filter(status=Mailing.Status.SENDING).select_related("organizer", "event")
    for mailing in under_way.order_by("started_at", "pk"):
        while tell_some(mailing=mailing, now=now):
            pass
        _note_progress(mailing, now)


def _note_progress(mailing: Mailing, now: datetime) -> None:
    """Keep the figures in the row: people and their notifications may go, what was done stays known."""
    progress = progress_of(mailing)
    figures = {"mails_sent": progress.mails_sent, "mails_failed": progress.mails_failed, "updated_at": now}
    untold = mailing.recipients.filter(told_at__isnull=True)
    if not progress.mails_pending and not untold.exists():
        figures |= {"status": Mailing.Status.SENT, "sent_at": now}
    Mailing.objects.filter(pk=mailing.pk, status=Mailing.Status.SENDING).update(**figures)

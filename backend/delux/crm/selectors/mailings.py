"""Whom a mailing reaches, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from delux.accounts.models import NOWHERE, OrganizerProfile, User
from delux.core.errors import NotFound
from delux.crm.models import Mailing
from delux.crm.selectors.people import items_of_customers
from delux.events.models import EventAttendee
from delux.events.selectors.organizing import HOLDS
from delux.notifications.models import Delivery, Notification, Silence

A_DAY = timedelta(days=1)
# Of one organizer to customers, and to the holders of tickets to one event.
NEWS_A_DAY = 2
NOTES_A_DAY = 3
_STATUSES = {
    "": HOLDS,
    Mailing.Attendance.CHECKED_IN: (EventAttendee.Status.CHECKED_IN,),
    Mailing.Attendance.EXPECTED: (EventAttendee.Status.PAID,),
}
_TAKES_MAIL = Q(email__isnull=False) & ~Q(email__endswith=NOWHERE)


@dataclass(frozen=True)
class Reach:
    """How many a mailing would tell, how many of them by mail, and how many it leaves out."""

    people: int
    mails: int
    silenced: int


@dataclass(frozen=True)
class Progress:
    """How far a mailing has come, and what it did: notifications read, news given up because of it."""

    mails_sent: int
    mails_failed: int
    mails_pending: int
    read: int
    unsubscribed: int


def list_mailings(*, organizer: OrganizerProfile) -> QuerySet[Mailing]:
    """Return an organizer's mailings, latest first, with what they are about."""
    mailings = Mailing.objects.filter(organizer=organizer).select_related("event", "ticket_type")
    return mailings.order_by("-created_at", "-pk")


def get_mailing(*, organizer: OrganizerProfile, mailing_id: int) -> Mailing:
    """Return one mailing.

    :raises NotFound: not there, or another organizer's
    """
    mailing = list_mailings(organizer=organizer).filter(pk=mailing_id).first()
    if mailing is None:
        raise NotFound
    return mailing


def reach_of(mailing: Mailing) -> Reach:
    """Count whom a mailing, stored or not, would tell if it were sent now."""
    is_silenced = Q(Exists(_silences(mailing))) if mailing.event_id is None else Q(pk__in=())
    return Reach(
        **_meant(mailing).aggregate(
            people=Count("pk", filter=~is_silenced),
            mails=Count("pk", filter=~is_silenced & _TAKES_MAIL),
            silenced=Count("pk", filter=is_silenced),
        )
    )


def recipients_of(mailing: Mailing) -> QuerySet[User]:
    """Return whom a mailing, if it were sent now, would tell."""
    meant = _meant(mailing)
    return meant if mailing.event_id else meant.filter(~Exists(_silences(mailing)))


def left_today(*, organizer: OrganizerProfile, event_id: int | None, at: datetime) -> int:
    """Return how many more mailings to customers, or about this event, may be sent within 24 hours."""
    sent = Mailing.objects.filter(organizer=organizer, event=event_id, started_at__gt=at - A_DAY).count()
    return max(0, (NEWS_A_DAY if event_id is None else NOTES_A_DAY) - sent)


def progress_of(mailing: Mailing) -> Progress:
    """Count the mails of a mailing that was sent, and what people did with it; three queries."""
    told = Notification.objects.filter(
        dedupe_key=mailing.key, user__in=mailing.recipients.values("user")
    ).order_by()
    mails = dict(
        Delivery.objects.filter(notification__in=told)
        .order_by()
        .values_list("status")
        .annotate(n=Count("pk"))
    )
    return Progress(
        mails_sent=mails.get(Delivery.Status.SENT, 0),
        mails_failed=mails.get(Delivery.Status.FAILED, 0),
        mails_pending=mails.get(Delivery.Status.PENDING, 0),
        read=told.filter(read_at__isnull=False).count(),
        unsubscribed=Silence.objects.filter(organizer=mailing.organizer_id, source=mailing.key).count(),
    )


def _meant(mailing: Mailing) -> QuerySet[User]:
    """Return everybody a mailing is meant for, those who want no news included."""
    people = User.objects.filter(is_active=True)
    if not mailing.event_id:
        bought = items_of_customers(organizer=mailing.organizer, search=mailing.search, tag=mailing.tag)
        return people.filter(pk__in=bought.values("order__user"))
    tickets = EventAttendee.objects.filter(
        ticket_type__event=mailing.event_id, status__in=_STATUSES[mailing.attendance]
    )
    if mailing.ticket_type_id:
        tickets = tickets.filter(ticket_type=mailing.ticket_type_id)
    return people.filter(pk__in=tickets.values("user"))


def _silences(mailing: Mailing) -> QuerySet[Silence]:
    return Silence.objects.filter(organizer=mailing.organizer_id, user=OuterRef("pk"))

"""One text to many. See `docs/decisions/0017-news-may-be-silenced.md`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.services.guessing import Limit, count_try
from delux.core.errors import Conflict, Invalid, NotFound
from delux.core.locks import lock_hot_rows
from delux.core.queue import enqueue
from delux.crm.models import Mailing, MailingRecipient
from delux.crm.selectors.mailings import get_mailing, left_today, reach_of, recipients_of
from delux.events.selectors.organizing import get_event, get_ticket_type
from delux.notifications.kinds import Kind
from delux.notifications.models import Notification
from delux.notifications.services.notify import Message, notify_all
from delux.notifications.wording import word

# So long after its end people may still be written to as guests of an event; later they are customers.
TALKED_ABOUT = timedelta(days=14)
TESTS = 10
_AT_ONCE = 1000
_ROWS = 5000


class MailingSent(Conflict):
    code = "mailing_sent"
    title = _("This message is sent already. Write a new one")


class NobodyToTell(Conflict):
    code = "nobody_to_tell"
    title = _("There is nobody to send this to")


class EventLongOver(Conflict):
    code = "event_long_over"
    title = _("This event ended more than 14 days ago. Write to its guests as your customers instead")


class NoOwnMail(Conflict):
    code = "no_own_mail"
    title = _("Your account has no e-mail a test could go to. Add one in your profile")


class EnoughForToday(Conflict):
    code = "enough_for_today"
    title = _("People get no more messages of this kind today. Try again tomorrow")


@dataclass(frozen=True)
class Audience:
    """Whom to write to: customers narrowed by ``search`` and ``tag``, or holders of tickets to an event."""

    search: str = ""
    tag: str = ""
    event_id: int | None = None
    ticket_type_id: int | None = None
    attendance: str = ""


def plan_mailing(*, organizer: OrganizerProfile, audience: Audience, **text: Any) -> Mailing:
    """Return a mailing that is not stored.

    :raises Invalid: the event or the kind of ticket is not this organizer's
    """
    mailing = Mailing(
        organizer=organizer, search=audience.search, tag=audience.tag, attendance=audience.attendance, **text
    )
    if audience.event_id is None:
        return mailing
    try:
        mailing.event = get_event(organizer=organizer, event_id=audience.event_id)
    except NotFound:
        raise Invalid.field("event", _("You have no such event."), code="unknown") from None
    if audience.ticket_type_id is not None:
        try:
            mailing.ticket_type = get_ticket_type(
                organizer=organizer, event_id=audience.event_id, ticket_type_id=audience.ticket_type_id
            )
        except NotFound:
            detail = _("This event has no such ticket.")
            raise Invalid.field("ticket_type", detail, code="unknown") from None
    return mailing


def write_mailing(
    *, organizer: OrganizerProfile, author: User, subject: str, body: str, audience: Audience
) -> Mailing:
    """Keep a draft. Nobody is told anything yet.

    :raises Invalid: the event or the kind of ticket is not this organizer's
    """
    mailing = plan_mailing(organizer=organizer, audience=audience, author=author, subject=subject, body=body)
    mailing.save()
    return mailing


@transaction.atomic
def change_mailing(*, organizer: OrganizerProfile, mailing_id: int, **words: str) -> Mailing:
    """Change ``subject`` or ``body`` of a draft.

    :raises NotFound: not this organizer's
    :raises MailingSent: it is a draft no more
    """
    mailing = _lock_draft(organizer, mailing_id)
    for name, value in words.items():
        setattr(mailing, name, value)
    mailing.save(update_fields=[*words, "updated_at"])
    return mailing


@transaction.atomic
def delete_mailing(*, organizer: OrganizerProfile, mailing_id: int) -> None:
    """Throw a draft away.

    :raises NotFound: not this organizer's
    :raises MailingSent: it is a draft no more
    """
    _lock_draft(organizer, mailing_id).delete()


@transaction.atomic
def send_mailing(*, organizer: OrganizerProfile, mailing_id: int, now: datetime) -> Mailing:
    """Send a draft: from here on its recipients are rows, and the worker tells one after the other.

    Safe to repeat: a mailing that was sent is returned as it is.

    :raises NotFound: not this organizer's
    :raises NobodyToTell: it would reach nobody
    :raises EventLongOver: it is about an event of weeks ago
    :raises EnoughForToday: as many were sent today as may be
    """
    # One organizer's mailings are sent one after the other, so that the day's limit counts each.
    lock_hot_rows(("mailings of organizer", organizer.pk))
    mailing = _lock(organizer, mailing_id)
    if mailing.status != Mailing.Status.DRAFT:
        return mailing
    if mailing.event and mailing.event.end_datetime < now - TALKED_ABOUT:
        raise EventLongOver
    if not left_today(organizer=organizer, event_id=mailing.event_id, at=now):
        raise EnoughForToday
    people = list(recipients_of(mailing).order_by("pk").values_list("pk", flat=True))
    if not people:
        raise NobodyToTell
    MailingRecipient.objects.bulk_create(
        [MailingRecipient(mailing=mailing, user_id=person) for person in people], batch_size=_ROWS
    )
    reach = reach_of(mailing)
    mailing.status, mailing.started_at, mailing.people_count = Mailing.Status.SENDING, now, len(people)
    mailing.mails_count, mailing.silenced_count = reach.mails, reach.silenced
    mailing.save()
    enqueue("crm.push_mailings")
    return mailing


def send_test(*, organizer: OrganizerProfile, author: User, mailing_id: int, now: datetime) -> None:
    """Mail a mailing to its author alone, as everybody would get it.

    :raises NotFound: not this organizer's
    :raises NoOwnMail: the author has no e-mail
    :raises TooManyGuesses: ten tests were sent a moment ago
    """
    mailing = get_mailing(organizer=organizer, mailing_id=mailing_id)
    if not author.takes_mail:
        raise NoOwnMail
    count_try([Limit(f"mailing-test:{organizer.pk}", TESTS)], now=now)
    key = f"{mailing.key}:test:{now:%Y%m%d%H%M%S%f}"
    with transaction.atomic():
        notify_all([Message(author, _kind(mailing), _context(mailing), key)])


def preview_mailing(*, mailing: Mailing, reader: User) -> Notification:
    """Return the notification that ``reader`` would get, not stored."""
    kind, context = _kind(mailing), _context(mailing)
    words = word(kind=kind, language=reader.language, context=context)
    return Notification(
        user=reader,
        kind=kind,
        title=words.title,
        body=words.body,
        data=context,
        dedupe_key=f"{mailing.key}:test",
    )


def tell_some(*, mailing: Mailing, now: datetime) -> int:
    """Write the next notifications of a mailing; return how many. Several workers may do so at once."""
    with transaction.atomic():
        untold = MailingRecipient.objects.filter(mailing=mailing, told_at__isnull=True).order_by("pk")
        rows = untold.select_for_update(skip_locked=True, of=("self",)).select_related("user")[:_AT_ONCE]
        recipients = list(rows)
        kind, context = _kind(mailing), _context(mailing)
        notify_all([Message(row.user, kind, context, mailing.key, is_bulk=True) for row in recipients])
        told = MailingRecipient.objects.filter(pk__in=[row.pk for row in recipients])
        return told.update(told_at=now, updated_at=now)


def _lock(organizer: OrganizerProfile, mailing_id: int) -> Mailing:
    mailings = Mailing.objects.select_for_update(of=("self",)).select_related("event", "ticket_type")
    mailing = mailings.filter(organizer=organizer, pk=mailing_id).first()
    if mailing is None:
        raise NotFound
    return mailing


def _lock_draft(organizer: OrganizerProfile, mailing_id: int) -> Mailing:
    mailing = _lock(organizer, mailing_id)
    if mailing.status != Mailing.Status.DRAFT:
        raise MailingSent
    return mailing


def _kind(mailing: Mailing) -> Kind:
    return Kind.EVENT_NOTE if mailing.event_id else Kind.ORGANIZER_NEWS


def _context(mailing: Mailing) -> dict[str, Any]:
    organizer, event = mailing.organizer, mailing.event
    return {
        "subject": mailing.subject,
        "text": mailing.body,
        "organizer_id": organizer.pk,
        "organizer_name": organizer.display_name,
        "organizer_slug": organizer.slug,
    } | ({"event_title": event.title, "event_slug": event.slug} if event else {})

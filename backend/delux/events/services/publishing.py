"""The life of an event: shown, over, or called off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.errors import Conflict, FieldProblem
from delux.events.models import Event, EventAttendee
from delux.events.selectors.organizing import HOLDS, lock_event
from delux.events.services.editing import has_place
from delux.events.services.telling import tell_holders
from delux.notifications.kinds import Kind


class EventNotReady(Conflict):
    code = "event_not_ready"
    title = _("Something is missing before this event can be published")


class EventNotPublishable(Conflict):
    code = "event_not_publishable"
    title = _("Only a draft can be published")


class EventNotPublished(Conflict):
    code = "event_not_published"
    title = _("Only a published event can be taken back to a draft")


class EventHasTickets(Conflict):
    code = "event_has_tickets"
    title = _("People hold or are buying tickets. Cancel the event instead: they get their money back")


class EventNotCancelable(Conflict):
    code = "event_not_cancelable"
    title = _("Only a published event can be canceled")


@transaction.atomic
def publish_event(*, organizer: OrganizerProfile, event_id: int, at: datetime) -> Event:
    """Show a draft to everyone.

    :raises EventNotReady: something is missing; its problems name what
    :raises EventNotPublishable: it is not a draft
    """
    event = lock_event(organizer=organizer, event_id=event_id)
    if Event.Status.PUBLISHED not in Event.NEXT[Event.Status(event.status)]:
        raise EventNotPublishable
    if problems := list_missing(event=event, at=at):
        raise EventNotReady(problems=problems)
    event.status, event.published_at = Event.Status.PUBLISHED, at
    event.save(update_fields=["status", "published_at", "updated_at"])
    return event


@transaction.atomic
def unpublish_event(*, organizer: OrganizerProfile, event_id: int) -> Event:
    """Take a published event back to a draft, which nobody else sees.

    :raises EventNotPublished: it is a draft, over or canceled
    :raises EventHasTickets: somebody holds a ticket of it, or is buying one
    """
    # The lock keeps new holds out: they need the event's row, and look at its status on it.
    event = lock_event(organizer=organizer, event_id=event_id)
    if Event.Status.DRAFT not in Event.NEXT[Event.Status(event.status)]:
        raise EventNotPublished
    holders = EventAttendee.objects.filter(ticket_type__event=event, status__in=HOLDS)
    if event.places_taken or holders.exists():
        raise EventHasTickets
    event.status, event.published_at = Event.Status.DRAFT, None
    event.save(update_fields=["status", "published_at", "updated_at"])
    return event


def list_missing(*, event: Event, at: datetime) -> list[FieldProblem]:
    """Return what keeps an event from being published."""
    problems = []
    if not has_place(event):
        offline = event.format == Event.Format.OFFLINE
        words = _("Say where it takes place.") if offline else _("Say how to join it online.")
        problems.append(FieldProblem("/location" if offline else "/online_info", "missing", words))
    if not event.description:
        problems.append(FieldProblem("/description", "missing", _("Describe it in a few words.")))
    if event.start_datetime <= at:
        problems.append(FieldProblem("/start_datetime", "past", _("It must start in the future.")))
    if not event.ticket_types.exists():
        problems.append(FieldProblem("/ticket_types", "missing", _("Add at least one kind of ticket.")))
    elif not event.ticket_types.filter(sales_end__gt=at).exists():
        problems.append(FieldProblem("/ticket_types", "past", _("No ticket's sales window is still ahead.")))
    return problems


@transaction.atomic
def cancel_event(*, organizer: OrganizerProfile, event_id: int, at: datetime, reason: str = "") -> Event:
    """Call off a published event: nothing more is sold, nobody is admitted, everyone with a ticket is told.

    Money is given back by payments, which the desk asks next.

    :raises EventNotCancelable: it is a draft, over or canceled already
    """
    event = lock_event(organizer=organizer, event_id=event_id)
    if Event.Status.CANCELED not in Event.NEXT[Event.Status(event.status)]:
        raise EventNotCancelable
    event.status, event.canceled_at = Event.Status.CANCELED, at
    event.save(update_fields=["status", "canceled_at", "updated_at"])
    # Told first: afterwards a guest's ticket no longer counts as held.
    tell_holders(
        event=event,
        kind=Kind.EVENT_CANCELED,
        context={"reason": reason},
        dedupe_key=f"event-canceled:{event.pk}",
    )
    # Tickets that were bought are voided with their refund; a guest's ends here.
    guests = EventAttendee.objects.filter(
        ticket_type__event=event,
        order_item_id=None,
        status__in=(EventAttendee.Status.RESERVED, EventAttendee.Status.PAID),
    )
    guests.update(status=EventAttendee.Status.CANCELED, voided_at=at)
    return event


def finish_past_events(*, at: datetime) -> int:
    """Close the published events that have ended by ``at``; return how many."""
    return Event.objects.filter(status=Event.Status.PUBLISHED, end_datetime__lte=at).update(
        status=Event.Status.FINISHED, finished_at=at
    )

"""What an organizer reads at its desk. Everything starts from its own events; another's are not there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Concat, NullIf, Right, Trim

from delux.accounts.models import OrganizerProfile
from delux.accounts.selectors.people import word_matches
from delux.core.errors import NotFound
from delux.events.models import Event, EventAttendee, TicketTransfer, TicketType

# The statuses of a ticket that admits, admitted, or will once it is paid.
HOLDS = (EventAttendee.Status.RESERVED, EventAttendee.Status.PAID, EventAttendee.Status.CHECKED_IN)


def get_event(*, organizer: OrganizerProfile, event_id: int) -> Event:
    """Return an organizer's event with its parts.

    :raises NotFound: not there, or another organizer's
    """
    event = (
        Event.objects.owned_by(organizer)
        .select_related("category", "location", "online_info")
        .prefetch_related("ticket_types")
        .filter(pk=event_id)
        .first()
    )
    if event is None:
        raise NotFound
    return event


def lock_event(*, organizer: OrganizerProfile, event_id: int) -> Event:
    """Return an organizer's event, locked against other changes until the transaction ends.

    :raises NotFound: not there, or another organizer's
    """
    # The weaker lock: rows that merely point at the event (tickets being issued) need not wait.
    event = Event.objects.owned_by(organizer).select_for_update(no_key=True).filter(pk=event_id).first()
    if event is None:
        raise NotFound
    return event


def get_ticket_type(*, organizer: OrganizerProfile, event_id: int, ticket_type_id: int) -> TicketType:
    """Return one kind of ticket of an organizer's event.

    :raises NotFound: not there, or another organizer's
    """
    of_theirs = TicketType.objects.filter(event__in=Event.objects.owned_by(organizer).filter(pk=event_id))
    ticket_type = of_theirs.filter(pk=ticket_type_id).first()
    if ticket_type is None:
        raise NotFound
    return ticket_type


def list_events(*, organizer: OrganizerProfile, status: str = "", q: str = "") -> QuerySet[Event]:
    """Return an organizer's events, latest start first, with tickets_total, tickets_sold and checked_in."""
    events = Event.objects.owned_by(organizer).select_related("category", "location")
    if status:
        events = events.filter(status=status)
    if q:
        events = events.filter(search_text__icontains=q)
    types = TicketType.objects.filter(event=OuterRef("pk")).order_by().values("event")
    came = (
        EventAttendee.objects.filter(
            ticket_type__event=OuterRef("pk"), status=EventAttendee.Status.CHECKED_IN
        )
        .order_by()
        .values("ticket_type__event")
    )
    return events.annotate(
        tickets_total=_number(types.annotate(n=Sum("quantity_total"))),
        tickets_sold=_number(types.annotate(n=Sum("quantity_sold"))),
        checked_in=_number(came.annotate(n=Count("pk"))),
    ).order_by("-start_datetime", "-pk")


def list_attendees(
    *,
    organizer: OrganizerProfile,
    event_id: int,
    q: str = "",
    status: str = "",
    ticket_type: int | None = None,
) -> QuerySet[EventAttendee]:
    """Return who holds tickets of an organizer's event, latest first, with is_passed_on.

    ``q`` is part of a name, an e-mail or a phone number, or a whole ticket code.

    :raises NotFound: not there, or another organizer's
    """
    if not Event.objects.owned_by(organizer).filter(pk=event_id).exists():
        raise NotFound
    passed_on = TicketTransfer.objects.filter(ticket=OuterRef("pk"), status=TicketTransfer.Status.ACCEPTED)
    attendees = (
        EventAttendee.objects.filter(ticket_type__event=event_id)
        .select_related("user", "ticket_type")
        .annotate(is_passed_on=Exists(passed_on))
    )
    if status:
        attendees = attendees.filter(status=status)
    if ticket_type is not None:
        attendees = attendees.filter(ticket_type=ticket_type)
    for word in q.split():
        attendees = attendees.filter(
            word_matches(word, person="user") | Q(attendee_name__icontains=word) | Q(qr_code=word)
        )
    return attendees.order_by("-pk")


def list_for_door(*, event: Event) -> QuerySet[EventAttendee, Mapping[str, Any]]:
    """Return the least a door without a network needs to know of each ticket, as dicts."""
    named = Concat("user__first_name", Value(" "), "user__last_name")
    # As User.called has it: the end of a number is enough at a door.
    called = Coalesce(
        NullIf("attendee_name", Value("")),
        NullIf(Trim(named), Value("")),
        "user__email",
        Concat(Value("•••"), Right("user__phone", 4)),
        output_field=CharField(),
    )
    tickets = EventAttendee.objects.filter(ticket_type__event=event).order_by("pk")
    return tickets.values("pk", "qr_code", "status", "ticket_type_id", "checked_in_at", called=called)


def _number(rows: QuerySet) -> Coalesce:  # type: ignore[type-arg]  # grouped dictionaries
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)

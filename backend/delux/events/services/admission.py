"""Letting people in: tickets handed out, taken back, and honoured once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import Conflict, NotFound
from delux.core.inserts import insert
from delux.events.models import Event, EventAttendee, TicketTransfer
from delux.events.services.ticket_codes import new_code, read_code

_ADMITS = (EventAttendee.Status.PAID, EventAttendee.Status.CHECKED_IN)


class UnknownCode(NotFound):
    code = "unknown_code"
    title = _("This is not a ticket of yours to check")


class WrongEvent(Conflict):
    code = "wrong_event"
    title = _("This ticket is for another of your events")


class AlreadyCheckedIn(Conflict):
    code = "already_checked_in"
    title = _("This ticket has already been used")


class TicketNotPaid(Conflict):
    code = "ticket_not_paid"
    title = _("This ticket is not paid")


class TicketRefunded(Conflict):
    code = "ticket_refunded"
    title = _("This ticket was refunded")


class TicketCanceled(Conflict):
    code = "ticket_canceled"
    title = _("This ticket, or its event, was canceled")


class TicketReplaced(Conflict):
    code = "ticket_replaced"
    title = _("This ticket was passed on, and this code was replaced by another")


class TicketFixed(Conflict):
    code = "ticket_fixed"
    title = _("The name on a ticket that is used or not valid stays as it is")


_REFUSAL: dict[str, type[Conflict]] = {
    EventAttendee.Status.CHECKED_IN: AlreadyCheckedIn,
    EventAttendee.Status.RESERVED: TicketNotPaid,
    EventAttendee.Status.REFUNDED: TicketRefunded,
    EventAttendee.Status.CANCELED: TicketCanceled,
    EventAttendee.Status.PAID: TicketCanceled,  # a good ticket is refused only where its event was called off
}


@dataclass(frozen=True)
class SoldTickets:
    """A sold line: so many tickets of one type."""

    order_item_id: int | None
    ticket_type_id: int
    event_id: int
    quantity: int


@dataclass(frozen=True)
class HeldTicket:
    """One ticket, and who has to hold it."""

    id: int
    holder: User


def issue_attendees(
    *,
    order_item_id: int | None,
    ticket_type_id: int,
    event_id: int,
    user: User,
    quantity: int,
    attendee_name: str,
) -> list[EventAttendee]:
    """Hand out ``quantity`` paid tickets, each with its own code; the caller's transaction holds the sale."""
    line = SoldTickets(order_item_id, ticket_type_id, event_id, quantity)
    return issue_all_attendees(lines=[line], user=user, attendee_name=attendee_name)


def issue_all_attendees(
    *, lines: Iterable[SoldTickets], user: User, attendee_name: str
) -> list[EventAttendee]:
    """Hand out the tickets of several lines in one statement."""
    return insert(
        EventAttendee(
            user=user,
            ticket_type_id=line.ticket_type_id,
            order_item_id=line.order_item_id,
            status=EventAttendee.Status.PAID,
            qr_code=new_code(event_id=line.event_id),
            attendee_name=attendee_name,
        )
        for line in lines
        for _number in range(line.quantity)
    )


def name_ticket(*, holder: User, ticket_id: int, name: str, at: datetime) -> None:
    """Write on a ticket who comes with it; the code stays the same. Doors see the new name at once.

    :raises NotFound: it is not this holder's
    :raises TicketFixed: it was used, given back or canceled
    """
    own = EventAttendee.objects.held_by(holder).filter(pk=ticket_id)
    # One conditional update, so that a ticket is not renamed while a door admits it.
    if not own.filter(status=EventAttendee.Status.PAID).update(attendee_name=name, updated_at=at):
        raise TicketFixed if own.exists() else NotFound


def void_ticket(*, ticket: HeldTicket, at: datetime) -> None:
    """Make one ticket worthless, as its holder gives it back.

    :raises NotFound: it is not this holder's
    :raises AlreadyCheckedIn: used
    :raises TicketNotPaid: reserved only
    :raises TicketRefunded: given back before
    :raises TicketCanceled: canceled
    """
    own = EventAttendee.objects.held_by(ticket.holder).filter(pk=ticket.id)
    # One conditional update: of this, a door and another refund exactly one wins.
    if own.filter(status=EventAttendee.Status.PAID).update(
        status=EventAttendee.Status.REFUNDED, voided_at=at, updated_at=at
    ):
        return
    status = own.values_list("status", flat=True).first()
    raise NotFound if status is None else _REFUSAL[status]


@transaction.atomic
def void_attendees(
    *, order_item_id: int, quantity: int, at: datetime, asked_for: Collection[int] = ()
) -> int:
    """Make up to ``quantity`` tickets of an order line worthless; return how many it was.

    Those ``asked_for`` by their holders go first, then what nobody was given, used ones last.
    """
    passed_on = TicketTransfer.objects.filter(ticket=OuterRef("pk"), status=TicketTransfer.Status.ACCEPTED)
    used_last = Case(
        When(status=EventAttendee.Status.CHECKED_IN, then=Value(3)),
        When(pk__in=asked_for, then=Value(0)),
        When(Exists(passed_on), then=Value(2)),
        default=Value(1),
    )
    # Locked, so that a ticket is not voided while the door is admitting it. All of the line in one order:
    # chosen by rank, which a door changes, two refunds would lock the same tickets in two orders and wait for
    # each other.
    tickets = (
        EventAttendee.objects.filter(order_item_id=order_item_id, status__in=_ADMITS)
        .annotate(rank=used_last)
        .order_by("pk")
        .select_for_update()
        .values_list("rank", "pk")
    )
    chosen = sorted(tickets, key=lambda ticket: (ticket[0], -ticket[1]))[:quantity]
    return EventAttendee.objects.filter(pk__in=[pk for _rank, pk in chosen]).update(
        status=EventAttendee.Status.REFUNDED, voided_at=at
    )


def check_in(
    *, organizer: OrganizerProfile, code: str, by: User, at: datetime, event_id: int | None = None
) -> EventAttendee:
    """Admit the holder of ``code`` to an event of ``organizer``, once; with ``event_id``, to that event
    alone.

    One conditional update decides, so of many doors scanning one code exactly one lets it in. Safe to repeat
    with the same ``at``: that is the very same scan, whose answer was lost. The refusals about a ticket of
    the organizer's carry what the door wants to know of it in ``extra["ticket"]``.

    :raises UnknownCode: forged, or another organizer's
    :raises TicketReplaced: the ticket was passed on and has another code
    :raises WrongEvent: for another event of this organizer
    :raises AlreadyCheckedIn: used; ``extra`` says when and at whose door
    :raises TicketNotPaid: reserved only
    :raises TicketRefunded: given back
    :raises TicketCanceled: it, or its event, was canceled
    """
    signed_for = read_code(code)
    if signed_for is None:
        raise UnknownCode
    theirs = EventAttendee.objects.filter(qr_code=code, ticket_type__event__organizer=organizer)
    is_expected = event_id in (None, signed_for)
    admitted = is_expected and _admit(theirs, by=by, at=at, code=code)
    attendee = theirs.select_related("user", "ticket_type__event", "checked_in_by").first()
    if attendee is None:
        replaced = replaced_by(organizer=organizer, codes=[code]).get(code)
        raise TicketReplaced(extra={"ticket": describe_admission(replaced)}) if replaced else UnknownCode
    if admitted or (is_expected and is_used_by(attendee, by=by, at=at)):
        return attendee
    refusal = _REFUSAL[attendee.status] if is_expected else WrongEvent
    raise refusal(extra={"ticket": describe_admission(attendee)})


def check_in_by_name(
    *, organizer: OrganizerProfile, attendee_id: int, by: User, at: datetime
) -> EventAttendee:
    """Admit somebody found on the list, without their code, once; repeats and refusals as of ``check_in``.

    :raises NotFound: not there, or another organizer's
    :raises AlreadyCheckedIn: used; ``extra`` says when and at whose door
    :raises TicketNotPaid: reserved only
    :raises TicketRefunded: given back
    :raises TicketCanceled: it, or its event, was canceled
    """
    theirs = EventAttendee.objects.filter(pk=attendee_id, ticket_type__event__organizer=organizer)
    admitted = _admit(theirs, by=by, at=at)
    attendee = theirs.select_related("user", "ticket_type__event", "checked_in_by").first()
    if attendee is None:
        raise NotFound
    if admitted or is_used_by(attendee, by=by, at=at):
        return attendee
    raise _REFUSAL[attendee.status](extra={"ticket": describe_admission(attendee)})


def replaced_by(*, organizer: OrganizerProfile, codes: Collection[str]) -> dict[str, EventAttendee]:
    """Return the organizer's tickets that had one of ``codes`` before they were passed on, by that code."""
    taken = TicketTransfer.objects.filter(
        old_code__in=codes, ticket__ticket_type__event__organizer=organizer
    ).select_related("ticket__user", "ticket__ticket_type__event", "ticket__checked_in_by")
    return {transfer.old_code: transfer.ticket for transfer in taken if transfer.old_code}


def _admit(ticket: QuerySet[EventAttendee], *, by: User, at: datetime, code: str | None = None) -> bool:
    """Mark a ticket used, if it is good until this very statement."""
    good = EventAttendee.objects.filter(
        pk__in=ticket.exclude(ticket_type__event__status=Event.Status.CANCELED).values("pk"),
        status=EventAttendee.Status.PAID,
    )
    if code is not None:
        # Asked of the row itself: whoever waited while it changed hands looks at its code again.
        good = good.filter(qr_code=code)
    return bool(
        good.update(status=EventAttendee.Status.CHECKED_IN, checked_in_at=at, checked_in_by=by, updated_at=at)
    )


def is_used_by(attendee: EventAttendee, *, by: User, at: datetime) -> bool:
    """Tell whether it was the scan at exactly that time, at this person's door, that used the ticket."""
    used = (EventAttendee.Status.CHECKED_IN, at, by.pk)
    return (attendee.status, attendee.checked_in_at, attendee.checked_in_by_id) == used


def refusal_of(attendee: EventAttendee) -> type[Conflict]:
    """Return why a ticket does not admit (any more)."""
    return _REFUSAL[attendee.status]


def describe_admission(attendee: EventAttendee) -> dict[str, Any]:
    """Return what a door is told of a ticket."""
    event = attendee.ticket_type.event
    return {
        "id": attendee.pk,
        "event": {"id": event.pk, "slug": event.slug, "title": event.title},
        "ticket_type": attendee.ticket_type.name,
        "attendee_name": attendee.attendee_name or attendee.user.called,
        "status": attendee.status,
        "checked_in_at": attendee.checked_in_at,
        "checked_in_by": str(attendee.checked_in_by) if attendee.checked_in_by else None,
    }

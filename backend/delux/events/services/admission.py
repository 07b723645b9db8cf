"""Letting people in: tickets handed out, taken back, and honoured once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Case, Value, When

from delux.accounts.models import OrganizerProfile, User
from delux.events.models import EventAttendee
from delux.events.services.ticket_codes import new_code, read_code

_ADMITS = (EventAttendee.Status.PAID, EventAttendee.Status.CHECKED_IN)


class Verdict(StrEnum):
    """What the door says to a code."""

    ADMITTED = "admitted"
    ALREADY_CHECKED_IN = "already_checked_in"
    NOT_PAID = "not_paid"
    REFUNDED = "refunded"
    CANCELED = "canceled"
    WRONG_EVENT = "wrong_event"
    UNKNOWN_CODE = "unknown_code"


_REFUSAL = {
    EventAttendee.Status.CHECKED_IN: Verdict.ALREADY_CHECKED_IN,
    EventAttendee.Status.RESERVED: Verdict.NOT_PAID,
    EventAttendee.Status.REFUNDED: Verdict.REFUNDED,
    EventAttendee.Status.CANCELED: Verdict.CANCELED,
}


@dataclass(frozen=True)
class CheckInResult:
    """The door's answer, and the ticket it is about; none for a code that is not this organizer's."""

    verdict: Verdict
    attendee: EventAttendee | None = None


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
    return EventAttendee.objects.bulk_create(
        EventAttendee(
            user=user,
            ticket_type_id=ticket_type_id,
            order_item_id=order_item_id,
            status=EventAttendee.Status.PAID,
            qr_code=new_code(event_id=event_id),
            attendee_name=attendee_name,
        )
        for _ in range(quantity)
    )


@transaction.atomic
def void_attendees(*, order_item_id: int, quantity: int, at: datetime) -> int:
    """Make up to ``quantity`` tickets of an order line worthless, unused ones first; return how many it was."""
    used_last = Case(When(status=EventAttendee.Status.CHECKED_IN, then=Value(1)), default=Value(0))
    # Locked, so that a ticket is not voided while the door is admitting it.
    chosen = (
        EventAttendee.objects.filter(order_item_id=order_item_id, status__in=_ADMITS)
        .order_by(used_last, "-pk")
        .select_for_update()
        .values_list("pk", flat=True)[:quantity]
    )
    return EventAttendee.objects.filter(pk__in=list(chosen)).update(
        status=EventAttendee.Status.REFUNDED, voided_at=at
    )


def check_in(
    *, organizer: OrganizerProfile, code: str, by: User, at: datetime, event_id: int | None = None
) -> CheckInResult:
    """Admit the holder of ``code`` to an event of ``organizer``, once; with ``event_id``, to that event alone.

    One conditional update decides, so of many doors scanning one code exactly one lets it in.
    """
    signed_for = read_code(code)
    if signed_for is None:
        return CheckInResult(Verdict.UNKNOWN_CODE)
    if event_id not in (None, signed_for):
        foreign = not organizer.events.filter(pk=signed_for).exists()
        return CheckInResult(Verdict.UNKNOWN_CODE if foreign else Verdict.WRONG_EVENT)
    theirs = EventAttendee.objects.filter(qr_code=code, ticket_type__event__organizer=organizer)
    admitted = theirs.filter(status=EventAttendee.Status.PAID).update(
        status=EventAttendee.Status.CHECKED_IN, checked_in_at=at, checked_in_by=by
    )
    attendee = theirs.select_related("ticket_type__event", "checked_in_by").first()
    if attendee is None:
        return CheckInResult(Verdict.UNKNOWN_CODE)
    return CheckInResult(
        Verdict.ADMITTED if admitted else _REFUSAL[EventAttendee.Status(attendee.status)], attendee
    )

"""A person's own tickets."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, F, QuerySet, When

from delux.accounts.models import User
from delux.core.errors import NotFound
from delux.events.models import EventAttendee

# What admits, or has admitted; the code of any other ticket is not shown.
VALID = (EventAttendee.Status.PAID, EventAttendee.Status.CHECKED_IN)


def list_tickets(*, holder: User, at: datetime, when: str = "") -> QuerySet[EventAttendee]:
    """Return a person's tickets with their events: the next one first, then what is over, latest first.

    ``when`` narrows them to "upcoming" or "past".
    """
    start, end = F("ticket_type__event__start_datetime"), "ticket_type__event__end_datetime"
    tickets = _tickets(holder)
    if when:
        tickets = tickets.filter(**{f"{end}__gt" if when == "upcoming" else f"{end}__lte": at})
    ahead = Case(When(**{f"{end}__gt": at}, then=start))
    return tickets.order_by(ahead.asc(nulls_last=True), start.desc(), "-pk")


def get_ticket(*, holder: User, ticket_id: int) -> EventAttendee:
    """Return one of a person's tickets, with how to join online.

    :raises NotFound: not there, or another person's
    """
    ticket = _tickets(holder).select_related("ticket_type__event__online_info").filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound
    return ticket


def list_valid_tickets(*, holder: User, order_items: Collection[int]) -> list[EventAttendee]:
    """Return the tickets of a person's order lines that still admit, in the order they were issued."""
    tickets = _tickets(holder).filter(order_item_id__in=order_items, status__in=VALID)
    return list(tickets.order_by("pk"))


def _tickets(holder: User) -> QuerySet[EventAttendee]:
    return EventAttendee.objects.held_by(holder).select_related(
        "ticket_type__event__location", "ticket_type__event__organizer"
    )

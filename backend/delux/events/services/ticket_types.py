"""What is on sale for an event."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.errors import Conflict, Invalid, NotFound
from delux.events.models import Event, TicketType
from delux.events.services.editing import lock_open_event
from delux.events.services.listing import refresh_listings

MOST_PER_EVENT = 50
LAST_POSITION = 1000


class TicketTypeNameTaken(Conflict):
    code = "ticket_type_name_taken"
    title = _("This event already has a ticket of that name")


class QuantityBelowTaken(Conflict):
    code = "quantity_below_taken"
    title = _("More of these tickets than that are already sold or being paid for")


class TicketTypeInUse(Conflict):
    code = "ticket_type_in_use"
    title = _("Somebody has bought or is buying this ticket. End its sales instead of deleting it")


class TooManyTicketTypes(Conflict):
    code = "too_many_ticket_types"
    title = _("An event can have at most 50 kinds of tickets")


@transaction.atomic
def add_ticket_type(*, organizer: OrganizerProfile, event_id: int, fields: dict[str, Any]) -> TicketType:
    """Put a kind of ticket on sale, priced in the organizer's currency.

    :raises TicketTypeNameTaken: the event has one of that name
    :raises TooManyTicketTypes: the event has 50
    :raises Invalid: a sales window that cannot be
    """
    event = lock_open_event(organizer=organizer, event_id=event_id)
    if event.ticket_types.count() >= MOST_PER_EVENT:
        raise TooManyTicketTypes
    # Behind those that are there.
    last = event.ticket_types.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else min(last + 1, LAST_POSITION)
    ticket_type = TicketType(event=event, currency=organizer.currency, **{"position": position} | fields)
    _save(event, ticket_type)
    return ticket_type


@transaction.atomic
def update_ticket_type(
    *, organizer: OrganizerProfile, event_id: int, ticket_type_id: int, changes: dict[str, Any]
) -> TicketType:
    """Change a kind of ticket. Orders already placed keep the price they were placed at.

    :raises QuantityBelowTaken: fewer than are sold or held
    :raises TicketTypeNameTaken: the event has another of that name
    :raises Invalid: a sales window that cannot be
    """
    event = lock_open_event(organizer=organizer, event_id=event_id)
    ticket_type = _lock(event, ticket_type_id)
    for name, value in changes.items():
        setattr(ticket_type, name, value)
    taken = ticket_type.quantity_held + ticket_type.quantity_sold
    if ticket_type.quantity_total < taken:
        raise QuantityBelowTaken(extra={"taken": taken})
    _save(event, ticket_type, update_fields=[*changes, "updated_at"])
    return ticket_type


@transaction.atomic
def delete_ticket_type(*, organizer: OrganizerProfile, event_id: int, ticket_type_id: int) -> None:
    """Delete a kind of ticket that nobody has bought.

    :raises TicketTypeInUse: somebody has, or is about to
    """
    event = lock_open_event(organizer=organizer, event_id=event_id)
    ticket_type = _lock(event, ticket_type_id)
    if ticket_type.quantity_held or ticket_type.quantity_sold:
        raise TicketTypeInUse
    try:
        ticket_type.delete()
    except ProtectedError:  # an order that was canceled or refunded still names it
        raise TicketTypeInUse from None
    refresh_listings(event_ids=[event.pk])


@transaction.atomic
def arrange_ticket_types(*, organizer: OrganizerProfile, event_id: int, order: list[int]) -> None:
    """Put an event's tickets in the order of ``order``, ids of all of them.

    :raises Invalid: an id that is not there, is there twice, or is left out
    """
    event = lock_open_event(organizer=organizer, event_id=event_id)
    own = {ticket_type.pk: ticket_type for ticket_type in event.ticket_types.all()}
    if sorted(order) != sorted(own):
        raise Invalid.field("order", _("Name each ticket of this event once."), code="not_all")
    for position, ticket_type_id in enumerate(order):
        own[ticket_type_id].position = position
    TicketType.objects.bulk_update(own.values(), ["position"])


def _lock(event: Event, ticket_type_id: int) -> TicketType:
    ticket_type = event.ticket_types.select_for_update(no_key=True).filter(pk=ticket_type_id).first()
    if ticket_type is None:
        raise NotFound
    return ticket_type


def _save(event: Event, ticket_type: TicketType, update_fields: list[str] | None = None) -> None:
    if ticket_type.sales_end <= ticket_type.sales_start:
        raise Invalid.field("sales_end", _("Sales must end after they start."))
    if ticket_type.sales_end > event.end_datetime:
        raise Invalid.field("sales_end", _("Sales must end before the event does."))
    try:
        with transaction.atomic():
            ticket_type.save(update_fields=update_fields)
    except IntegrityError as error:
        if "ticket_type_name_unique_per_event" in str(error):
            raise TicketTypeNameTaken from None
        raise
    refresh_listings(event_ids=[event.pk])

"""Ticket stock. It moves only by the conditional updates below, inside the caller's transaction.

Each step but a sale touches the event's row first (places over all its ticket types), then the ticket
type's. A caller with several lines therefore goes through them in the order of (event, ticket type), so
that two baskets never wait for each other crosswise, and may queue for `("event", event_id)` beforehand
(core.locks).

Conditions stand on the updated row itself: what is asked of another table, an update that had to wait does
not ask again.
"""

from django.db.models import F, Q, QuerySet

from delux.core.kept_query import KeptUpdate
from delux.events.models import Event, TicketType


def hold_tickets(*, ticket_type_id: int, quantity: int) -> bool:
    """Put ``quantity`` tickets of a published event aside; tell whether there were enough. If not, nothing
    has changed.

    A place of the event goes with each ticket, so a capacity over all ticket types holds too.
    """
    move = {"ticket_type_id": ticket_type_id, "quantity": quantity}
    if not _TAKE_PLACES.run(**move):
        return False
    if _HOLD.run(**move):
        return True
    _give_places_back(ticket_type_id, quantity)  # the last ones went while we waited
    return False


def release_tickets(*, ticket_type_id: int, quantity: int) -> None:
    """Let held tickets go back on sale: the order was canceled or expired."""
    _give_places_back(ticket_type_id, quantity)
    _one(ticket_type_id).update(quantity_held=F("quantity_held") - quantity)


def sell_tickets(*, ticket_type_id: int, quantity: int) -> None:
    """Turn held tickets into sold ones: the order is paid."""
    _SELL.run(ticket_type_id=ticket_type_id, quantity=quantity)


def return_tickets(*, ticket_type_id: int, quantity: int) -> None:
    """Put sold tickets back on sale: they were refunded."""
    _give_places_back(ticket_type_id, quantity)
    _one(ticket_type_id).update(quantity_sold=F("quantity_sold") - quantity)


def _enough(ticket_type_id: int, quantity: int) -> QuerySet[TicketType]:
    return _one(ticket_type_id).filter(quantity_total__gte=F("quantity_held") + F("quantity_sold") + quantity)


def _with_room(ticket_type_id: int, quantity: int) -> QuerySet[Event]:
    """Whoever comes too late learns it from the inner query, without waiting for the row or writing to it."""
    enough = _enough(ticket_type_id, quantity).values("event_id")
    return Event.objects.filter(pk__in=enough, status=Event.Status.PUBLISHED).filter(
        Q(capacity__isnull=True) | Q(capacity__gte=F("places_taken") + quantity)
    )


def _one(ticket_type_id: int) -> QuerySet[TicketType]:
    return TicketType.objects.filter(pk=ticket_type_id)


def _give_places_back(ticket_type_id: int, quantity: int) -> None:
    Event.objects.filter(pk__in=_one(ticket_type_id).values("event_id")).update(
        places_taken=F("places_taken") - quantity
    )


_TAKE_PLACES = KeptUpdate(
    lambda ticket_type_id, quantity: (
        _with_room(ticket_type_id, quantity),
        {"places_taken": F("places_taken") + quantity},
    ),
    ticket_type_id=int,
    quantity=int,
)
_HOLD = KeptUpdate(
    lambda ticket_type_id, quantity: (
        _enough(ticket_type_id, quantity),
        {"quantity_held": F("quantity_held") + quantity},
    ),
    ticket_type_id=int,
    quantity=int,
)
_SELL = KeptUpdate(
    lambda ticket_type_id, quantity: (
        _one(ticket_type_id),
        {
            "quantity_held": F("quantity_held") - quantity,
            "quantity_sold": F("quantity_sold") + quantity,
        },
    ),
    ticket_type_id=int,
    quantity=int,
)

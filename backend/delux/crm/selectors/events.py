"""An organizer's events with what they earned, which the events app itself cannot know."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from delux.accounts.models import OrganizerProfile
from delux.core.money import ZERO, MoneyField
from delux.crm.selectors import sales
from delux.events.models import Event, EventAttendee, TicketType
from delux.events.selectors import organizing
from delux.orders.models import Order, OrderItem
from delux.payments.selectors.refunds import sum_to_give_back


def list_events(
    *, organizer: OrganizerProfile, status: str = "", q: str = "", ordering: str = "-start_datetime"
) -> QuerySet[Event]:
    """Return an organizer's events with tickets_total, tickets_sold, checked_in and revenue."""
    taken = (
        sales.sold_items(organizer)
        .filter(ticket_type__event=OuterRef("pk"))
        .values("ticket_type__event")
        .annotate(n=sales.revenue())
    )
    events = organizing.list_events(organizer=organizer, status=status, q=q)
    return events.annotate(
        revenue=Coalesce(Subquery(taken.values("n")), Value(ZERO), output_field=MoneyField())
    ).order_by(ordering, "-pk")


def get_figures(*, organizer: OrganizerProfile, event_id: int) -> dict[str, Any]:
    """Return how an event of the organizer sells and who came; four queries.

    :raises NotFound: not there, or another organizer's
    """
    event = organizing.get_event(organizer=organizer, event_id=event_id)
    tickets = TicketType.objects.filter(event=event).aggregate(
        total=Sum("quantity_total", default=0),
        sold=Sum("quantity_sold", default=0),
        held=Sum("quantity_held", default=0),
    )
    left = tickets["total"] - tickets["sold"] - tickets["held"]
    if event.capacity is not None:
        left = min(left, event.capacity - event.places_taken)
    takings = (
        sales.sold_items(organizer)
        .filter(ticket_type__event=event)
        .aggregate(revenue=sales.revenue(), orders=sales.orders())
    )
    people = EventAttendee.objects.filter(ticket_type__event=event).aggregate(
        checked_in=Count("pk", filter=Q(status=EventAttendee.Status.CHECKED_IN)),
        expected=Count("pk", filter=Q(status=EventAttendee.Status.PAID)),
    )
    return (
        {
            "currency": organizer.currency,
            "tickets_total": tickets["total"],
            "tickets_sold": tickets["sold"],
            "tickets_held": tickets["held"],
            "tickets_left": max(0, left),
        }
        | takings
        | people
    )


def preview_cancellation(*, organizer: OrganizerProfile, event_id: int) -> dict[str, Any]:
    """Say what canceling an event would do: who is told, and what goes back to how many orders.

    :raises NotFound: not there, or another organizer's
    """
    event = organizing.get_event(organizer=organizer, event_id=event_id)
    holders = EventAttendee.objects.filter(ticket_type__event=event, status__in=organizing.HOLDS)
    waiting = OrderItem.objects.filter(ticket_type__event=event, order__status=Order.Status.PENDING_PAYMENT)
    return (
        {"currency": organizer.currency}
        | sum_to_give_back(event_id=event.pk)
        | holders.aggregate(people=Count("user", distinct=True), tickets=Count("pk"))
        | waiting.aggregate(unpaid_orders=Count("order", distinct=True))
    )


def list_attendees_with_orders(
    *, organizer: OrganizerProfile, event_id: int, **narrowing: Any
) -> QuerySet[EventAttendee]:
    """Return organizing.list_attendees with ``paid_price`` and ``order_number``; None for an invited guest.

    :raises NotFound: not there, or another organizer's
    """
    attendees = organizing.list_attendees(organizer=organizer, event_id=event_id, **narrowing)
    return attendees.annotate(
        paid_price=F("order_item__unit_price"), order_number=F("order_item__order__order_number")
    )

"""What must be true after every step: counters equal recounted rows, statuses agree, history is legal."""

from django.db.models import F, Q, Sum

from delux.events.models import Event, EventAttendee, TicketType
from delux.market.models import Variant
from delux.orders.models import Fulfilment, Order, OrderItem, OrderStatusHistory

UNPAID = ("pending_payment",)
SOLD = ("paid", "shipped", "completed", "refunded")


def _sum(lines, statuses) -> int:
    return (
        lines.filter(order__status__in=statuses).aggregate(n=Sum(F("quantity") - F("refunded_quantity")))["n"]
        or 0
    )


def assert_stock_agrees(*, stocked: dict[int, int] | None = None) -> None:
    """Recount every hold and sale; ``stocked`` is what each variant began with."""
    for tickets in TicketType.objects.all():
        lines = OrderItem.objects.filter(ticket_type=tickets)
        held, sold = _sum(lines, UNPAID), _sum(lines, SOLD)
        assert (tickets.quantity_held, tickets.quantity_sold) == (held, sold)
        assert held + sold <= tickets.quantity_total
        admitted = EventAttendee.objects.filter(ticket_type=tickets, status__in=["paid", "checked_in"])
        assert admitted.count() == sold
    for event in Event.objects.all():
        totals = event.ticket_types.aggregate(n=Sum(F("quantity_held") + F("quantity_sold")))
        assert event.places_taken == (totals["n"] or 0)
        assert event.capacity is None or event.places_taken <= event.capacity
    for variant in Variant.objects.all():
        lines = OrderItem.objects.filter(variant=variant)
        assert variant.held_quantity == _sum(lines, UNPAID)
        assert variant.sales_count == _sum(lines, SOLD)
        if stocked:
            assert variant.stock_quantity + variant.sales_count == stocked[variant.pk]


def assert_statuses_agree() -> None:
    """Orders stand where their parts, their lines and their history say."""
    for change in OrderStatusHistory.objects.select_related("fulfilment"):
        allowed = (Fulfilment if change.fulfilment else Order).NEXT
        assert change.to_status in allowed[change.from_status]
    for order in Order.objects.prefetch_related("items", "fulfilments", "history"):
        own = [change.to_status for change in order.history.all() if change.fulfilment_id is None]
        assert order.status == (own or ["pending_payment"])[-1]
        parts = {part.status for part in order.fulfilments.all()}
        all_back = all(item.refunded_quantity == item.quantity for item in order.items.all())
        assert (order.status == "refunded") == (
            all_back and parts == {"canceled"} and order.paid_at is not None
        )
        match order.status:
            case "pending_payment":
                assert parts == {"waiting"}
            case "canceled" | "refunded":
                assert parts == {"canceled"}
            case "shipped":
                gear = {part.status for part in order.fulfilments.all() if part.has_gear}
                assert "shipped" in gear
                assert gear <= {"shipped", "completed", "canceled"}
            case "completed":
                assert parts <= {"completed", "canceled"}
            case _:
                assert parts & {"open", "packed", "shipped", "completed"}
    assert not OrderItem.objects.filter(Q(refunded_quantity__gt=0), order__paid_at=None).exists()

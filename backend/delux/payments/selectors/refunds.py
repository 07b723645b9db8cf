from datetime import datetime

from django.db.models import F, QuerySet

from delux.events.models import Event
from delux.orders.models import Order, OrderItem
from delux.payments.models import Refund, RefundLine


def list_due_refunds(*, at: datetime) -> QuerySet[Refund]:
    """Return refunds whose provider is to be asked at ``at``, longest waiting first."""
    return Refund.objects.filter(status=Refund.Status.INITIATED, next_attempt_at__lte=at).order_by(
        "next_attempt_at"
    )


def list_items_of_canceled_events(*, event_id: int | None = None) -> QuerySet[OrderItem]:
    """Return paid lines whose event was canceled and whose money has not been given back."""
    items = OrderItem.objects.filter(
        ticket_type__event__status=Event.Status.CANCELED,
        refunded_quantity__lt=F("quantity"),
        order__payment_status=Order.PaymentStatus.PAID,
    )
    if event_id is not None:
        items = items.filter(ticket_type__event_id=event_id)
    return items.select_related("order__user").order_by("order_id", "pk")


def shipping_given_back(*, order_id: int) -> set[int]:
    """Return the parts (fulfilments) of an order whose shipping was already refunded."""
    return set(
        RefundLine.objects.filter(fulfilment__order_id=order_id).values_list("fulfilment_id", flat=True)
    )

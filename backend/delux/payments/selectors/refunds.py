from datetime import datetime
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, QuerySet, Sum

from delux.core.money import ZERO, MoneyField
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
    items = _paid_and_kept().filter(ticket_type__event__status=Event.Status.CANCELED)
    if event_id is not None:
        items = items.filter(ticket_type__event_id=event_id)
    return items.select_related("order__user").order_by("order_id", "pk")


def sum_to_give_back(*, event_id: int) -> dict[str, Any]:
    """Say what canceling an event would give back: ``orders`` and their ``amount``."""
    money = ExpressionWrapper(F("unit_price") * (F("quantity") - F("refunded_quantity")), MoneyField())
    return (
        _paid_and_kept()
        .filter(ticket_type__event_id=event_id)
        .aggregate(orders=Count("order_id", distinct=True), amount=Sum(money, default=ZERO))
    )


def _paid_and_kept() -> QuerySet[OrderItem]:
    return OrderItem.objects.filter(
        refunded_quantity__lt=F("quantity"), order__payment_status=Order.PaymentStatus.PAID
    )


def shipping_given_back(*, order_id: int) -> set[int]:
    """Return the parts (fulfilments) of an order whose shipping was already refunded."""
    return set(
        RefundLine.objects.filter(fulfilment__order_id=order_id).values_list("fulfilment_id", flat=True)
    )

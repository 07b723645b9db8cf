"""An organizer's own parts of orders. What other sellers sold in the same order is never read here."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum

from delux.accounts.models import OrganizerProfile, written_number
from delux.core.errors import NotFound
from delux.core.money import ZERO
from delux.core.replica import read_connection
from delux.crm.selectors import sales
from delux.crm.selectors.people import words_match
from delux.orders.models import Fulfilment, Order, OrderItem
from delux.payments.models import RefundLine

ORDERINGS = {
    "-paid_at": ("-opened_at", "-pk"),
    "paid_at": ("opened_at", "pk"),
    "-total": ("-own_total", "-pk"),
    "total": ("own_total", "pk"),
}


def list_parts(
    *,
    organizer: OrganizerProfile,
    search: str = "",
    status: str = "",
    delivery_type: str = "",
    customer_id: int | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
) -> QuerySet[Fulfilment]:
    """Return the organizer's paid parts; ``date_from`` and ``date_to`` are days of payment.

    Kept apart from ``as_rows``, so that counting them joins nothing it does not filter by.
    """
    paid = sales.within("opened_at", sales.zone_of(organizer), date_from, date_to)
    parts = Fulfilment.objects.visible_to(organizer).filter(paid)
    if search:
        parts = parts.filter(words_match(search, "order__order_number", person="order__user"))
    if status:
        parts = parts.filter(status=status)
    if customer_id is not None:
        parts = parts.filter(order__user_id=customer_id)
    if delivery_type == Order.DeliveryType.NONE:
        parts = parts.filter(has_gear=False)
    elif delivery_type:
        parts = parts.filter(has_gear=True, order__delivery_type=delivery_type)
    return parts


def as_rows(
    parts: QuerySet[Fulfilment], ordering: str = "-paid_at"
) -> QuerySet[Fulfilment, Mapping[str, Any]]:
    """Return parts as the dicts that the orders list shows, with their order and buyer."""
    return (
        parts.annotate(own_total=F("subtotal") + F("shipping"))
        .order_by(*ORDERINGS[ordering])
        .values(
            "order_id",
            "status",
            "has_gear",
            "tracking_number",
            "own_total",
            "opened_at",
            "order__order_number",
            "order__delivery_type",
            "order__currency",
            "order__user_id",
            "order__user__first_name",
            "order__user__last_name",
            "order__user__email",
            "order__user__phone",
        )
    )


def name_of_buyer(row: Mapping[str, Any]) -> str:
    """Return the desk_name of the buyer in a row of ``as_rows``."""
    name = f"{row['order__user__first_name']} {row['order__user__last_name']}".strip()
    return name or row["order__user__email"] or written_number(row["order__user__phone"] or "")


class LineOfPart(NamedTuple):
    order_id: int
    title: str
    quantity: int
    refunded_quantity: int
    unit_price: Decimal


def own_lines(*, organizer: OrganizerProfile, order_ids: list[int]) -> list[LineOfPart]:
    """Return the organizer's lines of several orders, as they were bought.

    In SQL: resolving a list of fifty keys costs the ORM three times what the query does.
    """
    with read_connection().cursor() as cursor:
        cursor.execute(
            "SELECT order_id, title, quantity, refunded_quantity, unit_price FROM orders_orderitem"
            " WHERE organizer_id = %s AND order_id = ANY(%s) ORDER BY order_id, id",
            [organizer.pk, order_ids],
        )
        return [LineOfPart(*row) for row in cursor.fetchall()]


def get_part(*, organizer: OrganizerProfile, ref: str) -> Fulfilment:
    """Return the organizer's part of the order with this id or number, with the buyer and address.

    :raises NotFound: there is none, it is not paid yet, or it holds nothing of this organizer
    """
    parts = Fulfilment.objects.visible_to(organizer).select_related(
        "organizer", "order__user", "order__shipping_address"
    )
    if ref.isdecimal():
        parts = parts.filter(order=int(ref) if len(ref) < 19 else 0)
    else:
        parts = parts.filter(order__order_number=ref.upper())
    part = parts.first()
    if part is None:
        raise NotFound
    return part


def list_items(*, part: Fulfilment) -> QuerySet[OrderItem]:
    """Return the part's lines, as they were bought."""
    return OrderItem.objects.filter(order=part.order_id, organizer=part.organizer_id).order_by("pk")


def list_refunds(*, part: Fulfilment) -> QuerySet[RefundLine, Mapping[str, Any]]:
    """Return what was given back of the part, whoever did it, latest first."""
    own = Q(order_item__organizer=part.organizer_id) | Q(fulfilment=part)
    return (
        RefundLine.objects.filter(own, refund__payment__order=part.order_id)
        .values(
            "refund_id",
            "refund__currency",
            "refund__status",
            "refund__reason",
            "refund__created_at",
            "refund__organizer_id",
            "refund__requested_by_id",
            "refund__requested_by__is_staff",
        )
        .annotate(
            own_amount=Sum("amount"), own_shipping=Sum("amount", filter=Q(fulfilment=part), default=ZERO)
        )
        .order_by("-refund_id")
    )

from typing import Any

from django.db.models import Prefetch, QuerySet

from delux.accounts.models import User
from delux.core.errors import NotFound
from delux.core.kept_query import KeptObjects
from delux.orders.models import Fulfilment, Order, OrderItem


def list_orders(viewer: User, *, status: str | None = None) -> QuerySet[Order]:
    """Return the viewer's orders with their lines, latest first."""
    orders = Order.objects.visible_to(viewer).prefetch_related("items").order_by("-created_at", "-pk")
    return orders.filter(status=status) if status else orders


def get_order(viewer: User, ref: str | int) -> Order:
    """Return the viewer's order by its id or number, with lines, parts, address and history.

    :raises NotFound: there is none, or it is another person's
    """
    order = (
        Order.objects.visible_to(viewer)
        .filter(**_by(ref))
        .select_related("shipping_address")
        .prefetch_related(
            Prefetch("items", OrderItem.objects.order_by("pk")),
            Prefetch("fulfilments", Fulfilment.objects.select_related("organizer").order_by("pk")),
            "history",
        )
        .first()
    )
    if order is None:
        raise NotFound
    return order


def get_bare_order(viewer: User, ref: str | int) -> Order:
    """Return the viewer's order by its id or number, without its lines: enough to pay it.

    :raises NotFound: there is none, or it is another person's
    """
    by = _by(ref)
    order = (_BARE_BY_ID if "pk" in by else _BARE_BY_NUMBER).first(viewer=viewer.pk, **by)
    if order is None:
        raise NotFound
    return order


def _bare(viewer: Any, **by: Any) -> QuerySet[Order]:
    return (
        Order.objects.visible_to(viewer)
        .filter(**by)
        .only("order_number", "status", "payment_status", "cancel_reason", "total_amount", "currency")
    )


_BARE_BY_ID = KeptObjects(_bare, viewer=int, pk=int)
_BARE_BY_NUMBER = KeptObjects(_bare, viewer=int, order_number=str)


def get_order_id(viewer: User, ref: str | int) -> int:
    """Return the id of the viewer's order by its id or number.

    :raises NotFound: there is none, or it is another person's
    """
    found = Order.objects.visible_to(viewer).filter(**_by(ref)).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _by(ref: str | int) -> dict[str, Any]:
    """An order is asked for by its number, as a person reads it, or by its id."""
    text = str(ref)
    if text.isascii() and text.isdigit():
        return {"pk": int(text) if len(text) < 19 else 0}
    return {"order_number": text.upper()}

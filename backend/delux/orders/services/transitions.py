"""The only place that changes a status, of an order or a part of it. Every change leaves a row of history."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from delux.accounts.models import User
from delux.core.inserts import insert
from delux.core.kept_query import KeptUpdate
from delux.orders.models import Fulfilment, Order, OrderStatusHistory

_PAYMENT_STATUS = {
    Order.Status.PAID: Order.PaymentStatus.PAID,
    Order.Status.CANCELED: Order.PaymentStatus.UNPAID,
    Order.Status.REFUNDED: Order.PaymentStatus.REFUNDED,
}


_ORDER_FIELDS = (
    "status", "payment_status", "payment_in_flight_until", "cancel_reason",
    "paid_at", "canceled_at", "refunded_at", "shipped_at", "completed_at",
)  # fmt: skip
_PART_FIELDS = (
    "status", "tracking_number", "opened_at", "shipped_at", "completed_at", "canceled_at",
)  # fmt: skip
_PART_STAMPS = {
    Fulfilment.Status.SHIPPED: "shipped_at",
    Fulfilment.Status.COMPLETED: "completed_at",
    Fulfilment.Status.CANCELED: "canceled_at",
}


class IllegalTransitionError(RuntimeError):
    """The map of statuses does not know this step: a mistake in our code, as services refuse earlier."""


def move_order(
    order: Order, to: str, *, at: datetime, actor: User | None = None, reason: str = ""
) -> OrderStatusHistory:
    """Set the order's status and what must agree with it; the caller saves the order and the history row."""
    change = _change(order.NEXT, order.status, to)
    change.order, change.actor, change.reason, change.created_at = order, actor, reason, at
    order.status = to
    order.payment_status = _PAYMENT_STATUS.get(Order.Status(to), order.payment_status)
    order.payment_in_flight_until = None
    if to != Order.Status.CANCELED:
        order.cancel_reason = ""
    if to == Order.Status.PAID:
        order.canceled_at = None
    setattr(order, f"{to}_at", at)
    return change


def move_part(
    part: Fulfilment, to: str, *, at: datetime, actor: User | None = None, reason: str = ""
) -> OrderStatusHistory:
    """Set a part's status and what must agree with it; the caller saves the part and the history row."""
    change = _change(part.NEXT, part.status, to)
    change.order_id, change.fulfilment = part.order_id, part
    change.actor, change.reason, change.created_at = actor, reason, at
    part.status = to
    if to != Fulfilment.Status.CANCELED:
        part.canceled_at = None
        part.opened_at = part.opened_at or at
    if stamp := _PART_STAMPS.get(Fulfilment.Status(to)):
        setattr(part, stamp, at)
    return change


def save_moved(
    orders: Iterable[Order],
    parts: Iterable[Fulfilment],
    changes: Iterable[OrderStatusHistory],
    *,
    at: datetime,
) -> None:
    """Store moved orders and parts with their history: one UPDATE for all rows that end up alike."""
    _store(_STORE_ORDERS, orders, _ORDER_FIELDS, at)
    _store(_STORE_PARTS, parts, _PART_FIELDS, at)
    insert(changes)


def _stored(table: type[Order | Fulfilment], fields: tuple[str, ...]) -> KeptUpdate:
    kinds = {name: datetime if name.endswith(("_at", "_until")) else str for name in (*fields, "updated_at")}
    return KeptUpdate(lambda keys, **values: (table.objects.filter(pk__in=keys), values), keys=list, **kinds)


_STORE_ORDERS = _stored(Order, _ORDER_FIELDS)
_STORE_PARTS = _stored(Fulfilment, _PART_FIELDS)


def _store(update: KeptUpdate, rows: Iterable[Any], fields: tuple[str, ...], at: datetime) -> None:
    alike: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        alike.setdefault(tuple(getattr(row, field) for field in fields), []).append(row.pk)
    for values, keys in alike.items():
        update.run(keys=keys, updated_at=at, **dict(zip(fields, values, strict=True)))


def _change(allowed: Mapping[str, set[str]], now: str, to: str) -> OrderStatusHistory:
    if to not in allowed[now]:
        raise IllegalTransitionError(f"{now} never becomes {to}.")
    return OrderStatusHistory(from_status=now, to_status=to)

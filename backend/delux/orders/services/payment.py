"""Money meets orders: an order waits for a payment being decided, and a paid one hands out what it bought."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.core.errors import Conflict
from delux.core.kept_query import KeptObjects, KeptUpdate
from delux.events.models import Event
from delux.events.services.admission import SoldTickets, issue_all_attendees
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import Message, notify_all
from delux.orders.models import Fulfilment, ItemType, Order, OrderItem
from delux.orders.services import stock, transitions

PAID_STATUSES = (Order.Status.PAID, Order.Status.SHIPPED, Order.Status.COMPLETED)


# Of lines, their events and sellers only what is told and handed out: the rest is a hundred columns.
_READ = (
    "order_id", "item_type", "variant_id", "quantity", "total_price", "title", "options",
    "ticket_type__event__status",
    "organizer__display_name", "organizer__user__email", "organizer__user__language",
)  # fmt: skip


class OrderNotPayable(Conflict):
    """The order takes no money: canceled, out of time, refunded, or its stock went to others."""

    code = "order_not_payable"
    title = _("This order can no longer be paid")


def hold_for_payment(*, order_id: int, until: datetime, at: datetime) -> None:
    """Mark that a provider is being asked for this order's money, so that nobody cancels it before ``until``.

    The mark ends by itself, with the payment decided, or by ``release_payment_hold``.
    :raises OrderNotPayable: it is not waiting for payment, or its time to pay is over at ``at``
    """
    if not _HOLD_FOR_PAYMENT.run(order_id=order_id, until=until, at=at):
        raise OrderNotPayable


_HOLD_FOR_PAYMENT = KeptUpdate(
    lambda order_id, until, at: (
        Order.objects.filter(pk=order_id, status=Order.Status.PENDING_PAYMENT, expires_at__gt=at),
        {"payment_in_flight_until": until},
    ),
    order_id=int,
    until=datetime,
    at=datetime,
)


def extend_payment_hold(*, order_id: int, until: datetime) -> None:
    """Keep the mark while the provider is still deciding, also past the order's own time to pay."""
    Order.objects.filter(
        pk=order_id, status=Order.Status.PENDING_PAYMENT, payment_in_flight_until__isnull=False
    ).update(payment_in_flight_until=until)


def release_payment_hold(*, order_id: int) -> None:
    """Take the mark away: the payment failed. The order keeps its stock for the rest of its time."""
    Order.objects.filter(pk=order_id, status=Order.Status.PENDING_PAYMENT).update(
        payment_in_flight_until=None
    )


@transaction.atomic
def mark_order_paid(*, order_id: int, paid_at: datetime) -> Order:
    """Record that an order is paid and hand out everything it bought, in one transaction.

    Safe to repeat. Of this and the sweeper exactly one wins, as both decide under the order's row lock. Money
    for an order that lapsed takes the stock again if it is still there.

    :raises OrderNotPayable: it was canceled by its buyer or refunded, its stock went to others, or an event
        was canceled; nothing has changed, and the money is to be given back
    """
    [order] = _LOCK_ORDER.read(order_id=order_id)
    if order.status in PAID_STATUSES:
        return order
    came_late = order.status == Order.Status.CANCELED and order.cancel_reason == Order.CancelReason.EXPIRED
    if order.status != Order.Status.PENDING_PAYMENT and not came_late:
        raise OrderNotPayable
    items = _ITEMS.read(order_id=order_id)
    if any(item.ticket_type and item.ticket_type.event.status == Event.Status.CANCELED for item in items):
        raise OrderNotPayable(_("An event in this order was canceled"))

    parts = _PARTS.read(order_id=order_id)
    reason = "late_payment" if came_late else ""
    changes = [transitions.move_order(order, Order.Status.PAID, at=paid_at, reason=reason)]
    for part in parts:
        # Tickets are handed out on the spot; gear is still to be packed.
        to = Fulfilment.Status.OPEN if part.has_gear else Fulfilment.Status.COMPLETED
        changes.append(transitions.move_part(part, to, at=paid_at, reason=reason))
    transitions.save_moved([order], parts, changes, at=paid_at)
    tickets = [
        SoldTickets(item.pk, item.ticket_type.pk, item.ticket_type.event_id, item.quantity)
        for item in items
        if item.ticket_type
    ]
    if tickets:
        issue_all_attendees(lines=tickets, user=order.user, attendee_name=order.user.get_full_name())
    notify_all(_messages(order, items))

    pieces = [piece_of(item) for item in items]
    missing = stock.move(*([(stock.Step.HOLD, pieces)] if came_late else []), (stock.Step.SELL, pieces))
    if missing:
        raise OrderNotPayable(_("The time to pay was over, and what was ordered went to others"))
    return order


_LOCK_ORDER = KeptObjects(
    lambda order_id: (
        Order.objects.select_for_update(of=("self",), no_key=True).filter(pk=order_id).select_related("user")
    ),
    order_id=int,
)
_ITEMS = KeptObjects(
    lambda order_id: (
        OrderItem.objects.filter(order=order_id)
        .select_related("ticket_type__event", "organizer__user")
        .only(*_READ)
    ),
    order_id=int,
)
_PARTS = KeptObjects(lambda order_id: Fulfilment.objects.filter(order=order_id), order_id=int)


def piece_of(item: OrderItem, quantity: int | None = None) -> stock.Piece:
    """Describe a line, or some of it, as stock; its ticket type is loaded."""
    key = item.ticket_type_id if item.item_type == ItemType.TICKET else item.variant_id
    event_id = item.ticket_type.event_id if item.ticket_type else 0
    return stock.piece(item.item_type, key or 0, item.quantity if quantity is None else quantity, event_id)


def _messages(order: Order, items: list[OrderItem]) -> list[Message]:
    """What the buyer and every organizer are told."""
    told = {"order_id": order.pk, "order_number": order.order_number, "currency": order.currency}
    messages = [
        Message(
            recipient=order.user,
            kind=Kind.ORDER_PAID,
            context=told | {"total": str(order.total_amount), "titles": [_title(item) for item in items]},
            dedupe_key=f"order-paid:{order.pk}",
        )
    ]
    for seller in {item.organizer_id: item.organizer for item in items}.values():
        theirs = [item for item in items if item.organizer_id == seller.pk]
        context = told | {
            "total": str(sum(item.total_price for item in theirs)),
            "titles": [_title(item) for item in theirs],
            "buyer_name": order.user.desk_name,
            "organizer_name": seller.display_name,
        }
        key = f"seller-new-order:{order.pk}:{seller.pk}"
        messages.append(Message(seller.user, Kind.SELLER_NEW_ORDER, context, key))
    return messages


def _title(item: OrderItem) -> str:
    chosen = item.options.get("ticket_type") or " ".join(
        filter(None, [item.options.get("size"), item.options.get("colour")])
    )
    return f"{item.title}, {chosen} × {item.quantity}" if chosen else f"{item.title} × {item.quantity}"

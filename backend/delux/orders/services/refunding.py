"""Things come back: stock returns, tickets stop admitting. The money is payments' affair, beside this."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.core.errors import Conflict, NotFound
from delux.core.money import ZERO
from delux.events.services.admission import HeldTicket, void_attendees, void_ticket
from delux.orders.models import Fulfilment, ItemType, Order, OrderItem, OrderStatusHistory
from delux.orders.services import stock, transitions
from delux.orders.services.fulfilment import follow_parts
from delux.orders.services.payment import PAID_STATUSES, piece_of


class NothingToGiveBack(Conflict):
    """More is to be given back than is left of a line, or the order is not paid."""

    code = "nothing_to_give_back"
    title = _("That much of this order cannot be given back")


@transaction.atomic
def give_back_items(
    *,
    order_id: int,
    lines: Mapping[int, int] | None,
    at: datetime,
    organizer_id: int | None = None,
    actor: User | None = None,
    reason: str = "",
    ticket: HeldTicket | None = None,
    asked_for: Collection[int] = (),
) -> Decimal:
    """Take back so many of each line (item id → quantity; None: all that is left); return their price.

    With ``organizer_id`` only that organizer's lines count. What returns is on sale again, tickets are void,
    and the statuses of parts and order follow. ``ticket`` is the very one that ``lines`` means by one of its
    line; else those ``asked_for`` by their holders go before others of their line.

    :raises NotFound: a line is not in the order, or not this organizer's
    :raises NothingToGiveBack: the order is not paid, or less is left of a line
    :raises Conflict: ``ticket`` was used or is void, by the refusals of ``void_ticket``
    """
    order = Order.objects.select_for_update(no_key=True).get(pk=order_id)
    if order.status not in PAID_STATUSES:
        raise NothingToGiveBack
    items = {item.pk: item for item in order.items.select_related("ticket_type")}
    theirs = {key: item for key, item in items.items() if organizer_id in (None, item.organizer_id)}
    if lines is None:
        lines = {
            key: left for key, item in theirs.items() if (left := item.quantity - item.refunded_quantity)
        }
    if lines.keys() - theirs.keys():
        raise NotFound
    if not lines or min(lines.values()) < 1:
        raise NothingToGiveBack
    for key, quantity in sorted(lines.items()):
        # Guarded in the row itself: whatever was read above, no line ever gives back more than was bought.
        enough = OrderItem.objects.filter(pk=key, refunded_quantity__lte=F("quantity") - quantity)
        if not enough.update(refunded_quantity=F("refunded_quantity") + quantity):
            raise NothingToGiveBack
        items[key].refunded_quantity += quantity
        if ticket is not None:
            void_ticket(ticket=ticket, at=at)
        elif items[key].item_type == ItemType.TICKET:
            void_attendees(order_item_id=key, quantity=quantity, at=at, asked_for=asked_for)
    _follow_items(order, list(items.values()), at=at, actor=actor, reason=reason)
    stock.move((stock.Step.RETURN, [piece_of(items[key], quantity) for key, quantity in lines.items()]))
    return sum((items[key].unit_price * quantity for key, quantity in lines.items()), ZERO)


def note_refunded(*, order_id: int, amount: Decimal) -> None:
    """Count money of the order that is on its way back; a negative amount never got there."""
    Order.objects.filter(pk=order_id).update(refunded_amount=F("refunded_amount") + amount)


def _follow_items(
    order: Order, items: list[OrderItem], *, at: datetime, actor: User | None, reason: str
) -> None:
    """Close the parts of which nothing is left to hand over, and let the order follow."""
    kept = {item.organizer_id for item in items if item.refunded_quantity < item.quantity}
    kept_gear = {
        item.organizer_id
        for item in items
        if item.refunded_quantity < item.quantity and item.item_type == ItemType.PRODUCT
    }
    parts = list(order.fulfilments.all())
    moved: list[Fulfilment] = []
    changes: list[OrderStatusHistory] = []
    for part in parts:
        if part.organizer_id not in kept:
            to = Fulfilment.Status.CANCELED
        elif part.has_gear and part.organizer_id not in kept_gear:
            to = Fulfilment.Status.COMPLETED  # tickets are left, and they are handed out already
        else:
            continue
        if to in part.NEXT[part.status]:
            changes.append(transitions.move_part(part, to, at=at, actor=actor, reason=reason))
            moved.append(part)
    followed = follow_parts(order, parts, at=at, actor=actor, reason=reason)
    transitions.save_moved([order] if followed else [], moved, [*changes, *followed], at=at)

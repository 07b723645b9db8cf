"""An organizer moves its part of an order; the order's own status follows from its parts."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import Conflict, Invalid, NotFound
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import notify
from delux.orders.models import Fulfilment, Order, OrderStatusHistory
from delux.orders.services import transitions

Status = Fulfilment.Status

# A part opens by payment and is canceled by giving all of it back, never by hand.
BY_HAND = (Status.PACKED, Status.SHIPPED, Status.COMPLETED)


class FulfilmentNotMovable(Conflict):
    code = "fulfilment_not_movable"
    title = _("This part of the order cannot go there from where it is")


@transaction.atomic
def move_fulfilment(
    *,
    organizer: OrganizerProfile,
    order_id: int,
    actor: User,
    at: datetime,
    to: str | None = None,
    tracking_number: str | None = None,
) -> Fulfilment:
    """Move the organizer's part of an order to ``to`` and note its tracking number; what is None stays.

    Asking for the status it has changes nothing, so a repeat is safe.
    :raises NotFound: the organizer has no paid part in such an order
    :raises Invalid: a status nobody sets by hand
    :raises FulfilmentNotMovable: the part cannot go there; a pickup is never shipped
    """
    part = (
        Fulfilment.objects.visible_to(organizer)
        .filter(order_id=order_id)
        .values_list("pk", flat=True)
        .first()
    )
    if part is None:
        raise NotFound
    # The order first, as every other change of its parts does.
    order = Order.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=order_id)
    parts = list(order.fulfilments.all())
    mine = next(one for one in parts if one.pk == part)
    changes: list[OrderStatusHistory] = []
    if tracking_number is not None:
        mine.tracking_number = tracking_number
    if to and to != mine.status:
        if to not in BY_HAND:
            raise Invalid.field("status", _("This status is not set by hand."))
        shipped_pickup = to == Status.SHIPPED and order.delivery_type != Order.DeliveryType.DELIVERY
        if to not in mine.NEXT[mine.status] or mine.status == Status.CANCELED or shipped_pickup:
            raise FulfilmentNotMovable
        changes.append(transitions.move_part(mine, to, at=at, actor=actor))
        changes += follow_parts(order, parts, at=at, actor=actor)
    transitions.save_moved([order] if len(changes) > 1 else [], [mine], changes, at=at)
    if changes and to == Status.SHIPPED:
        notify(
            recipient=order.user,
            kind=Kind.ORDER_SHIPPED,
            context={
                "order_id": order.pk,
                "order_number": order.order_number,
                "organizer_name": organizer.display_name,
                "tracking_number": mine.tracking_number,
            },
            dedupe_key=f"order-shipped:{mine.pk}",
        )
    return mine


def follow_parts(
    order: Order, parts: Iterable[Fulfilment], *, at: datetime, actor: User | None = None, reason: str = ""
) -> list[OrderStatusHistory]:
    """Set a paid order's status to what its parts say; return the unsaved history, empty for no change.

    Refunded when nothing is left of it; completed when all gear was handed over; shipped when all is on its
    way. Tickets alone leave it paid: their part is done on the spot, but the day is still ahead.
    """
    alive = [part for part in parts if part.status != Status.CANCELED]
    gear = {part.status for part in alive if part.has_gear}
    if not alive:
        to = Order.Status.REFUNDED
    elif gear and gear <= {Status.COMPLETED}:
        to = Order.Status.COMPLETED
    elif gear and gear <= {Status.SHIPPED, Status.COMPLETED}:
        to = Order.Status.SHIPPED
    else:
        return []
    if to == order.status or to not in order.NEXT[order.status]:
        return []
    return [transitions.move_order(order, to, at=at, actor=actor, reason=reason)]

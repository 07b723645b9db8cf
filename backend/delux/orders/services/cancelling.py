"""Orders that will not be paid: canceled by their buyer, or lapsed. Their stock goes back on sale."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.core.errors import Conflict, NotFound
from delux.core.faults import faultpoint
from delux.core.metrics import count
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import Message, notify_all
from delux.orders import metrics
from delux.orders.models import Fulfilment, Order, OrderItem
from delux.orders.selectors.targets import pointing_at
from delux.orders.services import stock, transitions

BATCH = 500

_KIND = {Order.CancelReason.BUYER: Kind.ORDER_CANCELED, Order.CancelReason.EXPIRED: Kind.ORDER_EXPIRED}


class OrderNotCancelable(Conflict):
    code = "order_not_cancelable"
    title = _("This order is paid for. Ask the organizer for a refund")


class PaymentInFlight(Conflict):
    code = "payment_in_flight"
    title = _("The payment of this order is being decided. Try again in a minute")


@transaction.atomic
def cancel_order(*, buyer: User, order_id: int, at: datetime) -> None:
    """Cancel the buyer's unpaid order and put what it held back on sale. Canceling twice is canceling once.

    :raises NotFound: there is none, or it is another person's
    :raises OrderNotCancelable: it is paid
    :raises PaymentInFlight: a provider is being asked for the money
    """
    order = Order.objects.visible_to(buyer).select_for_update(no_key=True).filter(pk=order_id).first()
    if order is None:
        raise NotFound
    if order.status == Order.Status.CANCELED:
        return
    if order.status != Order.Status.PENDING_PAYMENT:
        raise OrderNotCancelable
    if order.payment_in_flight_until and order.payment_in_flight_until > at:
        raise PaymentInFlight
    order.user = buyer
    stock.move(
        (stock.Step.RELEASE, cancel_locked([order], reason=Order.CancelReason.BUYER, actor=buyer, at=at))
    )


def expire_orders(now: datetime) -> int:
    """Cancel every unpaid order whose time is over and put its stock back on sale; return how many it was.

    Orders that another transaction is busy with (being paid, another sweeper) are left to it, and those whose
    payment is in flight to payments, which asks the provider.
    """
    total = 0
    while count := _expire_batch(now):
        total += count
    return total


@transaction.atomic
def _expire_batch(now: datetime) -> int:
    orders = list(
        Order.objects.lapsed(now)
        .select_related("user")
        .select_for_update(of=("self",), skip_locked=True, no_key=True)
        .order_by("expires_at")[:BATCH]
    )
    pieces = cancel_locked(orders, reason=Order.CancelReason.EXPIRED, at=now)
    faultpoint("K9")
    stock.move((stock.Step.RELEASE, pieces))
    return len(orders)


def cancel_lapsed_holders(keys: Iterable[tuple[str, int]], *, at: datetime) -> list[stock.Piece]:
    """Cancel the lapsed orders that hold any of ``keys``; return all they held, for the caller to release.

    This is how stock past its time stays sellable while the sweeper is down (services.placing).
    """
    holders = OrderItem.objects.filter(pointing_at(keys), order__in=Order.objects.lapsed(at)).values(
        "order_id"
    )
    orders = list(
        Order.objects.lapsed(at)
        .filter(pk__in=holders)
        .select_related("user")
        .select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH]
    )
    return cancel_locked(orders, reason=Order.CancelReason.EXPIRED, at=at)


def cancel_locked(
    orders: Sequence[Order], *, reason: Order.CancelReason, at: datetime, actor: User | None = None
) -> list[stock.Piece]:
    """Cancel unpaid orders whose rows the caller has locked; return what they held, to be released.

    The release is the caller's, because stock is taken last and in one order (services.stock).
    """
    if not orders:
        return []
    held = OrderItem.objects.filter(order__in=orders).values_list(
        "item_type", "variant_id", "ticket_type_id", "quantity", "ticket_type__event_id"
    )
    pieces = [
        stock.piece(kind, variant or ticket, quantity, event_id or 0)
        for kind, variant, ticket, quantity, event_id in held
    ]
    parts = list(Fulfilment.objects.filter(order__in=orders))
    changes = [
        transitions.move_part(part, Fulfilment.Status.CANCELED, at=at, actor=actor, reason=reason)
        for part in parts
    ]
    for order in orders:
        changes.append(
            transitions.move_order(order, Order.Status.CANCELED, at=at, actor=actor, reason=reason)
        )
        order.cancel_reason = reason
    transitions.save_moved(orders, parts, changes, at=at)
    notify_all([_message(order, _KIND[reason]) for order in orders])
    if reason == Order.CancelReason.EXPIRED:
        for market, number in Counter(order.market for order in orders).items():
            count(metrics.EXPIRED, number, market=market)
    return pieces


def _message(order: Order, kind: Kind) -> Message:
    return Message(
        recipient=order.user,
        kind=kind,
        context={
            "order_id": order.pk,
            "order_number": order.order_number,
            "total": str(order.total_amount),
            "currency": order.currency,
        },
        dedupe_key=f"order-canceled:{order.pk}",
    )

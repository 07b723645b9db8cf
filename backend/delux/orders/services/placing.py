"""A basket becomes an order: prices frozen, stock held, fifteen minutes to pay."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.accounts.services.addresses import check_address
from delux.core.errors import Conflict, Invalid
from delux.core.inserts import insert
from delux.core.markets import CURRENCY_OF, HOME_MARKETS
from delux.core.metrics import count
from delux.core.money import MOST, ZERO
from delux.orders import metrics
from delux.orders.models import (
    CartItem,
    Fulfilment,
    ItemType,
    Order,
    OrderItem,
    OrderStatusHistory,
    ShippingAddress,
)
from delux.orders.selectors.targets import Line, Seller, list_lines, read_targets
from delux.orders.services import rules, stock
from delux.orders.services.cancelling import cancel_lapsed_holders
from delux.orders.services.payment import mark_order_paid
from delux.orders.services.rules import NotEnoughStock

# Crockford's base32: no I, L, O, U, so a number read aloud or copied by hand stays right.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_MARKET_OF: dict[str, str] = {CURRENCY_OF[market]: market for market in HOME_MARKETS}


class EmptyBasket(Conflict):
    code = "empty_basket"
    title = _("Your basket is empty")


class BasketChanged(Conflict):
    """Another tab or device changed the basket, or ordered it, in this very moment."""

    code = "basket_changed"
    title = _("Your basket has just changed. Look at it once more")


class PriceChanged(Conflict):
    """The total is not what the buyer agreed to; ``extra`` holds the new one and the lines that changed."""

    code = "price_changed"
    title = _("A price has changed. Please look at the new total")


class TotalTooLarge(Conflict):
    code = "total_too_large"
    title = _("This is more than one order can cost. Order less at once")


@dataclass(frozen=True)
class PlacedOrder:
    """A new order with all that was stored with it."""

    order: Order
    items: Sequence[OrderItem]
    parts: Sequence[Fulfilment]
    history: Sequence[OrderStatusHistory]
    address: ShippingAddress | None
    sellers: Sequence[Seller]


@metrics.CHECKOUT_SECONDS.labels(step="order").time()
def place_order(
    *,
    buyer: User,
    at: datetime,
    delivery_type: str,
    shipping_address: Mapping[str, str] | None = None,
    expected_total: Decimal | None = None,
) -> PlacedOrder:
    """Turn the buyer's basket into an order that waits for payment; one that costs nothing is paid at once.

    :raises EmptyBasket: there is nothing to order
    :raises BasketChanged: the basket was changed or ordered elsewhere at the same moment
    :raises NotEnoughStock: fewer are left than wanted, even after taking back what lapsed orders hold
    :raises LinesNotOnSale: a line cannot be bought now for another reason
    :raises MixedCurrency: the lines are priced in more than one currency
    :raises PriceChanged: ``expected_total`` is given and is not the total
    :raises TotalTooLarge: the total is more than an amount of money can be
    :raises Invalid: the delivery does not suit the basket, or the address is wrong
    """
    attempt = partial(
        _place,
        buyer=buyer,
        at=at,
        delivery_type=delivery_type,
        shipping_address=shipping_address,
        expected_total=expected_total,
    )
    try:
        return attempt(reclaim=False)
    except NotEnoughStock:
        # Only now are lapsed orders looked for: a buyer of what is plentiful never pays for this.
        with metrics.STOCK_REFUSALS.count_exceptions(NotEnoughStock):
            return attempt(reclaim=True)


@transaction.atomic
def _place(
    *,
    buyer: User,
    at: datetime,
    delivery_type: str,
    shipping_address: Mapping[str, str] | None,
    expected_total: Decimal | None,
    reclaim: bool,
) -> PlacedOrder:
    lines = list_lines(buyer)
    if not lines:
        raise EmptyBasket
    rules.refuse_mixed_currency(lines)
    verdicts = (
        rules.judge_all(lines, at=at)
        if reclaim
        else [rules.judge(line.target, line.quantity, at=at) for line in lines]
    )
    rules.refuse_trouble(lines, verdicts, pointers=[f"/lines/{line.id}" for line in lines])
    address = _check_delivery(lines, delivery_type, shipping_address)
    order = _priced(lines, delivery_type, buyer, at)
    if expected_total is not None and expected_total != order.total_amount:
        raise _price_changed(order, lines)
    if order.total_amount > MOST:
        raise TotalTooLarge

    _take_from_basket(lines)
    insert([order])
    items = insert(_item(order, line) for line in lines)
    parts = insert(_parts(order, lines))
    history: list[OrderStatusHistory] = []
    where = ShippingAddress.objects.create(order=order, **address) if address else None

    pieces = [_piece(line) for line in lines]
    freed = cancel_lapsed_holders([line.target.key for line in lines], at=at) if reclaim else []
    if missing := stock.move((stock.Step.RELEASE, freed), (stock.Step.HOLD, pieces)):
        raise _not_enough(lines, missing)
    count(metrics.PLACED, market=order.market)
    if not order.total_amount:
        order = mark_order_paid(order_id=order.pk, paid_at=at)
        count(metrics.PAID, market=order.market, provider="none")
        parts, history = list(order.fulfilments.all()), list(order.history.all())
    sellers = {line.target.seller.id: line.target.seller for line in lines}
    return PlacedOrder(order, items, parts, history, where, list(sellers.values()))


def new_order_number() -> str:
    """Return a number such as DX-7KQ2M-9PA4T.

    Fifty random bits: with a million orders stored, the next one meets an equal number once in a billion.
    Then the unique constraint refuses it, nothing is stored, and a repeat of the request succeeds.
    """
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return f"DX-{letters[:5]}-{letters[5:]}"


def delivery_price(lines: Sequence[Line]) -> dict[int, Decimal]:
    """Return what delivering the gear among ``lines`` costs, by organizer id."""
    return {seller.id: seller.shipping_price for seller in gear_sellers(lines)}


def gear_sellers(lines: Sequence[Line]) -> list[Seller]:
    """Return the organizers whose gear has to be handed over, each once."""
    gear = (line.target.seller for line in lines if line.target.item_type == ItemType.PRODUCT)
    return list({seller.id: seller for seller in gear}.values())


def _market_of(lines: Sequence[Line]) -> str:
    """The country of a purchase is that of its sellers: they price in its currency and deliver within it."""
    return _MARKET_OF[lines[0].target.currency]


def _check_delivery(
    lines: Sequence[Line], delivery_type: str, address: Mapping[str, str] | None
) -> dict[str, str] | None:
    sellers = gear_sellers(lines)
    if not sellers:
        if delivery_type != Order.DeliveryType.NONE:
            raise Invalid.field(
                "delivery_type", _("There is nothing to deliver: tickets come by themselves.")
            )
        return None
    if delivery_type == Order.DeliveryType.NONE:
        raise Invalid.field("delivery_type", _("Choose pickup or delivery for the gear."), code="required")
    if delivery_type == Order.DeliveryType.PICKUP:
        if homeless := [seller.display_name for seller in sellers if not seller.pickup_address]:
            raise Invalid.field(
                "delivery_type",
                _("%(organizer)s has no pickup point. Choose delivery.") % {"organizer": ", ".join(homeless)},
                code="no_pickup",
            )
        return None
    if not address:
        raise Invalid.field("shipping_address", _("Say where to send it."), code="required")
    fields = dict(address)
    comment = fields.pop("comment", "")
    market = _market_of(lines)
    return check_address(market=market, **fields, within="/shipping_address") | {"comment": comment}


def _priced(lines: Sequence[Line], delivery_type: str, buyer: User, at: datetime) -> Order:
    subtotal = sum((line.target.price * line.quantity for line in lines), ZERO)
    delivered = delivery_type == Order.DeliveryType.DELIVERY
    shipping = sum(delivery_price(lines).values(), ZERO) if delivered else ZERO
    return Order(
        order_number=new_order_number(),
        user=buyer,
        market=_market_of(lines),
        status=Order.Status.PENDING_PAYMENT,
        delivery_type=delivery_type,
        subtotal=subtotal,
        shipping=shipping,
        total_amount=subtotal + shipping,
        currency=lines[0].target.currency,
        expires_at=at + settings.ORDER_HOLD,
        created_at=at,
    )


def _take_from_basket(lines: Sequence[Line]) -> None:
    """Empty the basket of exactly these lines: whoever deletes them has the right to order them, once."""
    as_read = Q()
    for line in lines:
        as_read |= Q(pk=line.id, quantity=line.quantity)
    deleted, _by_model = CartItem.objects.filter(as_read).delete()
    if deleted != len(lines):
        raise BasketChanged


def _item(order: Order, line: Line) -> OrderItem:
    target = line.target
    is_gear = target.item_type == ItemType.PRODUCT
    return OrderItem(
        order=order,
        item_type=target.item_type,
        variant_id=target.id if is_gear else None,
        ticket_type_id=None if is_gear else target.id,
        organizer_id=target.seller.id,
        quantity=line.quantity,
        unit_price=target.price,
        total_price=target.price * line.quantity,
        title=target.title,
        options=target.options | {"slug": target.slug},
        image=target.image,
        created_at=order.created_at,
    )


def _parts(order: Order, lines: Sequence[Line]) -> list[Fulfilment]:
    shipping = delivery_price(lines)
    delivered = order.delivery_type == Order.DeliveryType.DELIVERY
    parts: dict[int, Fulfilment] = {}
    for line in lines:
        seller = line.target.seller.id
        part = parts.setdefault(
            seller,
            Fulfilment(
                order=order,
                organizer_id=seller,
                has_gear=seller in shipping,
                subtotal=ZERO,
                shipping=shipping.get(seller, ZERO) if delivered else ZERO,
                currency=order.currency,
                created_at=order.created_at,
            ),
        )
        part.subtotal += line.target.price * line.quantity
    return list(parts.values())


def _piece(line: Line) -> stock.Piece:
    return stock.piece(line.target.item_type, line.target.id, line.quantity, line.target.event_id)


def _price_changed(order: Order, lines: Sequence[Line]) -> PriceChanged:
    return PriceChanged(
        extra={
            "total": str(order.total_amount),
            "currency": order.currency,
            "lines": [
                {
                    "id": line.id,
                    "title": line.target.title,
                    "seen_price": str(line.seen_price),
                    "unit_price": str(line.target.price),
                    "quantity": line.quantity,
                }
                for line in lines
                if line.seen_price != line.target.price
            ],
        }
    )


def _not_enough(lines: Sequence[Line], missing: Sequence[stock.Piece]) -> NotEnoughStock:
    """Name the lines that went to others between the look and the hold, with what is left now."""
    lacking = {piece.key for piece in missing}
    now = read_targets(lacking)
    problems = []
    for line in lines:
        if line.target.key in lacking:
            target = now.get(line.target.key, line.target)
            trouble = rules.Trouble.NOT_ENOUGH if target.left > 0 else rules.Trouble.SOLD_OUT
            problems.append(rules.problem_of(target, trouble, left=target.left, pointer=f"/lines/{line.id}"))
    return NotEnoughStock(problems[0].detail if len(problems) == 1 else "", problems=problems)

"""What a basket line or an order points at: the price, stock and words of a variant or a ticket type, today.

Read in tuples, because every look at a basket and every order comes through here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum

from delux.accounts.models import User
from delux.core.kept_query import KeptQuery
from delux.events.models import Event, TicketType
from delux.market.models import ProductImage, Variant
from delux.orders.models import CartItem, ItemType, Order, OrderItem

MAX_GEAR = 100


@dataclass(frozen=True, slots=True)
class Seller:
    """The organizer whose thing it is, with what handing gear over costs."""

    id: int
    display_name: str
    slug: str
    shipping_price: Decimal
    pickup_address: str


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that can be put into a basket, as it is now."""

    item_type: str
    id: int
    title: str
    slug: str
    image: str
    options: dict[str, Any]
    seller: Seller
    price: Decimal
    currency: str
    left: int
    limit: int
    is_offered: bool
    # Tickets alone:
    event_id: int = 0
    sales_start: datetime | None = None
    sales_end: datetime | None = None
    ends_at: datetime | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.item_type, self.id


@dataclass(frozen=True, slots=True)
class Line:
    """A wish for some of a target: a row of a basket (``id``), or one that only the client holds (no id)."""

    target: Target
    quantity: int
    seen_price: Decimal
    id: int | None = None


_SELLER = ("id", "display_name", "slug", "shipping_price", "pickup_address")
_VARIANT = (
    "id", "size", "colour", "sku_code", "price", "stock_quantity", "held_quantity", "is_active",
    "product__title", "product__slug", "product__currency", "product__is_active",
    *(f"product__organizer__{name}" for name in _SELLER),
)  # fmt: skip
_TICKET = (
    "id", "name", "price", "currency", "quantity_total", "quantity_held", "quantity_sold", "max_per_order",
    "sales_start", "sales_end", "event_id", "event__title", "event__slug", "event__cover_image",
    "event__status", "event__start_datetime", "event__end_datetime", "event__timezone", "event__capacity",
    "event__places_taken", "event__location__city", *(f"event__organizer__{name}" for name in _SELLER),
)  # fmt: skip
_LINE = ("id", "quantity", "seen_price", "item_type", "variant_id", "ticket_type_id")


def list_lines(buyer: User) -> list[Line]:
    """Return the lines of the buyer's basket with their targets, in the order they were put in.

    At most three queries: one over everything a line may point at takes PostgreSQL longer to plan than these
    take together.
    """
    rows = _LINES.tuples(user=buyer.pk)
    keys = [
        (kind, variant if kind == ItemType.PRODUCT else ticket) for _id, _n, _p, kind, variant, ticket in rows
    ]
    targets = read_targets(keys)
    return [
        Line(id=row[0], quantity=row[1], seen_price=row[2], target=targets[key])
        for row, key in zip(rows, keys, strict=True)
    ]


def read_targets(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Target]:
    """Return the targets that exist among ``keys`` (item type, id): at most one query a type."""
    ids: dict[str, list[int]] = {ItemType.PRODUCT: [], ItemType.TICKET: []}
    for item_type, key in keys:
        ids[item_type].append(key)
    found: list[Target] = []
    if ids[ItemType.PRODUCT]:
        found += map(_variant, _VARIANTS.tuples(ids=ids[ItemType.PRODUCT]))
    if ids[ItemType.TICKET]:
        found += map(_ticket, _TICKETS.tuples(ids=ids[ItemType.TICKET]))
    return {target.key: target for target in found}


_LINES = KeptQuery(
    lambda user: CartItem.objects.filter(cart__user=user).order_by("pk").values(*_LINE), user=int
)
_VARIANTS = KeptQuery(
    lambda ids: (
        Variant.objects.filter(pk__in=ids)
        .order_by()
        .values(*_VARIANT)
        .annotate(picture=_main_image("product_id"))
    ),
    ids=list,
)
_TICKETS = KeptQuery(lambda ids: TicketType.objects.filter(pk__in=ids).order_by().values(*_TICKET), ids=list)


def lapsed_holds(keys: Iterable[tuple[str, int]], at: datetime) -> dict[tuple[str, int], int]:
    """Return how much of each of ``keys`` is held by orders whose time to pay is over.

    It counts as free: whoever orders it takes it back from them (services.placing), sweeper or no sweeper.
    """
    held = (
        OrderItem.objects.filter(order__in=Order.objects.lapsed(at))
        .filter(pointing_at(keys))
        .order_by()
        .values_list("item_type", "variant_id", "ticket_type_id")
        .annotate(Sum("quantity"))
    )
    return {(kind, variant or ticket): quantity for kind, variant, ticket, quantity in held}


def pointing_at(keys: Iterable[tuple[str, int]]) -> Q:
    """Return the condition of rows (basket or order lines) that point at one of ``keys``."""
    ids: dict[str, list[int]] = {ItemType.PRODUCT: [], ItemType.TICKET: []}
    for item_type, key in keys:
        ids[item_type].append(key)
    return Q(variant_id__in=ids[ItemType.PRODUCT]) | Q(ticket_type_id__in=ids[ItemType.TICKET])


def _main_image(product: str) -> Subquery:
    """The picture shown for a product: its main one, else its first."""
    images = ProductImage.objects.filter(product=OuterRef(product)).order_by("-is_main", "position", "pk")
    return Subquery(images.values("image")[:1])


def _variant(row: Sequence[Any]) -> Target:
    (key, size, colour, sku, price, stock, held, is_active, title, slug, currency, is_shown), rest = (
        row[:12],
        row[12:],
    )
    return Target(
        item_type=ItemType.PRODUCT,
        id=key,
        title=title,
        slug=slug,
        image=rest[len(_SELLER)] or "",
        options={"size": size, "colour": colour, "sku": sku},
        seller=Seller(*rest[: len(_SELLER)]),
        price=price,
        currency=currency,
        left=stock - held,
        limit=MAX_GEAR,
        is_offered=is_active and is_shown,
    )


def _ticket(row: Sequence[Any]) -> Target:
    key, name, price, currency, total, held, sold, limit, sales_start, sales_end, event_id = row[:11]
    title, slug, cover, status, starts_at, ends_at, timezone, capacity, taken, city = row[11:21]
    left = total - held - sold
    return Target(
        item_type=ItemType.TICKET,
        id=key,
        title=title,
        slug=slug,
        image=cover,
        options={
            "ticket_type": name,
            "starts_at": starts_at.isoformat().replace("+00:00", "Z"),
            "timezone": timezone,
            "city": city or "",
        },
        seller=Seller(*row[21:]),
        price=price,
        currency=currency,
        left=left if capacity is None else max(0, min(left, capacity - taken)),
        limit=limit,
        is_offered=status == Event.Status.PUBLISHED,
        event_id=event_id,
        sales_start=sales_start,
        sales_end=sales_end,
        ends_at=ends_at,
    )

"""The shop's list: what matches a search and its filters, and a page of it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from delux.core.kept_figures import kept
from delux.core.markets import Market
from delux.core.replica import read_connection
from delux.market.models import Product, Variant
from delux.market.selectors.categories import get_category_tree
from delux.market.selectors.words import Words

ORDERINGS = {
    "popular": ("-sales_count", "id"),
    "newest": ("-id",),
    "price": ("price_from", "id"),
    "-price": ("-price_from", "-id"),
}
# Written by hand: the shop's hottest read, and composing it anew each time costs the ORM more than it costs
# PostgreSQL to answer.
_CARD = (
    "id", "slug", "title", "market", "currency", "price_from", "rating", "review_count", "category_id",
    "brand_slug", "brand_name", "organizer_slug", "organizer_name",
    "price_to", "original_price", "in_stock", "image", "image_alt",
)  # fmt: skip
_CARDS = """
    SELECT p.id, p.slug, p.title, p.market, p.currency, p.price_from, p.rating, p.review_count, p.category_id,
           brand.slug, brand.name, organizer.slug, organizer.display_name,
           variants.price_to, variants.original_price, variants.in_stock, picture.image, picture.alt
    FROM market_product p
    JOIN accounts_organizerprofile organizer ON organizer.id = p.organizer_id
    LEFT JOIN market_brand brand ON brand.id = p.brand_id
    CROSS JOIN LATERAL (
        SELECT max(price) AS price_to,
               (array_agg(original_price ORDER BY price, id))[1] AS original_price,
               coalesce(bool_or(stock_quantity > held_quantity), false) AS in_stock
        FROM market_variant WHERE product_id = p.id AND is_active
    ) variants
    LEFT JOIN LATERAL (
        SELECT image, alt FROM market_productimage
        WHERE product_id = p.id ORDER BY is_main DESC, position, id LIMIT 1
    ) picture ON true
    WHERE p.id = ANY(%s)
"""
_FREE = Q(stock_quantity__gt=F("held_quantity"))


@dataclass(frozen=True)
class Filters:
    """What a visitor asks of the shop. Size, colour, price and stock are asked of one same variant."""

    words: Words | None = None
    category: str = ""
    brands: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    in_stock: bool = False
    organizer: str = ""
    market: str = ""


def list_page(*, filters: Filters, ordering: str, number: int, size: int) -> tuple[list[dict[str, Any]], int]:
    """Return the cards of one page of the products on sale that match, and how many match over all pages.

    The total is exact where this page ends the list; before that it may be a moment old.
    """
    start = (number - 1) * size
    # The keys first, from an index; what a card shows is read for those alone.
    keys = find_products(filters=filters).order_by(*ORDERINGS[ordering]).values_list("pk", flat=True)
    found = list(keys[start : start + size + 1])
    total = start + len(found)
    if len(found) > size or (start and not found):
        counted = kept(("count", filters), find_products(filters=filters).count)
        total = max(counted, total) if found else min(counted, start)
    return _cards(found[:size]), total


def find_products(*, filters: Filters) -> QuerySet[Product]:
    """Return the products on sale that match."""
    products = match_products(filters)
    if variants := match_variants(filters):
        matching = Variant.objects.filter(variants, product=OuterRef("pk"), is_active=True)
        products = products.filter(Exists(matching))
    return products


def match_products(filters: Filters) -> QuerySet[Product]:
    """Return what matches the filters that ask of a product as a whole."""
    products = Product.objects.on_sale()
    if filters.words:
        products = products.filter(filters.words.condition()) if filters.words.words else products.none()
    if filters.market:
        products = products.filter(market__in=(filters.market, Market.ALL))
    if filters.organizer:
        products = products.filter(organizer__slug=filters.organizer)
    if filters.category:
        shelf = get_category_tree().by_slug.get(filters.category)
        products = products.filter(category_id__in=shelf.branch() if shelf else ())
    if filters.brands:
        products = products.filter(brand__slug__in=filters.brands)
    return products


def match_variants(filters: Filters) -> Q:
    """Return the condition of the filters that ask of a variant; empty when none is set."""
    found = _FREE if filters.in_stock else Q()
    for option, chosen in (("size", filters.sizes), ("colour", filters.colours)):
        if chosen:
            found &= reduce(or_, (Q(**{f"{option}__iexact": value}) for value in chosen))
    if filters.price_min is not None:
        found &= Q(price__gte=filters.price_min)
    if filters.price_max is not None:
        found &= Q(price__lte=filters.price_max)
    return found


def _cards(keys: list[int]) -> list[dict[str, Any]]:
    if not keys:
        return []
    with read_connection().cursor() as cursor:
        cursor.execute(_CARDS, [keys])
        by_key = {row[0]: dict(zip(_CARD, row, strict=True)) for row in cursor.fetchall()}
    return [by_key[key] for key in keys if key in by_key]

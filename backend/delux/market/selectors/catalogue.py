"""The shop's list: what matches a search and its filters, a page of it, and the counts beside the filters."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db.models import (
    Count,
    Exists,
    Expression,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Lower

from delux.core.markets import Market
from delux.market.models import SEARCH_CONFIG, Product, ProductImage, Variant
from delux.market.selectors.categories import get_category_tree
from delux.market.selectors.kept import kept

ORDERINGS = {
    "popular": ("-sales_count", "id"),
    "newest": ("-id",),
    "price": ("price_from", "id"),
    "-price": ("-price_from", "-id"),
}
_MOST_WORDS = 8
_CARD = (
    "id", "slug", "title", "market", "currency", "price_from", "rating", "review_count", "category_id",
    "brand__slug", "brand__name", "organizer__slug", "organizer__display_name",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What a visitor asks of the shop. Size, colour, price and stock are asked of one same variant."""

    q: str = ""
    category: str = ""
    brands: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    in_stock: bool = False
    organizer: str = ""
    market: str = ""


@dataclass(frozen=True)
class FacetRow:
    """One choice beside the filters: its facet, value and label, and how many products it leaves."""

    facet: str
    value: str
    label: str
    count: int


def list_products(*, filters: Filters, ordering: str) -> QuerySet[Product, dict[str, Any]]:
    """Return the cards of the products on sale that match, as dictionaries."""
    variants = Variant.objects.filter(product=OuterRef("pk"), is_active=True)
    cheapest = variants.order_by("price", "pk")
    dearest = variants.order_by("-price")
    images = ProductImage.objects.filter(product=OuterRef("pk"))
    cards: QuerySet[Product, dict[str, Any]] = (
        _matching(filters, _words(filters.q))
        .order_by(*ORDERINGS[ordering])
        .values(
            *_CARD,
            original_price=Subquery(cheapest.values("original_price")[:1]),
            price_to=Subquery(dearest.values("price")[:1]),
            in_stock=Exists(variants.filter(_FREE)),
            image=Subquery(images.values("image")[:1]),
            image_alt=Subquery(images.values("alt")[:1]),
        )
    )
    return cards


def count_facets(*, filters: Filters) -> list[FacetRow]:
    """Return the choices beside the filters with their counts, a moment old at most.

    Each facet is counted as if its own filter were not set, so a visitor sees what another choice gives.
    """
    return kept(("facets", filters), lambda: _count_facets(filters))


_FREE = Q(stock_quantity__gt=F("held_quantity"))


def _matching(filters: Filters, words: Q) -> QuerySet[Product]:
    products = _matching_products(filters, words)
    variants = _variant_filter(filters)
    if variants:
        products = products.filter(
            Exists(Variant.objects.filter(variants, product=OuterRef("pk"), is_active=True))
        )
    return products


def _matching_products(filters: Filters, words: Q) -> QuerySet[Product]:
    products = Product.objects.on_sale().filter(words)
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


def _variant_filter(filters: Filters) -> Q:
    found = _FREE if filters.in_stock else Q()
    for option, chosen in (("size", filters.sizes), ("colour", filters.colours)):
        if chosen:
            found &= reduce(or_, (Q(**{f"{option}__iexact": value}) for value in chosen))
    if filters.price_min is not None:
        found &= Q(price__gte=filters.price_min)
    if filters.price_max is not None:
        found &= Q(price__lte=filters.price_max)
    return found


def _words(q: str) -> Q:
    """Return the condition of a search: every word, or its beginning, is in the text; else words alike.

    Likeness costs more and finds more than is wanted, so it is asked only when nothing has the words.
    """
    words = [
        word
        for part in q.lower().replace("ё", "е").split()
        if (word := re.sub(r"['\\\0]|^\W+|\W+$", "", part))
    ]
    if not words:
        return Q() if not q else Q(pk__in=())
    words = words[:_MOST_WORDS]
    query = SearchQuery(" & ".join(f"'{word}':*" for word in words), config=SEARCH_CONFIG, search_type="raw")
    exact = Q(SearchVectorExact(SearchVector("search_text", config=SEARCH_CONFIG), query))
    if Product.objects.on_sale().filter(exact).exists():
        return exact
    alike = Q()
    for word in words:
        alike &= Q(search_text__trigram_word_similar=word)
    return alike


def _count_facets(filters: Filters) -> list[FacetRow]:
    words = _words(filters.q)
    categories = _matching(replace(filters, category=""), words)
    brands = _matching(replace(filters, brands=()), words)
    counted = [
        _facet("category", categories, F("category_id"), Value(""), Count("pk")),
        _facet("brand", brands.exclude(brand=None), F("brand__slug"), F("brand__name"), Count("pk")),
    ]
    # These are choices among variants: a product counts once however many of its variants would do.
    products = _matching_products(filters, words).values("pk")
    variants = Variant.objects.filter(is_active=True, product__in=products)
    once = Count("product", distinct=True)
    sizes = variants.filter(_variant_filter(replace(filters, sizes=()))).exclude(size="")
    colours = variants.filter(_variant_filter(replace(filters, colours=()))).exclude(colour="")
    priced = variants.filter(_variant_filter(replace(filters, price_min=None, price_max=None)))
    counted += [
        _facet("size", sizes, Lower("size"), Min("size"), once),
        _facet("colour", colours, Lower("colour"), Min("colour"), once),
        _facet("price", priced, Min("price"), Max("price"), Count("pk")),
    ]
    first, *rest = counted
    return [FacetRow(*row) for row in first.union(*rest, all=True) if row[1] is not None]


def _facet(
    facet: str, rows: QuerySet[Any], value: Expression | F, label: Expression | F, count: Count
) -> QuerySet[Any, tuple[str, str, str, int]]:
    counted: QuerySet[Any, tuple[str, str, str, int]] = (
        rows.order_by()
        .annotate(facet=Value(facet, output_field=TextField()))
        .values("facet")
        .annotate(value=Cast(value, TextField()), label=Cast(label, TextField()), count=count)
        .values_list("facet", "value", "label", "count")
    )
    return counted

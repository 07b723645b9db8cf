"""The choices beside the shop's filters, with what each would leave."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Expression, F, Max, Min, QuerySet, TextField, Value
from django.db.models.functions import Cast, Lower

from delux.core.kept_figures import kept
from delux.market.models import Variant
from delux.market.selectors.catalogue import Filters, find_products, match_products, match_variants


@dataclass(frozen=True)
class FacetRow:
    """One choice beside the filters: its facet, value and label, and how many products it leaves."""

    facet: str
    value: str
    label: str
    count: int


def count_facets(*, filters: Filters) -> list[FacetRow]:
    """Return the choices beside the filters with their counts, a moment old at most.

    Each facet is counted as if its own filter were not set, so a visitor sees what another choice gives.
    """
    return kept(("facets", filters), lambda: _count(filters))


def _count(filters: Filters) -> list[FacetRow]:
    categories = find_products(filters=replace(filters, category=""))
    brands = find_products(filters=replace(filters, brands=())).exclude(brand=None)
    # The others are choices among variants: a product counts once however many of its variants would do.
    variants = Variant.objects.filter(is_active=True, product__in=match_products(filters).values("pk"))
    sizes = variants.filter(match_variants(replace(filters, sizes=()))).exclude(size="")
    colours = variants.filter(match_variants(replace(filters, colours=()))).exclude(colour="")
    priced = variants.filter(match_variants(replace(filters, price_min=None, price_max=None)))
    once = Count("product", distinct=True)
    counted = [
        _facet("brand", brands, F("brand__slug"), F("brand__name"), Count("pk")),
        _facet("size", sizes, Lower("size"), Min("size"), once),
        _facet("colour", colours, Lower("colour"), Min("colour"), once),
        _facet("price", priced, Min("price"), Max("price"), Count("pk")),
    ]
    of_categories = _facet("category", categories, F("category_id"), Value(""), Count("pk"))
    rows = of_categories.union(*counted, all=True)  # one question for all five
    return [FacetRow(*row) for row in rows if row[1] is not None]


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

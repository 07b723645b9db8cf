"""What a product carries of its variants, its brand and its shelves, so that the shop's list reads one table.

Whoever writes those rows in bulk (demo data, imports) calls ``refresh_products`` and ``count_sales``.
"""

from typing import Any

from django.db.models import Expression, F, Max, Min, OuterRef, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Coalesce, Concat, Lower, Replace

from delux.core.kept_query import KeptUpdate
from delux.market.models import Brand, Category, Product, Variant

_BATCH = 1_000
_SPACE = Value(" ")
_NAMES = Concat("name_ru", _SPACE, "name_kk", _SPACE, "name_ky", _SPACE, "name_en", output_field=TextField())


def refresh_products(products: QuerySet[Product]) -> None:
    """Bring the copies on ``products`` up to date; in parts, so that no statement runs long."""
    keys = list(products.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        _REFRESH.run(products=keys[start : start + _BATCH])


def refresh_product(product: Product) -> None:
    """Bring the copies on one product up to date, after its variants, brand, title or shelf changed."""
    _REFRESH.run(products=[product.pk])


def count_sales() -> int:
    """Add up what was sold of each product's variants; return how many products changed.

    Done beside the sales (tasks), since payments of many buyers would queue for the product's row.
    """
    sold = Coalesce(Subquery(_of_product(Variant.objects.all()).values(found=Sum("sales_count"))), 0)
    last = Product.objects.aggregate(last=Max("pk"))["last"] or 0
    parts = (Product.objects.filter(pk__gt=n, pk__lte=n + _BATCH) for n in range(0, last, _BATCH))
    return sum(part.exclude(sales_count=sold).update(sales_count=sold) for part in parts)


def folded(text: Expression) -> Expression:
    """How text is compared in a search: lower case, and е for ё, which few people type."""
    return Replace(Lower(text), Value("ё"), Value("е"))


def _copies(products: list[int]) -> tuple[QuerySet[Product], dict[str, Any]]:
    words = Concat(
        "title",
        _SPACE,
        _text(Brand.objects.filter(pk=OuterRef("brand_id")), F("name")),
        _SPACE,
        _text(Category.objects.filter(pk=OuterRef("category_id")), _NAMES),
        _SPACE,
        _text(Category.objects.filter(children=OuterRef("category_id")), _NAMES),
        _SPACE,
        _text(Category.objects.filter(children__children=OuterRef("category_id")), _NAMES),
        output_field=TextField(),
    )
    cheapest = _of_product(Variant.objects.filter(is_active=True)).values(found=Min("price"))
    changes = {"price_from": Subquery(cheapest), "search_text": folded(words)}
    return Product.objects.filter(pk__in=products), changes


def _of_product(variants: QuerySet[Variant]) -> QuerySet[Variant, Any]:
    return variants.filter(product=OuterRef("pk")).order_by().values("product")


def _text(rows: QuerySet[Any], text: Expression | F) -> Expression:
    return Coalesce(Subquery(rows.order_by().values(found=text)), Value(""), output_field=TextField())


_REFRESH = KeptUpdate(_copies, products=list)

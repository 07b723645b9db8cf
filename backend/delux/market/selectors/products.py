"""Products and what belongs to them: as one page of the shop shows them, and as their seller's desk does."""

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.market.models import Product, ProductImage, Variant
from delux.market.selectors.categories import get_category_tree

# So few free pieces of a variant are worth a word to its seller.
LOW_STOCK = 5

# At a seller's desk.
ORDERINGS: dict[str, tuple[str | OrderBy, str]] = {
    "newest": ("-pk", "-pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "price": ("price_from", "pk"),
    "-price": (F("price_from").desc(nulls_last=True), "-pk"),
    "sales": ("sales_count", "pk"),
    "-sales": ("-sales_count", "-pk"),
    "stock": ("stock_left", "pk"),
    "-stock": ("-stock_left", "-pk"),
}
_BIGINT_DIGITS = 18


def get_product_on_sale(*, ref: str) -> Product:
    """Return the product with this slug, or this id where ``ref`` is a number, and all its page shows.

    :raises NotFound: there is none, or it is not shown in the shop
    """
    key: dict[str, object] = {"slug": ref}
    if ref.isdigit():
        if len(ref) > _BIGINT_DIGITS:
            raise NotFound
        key = {"pk": int(ref)}
    products = Product.objects.on_sale().select_related("organizer", "brand")
    product = products.prefetch_related(_variants_on_sale(), "images", "features").filter(**key).first()
    if product is None:
        raise NotFound
    return product


def list_products_of(
    *,
    organizer: OrganizerProfile,
    q: str = "",
    category: str = "",
    is_active: bool | None = None,
    low_stock: bool = False,
    ordering: str = "newest",
) -> QuerySet[Product]:
    """Return the organizer's products, hidden ones included.

    ``q`` is a part of title or article number; ``category`` the slug of a shelf, with the shelves in it;
    ``low_stock`` keeps products with a variant on sale of which few pieces are free.
    """
    products = Product.objects.owned_by(organizer).select_related("category", "brand")
    own = Variant.objects.filter(product=OuterRef("pk"))
    active = own.filter(is_active=True)
    if q:
        products = products.filter(Q(title__icontains=q) | Exists(own.filter(sku_code__icontains=q)))
    if category:
        shelf = get_category_tree().by_slug.get(category)
        products = products.filter(category__in=shelf.branch() if shelf else [])
    if is_active is not None:
        products = products.filter(is_active=is_active)
    if low_stock:
        products = products.filter(Exists(active.filter(stock_quantity__lte=F("held_quantity") + LOW_STOCK)))
    of_product = active.order_by().values("product")
    free = of_product.values(left=Sum(F("stock_quantity") - F("held_quantity")))
    images = ProductImage.objects.filter(product=OuterRef("pk"))
    return products.annotate(
        stock_left=Coalesce(Subquery(free, output_field=IntegerField()), 0),
        price_to=Subquery(of_product.values(dearest=Max("price"))),
        variant_count=Coalesce(Subquery(of_product.values(n=Count("pk"))), 0),
        main_image=Coalesce(Subquery(images.values("image")[:1]), Value("")),
    ).order_by(*ORDERINGS[ordering])


def get_product_of(*, organizer: OrganizerProfile, product_id: int) -> Product:
    """Return one product of the organizer with everything its editor shows.

    :raises NotFound: it is another's, or nobody's
    """
    products = Product.objects.owned_by(organizer).select_related("category", "brand", "organizer")
    product = products.prefetch_related("variants", "images", "features").filter(pk=product_id).first()
    if product is None:
        raise NotFound
    return product


def get_product_for_change(*, organizer: OrganizerProfile, product_id: int) -> Product:
    """Return the organizer's product locked: what it must have on sale is decided by one writer at a time.

    :raises NotFound: it is another's, or nobody's
    """
    product = Product.objects.owned_by(organizer).select_for_update().filter(pk=product_id).first()
    if product is None:
        raise NotFound
    return product


def _variants_on_sale() -> "Prefetch[str, QuerySet[Variant], str]":
    return Prefetch("variants", queryset=Variant.objects.filter(is_active=True))

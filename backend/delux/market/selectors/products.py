"""Products and what belongs to them: as one page of the shop shows them, and as their seller's desk does."""

from django.db.models import Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.market.models import Product, ProductImage, Variant

# At a seller's desk.
ORDERINGS = {
    "newest": ("-pk",),
    "title": ("title", "pk"),
    "price": ("price_from", "pk"),
    "-price": (F("price_from").desc(nulls_last=True), "-pk"),
    "popular": ("-sales_count", "pk"),
    "stock": ("stock_left", "pk"),
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
    *, organizer: OrganizerProfile, q: str = "", is_active: bool | None = None, ordering: str = "newest"
) -> QuerySet[Product]:
    """Return the organizer's products, hidden ones included, found by a part of title or article number."""
    products = Product.objects.owned_by(organizer).select_related("category", "brand")
    if q:
        sku = Variant.objects.filter(product=OuterRef("pk"), sku_code__icontains=q)
        products = products.filter(Q(title__icontains=q) | Exists(sku))
    if is_active is not None:
        products = products.filter(is_active=is_active)
    active = Variant.objects.filter(product=OuterRef("pk"), is_active=True).order_by().values("product")
    free = active.values(left=Sum(F("stock_quantity") - F("held_quantity")))
    images = ProductImage.objects.filter(product=OuterRef("pk"))
    return products.annotate(
        stock_left=Coalesce(Subquery(free, output_field=IntegerField()), 0),
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

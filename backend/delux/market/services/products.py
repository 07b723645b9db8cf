"""Putting goods on the shelf: what an organizer writes about a product, and when it is shown."""

from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.constraints import violated
from delux.core.errors import Conflict, Invalid
from delux.core.markets import Market
from delux.core.richtext import clean_html
from delux.core.slugs import unique_slug
from delux.market.models import Brand, Category, Product, ProductFeature, ProductImage
from delux.market.selectors.products import get_product_for_change, get_product_of
from delux.market.services.shelf import refresh_product
from delux.market.services.variant_table import copy_variants
from delux.market.services.variants import VariantDraft, add_variants

_SLUG_TRIES = 3


class NothingToSell(Conflict):
    code = "nothing_to_sell"
    title = _("A product on sale needs at least one variant on sale")


class ProductWasOrdered(Conflict):
    code = "product_was_ordered"
    title = _("This product was ordered, so it stays on record. Hide it instead: it leaves the shop")


@dataclass(frozen=True)
class Feature:
    name: str
    value: str


@dataclass(frozen=True)
class ProductDraft:
    """What an organizer says of a new product; ``category`` is a slug, ``brand`` a name."""

    title: str
    category: str
    description: str = ""
    brand: str = ""
    market: str = ""
    is_active: bool = False
    features: list[Feature] = field(default_factory=list)
    variants: list[VariantDraft] = field(default_factory=list)


class ProductChanges(TypedDict, total=False):
    title: str
    category: str
    description: str
    brand: str
    market: str
    is_active: bool
    features: list[Feature]


@transaction.atomic
def create_product(*, organizer: OrganizerProfile, draft: ProductDraft) -> Product:
    """Create a product with its first variants and features, in the currency of the organizer's market.

    :raises Invalid: an unknown category, a foreign market, options or article numbers given twice
    :raises NothingToSell: it should be on sale, but no variant is
    """
    product = Product(
        organizer=organizer,
        category=_category(draft.category),
        brand=_brand(draft.brand),
        title=draft.title,
        description=clean_html(draft.description),
        market=_market(organizer, draft.market or organizer.market),
        currency=organizer.currency,
        is_active=draft.is_active,
    )
    _save_with_slug(product, draft.title, "product")
    _write_features(product, draft.features)
    add_variants(product=product, drafts=draft.variants)
    return _put_on_shelf(product)


@transaction.atomic
def update_product(
    *, organizer: OrganizerProfile, product_id: int, **changes: Unpack[ProductChanges]
) -> Product:
    """Change what is given and leave the rest; features are replaced as a whole. Its address stays.

    :raises NotFound: not this organizer's
    :raises Invalid: an unknown category, a foreign market, a feature given twice
    :raises NothingToSell: it should be on sale, but no variant is
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    fields: dict[str, Any] = dict(changes)
    features = fields.pop("features", None)
    if "category" in fields:
        fields["category"] = _category(fields["category"])
    if "brand" in fields:
        fields["brand"] = _brand(fields["brand"])
    if "description" in fields:
        fields["description"] = clean_html(fields["description"])
    if "market" in fields:
        fields["market"] = _market(organizer, fields["market"])
    for name, value in fields.items():
        setattr(product, name, value)
    product.save(update_fields=[*fields, "updated_at"])
    if features is not None:
        product.features.all().delete()
        _write_features(product, features)
    return _put_on_shelf(product)


@transaction.atomic
def duplicate_product(*, organizer: OrganizerProfile, product_id: int) -> Product:
    """Copy a product with its features, variants on sale and pictures: hidden, and with nothing in stock.

    :raises NotFound: not this organizer's
    """
    source = get_product_of(organizer=organizer, product_id=product_id)
    copy = Product(
        organizer=organizer,
        category=source.category,
        brand=source.brand,
        title=source.title,
        description=source.description,
        market=source.market,
        currency=source.currency,
        is_active=False,
    )
    _save_with_slug(copy, source.title, "product")
    _write_features(copy, [Feature(feature.name, feature.value) for feature in source.features.all()])
    copy_variants(source=source, to=copy)
    # The files stay as long as anything refers to them, so both products may show the same ones.
    ProductImage.objects.bulk_create(
        ProductImage(product=copy, image=image.image, alt=image.alt, position=place, is_main=image.is_main)
        for place, image in enumerate(source.images.all())
    )
    return _put_on_shelf(copy)


@transaction.atomic
def delete_product(*, organizer: OrganizerProfile, product_id: int) -> None:
    """Delete a product that was never ordered; lines of baskets go with it.

    :raises NotFound: not this organizer's
    :raises ProductWasOrdered: it stands in an order
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    # An order placed at this moment holds the variant first: it is waited for here, and seen by the delete.
    list(product.variants.select_for_update().order_by("pk").values_list("pk"))
    try:
        product.delete()
    except ProtectedError:
        raise ProductWasOrdered from None


def _put_on_shelf(product: Product) -> Product:
    if product.is_active and not product.variants.filter(is_active=True).exists():
        raise NothingToSell
    refresh_product(product)
    return product


def _save_with_slug(row: Product | Brand, text: str, fallback: str) -> None:
    """Insert ``row`` under a free slug; a namesake saved between the look and the write means another look.

    :raises IntegrityError: another constraint refuses it, or namesakes keep coming
    """
    for left in reversed(range(_SLUG_TRIES)):
        row.slug = unique_slug(type(row).objects.all(), text, fallback=fallback)
        try:
            with transaction.atomic():
                return row.save(force_insert=True)
        except IntegrityError as error:
            if "slug" not in violated(error) or not left:
                raise
    return None


def _write_features(product: Product, features: list[Feature]) -> None:
    seen: set[str] = set()
    for index, feature in enumerate(features):
        if feature.name.lower() in seen:
            raise Invalid.field(
                f"features/{index}/name", _("This feature stands here already."), code="taken"
            )
        seen.add(feature.name.lower())
    ProductFeature.objects.bulk_create(
        ProductFeature(product=product, name=feature.name, value=feature.value, position=position)
        for position, feature in enumerate(features)
    )


def _category(slug: str) -> Category:
    category = Category.objects.filter(slug=slug).first()
    if category is None:
        raise Invalid.field("category", _("There is no such category."), code="unknown")
    return category


def _brand(name: str) -> Brand | None:
    """Return the brand called so, whatever the case; one nobody has sold yet is added."""
    if not name:
        return None
    brand = Brand.objects.filter(name__iexact=name).first()
    if brand is None:
        brand = Brand(name=name)
        try:
            _save_with_slug(brand, name, "brand")
        except IntegrityError:  # somebody else has just added it
            brand = Brand.objects.get(name__iexact=name)
    return brand


def _market(organizer: OrganizerProfile, market: str) -> str:
    if market not in (organizer.market, Market.ALL):
        raise Invalid.field("market", _("You sell in your own market, or everywhere."))
    return market

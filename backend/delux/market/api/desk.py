"""What an organizer sends about its goods and how its desk shows them, for the CRM and its aliases."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request

from delux.accounts.api.viewer import organizer_of
from delux.core.api.serializers import CleanCharField, IdField, ImageOutput, MoneyField, StrictSerializer
from delux.core.markets import Market
from delux.core.money import Currency
from delux.market.api.serializers import (
    BrandOutput,
    CategoryOutput,
    ProductFeatureOutput,
    ProductImageOutput,
)
from delux.market.api.show import show_image
from delux.market.models import Product, Variant
from delux.market.selectors.products import get_product_of
from delux.market.services.images import MOST_IMAGES
from delux.market.services.products import Feature, ProductDraft, create_product
from delux.market.services.variant_table import MOST_VARIANTS
from delux.market.services.variants import VariantDraft

_MOST_PIECES = 1_000_000
_MOST_PLACES = 1_000


class VariantInput(StrictSerializer):
    sku_code = CleanCharField(max_length=40, help_text="Your article number; unique within the product.")
    size = CleanCharField(max_length=20, allow_blank=True, default="")
    colour = CleanCharField(max_length=40, allow_blank=True, default="")
    price = MoneyField(help_text="In the currency of your market.")
    original_price = MoneyField(allow_null=True, default=None, help_text="Before a markdown; never lower.")
    stock_quantity = serializers.IntegerField(
        min_value=0, max_value=_MOST_PIECES, help_text="On the shelf, pieces held for unpaid orders included."
    )
    is_active = serializers.BooleanField(default=True, help_text="Off: not sold, kept for past orders.")


class VariantPatchInput(VariantInput):
    position = serializers.IntegerField(min_value=0, max_value=_MOST_PLACES, required=False)


class VariantRowInput(VariantInput):
    id = IdField(required=False, help_text="An existing variant; left out, a new one is added.")
    stock_seen = serializers.IntegerField(
        min_value=0,
        max_value=_MOST_PIECES,
        required=False,
        help_text="The stock you looked at. Equal to `stock_quantity`: the stock is left as it is now. "
        "Different: the new figure counts only if nothing was sold meanwhile (409 `stock_changed`).",
    )


class VariantTableInput(StrictSerializer):
    variants = serializers.ListField(child=VariantRowInput(), max_length=MOST_VARIANTS, allow_empty=False)


class ImageOrderInput(StrictSerializer):
    order = serializers.ListField(
        child=IdField(),
        max_length=MOST_IMAGES,
        help_text="Ids of all its pictures; the first is the main one.",
    )


class ProductFeatureInput(StrictSerializer):
    name = CleanCharField(max_length=60)
    value = CleanCharField(max_length=200)


class ProductPatchInput(StrictSerializer):
    title = CleanCharField(max_length=160)
    category = serializers.SlugField(max_length=60, help_text="Slug of a shelf (`GET /categories/`).")
    description = serializers.CharField(
        max_length=20_000, allow_blank=True, default="", help_text="HTML; all but a safe subset is taken out."
    )
    brand = CleanCharField(max_length=80, allow_blank=True, default="", help_text="Name; a new one is added.")
    market = serializers.ChoiceField(
        choices=Market.choices, default="", help_text="Where it is shown: your market (the default) or ALL."
    )
    is_active = serializers.BooleanField(default=False, help_text="Shown in the shop.")
    features = serializers.ListField(
        child=ProductFeatureInput(), max_length=40, default=list, help_text="The data sheet, in order."
    )


class ProductInput(ProductPatchInput):
    variants = serializers.ListField(child=VariantInput(), max_length=100, default=list)


class ProductImageInput(StrictSerializer):
    image = serializers.FileField(help_text="JPEG, PNG, WebP or AVIF; 10 MB and 40 megapixels at most.")
    alt = CleanCharField(max_length=160, allow_blank=True, default="", help_text="The picture in words.")


class ProductImagePatchInput(StrictSerializer):
    alt = CleanCharField(max_length=160, allow_blank=True)
    position = serializers.IntegerField(min_value=0, max_value=_MOST_PLACES)
    is_main = serializers.BooleanField(
        help_text="True makes it the main picture in place of the present one."
    )


class CrmVariantOutput(serializers.Serializer):
    id = serializers.IntegerField()
    sku_code = serializers.CharField()
    size = serializers.CharField()
    colour = serializers.CharField()
    price = MoneyField()
    original_price = MoneyField(allow_null=True)
    stock_quantity = serializers.IntegerField()
    held_quantity = serializers.IntegerField(help_text="Held for orders awaiting payment.")
    available = serializers.IntegerField(help_text="Free to be sold.")
    sales_count = serializers.IntegerField(help_text="Sold, less what came back.")
    is_active = serializers.BooleanField()
    position = serializers.IntegerField()


class CrmProductRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    category = CategoryOutput()
    brand = BrandOutput(allow_null=True)
    market = serializers.ChoiceField(choices=Market.choices)
    currency = serializers.ChoiceField(choices=Currency.choices)
    price_from = MoneyField(allow_null=True, help_text="Null while nothing of it is on sale.")
    price_to = MoneyField(allow_null=True, help_text="The dearest on sale.")
    variant_count = serializers.IntegerField(help_text="Variants on sale.")
    stock_left = serializers.IntegerField(help_text="Free pieces over its variants on sale.")
    sales_count = serializers.IntegerField(help_text="Counted every five minutes.")
    is_active = serializers.BooleanField()
    image = ImageOutput(allow_null=True)
    created_at = serializers.DateTimeField()


class CrmProductOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    category = CategoryOutput()
    brand = BrandOutput(allow_null=True)
    market = serializers.ChoiceField(choices=Market.choices)
    currency = serializers.ChoiceField(choices=Currency.choices)
    sales_count = serializers.IntegerField(help_text="Counted every five minutes.")
    is_active = serializers.BooleanField()
    images = ProductImageOutput(many=True)
    features = ProductFeatureOutput(many=True)
    variants = CrmVariantOutput(many=True, help_text="Those off sale too.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


PRODUCT_EXAMPLE = OpenApiExample(
    "Trail shoes in two sizes",
    value={
        "title": "Кроссовки трейловые Tulpar",
        "category": "trail-shoes",
        "brand": "Tulpar",
        "description": "<p>Для гор Алатау.</p>",
        "is_active": True,
        "features": [{"name": "Вес", "value": "280 г"}],
        "variants": [
            {
                "sku_code": "TLP-41",
                "size": "41",
                "colour": "black",
                "price": "34990.00",
                "stock_quantity": 12,
            },
            {"sku_code": "TLP-42", "size": "42", "colour": "black", "price": "34990.00", "stock_quantity": 8},
        ],
    },
    request_only=True,
)


def create(request: Request, data: dict[str, Any]) -> dict[str, Any]:
    """Create a product from a validated ProductInput and show it."""
    organizer = organizer_of(request)
    features = [Feature(**feature) for feature in data["features"]]
    variants = [VariantDraft(**variant) for variant in data["variants"]]
    draft = ProductDraft(**data | {"features": features, "variants": variants})
    product = create_product(organizer=organizer, draft=draft)
    return show_own_product(get_product_of(organizer=organizer, product_id=product.pk))


def show_own_product(product: Product) -> dict[str, Any]:
    return {
        "id": product.pk,
        "slug": product.slug,
        "title": product.title,
        "description": product.description,
        "category": {"slug": product.category.slug, "name": product.category.name},
        "brand": {"slug": product.brand.slug, "name": product.brand.name} if product.brand else None,
        "market": product.market,
        "currency": product.currency,
        "sales_count": product.sales_count,
        "is_active": product.is_active,
        "images": [show_image(image) for image in product.images.all()],
        "features": [{"name": feature.name, "value": feature.value} for feature in product.features.all()],
        "variants": [show_own_variant(variant) for variant in product.variants.all()],
        "created_at": product.created_at,
        "updated_at": product.updated_at,
    }


def show_own_variant(variant: Variant) -> dict[str, Any]:
    return {
        "id": variant.pk,
        "sku_code": variant.sku_code,
        "size": variant.size,
        "colour": variant.colour,
        "price": variant.price,
        "original_price": variant.original_price,
        "stock_quantity": variant.stock_quantity,
        "held_quantity": variant.held_quantity,
        "available": variant.stock_quantity - variant.held_quantity,
        "sales_count": variant.sales_count,
        "is_active": variant.is_active,
        "position": variant.position,
    }

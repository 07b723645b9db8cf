"""What the shop says of its goods."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from delux.core.api.serializers import ImageOutput, MoneyField
from delux.core.markets import Market
from delux.core.money import Currency

FEW = 5


class BrandOutput(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class CategoryOutput(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class SellerOutput(serializers.Serializer):
    slug = serializers.CharField()
    display_name = serializers.CharField()


class ProductImageOutput(ImageOutput):
    id = serializers.IntegerField()
    alt = serializers.CharField()
    is_main = serializers.BooleanField()
    position = serializers.IntegerField()


class ProductFeatureOutput(serializers.Serializer):
    name = serializers.CharField()
    value = serializers.CharField()


class ProductCard(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    market = serializers.ChoiceField(choices=Market.choices)
    currency = serializers.ChoiceField(choices=Currency.choices)
    price_from = MoneyField(help_text="Of the cheapest variant.")
    price_to = MoneyField(help_text="Of the dearest variant.")
    original_price = MoneyField(allow_null=True, help_text="The cheapest variant's price before a markdown.")
    in_stock = serializers.BooleanField(help_text="Some variant has a free piece.")
    rating = serializers.DecimalField(max_digits=3, decimal_places=2)
    review_count = serializers.IntegerField()
    image = ImageOutput(allow_null=True)
    image_alt = serializers.CharField(help_text="Words for the picture; empty means the title will do.")
    brand = BrandOutput(allow_null=True)
    category = CategoryOutput()
    organizer = SellerOutput()


class CategoryFacet(serializers.Serializer):
    slug = serializers.CharField()
    parent = serializers.CharField(  # type: ignore[assignment]  # no clash: DRF takes fields off the class
        allow_null=True, help_text="Slug of the shelf it stands in."
    )
    name = serializers.CharField()
    count = serializers.IntegerField(help_text="Products on it and on the shelves in it.")


class BrandFacet(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class OptionFacet(serializers.Serializer):
    value = serializers.CharField()
    count = serializers.IntegerField()


class PriceFacet(serializers.Serializer):
    min = MoneyField()
    max = MoneyField()


class ProductFacets(serializers.Serializer):
    """Choices beside the filters. Each is counted as if its own filter were not set; it may be 30 s old."""

    categories = CategoryFacet(many=True)
    brands = BrandFacet(many=True)
    sizes = OptionFacet(many=True)
    colours = OptionFacet(many=True)
    price = PriceFacet(allow_null=True, help_text="The lowest and the highest; null when nothing matches.")


class ProductCardPage(serializers.Serializer):
    count = serializers.IntegerField(help_text="Rows over all pages.")
    next = serializers.CharField(allow_null=True, help_text="Address of the next page.")
    previous = serializers.CharField(allow_null=True, help_text="Address of the page before.")
    results = ProductCard(many=True)
    corrected_q = serializers.CharField(
        allow_null=True,
        help_text="What was looked for in place of `q`, as nothing in the shop has its words.",
    )
    facets = ProductFacets()


class VariantOutput(serializers.Serializer):
    id = serializers.IntegerField()
    sku_code = serializers.CharField()
    size = serializers.CharField()
    colour = serializers.CharField()
    price = MoneyField()
    original_price = MoneyField(allow_null=True)
    in_stock = serializers.BooleanField()
    left = serializers.IntegerField(allow_null=True, help_text=f"Free pieces when {FEW} or fewer, else null.")


class ProductSellerOutput(SellerOutput):
    verified = serializers.BooleanField()
    city = serializers.CharField()
    shipping_price = MoneyField(help_text="Of one delivery, in the product's currency.")
    pickup_address = serializers.CharField(help_text="Empty when pickup is not offered.")


class ProductOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(help_text="Safe HTML: p br strong em ul ol li h3 h4 a blockquote.")
    market = serializers.ChoiceField(choices=Market.choices)
    currency = serializers.ChoiceField(choices=Currency.choices)
    rating = serializers.DecimalField(max_digits=3, decimal_places=2)
    review_count = serializers.IntegerField()
    in_stock = serializers.BooleanField()
    category_path = CategoryOutput(many=True, help_text="From the root down to the product's shelf.")
    brand = BrandOutput(allow_null=True)
    organizer = ProductSellerOutput()
    images = ProductImageOutput(many=True, help_text="The main one first.")
    features = ProductFeatureOutput(many=True)
    variants = VariantOutput(many=True, help_text="Those on sale.")


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/CategoryNode"}})
class CategoryNodes(serializers.Field):
    """Shelves in a shelf: the one answer of the API that contains itself."""


class CategoryNode(CategoryOutput):
    product_count = serializers.IntegerField(
        help_text="On sale on it and on the shelves in it; may be 30 s old."
    )
    children = CategoryNodes()

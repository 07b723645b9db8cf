from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from delux.accounts.tests.factories import OrganizerFactory
from delux.core.markets import CURRENCY_OF, Market
from delux.market.models import Brand, Category, Product, ProductFeature, ProductImage, Variant
from delux.market.services.shelf import refresh_product


class ShopCategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    name_ru = factory.Sequence(lambda n: f"Полка {n}")
    name_en = factory.Sequence(lambda n: f"Shelf {n}")
    slug = factory.Sequence(lambda n: f"shelf-{n}")


class BrandFactory(DjangoModelFactory):
    class Meta:
        model = Brand

    name = factory.Sequence(lambda n: f"Makalu {n}")
    slug = factory.Sequence(lambda n: f"makalu-{n}")


class ProductFactory(DjangoModelFactory):
    """A product shown in the shop. It has no variants of its own: make them with VariantFactory."""

    class Meta:
        model = Product

    organizer = factory.SubFactory(OrganizerFactory)
    category = factory.SubFactory(ShopCategoryFactory)
    brand = factory.SubFactory(BrandFactory)
    title = factory.Sequence(lambda n: f"Trail shoes {n}")
    slug = factory.Sequence(lambda n: f"trail-shoes-{n}")
    market = factory.SelfAttribute("organizer.market")
    currency = factory.LazyAttribute(lambda product: CURRENCY_OF[Market(product.organizer.market)])
    is_active = True


class VariantFactory(DjangoModelFactory):
    """Ten free pieces of one size and colour."""

    class Meta:
        model = Variant

    product = factory.SubFactory(ProductFactory)
    sku_code = factory.Sequence(lambda n: f"SKU-{n}")
    size = factory.Sequence(lambda n: f"size {n}")
    colour = "black"
    price = Decimal("24990.00")
    stock_quantity = 10

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        variant = super()._create(model_class, *args, **kwargs)
        refresh_product(variant.product)
        return variant


class ProductImageFactory(DjangoModelFactory):
    class Meta:
        model = ProductImage

    product = factory.SubFactory(ProductFactory)
    image = factory.Sequence(lambda n: f"products/{n:024x}")


class ProductFeatureFactory(DjangoModelFactory):
    class Meta:
        model = ProductFeature

    product = factory.SubFactory(ProductFactory)
    name = factory.Sequence(lambda n: f"Feature {n}")
    value = "Yes"

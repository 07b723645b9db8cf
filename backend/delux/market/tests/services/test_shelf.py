from decimal import Decimal

import pytest

from delux.market.models import Product, Variant
from delux.market.services.shelf import count_sales, refresh_products
from delux.market.tests.factories import (
    BrandFactory,
    ProductFactory,
    ShopCategoryFactory,
    VariantFactory,
)

pytestmark = pytest.mark.django_db


def test_a_product_s_price_is_that_of_its_cheapest_variant_on_sale() -> None:
    product = VariantFactory(price=300).product
    VariantFactory(product=product, price=200)
    VariantFactory(product=product, price=100, is_active=False)
    Product.objects.update(price_from=None)

    refresh_products(Product.objects.all())

    product.refresh_from_db()
    assert product.price_from == Decimal("200.00")


def test_nothing_on_sale_has_no_price() -> None:
    product = VariantFactory(is_active=False).product

    product.refresh_from_db()
    assert product.price_from is None


def test_the_words_of_a_product_are_its_title_brand_and_shelves_folded() -> None:
    root = ShopCategoryFactory(name_ru="Обувь", name_en="Shoes")
    shelf = ShopCategoryFactory(name_ru="Для гор", name_en="", parent=root)
    product = ProductFactory(title="Чёрные ТРОПЫ", brand=BrandFactory(name="Tulpar"), category=shelf)

    refresh_products(Product.objects.all())

    product.refresh_from_db()
    assert product.search_text.split() == ["черные", "тропы", "tulpar", "для", "гор", "обувь", "shoes"]


def test_many_products_are_refreshed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("delux.market.services.shelf._BATCH", 2)
    for _ in range(5):
        VariantFactory(sales_count=1)
    Product.objects.update(search_text="", sales_count=0)

    refresh_products(Product.objects.all())

    assert count_sales() == 5
    assert not Product.objects.filter(search_text="").exists()


def test_sales_of_variants_add_up_and_settle() -> None:
    product = VariantFactory(sales_count=2).product
    VariantFactory(product=product, sales_count=3, is_active=False)
    ProductFactory(sales_count=9)

    assert count_sales() == 2
    assert count_sales() == 0
    product.refresh_from_db()
    assert product.sales_count == 5
    Variant.objects.filter(sales_count=3).update(sales_count=1)
    assert count_sales() == 1

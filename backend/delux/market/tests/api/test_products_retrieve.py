import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delux.accounts.tests.factories import OrganizerFactory
from delux.market.models import Category
from delux.market.tests.factories import (
    ProductFactory,
    ProductFeatureFactory,
    ProductImageFactory,
    ShopCategoryFactory,
    VariantFactory,
)
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def page(ref: object) -> dict:
    response = client_for().get(f"/api/v1/products/{ref}/")
    assert response.status_code == 200, response.json()
    return response.json()


def test_a_product_is_found_by_slug_and_by_id() -> None:
    product = VariantFactory().product

    assert page(product.slug) == page(product.pk)


def test_a_page_shows_everything_a_buyer_decides_by() -> None:
    root = ShopCategoryFactory(slug="shoes")
    product = ProductFactory(
        category=ShopCategoryFactory(slug="trail", parent=root),
        organizer=OrganizerFactory(shipping_price="1500.00", pickup_address="Abay 10", verified=True),
    )
    variant = VariantFactory(product=product, size="42", stock_quantity=9, held_quantity=2)
    ProductImageFactory(product=product, image="products/aa")
    ProductImageFactory(product=product, image="products/bb", is_main=True)
    ProductFeatureFactory(product=product, name="Weight", value="280 g")

    shown = page(product.slug)

    assert [shelf["slug"] for shelf in shown["category_path"]] == ["shoes", "trail"]
    assert shown["organizer"]["shipping_price"] == "1500.00"
    assert shown["organizer"]["pickup_address"] == "Abay 10"
    assert [image["src"].split("/")[-1] for image in shown["images"]] == ["bb-640.webp", "aa-640.webp"]
    assert shown["features"] == [{"name": "Weight", "value": "280 g"}]
    assert [row["id"] for row in shown["variants"]] == [variant.pk]
    assert shown["in_stock"] is True


@pytest.mark.parametrize(
    ("stock", "held", "in_stock", "left"),
    [(9, 3, True, None), (9, 4, True, 5), (1, 0, True, 1), (3, 3, False, 0)],
)
def test_what_is_left_is_said_when_it_is_few(stock: int, held: int, in_stock: bool, left: int | None) -> None:
    product = VariantFactory(stock_quantity=stock, held_quantity=held).product

    (variant,) = page(product.slug)["variants"]

    assert (variant["in_stock"], variant["left"]) == (in_stock, left)


def test_variants_off_sale_are_not_shown() -> None:
    product = VariantFactory(size="42").product
    VariantFactory(product=product, is_active=False)

    assert [variant["size"] for variant in page(product.slug)["variants"]] == ["42"]


@pytest.mark.parametrize("ref", ["no-such", "0", "99999999", "9" * 18, "9" * 19, "9" * 400, "a" * 500])
def test_what_is_not_there_is_a_404(ref: str) -> None:
    assert client_for().get(f"/api/v1/products/{ref}/").status_code == 404


@pytest.mark.parametrize("ref", ["%00", "a%00b", "é", "а", "..%2f"])
def test_an_address_that_cannot_be_a_slug_is_a_404(ref: str) -> None:
    assert client_for().get(f"/api/v1/products/{ref}/").status_code == 404


def test_a_hidden_product_is_not_there() -> None:
    product = VariantFactory(product__is_active=False).product

    assert client_for().get(f"/api/v1/products/{product.slug}/").status_code == 404


def test_a_page_costs_the_same_queries_however_much_is_on_it() -> None:
    product = ProductFactory()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(product.slug)
        return len(queries)

    spent = []
    for rows in (1, 20):
        for _ in range(rows):
            VariantFactory(product=product)
            ProductImageFactory(product=product)
            ProductFeatureFactory(product=product)
        spent.append(cost())

    assert len(set(spent)) == 1
    assert spent[0] <= 6


def test_the_tree_counts_products_and_speaks_the_reader_s_language() -> None:
    root = ShopCategoryFactory(slug="shoes", name_ru="Обувь", name_en="Shoes", position=1)
    branch = ShopCategoryFactory(slug="trail", parent=root)
    ShopCategoryFactory(slug="tents", position=2)
    VariantFactory(product__category=branch)
    VariantFactory(product__category=branch, product__is_active=False)

    tree = client_for().get("/api/v1/categories/?lang=en").json()

    assert [(shelf["slug"], shelf["product_count"]) for shelf in tree] == [("shoes", 1), ("tents", 0)]
    assert tree[0]["name"] == "Shoes"
    assert [child["slug"] for child in tree[0]["children"]] == ["trail"]


def test_a_market_s_tree_leaves_out_the_shelves_of_others() -> None:
    ShopCategoryFactory(slug="here", market="KZ")
    ShopCategoryFactory(slug="there", market="KG")
    ShopCategoryFactory(slug="everywhere")

    tree = client_for().get("/api/v1/categories/?market=KZ").json()

    assert {shelf["slug"] for shelf in tree} == {"here", "everywhere"}


def test_the_tree_costs_the_same_queries_however_large_it_is() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client_for().get("/api/v1/categories/").status_code == 200
        return len(queries)

    ShopCategoryFactory()
    few = cost()
    for _ in range(20):
        ShopCategoryFactory(parent=Category.objects.order_by("?").first())

    assert cost() == few <= 4

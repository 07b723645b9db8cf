"""The desk's list of goods, copies of products and the order of pictures."""

import pytest

from delux.accounts.models import OrganizerProfile
from delux.market.models import Product
from delux.market.tests.factories import (
    ProductFactory,
    ProductFeatureFactory,
    ProductImageFactory,
    ShopCategoryFactory,
    VariantFactory,
)
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/products/"


def titles(organizer: OrganizerProfile, **query: str) -> list[str]:
    return [found["title"] for found in client_for(organizer).get(URL, query).json()["results"]]


# --- The list


def test_a_shelf_shows_what_stands_on_it_and_on_the_shelves_in_it(organizer: OrganizerProfile) -> None:
    shoes = ShopCategoryFactory()
    trail = ShopCategoryFactory(parent=shoes)
    ProductFactory(organizer=organizer, title="Trail", category=trail)
    ProductFactory(organizer=organizer, title="Tent")

    assert titles(organizer, category=shoes.slug) == ["Trail"]
    assert titles(organizer, category=trail.slug) == ["Trail"]
    assert titles(organizer, category="no-such-shelf") == []


def test_what_runs_low_is_found_by_its_free_pieces_on_sale(organizer: OrganizerProfile) -> None:
    def product(title: str, **stock: object) -> None:
        VariantFactory(product__organizer=organizer, product__title=title, **stock)

    product("Plenty", stock_quantity=6)
    product("Low", stock_quantity=5)
    product("Held", stock_quantity=20, held_quantity=15)
    product("Off sale", stock_quantity=0, is_active=False)

    assert titles(organizer, low_stock="true", ordering="title") == ["Held", "Low"]
    assert len(titles(organizer, low_stock="false")) == 4


@pytest.mark.parametrize("name", ["title", "price", "sales", "stock"])
def test_every_order_can_be_turned_over(organizer: OrganizerProfile, name: str) -> None:
    for count in (1, 2):
        product = ProductFactory(organizer=organizer, title=f"{count}", sales_count=count)
        VariantFactory(product=product, price=count, stock_quantity=count)

    assert titles(organizer, ordering=name) == ["1", "2"]
    assert titles(organizer, ordering=f"-{name}") == ["2", "1"]


def test_a_row_tells_the_range_of_its_prices_on_sale(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer, price=100).product
    VariantFactory(product=product, price=300)
    VariantFactory(product=product, price=900, is_active=False)

    shown = client_for(organizer).get(URL).json()["results"][0]

    assert (shown["price_from"], shown["price_to"], shown["variant_count"]) == ("100.00", "300.00", 2)


# --- Copies


def test_a_copy_is_hidden_and_has_nothing_in_stock(organizer: OrganizerProfile) -> None:
    source = ProductFactory(organizer=organizer, title="Tent", description="<p>Warm</p>", sales_count=9)
    sold = VariantFactory(product=source, stock_quantity=8, held_quantity=2, sales_count=9)
    VariantFactory(product=source, is_active=False)
    ProductFeatureFactory(product=source, name="Weight", value="2 kg")
    ProductImageFactory(product=source, is_main=True, alt="From the front")

    response = client_for(organizer).post(f"{URL}{source.pk}/duplicate/")

    assert response.status_code == 201, response.json()
    copy = response.json()
    assert copy["id"] != source.pk
    assert copy["slug"] != source.slug
    assert (copy["title"], copy["description"], copy["is_active"]) == ("Tent", "<p>Warm</p>", False)
    assert copy["features"] == [{"name": "Weight", "value": "2 kg"}]
    assert [image["alt"] for image in copy["images"]] == ["From the front"]
    (variant,) = copy["variants"]
    assert (variant["sku_code"], variant["price"]) == (sold.sku_code, "24990.00")
    assert (variant["stock_quantity"], variant["held_quantity"], variant["sales_count"]) == (0, 0, 0)
    sold.refresh_from_db()
    assert sold.stock_quantity == 8


def test_another_s_product_is_not_copied(organizer: OrganizerProfile) -> None:
    foreign = ProductFactory()

    assert client_for(organizer).post(f"{URL}{foreign.pk}/duplicate/").status_code == 404
    assert Product.objects.count() == 1


# --- The order of pictures


def arrange(product: Product, order: list) -> object:
    return client_for(product.organizer).put(
        f"{URL}{product.pk}/images/order/", {"order": order}, format="json"
    )


def test_the_first_picture_in_the_new_order_is_the_main_one(organizer: OrganizerProfile) -> None:
    product = ProductFactory(organizer=organizer)
    front = ProductImageFactory(product=product, is_main=True)
    side, back = (ProductImageFactory(product=product, position=place) for place in (1, 2))
    order = [back.pk, front.pk, side.pk]

    arranged = arrange(product, order)

    assert [(image["id"], image["is_main"]) for image in arranged.json()] == [
        (back.pk, True),
        (front.pk, False),
        (side.pk, False),
    ]
    shown = client_for(organizer).get(f"{URL}{product.pk}/").json()["images"]
    assert [image["id"] for image in shown] == order


@pytest.mark.parametrize("change", [lambda ids: ids[:1], lambda ids: [*ids, 10**9], lambda ids: [ids[0]] * 2])
def test_an_order_of_other_pictures_is_refused(organizer: OrganizerProfile, change: object) -> None:
    product = ProductFactory(organizer=organizer)
    ids = [
        ProductImageFactory(product=product, is_main=True).pk,
        ProductImageFactory(product=product, position=1).pk,
    ]

    response = arrange(product, change(ids))

    assert (response.status_code, response.json()["code"]) == (409, "images_changed")
    assert list(product.images.values_list("pk", flat=True)) == ids

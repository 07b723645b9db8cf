import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.crm.tests.api.bodies import refused, variant
from delux.market.models import Brand, Product, Variant
from delux.market.services import products
from delux.market.tests.factories import (
    BrandFactory,
    ProductFactory,
    ProductFeatureFactory,
    ProductImageFactory,
    ShopCategoryFactory,
    VariantFactory,
)
from delux.orders.tests.factories import OrderItemFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/products/"


def shoes(**changes: object) -> dict:
    body = {
        "title": "Кроссовки Tulpar",
        "category": ShopCategoryFactory().slug,
        "is_active": True,
        "variants": [{"sku_code": "T-41", "size": "41", "price": "34990.00", "stock_quantity": 12}],
    }
    return body | changes


# --- Creating


@pytest.mark.parametrize("url", [URL, "/api/v1/products/"])
def test_a_product_comes_with_variants_and_features_at_once(organizer: OrganizerProfile, url: str) -> None:
    features = [{"name": "Вес", "value": "280 г"}, {"name": "Подошва", "value": "Vibram"}]

    response = client_for(organizer).post(url, shoes(features=features, brand="Tulpar"), format="json")

    assert response.status_code == 201, response.json()
    created = response.json()
    assert created["slug"] == "krossovki-tulpar"
    assert created["currency"] == "KZT"
    assert created["features"] == features
    assert [variant["sku_code"] for variant in created["variants"]] == ["T-41"]
    product = Product.objects.get()
    assert product.organizer == organizer
    assert (str(product.price_from), product.search_text[:23]) == ("34990.00", "кроссовки tulpar tulpar")


def test_namesakes_get_addresses_of_their_own(organizer: OrganizerProfile) -> None:
    slugs = [client_for(organizer).post(URL, shoes(), format="json").json()["slug"] for _ in range(3)]

    assert slugs == ["krossovki-tulpar", "krossovki-tulpar-2", "krossovki-tulpar-3"]


def test_prices_are_in_the_currency_of_the_organizer_s_market() -> None:
    created = client_for(OrganizerFactory(market="KG")).post(URL, shoes(), format="json").json()

    assert (created["currency"], created["market"]) == ("KGS", "KG")


def test_a_known_brand_is_used_whatever_its_case_and_a_new_one_is_added(organizer: OrganizerProfile) -> None:
    BrandFactory(name="Tulpar", slug="tulpar")
    client = client_for(organizer)

    known = client.post(URL, shoes(brand="TULPAR"), format="json").json()
    new = client.post(URL, shoes(brand="Барс"), format="json").json()

    assert known["brand"] == {"slug": "tulpar", "name": "Tulpar"}
    assert new["brand"] == {"slug": "bars", "name": "Барс"}
    assert Brand.objects.count() == 2


def test_a_description_keeps_only_harmless_html(organizer: OrganizerProfile) -> None:
    html = (
        '<p onclick="x()">Для <strong>гор</strong></p><script>alert(1)</script><img src=x onerror=alert(1)>'
    )

    created = client_for(organizer).post(URL, shoes(description=html), format="json").json()

    assert created["description"] == "<p>Для <strong>гор</strong></p>"


def test_a_product_without_variants_may_be_prepared_but_not_shown(organizer: OrganizerProfile) -> None:
    client = client_for(organizer)

    shown = client.post(URL, shoes(variants=[]), format="json")
    hidden = client.post(URL, shoes(variants=[], is_active=False), format="json")

    assert (shown.status_code, shown.json()["code"]) == (409, "nothing_to_sell")
    assert hidden.status_code == 201
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": ""}, "/title", "blank"),
        ({"title": "\u200b\u200b"}, "/title", "blank"),
        ({"title": "x" * 10_000}, "/title", "max_length"),
        ({"title": {"a": 1}}, "/title", "invalid"),
        ({"title": None}, "/title", "null"),
        ({"category": "no-such-shelf"}, "/category", "unknown"),
        ({"category": 5.5}, "/category", "invalid"),
        ({"market": "KG"}, "/market", "invalid"),
        ({"description": "x" * 20_001}, "/description", "max_length"),
        (
            {"features": [{"name": "a", "value": "b"}, {"name": "A", "value": "c"}]},
            "/features/1/name",
            "taken",
        ),
        ({"features": "no"}, "/features", "not_a_list"),
        ({"organizer": 1}, "/organizer", "unknown"),
        ({"rating": 5}, "/rating", "unknown"),
        ({"sales_count": 10}, "/sales_count", "unknown"),
        ({"currency": "USD"}, "/currency", "unknown"),
        ({"slug": "mine"}, "/slug", "unknown"),
    ],
)
def test_a_product_that_makes_no_sense_is_refused_by_field(
    organizer: OrganizerProfile, changes: dict, field: str, code: str
) -> None:
    response = client_for(organizer).post(URL, shoes(**changes), format="json")

    assert refused(response, 400) == {field: code}
    assert not Product.objects.exists()


def test_a_nul_is_refused(organizer: OrganizerProfile) -> None:
    response = client_for(organizer).post(URL, shoes(title="a\0b"), format="json")

    assert response.status_code == 400
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"price": "-1"}, "price", "min_value"),
        ({"price": "99999999999.00"}, "price", "max_digits"),
        ({"price": "1e400"}, "price", "max_digits"),
        ({"price": "NaN"}, "price", "invalid"),
        ({"price": "0.001"}, "price", "max_decimal_places"),
        ({"original_price": "99"}, "original_price", "invalid"),
        ({"stock_quantity": -1}, "stock_quantity", "min_value"),
        ({"stock_quantity": 10**12}, "stock_quantity", "max_value"),
        ({"stock_quantity": 1.5}, "stock_quantity", "invalid"),
        ({"sku_code": " "}, "sku_code", "blank"),
        ({"held_quantity": 5}, "held_quantity", "unknown"),
        ({"product": 5}, "product", "unknown"),
    ],
)
def test_a_variant_that_makes_no_sense_is_refused_by_field(
    organizer: OrganizerProfile, changes: dict, field: str, code: str
) -> None:
    product = ProductFactory(organizer=organizer)
    client = client_for(organizer)

    nested = client.post(URL, shoes(variants=[variant(**changes)]), format="json")
    alone = client.post(f"{URL}{product.pk}/variants/", variant(**changes), format="json")

    assert refused(nested, 400) == {f"/variants/0/{field}": code}
    assert refused(alone, 400) == {f"/{field}": code}
    assert not Variant.objects.exists()


@pytest.mark.parametrize(
    ("twin", "field"), [(variant(sku_code="a", size="42"), "sku_code"), (variant(sku_code="B"), "size")]
)
def test_article_numbers_and_options_stand_once_in_a_product(
    organizer: OrganizerProfile, twin: dict, field: str
) -> None:
    client = client_for(organizer)
    product = client.post(URL, shoes(variants=[variant()]), format="json").json()

    nested = client.post(URL, shoes(variants=[variant(), twin]), format="json")
    alone = client.post(f"{URL}{product['id']}/variants/", twin, format="json")

    assert refused(nested, 400) == {f"/variants/1/{field}": "taken"}
    assert refused(alone, 400) == {f"/{field}": "taken"}
    assert Variant.objects.count() == 1


# --- Reading


def test_a_desk_shows_its_own_products_hidden_ones_included(organizer: OrganizerProfile) -> None:
    shown = VariantFactory(product__organizer=organizer, stock_quantity=9, held_quantity=2).product
    hidden = ProductFactory(organizer=organizer, is_active=False)
    VariantFactory()

    page = client_for(organizer).get(URL).json()

    assert [row["id"] for row in page["results"]] == [hidden.pk, shown.pk]
    assert [row["stock_left"] for row in page["results"]] == [0, 7]
    assert [row["price_from"] for row in page["results"]] == [None, "24990.00"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "трейл"}, ["Кроссовки трейловые"]),
        ({"q": "tnt-2"}, ["Палатка"]),
        ({"is_active": "false"}, ["Палатка"]),
        ({"is_active": "true"}, ["Кроссовки трейловые"]),
        ({"ordering": "title"}, ["Кроссовки трейловые", "Палатка"]),
        ({"ordering": "stock"}, ["Палатка", "Кроссовки трейловые"]),
        ({"ordering": "-price"}, ["Палатка", "Кроссовки трейловые"]),
    ],
)
def test_a_desk_is_searched_and_ordered(
    organizer: OrganizerProfile, query: dict, expected: list[str]
) -> None:
    VariantFactory(product__organizer=organizer, product__title="Кроссовки трейловые", stock_quantity=10)
    tent = ProductFactory(organizer=organizer, title="Палатка", is_active=False)
    VariantFactory(product=tent, sku_code="TNT-2", price=90_000, stock_quantity=1)

    page = client_for(organizer).get(URL, query).json()

    assert [row["title"] for row in page["results"]] == expected


def test_a_desk_costs_the_same_queries_however_many_rows(organizer: OrganizerProfile) -> None:
    client, brand = client_for(organizer), BrandFactory()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(URL, {"page_size": 100}).json()
        assert len(page["results"]) == Product.objects.count()
        return len(queries)

    spent = []
    for rows in (1, 20, 100):
        VariantFactory.create_batch(
            rows - Product.objects.count(), product__organizer=organizer, product__brand=brand
        )
        spent.append(cost())

    assert len(set(spent)) == 1
    assert spent[0] <= 6


def test_a_product_at_the_desk_shows_its_variants_off_sale_too(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer, held_quantity=3).product
    VariantFactory(product=product, is_active=False)
    ProductFeatureFactory(product=product)

    shown = client_for(organizer).get(f"{URL}{product.pk}/").json()
    listed = client_for(organizer).get(f"{URL}{product.pk}/variants/").json()

    assert [row["is_active"] for row in shown["variants"]] == [True, False]
    assert shown["variants"] == listed
    assert (listed[0]["held_quantity"], listed[0]["available"]) == (3, 7)


# --- Whose it is


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "{product}/", None),
        ("patch", "{product}/", {"title": "Taken over"}),
        ("delete", "{product}/", None),
        ("get", "{product}/variants/", None),
        ("post", "{product}/variants/", variant()),
        ("patch", "{product}/variants/{variant}/", {"price": "1"}),
        ("delete", "{product}/variants/{variant}/", None),
        ("patch", "{product}/images/{image}/", {"alt": "x"}),
        ("delete", "{product}/images/{image}/", None),
        ("patch", "{own}/variants/{variant}/", {"price": "1"}),
        ("delete", "{own}/variants/{variant}/", None),
        ("patch", "{own}/images/{image}/", {"alt": "x"}),
        ("delete", "{own}/images/{image}/", None),
        ("get", "99999999999999999999999/", None),
    ],
)
def test_what_is_another_s_is_not_there(
    organizer: OrganizerProfile, method: str, path: str, body: dict | None
) -> None:
    another = VariantFactory()
    image = ProductImageFactory(product=another.product, alt="theirs")
    own = VariantFactory(product__organizer=organizer).product
    url = URL + path.format(product=another.product_id, variant=another.pk, image=image.pk, own=own.pk)

    response = getattr(client_for(organizer), method)(url, body, format="json")

    assert response.status_code == 404
    another.refresh_from_db()
    image.refresh_from_db()
    assert (another.is_active, str(another.price), image.alt) == (True, "24990.00", "theirs")
    assert not Product.objects.filter(title="Taken over").exists()


@pytest.mark.parametrize(("person", "status"), [(None, 401), (UserFactory, 403)])
def test_a_desk_is_for_organizers(person: type[UserFactory] | None, status: int) -> None:
    client = client_for(person() if person else None)

    assert client.get(URL).status_code == status
    assert client.post(URL, shoes(), format="json").status_code == status
    assert client.post("/api/v1/products/", shoes(), format="json").status_code == status


# --- Changing


def test_what_is_not_sent_stays_and_the_address_too(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product
    ProductFeatureFactory(product=product, name="Weight", value="280 g")

    changed = client_for(organizer).patch(f"{URL}{product.pk}/", {"title": "Новое имя"}, format="json").json()

    assert changed["title"] == "Новое имя"
    assert changed["slug"] == product.slug
    assert changed["is_active"] is True
    assert changed["brand"]["name"] == product.brand.name
    assert changed["features"] == [{"name": "Weight", "value": "280 g"}]
    assert client_for().get("/api/v1/products/", {"q": "новое"}).json()["count"] == 1


def test_features_are_replaced_and_a_brand_taken_off(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product
    ProductFeatureFactory(product=product)
    changes = {"features": [{"name": "Drop", "value": "6 mm"}], "brand": "", "description": "<p>x</p>"}

    changed = client_for(organizer).patch(f"{URL}{product.pk}/", changes, format="json").json()

    assert changed["features"] == changes["features"]
    assert changed["brand"] is None
    assert changed["description"] == "<p>x</p>"


def test_a_product_moves_to_another_shelf_and_market(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product
    shelf = ShopCategoryFactory(name_en="Backpacks")
    client = client_for(organizer)

    moved = client.patch(
        f"{URL}{product.pk}/", {"category": shelf.slug, "market": "ALL"}, format="json"
    ).json()
    abroad = client.patch(f"{URL}{product.pk}/", {"market": "US"}, format="json")

    assert (moved["category"]["slug"], moved["market"], moved["currency"]) == (shelf.slug, "ALL", "KZT")
    assert refused(abroad, 400) == {"/market": "invalid"}
    assert client_for().get("/api/v1/products/", {"q": "backpack"}).json()["count"] == 1


def test_a_namesake_saved_at_the_same_moment_only_means_another_address(
    organizer: OrganizerProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(slug="krossovki-tulpar")
    looks = iter(["krossovki-tulpar", "krossovki-tulpar-2"])  # the first look was too early
    monkeypatch.setattr(products, "unique_slug", lambda *_args, **_kwargs: next(looks))

    created = client_for(organizer).post(URL, shoes(), format="json")

    assert created.json()["slug"] == "krossovki-tulpar-2"


def test_a_product_without_a_variant_on_sale_cannot_be_shown(organizer: OrganizerProfile) -> None:
    product = ProductFactory(organizer=organizer, is_active=False)
    VariantFactory(product=product, is_active=False)

    response = client_for(organizer).patch(f"{URL}{product.pk}/", {"is_active": True}, format="json")

    assert (response.status_code, response.json()["code"]) == (409, "nothing_to_sell")
    product.refresh_from_db()
    assert product.is_active is False


def test_a_product_never_ordered_is_deleted(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product

    assert client_for(organizer).delete(f"{URL}{product.pk}/").status_code == 204
    assert not Product.objects.exists()


def test_a_product_once_ordered_stays_and_may_be_hidden(organizer: OrganizerProfile) -> None:
    sold = VariantFactory(product__organizer=organizer)
    OrderItemFactory(gear=True, variant=sold)
    client = client_for(organizer)

    response = client.delete(f"{URL}{sold.product_id}/")

    assert (response.status_code, response.json()["code"]) == (409, "product_was_ordered")
    assert Variant.objects.filter(pk=sold.pk).exists()
    assert client.patch(f"{URL}{sold.product_id}/", {"is_active": False}, format="json").status_code == 200
    assert client_for().get(f"/api/v1/products/{sold.product.slug}/").status_code == 404

"""Variants saved as one table: what is new, what is changed, and what was sold meanwhile."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delux.accounts.models import OrganizerProfile
from delux.market.models import Product, Variant
from delux.market.services.stock import hold_variant, sell_variant
from delux.market.services.variant_table import MOST_VARIANTS
from delux.market.tests.factories import ProductFactory, VariantFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(organizer: OrganizerProfile) -> Product:
    return ProductFactory(organizer=organizer)


def row(variant: Variant | None = None, **changes: object) -> dict:
    """Return what the editor sends of a variant it has loaded, or of a new one."""
    if variant is None:
        return {"sku_code": "NEW", "size": "XL", "price": "100.00", "stock_quantity": 4} | changes
    return {
        "id": variant.pk,
        "sku_code": variant.sku_code,
        "size": variant.size,
        "colour": variant.colour,
        "price": str(variant.price),
        "stock_quantity": variant.stock_quantity,
        "stock_seen": variant.stock_quantity,
    } | changes


def save(product: Product, *rows: dict) -> object:
    url = f"/api/v1/crm/products/{product.pk}/variants/"
    return client_for(product.organizer).put(url, {"variants": rows}, format="json")


def fields(response: object) -> dict[str, str]:
    return {problem["pointer"]: problem["code"] for problem in response.json()["errors"]}


def test_new_variants_are_added_after_those_changed_and_those_not_named_stay(product: Product) -> None:
    small, large = (
        VariantFactory(product=product, size="S"),
        VariantFactory(product=product, size="L", position=1),
    )

    response = save(product, row(small, price="90.00"), row(), row(sku_code="NEW-2", size="XXL"))

    assert response.status_code == 200, response.json()
    assert [(shown["size"], shown["price"]) for shown in response.json()] == [
        ("S", "90.00"),
        ("L", str(large.price)),
        ("XL", "100.00"),
        ("XXL", "100.00"),
    ]
    product.refresh_from_db()
    assert product.price_from == Decimal("90.00")


def test_a_price_changed_while_pieces_are_sold_puts_none_of_them_back(product: Product) -> None:
    loaded = VariantFactory(product=product, stock_quantity=10)
    hold_variant(variant_id=loaded.pk, quantity=3)
    sell_variant(variant_id=loaded.pk, quantity=3)

    response = save(product, row(loaded, price="90.00"))

    assert response.status_code == 200
    loaded.refresh_from_db()
    assert (loaded.stock_quantity, loaded.price) == (7, Decimal("90.00"))


def test_a_stock_typed_over_a_figure_no_longer_true_is_refused_with_the_new_one(product: Product) -> None:
    loaded = VariantFactory(product=product, stock_quantity=10)
    other = VariantFactory(product=product)
    hold_variant(variant_id=loaded.pk, quantity=3)
    sell_variant(variant_id=loaded.pk, quantity=3)

    response = save(product, row(other, price="1.00"), row(loaded, stock_quantity=12))

    assert (response.status_code, response.json()["code"]) == (409, "stock_changed")
    assert fields(response) == {"/variants/1/stock_quantity": "stock_changed"}
    assert response.json()["variants"] == [{"id": loaded.pk, "stock_quantity": 7, "held_quantity": 0}]
    assert Variant.objects.get(pk=loaded.pk).stock_quantity == 7
    assert Variant.objects.get(pk=other.pk).price == other.price  # all or none


def test_a_stock_typed_over_the_true_figure_counts(product: Product) -> None:
    loaded = VariantFactory(product=product, stock_quantity=10)

    assert save(product, row(loaded, stock_quantity=50)).status_code == 200

    loaded.refresh_from_db()
    assert loaded.stock_quantity == 50


def test_a_new_variant_has_the_stock_it_was_given_whatever_was_seen(product: Product) -> None:
    assert save(product, row(stock_quantity=4, stock_seen=4)).status_code == 200

    assert Variant.objects.get(product=product).stock_quantity == 4


def test_fewer_than_are_held_is_refused_at_its_row(product: Product) -> None:
    held = VariantFactory(product=product, stock_quantity=10, held_quantity=4)

    response = save(product, row(held, stock_quantity=3))

    assert (response.status_code, response.json()["code"]) == (409, "stock_below_held")
    assert fields(response) == {"/variants/0/stock_quantity": "stock_below_held"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"sku_code": "kept"}, "sku_code", "taken"),
        ({"size": "m", "colour": "RED"}, "size", "taken"),
        ({"original_price": "1.00"}, "original_price", "invalid"),
        ({"price": "-1"}, "price", "min_value"),
        ({"id": 2**62}, "id", "unknown"),
        ({"stock_quantity": None}, "stock_quantity", "null"),
        ({"held_quantity": 0}, "held_quantity", "unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_row_and_nothing_is_written(
    product: Product, change: dict, field: str, code: str
) -> None:
    VariantFactory(product=product, sku_code="KEPT", size="M", colour="red")
    changed = VariantFactory(product=product)

    response = save(product, row(changed, price="1.00"), row(**change))

    assert response.status_code == 400, response.json()
    assert fields(response) == {f"/variants/1/{field}": code}
    assert Variant.objects.get(pk=changed.pk).price == changed.price
    assert product.variants.count() == 2


def test_a_variant_named_twice_is_refused(product: Product) -> None:
    variant = VariantFactory(product=product)

    response = save(product, row(variant), row(variant, sku_code="OTHER", size="other"))

    assert response.status_code == 400
    assert fields(response) == {"/variants/0/id": "taken", "/variants/1/id": "taken"}


def test_another_product_s_variant_is_not_there(organizer: OrganizerProfile, product: Product) -> None:
    foreign = VariantFactory(product__organizer=organizer)

    response = save(product, row(foreign, price="1.00"))

    assert response.status_code == 400
    assert fields(response) == {"/variants/0/id": "unknown"}
    assert Variant.objects.get(pk=foreign.pk).price == foreign.price


def test_one_going_off_sale_leaves_its_options_to_a_new_one(product: Product) -> None:
    old = VariantFactory(product=product, size="M", colour="red")

    response = save(product, row(size="M", colour="red"), row(old, is_active=False))

    assert response.status_code == 200, response.json()
    assert product.variants.filter(is_active=True).get().sku_code == "NEW"


def test_a_product_on_sale_keeps_a_variant_on_sale(product: Product) -> None:
    only = VariantFactory(product=product)

    response = save(product, row(only, is_active=False))

    assert (response.status_code, response.json()["code"]) == (409, "last_variant")
    assert Variant.objects.get().is_active


def test_a_product_has_two_hundred_variants_at_most(product: Product) -> None:
    VariantFactory(product=product)
    rows = [row(sku_code=f"N-{n}", size=str(n)) for n in range(MOST_VARIANTS)]

    assert save(product, *rows).json()["code"] == "too_many_variants"
    assert save(product, *rows[1:]).status_code == 200
    assert product.variants.count() == MOST_VARIANTS


def test_reading_before_the_writes_costs_the_same_however_many_rows(product: Product) -> None:
    def reads(count: int) -> int:
        rows = [row(sku_code=f"{count}-{n}", size=f"{count}-{n}") for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert save(product, *rows).status_code == 200
        return sum(query["sql"].startswith("SELECT") for query in queries)

    assert reads(1) == reads(40)

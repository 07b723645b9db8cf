import pytest

from delux.accounts.models import OrganizerProfile
from delux.crm.tests.api.bodies import refused, variant
from delux.market.models import Variant
from delux.market.tests.factories import VariantFactory
from delux.orders.tests.factories import OrderItemFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/products/"


def test_a_new_variant_stands_last_and_may_lower_the_price(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer, price=500).product

    added = client_for(organizer).post(f"{URL}{product.pk}/variants/", variant(), format="json")

    assert (added.status_code, added.json()["position"]) == (201, 1)
    product.refresh_from_db()
    assert str(product.price_from) == "100.00"


def test_a_variant_s_price_and_stock_change(organizer: OrganizerProfile) -> None:
    own = VariantFactory(product__organizer=organizer, stock_quantity=5, held_quantity=2)
    changes = {"price": "90.00", "original_price": "120.00", "stock_quantity": 2, "position": 3}

    changed = (
        client_for(organizer)
        .patch(f"{URL}{own.product_id}/variants/{own.pk}/", changes, format="json")
        .json()
    )

    assert {name: changed[name] for name in changes} == changes
    assert changed["available"] == 0
    assert client_for().get("/api/v1/products/").json()["results"][0]["price_from"] == "90.00"


def test_there_are_never_fewer_on_the_shelf_than_held(organizer: OrganizerProfile) -> None:
    own = VariantFactory(product__organizer=organizer, stock_quantity=5, held_quantity=2)

    response = client_for(organizer).patch(
        f"{URL}{own.product_id}/variants/{own.pk}/", {"stock_quantity": 1}, format="json"
    )

    assert (response.status_code, response.json()["code"]) == (409, "stock_below_held")
    own.refresh_from_db()
    assert own.stock_quantity == 5


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"sku_code": "OTHER"}, "/sku_code", "taken"),
        ({"size": "M", "colour": "Red"}, "/size", "taken"),
        ({"original_price": "1.00"}, "/original_price", "invalid"),
        ({"held_quantity": 0}, "/held_quantity", "unknown"),
        ({"sales_count": 99}, "/sales_count", "unknown"),
    ],
)
def test_a_change_that_contradicts_is_refused_by_field(
    organizer: OrganizerProfile, changes: dict, field: str, code: str
) -> None:
    own = VariantFactory(product__organizer=organizer, sku_code="OWN", size="L")
    VariantFactory(product=own.product, sku_code="other", size="m", colour="red")

    response = client_for(organizer).patch(
        f"{URL}{own.product_id}/variants/{own.pk}/", changes, format="json"
    )

    assert refused(response, 400) == {field: code}
    unchanged = Variant.objects.get(pk=own.pk)
    assert (unchanged.sku_code, unchanged.size, unchanged.original_price) == ("OWN", "L", None)


@pytest.mark.parametrize("way", ["delete", "patch"])
def test_the_last_variant_on_sale_stays_while_the_product_is_shown(
    organizer: OrganizerProfile, way: str
) -> None:
    own = VariantFactory(product__organizer=organizer)
    url = f"{URL}{own.product_id}/variants/{own.pk}/"
    client = client_for(organizer)

    response = (
        client.delete(url) if way == "delete" else client.patch(url, {"is_active": False}, format="json")
    )

    assert (response.status_code, response.json()["code"]) == (409, "last_variant")
    own.refresh_from_db()
    assert own.is_active


def test_a_variant_never_ordered_is_deleted_and_an_ordered_one_taken_off_sale(
    organizer: OrganizerProfile,
) -> None:
    product = VariantFactory(product__organizer=organizer).product
    spare, sold = VariantFactory(product=product), VariantFactory(product=product)
    OrderItemFactory(gear=True, variant=sold)
    client = client_for(organizer)

    for own in (spare, sold):
        assert client.delete(f"{URL}{product.pk}/variants/{own.pk}/").status_code == 204

    assert not Variant.objects.filter(pk=spare.pk).exists()
    sold.refresh_from_db()
    assert sold.is_active is False

import pytest
from django.test import Client

from delux.accounts.models import User
from delux.market.models import Category, Product
from delux.market.tests.factories import (
    BrandFactory,
    ProductFeatureFactory,
    ProductImageFactory,
    ShopCategoryFactory,
    VariantFactory,
)

STAFF_DOOR = "delux.accounts.backends.PasswordBackend"

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("staff@example.com", "x"), backend=STAFF_DOOR)
    return client


def category_form(category: Category, **changes: object) -> dict:
    fields = ("slug", "market", "position", "name_ru", "name_kk", "name_ky", "name_en")
    return {name: getattr(category, name) for name in fields} | {"parent": category.parent_id or ""} | changes


@pytest.mark.parametrize("page", ["category", "brand", "product"])
def test_staff_see_the_shop(staff: Client, page: str) -> None:
    product = VariantFactory().product
    ProductImageFactory(product=product)
    ProductFeatureFactory(product=product)
    row = {"category": product.category, "brand": product.brand, "product": product}[page]

    assert staff.get(f"/admin/market/{page}/").status_code == 200
    assert staff.get(f"/admin/market/{page}/?q=trail").status_code == 200
    assert staff.get(f"/admin/market/{page}/{row.pk}/change/").status_code == 200


def test_renaming_a_shelf_or_a_brand_changes_what_finds_its_goods(staff: Client) -> None:
    root = ShopCategoryFactory()
    product = VariantFactory(
        product__category=ShopCategoryFactory(parent=root), product__brand=BrandFactory(name="Old")
    ).product

    staff.post(f"/admin/market/category/{root.pk}/change/", category_form(root, name_en="Footwear"))
    staff.post(f"/admin/market/brand/{product.brand_id}/change/", {"name": "Barys", "slug": "barys"})

    product.refresh_from_db()
    assert "footwear" in product.search_text
    assert "barys" in product.search_text
    assert "old" not in product.search_text


def test_a_shelf_cannot_stand_in_its_own_branch(staff: Client) -> None:
    root = ShopCategoryFactory()
    branch = ShopCategoryFactory(parent=ShopCategoryFactory(parent=root))

    response = staff.post(f"/admin/market/category/{root.pk}/change/", category_form(root, parent=branch.pk))

    assert response.status_code == 200
    assert "parent" in response.context["adminform"].form.errors
    root.refresh_from_db()
    assert root.parent is None


def test_goods_are_not_changed_behind_the_services(staff: Client) -> None:
    product = VariantFactory().product

    response = staff.post(f"/admin/market/product/{product.pk}/change/", {"title": "Changed"})

    assert response.status_code == 403
    assert not Product.objects.filter(title="Changed").exists()

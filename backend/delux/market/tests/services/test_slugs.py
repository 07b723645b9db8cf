"""core.slugs against rows: core itself has no table with slugs."""

import pytest

from delux.core.slugs import unique_slug
from delux.market.models import Product
from delux.market.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def test_namesakes_are_numbered() -> None:
    ProductFactory(slug="krossovki")
    ProductFactory(slug="krossovki-2")
    ProductFactory(slug="krossovki-detskie")

    assert unique_slug(Product.objects.all(), "Кроссовки") == "krossovki-3"


def test_a_title_without_letters_still_has_an_address() -> None:
    assert unique_slug(Product.objects.all(), "🏃", fallback="product") == "product"


def test_a_slug_is_never_a_number_since_ids_are() -> None:
    assert unique_slug(Product.objects.all(), "2026", fallback="product") == "product-2026"


def test_a_slug_fits_its_column() -> None:
    slug = unique_slug(Product.objects.all(), "щ" * 160)

    assert len(slug) <= Product._meta.get_field("slug").max_length

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from delux.accounts.models import OrganizerProfile
from delux.market.models import Product, ProductImage
from delux.market.tests.factories import ProductImageFactory, VariantFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/products/"


def picture(size: tuple[int, int] = (80, 100), kind: str = "JPEG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return SimpleUploadedFile("shoe.jpg", out.getvalue(), "image/jpeg")


def upload(organizer: OrganizerProfile, product: Product, file: object, **fields: str) -> object:
    return client_for(organizer).post(
        f"{URL}{product.pk}/images/", {"image": file, **fields}, format="multipart"
    )


def test_the_first_picture_is_the_main_one_and_files_are_there(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product

    first = upload(organizer, product, picture(), alt="Сбоку").json()
    second = upload(organizer, product, picture()).json()

    assert (first["is_main"], first["alt"], first["position"]) == (True, "Сбоку", 0)
    assert (second["is_main"], second["position"]) == (False, 1)
    assert default_storage.exists(f"{ProductImage.objects.get(pk=first['id']).image}-640.webp")


def test_another_picture_becomes_the_main_one(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product
    old = ProductImageFactory(product=product, is_main=True)
    new = ProductImageFactory(product=product)

    changed = client_for(organizer).patch(
        f"{URL}{product.pk}/images/{new.pk}/", {"is_main": True, "alt": "Front", "position": 4}, format="json"
    )

    assert changed.status_code == 200
    assert (changed.json()["is_main"], changed.json()["alt"], changed.json()["position"]) == (
        True,
        "Front",
        4,
    )
    old.refresh_from_db()
    assert old.is_main is False


def test_a_product_with_pictures_always_has_a_main_one(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product
    main, other = ProductImageFactory(product=product, is_main=True), ProductImageFactory(product=product)
    client = client_for(organizer)

    kept = client.patch(f"{URL}{product.pk}/images/{main.pk}/", {"is_main": False}, format="json")
    gone = client.delete(f"{URL}{product.pk}/images/{main.pk}/")

    assert kept.json()["is_main"] is True
    assert gone.status_code == 204
    other.refresh_from_db()
    assert other.is_main is True


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        (SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg"), 400, "bad_image"),
        (SimpleUploadedFile("x.jpg", b"\xff\xd8\xff\xe0truncated", "image/jpeg"), 400, "bad_image"),
        (SimpleUploadedFile("x.gif", b"GIF89a" + b"\0" * 40, "image/gif"), 400, "bad_image"),
        (SimpleUploadedFile("x.jpg", b"\0" * (20 * 1024 * 1024), "image/jpeg"), 413, "too_large"),
        (SimpleUploadedFile("x.jpg", b"", "image/jpeg"), 400, "invalid"),
        ("a string", 400, "invalid"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(
    organizer: OrganizerProfile, file: object, status: int, code: str
) -> None:
    product = VariantFactory(product__organizer=organizer).product

    response = upload(organizer, product, file)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not ProductImage.objects.exists()


def test_a_product_has_twelve_pictures_at_most(organizer: OrganizerProfile) -> None:
    product = VariantFactory(product__organizer=organizer).product
    for _ in range(12):
        ProductImageFactory(product=product)

    response = upload(organizer, product, picture())

    assert (response.status_code, response.json()["code"]) == (409, "too_many_images")
    assert ProductImage.objects.count() == 12


def test_a_picture_goes_to_one_s_own_product_only(organizer: OrganizerProfile) -> None:
    product = VariantFactory().product

    assert upload(organizer, product, picture()).status_code == 404
    assert not ProductImage.objects.exists()

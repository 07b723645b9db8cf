"""An organizer's logo: a square made of what was sent, in place of the one before."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "PNG")
    return out.getvalue()


def send(person: object, content: bytes) -> object:
    file = SimpleUploadedFile("logo.png", content, "image/png")
    return client_for(person).post("/api/v1/auth/organizer/logo/", {"file": file}, format="multipart")


def test_a_logo_is_cut_to_a_square_and_shown_to_everybody() -> None:
    organizer = OrganizerFactory(slug="club")

    response = send(organizer, picture())

    assert response.status_code == 200, response.content
    logo = response.json()["logo"]
    assert logo["width"] == logo["height"]
    assert client_for().get("/api/v1/organizers/club/").json()["logo"] == logo
    organizer.refresh_from_db()
    assert default_storage.exists(f"{organizer.logo}-{logo['width']}.webp")


def test_the_files_of_the_logo_before_are_deleted(django_capture_on_commit_callbacks) -> None:
    organizer = OrganizerFactory()
    with django_capture_on_commit_callbacks(execute=True):
        send(organizer, picture())
    before = OrganizerProfile.objects.get(pk=organizer.pk).logo
    name = f"{before}-160.webp"
    assert default_storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        send(organizer, picture())

    assert not default_storage.exists(name)


def test_what_is_no_picture_is_refused_and_the_logo_stays() -> None:
    organizer = OrganizerFactory()
    send(organizer, picture())
    kept = OrganizerProfile.objects.get(pk=organizer.pk).logo

    refused = send(organizer, b"<svg onload=alert(1)>")

    assert (refused.status_code, refused.json()["code"]) == (400, "bad_image")
    assert OrganizerProfile.objects.get(pk=organizer.pk).logo == kept


def test_buyers_have_no_logo() -> None:
    assert send(UserFactory(), picture()).status_code == 403

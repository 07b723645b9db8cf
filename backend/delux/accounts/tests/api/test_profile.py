"""The phone and the picture of a profile."""

from io import BytesIO
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from delux.accounts.services.guessing import PHONES_PER_PERSON
from delux.accounts.tests.factories import UserFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
ME, AVATAR = "/api/v1/auth/me/", "/api/v1/auth/me/avatar/"


def picture(colour="teal"):
    out = BytesIO()
    Image.new("RGB", (80, 40), colour).save(out, "PNG")
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


@pytest.mark.parametrize(
    ("market", "typed", "kept"),
    [("KZ", "8 701 234-56-78", "+77012345678"), ("KG", "0555 123456", "+996555123456")],
)
def test_a_phone_is_read_as_dialled_at_home_and_kept_in_one_form(market, typed, kept):
    answer = client_for(UserFactory(market=market)).patch(ME, {"phone": typed})

    assert (answer.status_code, answer.data["phone"]) == (200, kept)


def test_a_phone_can_be_taken_away_but_not_the_last_way_to_be_reached():
    assert client_for(UserFactory(phone="+77012345678")).patch(ME, {"phone": ""}).data["phone"] is None

    answer = client_for(UserFactory(email=None, phone="+77012345679")).patch(ME, {"phone": None})
    assert (answer.status_code, answer.data["code"]) == (400, "phone_needed")


def test_what_is_no_phone_is_refused_by_name():
    answer = client_for(UserFactory()).patch(ME, {"phone": "12"})

    assert (answer.status_code, answer.data["errors"][0]["pointer"]) == (400, "/phone")


def test_anothers_phone_is_refused_and_cannot_be_searched_for():
    UserFactory(phone="+77012345678")
    client = client_for(UserFactory())

    answer = client.patch(ME, {"phone": "+77012345678"})
    assert (answer.status_code, answer.data["code"]) == (409, "phone_taken")

    codes = [client.patch(ME, {"phone": f"+7701234567{n}"}).status_code for n in range(PHONES_PER_PERSON)]
    assert codes == [200] * (PHONES_PER_PERSON - 1) + [429]
    assert client.patch(ME, {"city": "Almaty"}).status_code == 200


def test_a_new_picture_replaces_the_files_of_the_old(django_capture_on_commit_callbacks):
    person = UserFactory()
    client = client_for(person)
    first = client.post(AVATAR, {"file": picture()}, format="multipart").data["avatar"]["src"]

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(AVATAR, {"file": picture("red")}, format="multipart")

    second = answer.data["avatar"]["src"]
    assert second != first
    person.refresh_from_db()
    assert default_storage.exists(f"{person.avatar}-160.webp")
    assert not default_storage.exists(first.removeprefix(default_storage.base_url))


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_will_not_delete_the_old_picture_leaves_the_new_one(monkeypatch):
    person = UserFactory()
    client = client_for(person)
    client.post(AVATAR, {"file": picture()}, format="multipart")
    monkeypatch.setattr("delux.core.images.delete_image", Mock(side_effect=OSError("read-only")))

    answer = client.post(AVATAR, {"file": picture("red")}, format="multipart")

    person.refresh_from_db()
    assert answer.status_code == 200
    assert person.avatar in answer.data["avatar"]["src"]
    assert default_storage.exists(f"{person.avatar}-160.webp")


def test_a_picture_can_be_taken_away_twice(django_capture_on_commit_callbacks):
    person = UserFactory()
    client = client_for(person)
    client.post(AVATAR, {"file": picture()}, format="multipart")

    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.delete(AVATAR) for _ in range(2)]

    assert [(answer.status_code, answer.data["avatar"]) for answer in answers] == [(200, None)] * 2


def test_what_is_no_picture_is_refused():
    text = SimpleUploadedFile("me.png", b"not a picture", "image/png")

    answer = client_for(UserFactory()).post(AVATAR, {"file": text}, format="multipart")

    assert (answer.status_code, answer.data["code"]) == (400, "bad_image")

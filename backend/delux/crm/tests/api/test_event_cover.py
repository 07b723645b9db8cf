"""What happens to an uploaded cover: a picture is made anew, anything else leaves nothing behind."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from delux.accounts.tests.factories import OrganizerFactory
from delux.events.tests.factories import EventFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

SIX_FILES = 6


@pytest.fixture
def event():
    return EventFactory(organizer=OrganizerFactory(), draft=True)


def picture(kind="JPEG", size=(640, 360), **options):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def send(event, content, name="cover.jpg", content_type="image/jpeg", person=None):
    client = client_for(person or event.organizer)
    file = SimpleUploadedFile(name, content, content_type)
    return client.post(f"/api/v1/crm/events/{event.pk}/cover/", {"file": file}, format="multipart")


def stored():
    try:
        return default_storage.listdir("events")[1]
    except FileNotFoundError:
        return []


@pytest.fixture(autouse=True)
def empty_storage():
    for name in stored():
        default_storage.delete(f"events/{name}")
    yield
    for name in stored():
        default_storage.delete(f"events/{name}")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_becomes_a_cover_in_three_widths_and_two_formats(event, kind) -> None:
    response = send(event, picture(kind), name="any.name")

    assert response.status_code == 200, response.content
    cover = response.json()["cover"]
    assert (cover["width"], cover["height"]) == (960, 540)
    assert cover["srcset"].count(".webp") == cover["srcset_avif"].count(".avif") == 3
    assert len(stored()) == SIX_FILES


def test_nothing_of_the_senders_file_survives(event) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    content = picture("JPEG", exif=exif) + b"<script>alert(1)</script>"

    assert send(event, content, name="../../etc/passwd<script>.php").status_code == 200

    for name in stored():
        assert "passwd" not in name
        content = default_storage.open(f"events/{name}").read()
        assert b"script" not in content
        assert b"taken at home" not in content


def test_a_new_cover_takes_the_files_of_the_old_one_away(event, django_capture_on_commit_callbacks) -> None:
    send(event, picture())
    first = set(stored())

    with django_capture_on_commit_callbacks(execute=True):
        assert send(event, picture()).status_code == 200

    assert len(stored()) == SIX_FILES
    assert not first & set(stored())


def bomb():
    """A PNG of a few bytes that claims 60 000 x 60 000 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (SVG, "cover.svg", "image/svg+xml"),
        (SVG, "cover.jpg", "image/jpeg"),
        (b"<html><script>alert(1)</script>", "cover.png", "image/png"),
        (b"GIF89a" + b"\0" * 100, "cover.gif", "image/gif"),
        (b"\xff\xd8\xff\xe0" + b"<?php system('id'); ?>", "cover.jpg", "image/jpeg"),
        (b"PK\x03\x04" + b"\0" * 100, "cover.webp", "image/webp"),
        (b"%PDF-1.7", "cover.jpg", "image/jpeg"),
        (b"MZ\x90", "cover.jpg", "image/jpeg"),
        (b"\0", "cover.jpg", "image/jpeg"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(event, content, name, content_type) -> None:
    response = send(event, content, name, content_type)

    assert (response.status_code, response.json()["code"]) == (400, "bad_image")
    assert stored() == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_picture_is_refused(event, kind) -> None:
    content = picture(kind)

    response = send(event, content[: len(content) // 2])

    assert (response.status_code, response.json()["code"]) == (400, "bad_image")
    assert stored() == []


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(event) -> None:
    response = send(event, bomb(), "cover.png", "image/png")

    assert (response.status_code, response.json()["code"]) == (400, "bad_image")
    assert stored() == []


def test_a_picture_of_more_than_40_megapixels_is_refused(event) -> None:
    assert send(event, picture("PNG", (8001, 5000))).json()["code"] == "bad_image"
    assert stored() == []


def test_an_upload_announced_as_too_large_is_refused_before_it_is_read(event) -> None:
    response = client_for(event.organizer).generic(
        "POST",
        f"/api/v1/crm/events/{event.pk}/cover/",
        b"not a form at all",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(10**10),
    )

    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert stored() == []


def test_an_upload_of_20_megabytes_is_refused(event) -> None:
    response = send(event, picture() + b"\0" * 20_000_000)

    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert stored() == []


def test_an_empty_file_or_none_is_named(event) -> None:
    address = f"/api/v1/crm/events/{event.pk}/cover/"
    client = client_for(event.organizer)

    for data in ({}, {"file": "text"}, {"file": SimpleUploadedFile("x.jpg", b"")}):
        response = client.post(address, data, format="multipart")
        assert response.status_code == 400
        assert [problem["pointer"] for problem in response.json()["errors"]] == ["/file"]
    extra = client.post(
        address, {"file": SimpleUploadedFile("x.jpg", picture()), "status": "published"}, "multipart"
    )
    assert extra.json()["errors"][0]["pointer"] == "/status"
    assert client.post(address, {"file": "x"}, format="json").status_code == 415


@pytest.mark.parametrize(
    ("form", "status"),
    [({"file": "x" * 2_000_000}, 413), ({f"field{number}": "x" for number in range(1500)}, 400)],
)
def test_a_form_that_is_no_upload_at_all_is_refused_in_the_apis_own_words(event, form, status) -> None:
    address = f"/api/v1/crm/events/{event.pk}/cover/"

    response = client_for(event.organizer).post(address, form, format="multipart")

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_a_stranger_or_a_closed_event_gets_no_picture(event) -> None:
    closed = EventFactory(organizer=event.organizer, canceled=True)

    assert send(event, picture(), person=OrganizerFactory()).status_code == 404
    assert send(closed, picture()).json()["code"] == "event_closed"
    assert stored() == []


def test_deleting_a_draft_deletes_its_picture(event, django_capture_on_commit_callbacks) -> None:
    send(event, picture())

    with django_capture_on_commit_callbacks(execute=True):
        assert client_for(event.organizer).delete(f"/api/v1/crm/events/{event.pk}/").status_code == 204

    assert stored() == []

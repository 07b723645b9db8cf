"""Pictures and private files in buckets, on a server that speaks as S3 does."""

import json
import logging
from collections.abc import Iterator
from http.client import HTTPConnection
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import structlog
from botocore.stub import Stubber
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from moto.server import ThreadedMotoServer
from PIL import Image

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.errors import Unavailable
from delux.core.images import copy_image, delete_image
from delux.core.private_files import open_file
from delux.crm.api import exports
from delux.crm.models import Export
from delux.crm.services.exports import forget_old_exports, work_on_exports
from delux.crm.tests.factories import sell
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.pages.head import absolute
from delux.pages.tests.test_pictures import address_of
from delux.testing import client_for

pytestmark = pytest.mark.django_db

PUBLIC, PRIVATE = "delux-pictures", "delux-private"
KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
# As docs/deploy.md says.
EVERYBODY_READS = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{PUBLIC}/*",
        }
    ],
}
BACKEND = "delux.core.object_storage.ObjectStorage"


class Buckets:
    """What lies where."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.client = boto3.client("s3", endpoint_url=endpoint, **KEYS)

    def names(self, bucket: str) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=bucket).get("Contents", [])]

    def storages(self, endpoint: str = "") -> dict[str, Any]:
        options = {
            "endpoint_url": endpoint or self.endpoint,
            "access_key": KEYS["aws_access_key_id"],
            "secret_key": KEYS["aws_secret_access_key"],
            "region_name": KEYS["region_name"],
        }
        forever = {"CacheControl": "public, max-age=31536000, immutable"}
        return {
            "default": {
                "BACKEND": BACKEND,
                "OPTIONS": options | {"bucket_name": PUBLIC, "object_parameters": forever},
            },
            "private": {"BACKEND": BACKEND, "OPTIONS": options | {"bucket_name": PRIVATE}},
        }


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def buckets(endpoint: str) -> Iterator[Buckets]:
    buckets = Buckets(endpoint)
    for bucket in (PUBLIC, PRIVATE):
        buckets.client.create_bucket(Bucket=bucket)
    buckets.client.put_bucket_policy(Bucket=PUBLIC, Policy=json.dumps(EVERYBODY_READS))
    with override_settings(STORAGES=buckets.storages(), MEDIA_URL=f"{endpoint}/{PUBLIC}/"):
        yield buckets
    for bucket in (PUBLIC, PRIVATE):
        for name in buckets.names(bucket):
            buckets.client.delete_object(Bucket=bucket, Key=name)
        buckets.client.delete_bucket(Bucket=bucket)


@pytest.fixture
def organizer() -> OrganizerProfile:
    return OrganizerFactory()


def set_logo(organizer: OrganizerProfile) -> Any:
    out = BytesIO()
    Image.new("RGB", (320, 320), "teal").save(out, "JPEG")
    file = SimpleUploadedFile("run.jpg", out.getvalue(), "image/jpeg")
    return client_for(organizer).post("/api/v1/auth/organizer/logo/", {"file": file}, format="multipart")


def fetch(url: str) -> tuple[int, Any, bytes]:
    site = HTTPConnection(urlsplit(url).netloc, timeout=5)
    site.request("GET", urlsplit(url).path)
    answer = site.getresponse()
    try:
        return answer.status, answer.headers, answer.read()
    finally:
        site.close()


def test_a_picture_is_in_the_public_bucket_under_the_address_people_are_told(
    buckets: Buckets, organizer: OrganizerProfile, django_capture_on_commit_callbacks: Any
) -> None:
    logo = set_logo(organizer).json()["logo"]

    addresses = [logo["src"], *(part.split()[0] for part in logo["srcset_avif"].split(", "))]
    answers = [fetch(address) for address in addresses]
    assert [(status, headers["Content-Type"]) for status, headers, _ in answers] == [
        (200, "image/webp"),
        *[(200, "image/avif")] * 3,
    ]
    assert {headers["Cache-Control"] for _, headers, _ in answers} == {"public, max-age=31536000, immutable"}
    assert Image.open(BytesIO(answers[0][2])).size == (160, 160)
    assert client_for().get(f"/api/v1/organizers/{organizer.slug}/").json()["logo"] == logo
    assert absolute(logo["src"]) == logo["src"]

    first = buckets.names(PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        assert set_logo(organizer).status_code == 200
    second = buckets.names(PUBLIC)
    assert len(first) == len(second) == 6
    assert not set(first) & set(second)

    organizer.refresh_from_db()
    copy = copy_image(organizer.logo)
    assert len(buckets.names(PUBLIC)) == 12
    delete_image(copy)
    assert buckets.names(PUBLIC) == second


def test_a_drawn_picture_is_kept_in_the_bucket_for_every_machine(buckets: Buckets, monkeypatch: Any) -> None:
    address = address_of(Client(), f"/events/{TicketTypeFactory().event.slug}")
    first = Client().get(address)
    monkeypatch.delattr("delux.pages.pictures.draw_event")
    again = Client().get(address)

    assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
    assert again.content == first.content
    assert len(buckets.names(PUBLIC)) == 1


def test_a_table_somebody_asked_for_is_private_and_handed_to_its_owner_alone(
    buckets: Buckets, organizer: OrganizerProfile, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    customer = UserFactory()
    sell(organizer=organizer, customer=customer)
    export = client_for(organizer).post("/api/v1/crm/exports/customers/", {}).json()
    work_on_exports()

    url = f"/api/v1/crm/exports/{export['id']}/file/"
    answer = client_for(organizer).get(url)
    assert (answer.status_code, customer.email in answer.getvalue().decode()) == (200, True)
    assert client_for(OrganizerFactory()).get(url).status_code == 404
    assert client_for().get(url).status_code == 401
    row = Export.objects.get()
    assert (buckets.names(PRIVATE), buckets.names(PUBLIC)) == ([row.file], [])
    assert fetch(f"{buckets.endpoint}/{PRIVATE}/{row.file}")[0] == 403
    forget_old_exports(now=row.expires_at)
    assert buckets.names(PRIVATE) == []
    with pytest.raises(FileNotFoundError):
        open_file(row.file)


def test_while_the_buckets_are_away_nothing_names_a_file_that_is_not_there(
    buckets: Buckets, organizer: OrganizerProfile, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    event = EventFactory(organizer=organizer)
    card = address_of(Client(), f"/events/{event.slug}")
    sell(organizer=organizer, customer=UserFactory())
    export = client_for(organizer).post("/api/v1/crm/exports/customers/", {}).json()
    with override_settings(STORAGES=buckets.storages("http://127.0.0.1:9")):
        refused = set_logo(organizer)
        drawn = Client(raise_request_exception=False).get(card)
        work_on_exports()
    row = Export.objects.get()
    organizer.refresh_from_db()

    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert (drawn.status_code, drawn["Retry-After"]) == (503, "5")
    assert organizer.logo == ""
    assert row.status == Export.Status.WRITING
    Export.objects.update(claimed_at=None)  # as after five minutes
    work_on_exports()
    assert client_for(organizer).get(f"/api/v1/crm/exports/{export['id']}/file/").status_code == 200


def test_rights_that_are_missing_are_named_to_the_operator(buckets: Buckets) -> None:
    """Whoever may not list a bucket hears 403 about a file that is not there."""
    storage = storages["default"]
    client = storage.connection.meta.client
    with Stubber(client) as stubbed, structlog.testing.capture_logs() as written:
        for _ in range(2):
            stubbed.add_client_error("head_object", service_error_code="403", http_status_code=403)
        with pytest.raises(Unavailable):
            storage.exists("cards/none.jpg")
        with pytest.raises(Unavailable):
            storage.open("cards/none.jpg")
        stubbed.assert_no_pending_responses()

    assert ["s3:ListBucket" in line["reason"] for line in written] == [True, True]

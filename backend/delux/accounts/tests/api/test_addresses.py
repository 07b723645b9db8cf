import pytest
from rest_framework.test import APIClient

from delux.accounts.models import Address
from delux.accounts.services.addresses import MOST_ADDRESSES
from delux.accounts.tests.factories import AddressFactory, UserFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

ADDRESSES = "/api/v1/auth/addresses/"
ALMATY = {
    "recipient": "Aliya Runner",
    "phone": "8 (701) 234-56-78",
    "country": "KZ",
    "city": "Almaty",
    "street": "Abay Avenue 10, 25",
    "postal_code": "050000",
}


def test_the_first_address_is_the_default_and_a_new_default_takes_its_place():
    client = client_for(UserFactory())

    first = client.post(ADDRESSES, ALMATY)
    second = client.post(ADDRESSES, ALMATY | {"city": "Astana"})
    third = client.post(ADDRESSES, ALMATY | {"city": "Shymkent", "is_default": True})

    assert [answer.status_code for answer in (first, second, third)] == [201] * 3
    assert first.data["phone"] == "+77012345678"
    assert [(row["city"], row["is_default"]) for row in client.get(ADDRESSES).data] == [
        ("Shymkent", True), ("Astana", False), ("Almaty", False)
    ]  # fmt: skip


def test_a_change_is_checked_with_the_fields_that_stay():
    client = client_for(UserFactory())
    address = client.post(ADDRESSES, ALMATY).data

    refused = client.patch(f"{ADDRESSES}{address['id']}/", {"country": "US"})
    moved = client.patch(
        f"{ADDRESSES}{address['id']}/",
        {"country": "US", "region": "ny", "city": "New York", "postal_code": "10001"},
    )

    assert {error["pointer"] for error in refused.data["errors"]} == {"/region", "/postal_code"}
    assert (moved.data["country"], moved.data["region"], moved.data["is_default"]) == ("US", "NY", True)
    assert moved.data["recipient"] == "Aliya Runner"


def test_when_the_default_is_deleted_the_newest_takes_its_place():
    client = client_for(UserFactory())
    default, _, newest = (client.post(ADDRESSES, ALMATY).data["id"] for _ in range(3))

    assert client.delete(f"{ADDRESSES}{default}/").status_code == 204

    assert [row["id"] for row in client.get(ADDRESSES).data if row["is_default"]] == [newest]


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_another_person_s_address_is_not_there(method):
    address = AddressFactory()
    stranger = client_for(UserFactory())

    theirs = getattr(stranger, method)(f"{ADDRESSES}{address.pk}/", {})
    missing = getattr(stranger, method)(f"{ADDRESSES}{address.pk + 1}/", {})

    assert theirs.status_code == missing.status_code == 404
    assert {**theirs.data, "request_id": ""} == {**missing.data, "request_id": ""}
    assert stranger.get(ADDRESSES).data == []
    assert Address.objects.filter(pk=address.pk).exists()


def test_a_stranger_s_address_cannot_be_taken_over_by_naming_its_owner():
    other = UserFactory()

    response = client_for(UserFactory()).post(ADDRESSES, ALMATY | {"user": other.pk})

    assert response.status_code == 400
    assert not Address.objects.exists()


def test_there_is_a_bound_to_saved_addresses():
    user = UserFactory()
    AddressFactory.create_batch(MOST_ADDRESSES, user=user)

    response = client_for(user).post(ADDRESSES, ALMATY)

    assert (response.status_code, response.data["code"]) == (409, "too_many_addresses")


def test_addresses_are_for_those_signed_in():
    assert APIClient().get(ADDRESSES).status_code == 401
    assert APIClient().get(f"{ADDRESSES}99999999999999999999/").status_code in (401, 404)

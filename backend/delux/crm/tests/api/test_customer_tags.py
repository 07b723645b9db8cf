import pytest

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.crm.models import CustomerTag
from delux.crm.tests.factories import sell
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/customers/"


def customer_of(organizer):
    customer = UserFactory()
    sell(organizer=organizer, customer=customer)
    return customer


def put(organizer, customer, *tags):
    return client_for(organizer).put(f"{URL}{customer.pk}/tags/", {"tags": list(tags)})


def test_tags_are_set_as_a_whole_and_shown_by_the_alphabet_in_list_and_card() -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)
    put(organizer, customer, "Old", "Volunteer")

    answer = put(organizer, customer, "Volunteer", "  Club   member ")

    assert (answer.status_code, answer.json()) == (200, {"tags": ["Club member", "Volunteer"]})
    client = client_for(organizer)
    assert client.get(f"{URL}{customer.pk}/").json()["tags"] == ["Club member", "Volunteer"]
    assert client.get(URL).json()["results"][0]["tags"] == ["Club member", "Volunteer"]


def test_case_does_not_tell_tags_apart_and_the_first_spelling_stays() -> None:
    organizer = OrganizerFactory()
    first, second = customer_of(organizer), customer_of(organizer)
    put(organizer, first, "ВОЛОНТЁР")

    answer = put(organizer, second, "волонтёр", "Волонтёр", "club", "CLUB")

    assert answer.json()["tags"] == ["club", "ВОЛОНТЁР"]
    assert client_for(organizer).get("/api/v1/crm/customer-tags/").json() == [
        {"name": "club", "customers": 1},
        {"name": "ВОЛОНТЁР", "customers": 2},
    ]


def test_the_same_tags_again_change_nothing() -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)
    put(organizer, customer, "Club")
    before = list(CustomerTag.objects.values_list("pk", flat=True))

    assert put(organizer, customer, "club").json() == {"tags": ["Club"]}
    assert list(CustomerTag.objects.values_list("pk", flat=True)) == before


def test_customers_are_found_by_tag_whatever_its_case() -> None:
    organizer = OrganizerFactory()
    tagged, other = customer_of(organizer), customer_of(organizer)
    put(organizer, tagged, "Волонтёр")
    put(organizer, other, "Club")
    client = client_for(organizer)

    def found(tag):
        return [row["id"] for row in client.get(URL, {"tag": tag}).json()["results"]]

    assert found("волонтёр") == [tagged.pk]
    assert found("Волон") == []


def test_tags_are_each_organizers_own() -> None:
    mine, other = OrganizerFactory(), OrganizerFactory()
    customer = customer_of(mine)
    sell(organizer=other, customer=customer)
    put(mine, customer, "Debtor")

    client = client_for(other)

    assert client.get(f"{URL}{customer.pk}/").json()["tags"] == []
    assert client.get(URL, {"tag": "Debtor"}).json()["results"] == []
    assert client.get("/api/v1/crm/customer-tags/").json() == []
    put(other, customer)
    assert CustomerTag.objects.get().name == "Debtor"


def test_people_who_bought_nothing_here_get_no_tags() -> None:
    organizer = OrganizerFactory()

    assert put(organizer, customer_of(OrganizerFactory()), "VIP").status_code == 404
    assert not CustomerTag.objects.exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/tags"),
        ({"tags": None}, "/tags"),
        ({"tags": "VIP"}, "/tags"),
        ({"tags": [" "]}, "/tags/0"),
        ({"tags": ["ok", "x" * 41]}, "/tags/1"),
        ({"tags": [{}]}, "/tags/0"),
        ({"tags": [f"tag {n}" for n in range(21)]}, "/tags"),
        ({"tags": [], "organizer": 1}, "/organizer"),
    ],
)
def test_tags_that_make_no_sense_are_refused_by_name(body: object, pointer: str) -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)

    response = client_for(organizer).put(f"{URL}{customer.pk}/tags/", body)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [pointer]
    assert not CustomerTag.objects.exists()

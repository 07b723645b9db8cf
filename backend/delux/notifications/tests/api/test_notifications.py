import pytest
from rest_framework.test import APIClient

from delux.accounts.tests.factories import UserFactory
from delux.notifications.models import Notification
from delux.notifications.tests.factories import NotificationFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

LIST = "/api/v1/notifications/"


def test_a_person_reads_what_they_were_told_the_newest_first():
    user = UserFactory()
    first, second = NotificationFactory.create_batch(2, user=user)
    NotificationFactory()

    page = client_for(user).get(LIST).data

    assert page["count"] == 2
    assert [row["id"] for row in page["results"]] == [second.pk, first.pk]
    assert page["results"][0]["path"] == "/orders/DX-1001"


def test_reading_is_noted_once_and_leaves_the_unread():
    user = UserFactory()
    read, unread = NotificationFactory.create_batch(2, user=user)
    client = client_for(user)

    assert client.post(f"{LIST}{read.pk}/read/").status_code == 204
    read.refresh_from_db()
    first_read_at = read.read_at
    assert client.post(f"{LIST}{read.pk}/read/").status_code == 204

    read.refresh_from_db()
    assert read.read_at == first_read_at is not None
    assert [row["id"] for row in client.get(LIST, {"unread": "true"}).data["results"]] == [unread.pk]


def test_what_another_was_told_is_not_there():
    notification = NotificationFactory()

    assert client_for(UserFactory()).post(f"{LIST}{notification.pk}/read/").status_code == 404
    assert Notification.objects.get().read_at is None


def test_nobody_reads_without_signing_in():
    assert APIClient().get(LIST).status_code == 401


@pytest.mark.parametrize("rows", [1, 20, 60])
def test_a_list_costs_three_queries_however_long_it_is(rows, django_assert_num_queries):
    user = UserFactory()
    NotificationFactory.create_batch(rows, user=user)
    client = client_for(user)

    with django_assert_num_queries(3):
        assert len(client.get(LIST, {"page_size": 100}).data["results"]) == rows


@pytest.mark.parametrize(
    "query", [{"unread": "maybe"}, {"page": 0}, {"page_size": 101}, {"kind": "order_paid"}]
)
def test_an_unknown_or_wrong_filter_is_refused(query):
    response = client_for(UserFactory()).get(LIST, query)

    assert response.status_code == 400
    assert response.data["errors"][0]["pointer"] == f"/{next(iter(query))}"


def test_all_up_to_the_newest_seen_are_read_and_what_came_after_stays_unread():
    person = UserFactory()
    first, seen, later = (NotificationFactory(user=person) for _ in range(3))
    anothers = NotificationFactory()

    answer = client_for(person).post("/api/v1/notifications/read/", {"up_to": seen.pk})

    assert answer.status_code == 204
    for row in (first, seen, later, anothers):
        row.refresh_from_db()
    assert [row.read_at is not None for row in (first, seen, later, anothers)] == [True, True, False, False]

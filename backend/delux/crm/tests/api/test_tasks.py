from datetime import UTC, datetime

import pytest
import time_machine

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.crm.models import CrmTask
from delux.crm.tests.factories import CrmTaskFactory, sell
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/tasks/"
NOW = datetime(2026, 5, 10, 7, tzinfo=UTC)


def titles(organizer, **query):
    response = client_for(organizer).get(URL, query)
    assert response.status_code == 200, response.json()
    return [task["title"] for task in response.json()["results"]]


def test_a_task_is_made_about_a_customer_and_an_order() -> None:
    organizer = OrganizerFactory()
    item = sell(organizer=organizer)

    response = client_for(organizer).post(
        URL,
        {
            "title": "  Call   about the relay ",
            "description": "Before noon",
            "priority": "high",
            "customer_id": item.order.user_id,
            "order_id": item.order_id,
            "due_at": "2026-05-04T06:00:00Z",
        },
    )

    assert response.status_code == 201
    task = response.json()
    assert (task["title"], task["status"], task["done_at"]) == ("Call about the relay", "todo", None)
    assert task["customer"] == {"id": item.order.user_id, "name": item.order.user.get_full_name()}
    assert task["order"] == {"id": item.order_id, "order_number": item.order.order_number}
    assert task["due_at"] == "2026-05-04T06:00:00Z"


def test_tasks_about_people_and_orders_of_others_are_refused() -> None:
    organizer, foreign = OrganizerFactory(), sell(organizer=OrganizerFactory())
    client = client_for(organizer)

    for field, value in (
        ("customer_id", foreign.order.user_id),
        ("order_id", foreign.order_id),
        ("order_id", 10**30),
    ):
        response = client.post(URL, {"title": "Pry", field: value})
        assert response.status_code == 400
        assert [problem["pointer"] for problem in response.json()["errors"]] == [f"/{field}"]
    task = CrmTaskFactory(organizer=organizer)
    assert client.patch(f"{URL}{task.pk}/", {"customer_id": foreign.order.user_id}).status_code == 400
    assert CrmTask.objects.get().customer is None


@time_machine.travel(NOW, tick=False)
def test_moving_to_done_notes_the_time_and_moving_back_forgets_it() -> None:
    task = CrmTaskFactory()
    client = client_for(task.organizer)

    done = client.patch(f"{URL}{task.pk}/", {"status": "done"}).json()
    renamed = client.patch(f"{URL}{task.pk}/", {"title": "Order fewer medals"}).json()
    reopened = client.patch(f"{URL}{task.pk}/", {"status": "in_progress"}).json()

    assert (done["status"], done["done_at"]) == ("done", "2026-05-10T07:00:00Z")
    assert (renamed["title"], renamed["done_at"]) == ("Order fewer medals", "2026-05-10T07:00:00Z")
    assert (reopened["status"], reopened["done_at"]) == ("in_progress", None)


@time_machine.travel(NOW, tick=False)
def test_a_task_may_be_made_done() -> None:
    made = client_for(OrganizerFactory()).post(URL, {"title": "Called already", "status": "done"}).json()

    assert made["done_at"] == "2026-05-10T07:00:00Z"


def test_links_and_due_dates_are_taken_off_by_null() -> None:
    item = sell(organizer=OrganizerFactory())
    task = CrmTaskFactory(organizer=item.organizer, order=item.order, customer=item.order.user, due_at=NOW)

    changed = client_for(item.organizer).patch(
        f"{URL}{task.pk}/", {"order_id": None, "customer_id": None, "due_at": None}
    )

    assert [changed.json()[name] for name in ("order", "customer", "due_at")] == [None, None, None]


def test_tasks_are_filtered_and_the_soonest_due_come_first() -> None:
    organizer = OrganizerFactory()
    customer = UserFactory()
    order = sell(organizer=organizer).order
    CrmTaskFactory(organizer=organizer, title="Someday", priority="low")
    CrmTaskFactory(
        organizer=organizer, title="Later", due_at=datetime(2026, 6, 1, tzinfo=UTC), customer=customer
    )
    CrmTaskFactory(organizer=organizer, title="Soon", due_at=NOW, status="in_progress", order=order)
    CrmTaskFactory(organizer=organizer, title="Over", due_at=NOW, status="done", done_at=NOW)
    CrmTaskFactory(title="Another organizer's")

    assert titles(organizer) == ["Soon", "Over", "Later", "Someday"]
    assert titles(organizer, ordering="-due_at") == ["Later", "Over", "Soon", "Someday"]
    assert titles(organizer, status="in_progress") == ["Soon"]
    assert titles(organizer, priority="low") == ["Someday"]
    assert titles(organizer, customer=str(customer.pk)) == ["Later"]
    assert titles(organizer, order=str(order.pk)) == ["Soon"]
    assert titles(organizer, due_before="2026-05-11T00:00:00Z", status="in_progress") == ["Soon"]
    assert titles(organizer, due_after="2026-05-11T00:00:00Z") == ["Later"]
    assert titles(organizer, q="some") == ["Someday"]
    assert titles(organizer, is_open="true") == ["Soon", "Later", "Someday"]
    assert titles(organizer, is_open="false") == ["Over"]


def test_what_was_done_last_comes_first() -> None:
    organizer = OrganizerFactory()
    for day in (3, 5, 4):
        at = datetime(2026, 5, day, tzinfo=UTC)
        CrmTaskFactory(organizer=organizer, title=str(day), status="done", done_at=at)

    assert titles(organizer, status="done", ordering="-done_at") == ["5", "4", "3"]


def test_a_task_is_deleted_once() -> None:
    task = CrmTaskFactory()
    client = client_for(task.organizer)

    assert client.delete(f"{URL}{task.pk}/").status_code == 204
    assert client.delete(f"{URL}{task.pk}/").status_code == 404


def test_another_organizers_task_can_be_neither_changed_nor_deleted() -> None:
    task = CrmTaskFactory()
    client = client_for(OrganizerFactory())

    assert client.patch(f"{URL}{task.pk}/", {"title": "Mine"}).status_code == 404
    assert client.delete(f"{URL}{task.pk}/").status_code == 404
    assert CrmTask.objects.get().title == "Order more medals"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"title": "x" * 161}, "/title"),
        ({"title": "T", "description": "x" * 4001}, "/description"),
        ({"title": "T", "status": "abandoned"}, "/status"),
        ({"title": "T", "due_at": "tomorrow"}, "/due_at"),
        ({"title": "T", "done_at": "2026-05-04T06:00:00Z"}, "/done_at"),
        ({"title": "T", "organizer": 1}, "/organizer"),
        ({"title": "T", "customer_id": "me"}, "/customer_id"),
    ],
)
def test_a_task_that_makes_no_sense_is_refused(body: dict[str, object], pointer: str) -> None:
    response = client_for(OrganizerFactory()).post(URL, body)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [pointer]
    assert not CrmTask.objects.exists()


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_takes_three_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    customer = UserFactory()
    CrmTaskFactory.create_batch(rows, organizer=organizer, customer=customer)
    client = client_for(organizer)

    with django_assert_num_queries(3):
        assert len(client.get(URL, {"page_size": 100}).json()["results"]) == rows


def test_buyers_have_no_tasks() -> None:
    assert client_for(UserFactory()).post(URL, {"title": "T"}).status_code == 403
    assert client_for().get(URL).status_code == 401

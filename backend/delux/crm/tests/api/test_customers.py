from datetime import UTC, datetime
from decimal import Decimal

import pytest

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.crm.models import CustomerNote
from delux.crm.tests.factories import CrmTaskFactory, CustomerNoteFactory, sell, unpaid_part
from delux.events.models import EventAttendee
from delux.events.tests.factories import EventAttendeeFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.tests.factories import placed_order
from delux.payments.tests.factories import pay
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/customers/"
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def listed(organizer, **query):
    response = client_for(organizer).get(URL, query)
    assert response.status_code == 200, response.json()
    return response.json()["results"]


def customer_of(organizer, **person):
    customer = UserFactory(**person)
    sell(organizer=organizer, customer=customer)
    return customer


def test_customers_are_the_people_who_bought_with_what_they_spent_here() -> None:
    mine, other = OrganizerFactory(), OrganizerFactory()
    aliya = UserFactory(first_name="Aliya", last_name="Serik")
    ticket = TicketTypeFactory(event__organizer=mine, price=Decimal(5000))
    first = sell(ticket, customer=aliya, quantity=2, refunded=1, at=MAY)
    sell(organizer=other, order=first.order, quantity=9)
    sell(ticket, customer=aliya, at=JUNE)
    sell(ticket, customer=aliya, refunded=1, at=JUNE)
    sell(organizer=other)
    unpaid_part(mine)

    assert listed(mine) == [
        {
            "id": aliya.pk,
            "name": "Aliya Serik",
            "email": aliya.email,
            "orders_count": 2,
            "spent": "10000.00",
            "currency": "KZT",
            "last_order_at": "2026-06-01T00:00:00Z",
            "tags": [],
        }
    ]


def test_customers_are_searched_by_every_word_and_ordered() -> None:
    organizer = OrganizerFactory()
    ticket = TicketTypeFactory(event__organizer=organizer)
    aliya = UserFactory(first_name="Aliya", last_name="Serik", email="as@example.com")
    timur = UserFactory(first_name="Timur", last_name="Serik", email="ts@example.com")
    sell(ticket, customer=aliya, quantity=3, at=MAY)
    sell(ticket, customer=timur, at=JUNE)

    def names(**query):
        return [row["name"].split()[0] for row in listed(organizer, **query)]

    assert names(q="serik") == ["Timur", "Aliya"]
    assert names(q="serik aliya") == ["Aliya"]
    assert names(q="ts@") == ["Timur"]
    assert names(q="100%") == []
    assert names(ordering="-spent") == ["Aliya", "Timur"]
    assert names(ordering="name") == ["Aliya", "Timur"]
    assert names(ordering="last_order_at") == ["Aliya", "Timur"]


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_takes_five_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    ticket = TicketTypeFactory(event__organizer=organizer)
    for _ in range(rows):
        sell(ticket)
    client = client_for(organizer)

    with django_assert_num_queries(5):
        assert len(client.get(URL, {"page_size": 100}).json()["results"]) == rows


@pytest.mark.parametrize("written", ["+1 415-555-2671", "(415) 555.2671", "555–26", "+14155552671"])
def test_a_phone_is_found_however_it_is_written(written: str) -> None:
    organizer = OrganizerFactory()
    found = UserFactory(phone="+14155552671")
    for customer in (found, UserFactory(phone="+77012345678")):
        sell(TicketTypeFactory(event__organizer=organizer), customer=customer, at=MAY)

    rows = client_for(organizer).get(URL, {"q": written}).json()["results"]

    assert [row["id"] for row in rows] == [found.pk]


def test_the_card_brings_together_orders_tickets_notes_and_tasks() -> None:
    organizer = OrganizerFactory()
    customer = UserFactory(phone="+77012345678", city="Almaty")
    ticket = TicketTypeFactory(event__organizer=organizer, price=Decimal(5000))
    item = sell(ticket, customer=customer, quantity=2, at=MAY)
    sell(VariantFactory(product__organizer=organizer, price=Decimal(100)), customer=customer, at=JUNE)
    EventAttendeeFactory(user=customer, ticket_type=ticket, order_item=item, attendee_name="Aliya")
    EventAttendeeFactory(user=customer)
    note = CustomerNoteFactory(organizer=organizer, customer=customer)
    CustomerNoteFactory(customer=customer, body="Another organizer's secret")
    task = CrmTaskFactory(organizer=organizer, customer=customer, order=item.order)
    CrmTaskFactory(customer=customer)

    card = client_for(organizer).get(f"{URL}{customer.pk}/").json()

    assert (card["phone"], card["city"], card["spent"]) == ("+77012345678", "Almaty", "10100.00")
    assert (card["orders_count"], card["tickets_count"], card["goods_count"]) == (2, 2, 1)
    assert (card["first_order_at"], card["last_order_at"]) == ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")
    assert len(card["orders"]) == 2
    assert [(row["attendee_name"], row["event_id"]) for row in card["tickets"]] == [
        ("Aliya", ticket.event_id)
    ]
    assert [row["id"] for row in card["notes"]] == [note.pk]
    assert [(row["id"], row["order"]["order_number"]) for row in card["tasks"]] == [
        (task.pk, item.order.order_number)
    ]


def test_the_card_takes_as_many_queries_for_a_regular_as_for_a_newcomer(django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    ticket = TicketTypeFactory(event__organizer=organizer)
    newcomer, regular = customer_of(organizer), UserFactory()
    for _ in range(15):
        sell(ticket, customer=regular)
        CustomerNoteFactory(organizer=organizer, customer=regular)
        CrmTaskFactory(organizer=organizer, customer=regular)
    client = client_for(organizer)

    for customer in (newcomer, regular):
        with django_assert_num_queries(11):
            client.get(f"{URL}{customer.pk}/")


def test_the_card_counts_what_was_given_back_and_what_they_came_to() -> None:
    ticket = TicketTypeFactory(price=Decimal(4000))
    organizer = ticket.event.organizer
    order = placed_order(things={ticket: 2, TicketTypeFactory(price=Decimal(9000)): 1})
    pay(order)
    mine = order.items.get(ticket_type=ticket)
    EventAttendee.objects.filter(order_item=mine).update(status="checked_in", checked_in_at=MAY)
    client = client_for(organizer)
    client.post(
        f"/api/v1/crm/orders/{order.pk}/refund/",
        {"lines": [{"item_id": mine.pk, "quantity": 1}]},
        headers={"Idempotency-Key": "key-1"},
    )

    card = client.get(f"{URL}{order.user_id}/").json()

    assert (card["spent"], card["refunded"], card["attended"]) == ("4000.00", "4000.00", 2)


def test_people_who_bought_nothing_here_are_404() -> None:
    organizer = OrganizerFactory()
    stranger = customer_of(OrganizerFactory())
    waiting = unpaid_part(organizer).order.user
    client = client_for(organizer)

    for person in (stranger, waiting):
        assert client.get(f"{URL}{person.pk}/").status_code == 404
        assert client.get(f"{URL}{person.pk}/notes/").status_code == 404
        assert client.post(f"{URL}{person.pk}/notes/", {"body": "Hm"}).status_code == 404
    assert client.get(f"{URL}{10**30}/").status_code == 404
    assert not CustomerNote.objects.exists()


def test_a_note_is_kept_shown_latest_first_and_deleted() -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)
    CustomerNoteFactory(organizer=organizer, customer=customer, body="First")
    client = client_for(organizer)
    notes = f"{URL}{customer.pk}/notes/"

    made = client.post(notes, {"body": "  Likes <b>long</b> runs\nand hills "})

    assert made.status_code == 201
    assert made.json()["body"] == "Likes <b>long</b> runs\nand hills"
    assert made.json()["is_own"]
    assert [note["body"] for note in client.get(notes).json()["results"]] == [made.json()["body"], "First"]
    assert client.delete(f"{notes}{made.json()['id']}/").status_code == 204
    assert [note.body for note in CustomerNote.objects.all()] == ["First"]


def test_a_note_of_another_author_organizer_or_customer_is_not_deleted() -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)
    helper_s = CustomerNoteFactory(organizer=organizer, customer=customer, author=UserFactory())
    foreign = CustomerNoteFactory(customer=customer)
    about_another = CustomerNoteFactory(organizer=organizer, customer=customer_of(organizer))
    client = client_for(organizer)

    for note in (helper_s, foreign, about_another):
        assert client.delete(f"{URL}{customer.pk}/notes/{note.pk}/").status_code == 404
    assert client.delete(f"{URL}{10**30}/notes/{about_another.pk}/").status_code == 404
    assert CustomerNote.objects.count() == 3


def test_a_note_gets_other_words_from_its_author_alone() -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)
    own = CustomerNoteFactory(organizer=organizer, customer=customer, body="Frist")
    helper_s = CustomerNoteFactory(organizer=organizer, customer=customer, author=UserFactory())
    foreign = CustomerNoteFactory(customer=customer)
    client = client_for(organizer)
    notes = f"{URL}{customer.pk}/notes/"

    changed = client.patch(f"{notes}{own.pk}/", {"body": " First "})

    assert (changed.status_code, changed.json()["body"], changed.json()["is_own"]) == (200, "First", True)
    assert client.patch(f"{notes}{own.pk}/", {"body": " "}).status_code == 400
    for note in (helper_s, foreign):
        assert client.patch(f"{notes}{note.pk}/", {"body": "Mine now"}).status_code == 404
    assert set(CustomerNote.objects.values_list("body", flat=True)) == {"First", helper_s.body}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/body"),
        ({"body": " "}, "/body"),
        ({"body": "x" * 4001}, "/body"),
        ({"body": ["a"]}, "/body"),
        ({"body": "Hm", "organizer": 1}, "/organizer"),
        ([], "/"),
    ],
)
def test_a_note_that_says_nothing_or_too_much_is_refused(body: object, pointer: str) -> None:
    organizer = OrganizerFactory()
    customer = customer_of(organizer)

    response = client_for(organizer).post(f"{URL}{customer.pk}/notes/", body)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [pointer]
    assert not CustomerNote.objects.exists()


def test_buyers_have_no_customers() -> None:
    buyer = UserFactory()

    assert client_for(buyer).get(URL).status_code == 403
    assert client_for(buyer).get(f"{URL}{buyer.pk}/").status_code == 403
    assert client_for().get(URL).status_code == 401

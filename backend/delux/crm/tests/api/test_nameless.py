"""What the desk calls somebody who came by phone and left no name."""

import pytest

from delux.accounts.tests.factories import UserFactory
from delux.crm.selectors.tables import TABLES
from delux.crm.tests.factories import CrmTaskFactory, sell
from delux.events.tests.factories import EventAttendeeFactory, TicketTypeFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
CRM = "/api/v1/crm/"
AS_WRITTEN = "+7 707 123 4567"


def by_phone_alone():
    return UserFactory(first_name="", last_name="", email=None, phone="+77071234567")


def test_every_page_of_the_desk_calls_them_by_their_number() -> None:
    ticket, person = TicketTypeFactory(), by_phone_alone()
    organizer, event = ticket.event.organizer, ticket.event
    order = sell(ticket, customer=person).order
    EventAttendeeFactory(ticket_type=ticket, user=person, attendee_name="")
    CrmTaskFactory(organizer=organizer, customer=person)
    desk = client_for(organizer)

    def read(path):
        return desk.get(f"{CRM}{path}").json()

    called = {
        "list": read("customers/")["results"][0]["name"],
        "card": read(f"customers/{person.pk}/")["name"],
        "orders": read("orders/")["results"][0]["customer"]["name"],
        "order": read(f"orders/{order.pk}/")["customer"]["name"],
        "attendee": read(f"events/{event.pk}/attendees/")["results"][0]["name"],
        "task": read("tasks/")["results"][0]["customer"]["name"],
    }
    assert called == dict.fromkeys(called, AS_WRITTEN)


@pytest.mark.parametrize("kind", ["customers", "orders", "order_lines", "attendees"])
def test_a_file_calls_them_by_their_number(kind: str) -> None:
    ticket, person = TicketTypeFactory(), by_phone_alone()
    sell(ticket, customer=person)
    EventAttendeeFactory(ticket_type=ticket, user=person, attendee_name="")

    table = TABLES[kind](ticket.event.organizer, {"event": ticket.event_id} if kind == "attendees" else {})

    assert [AS_WRITTEN in row for row in table.rows()] == [True]


def test_a_door_calls_them_by_the_end_of_their_number_with_a_network_and_without() -> None:
    ticket = EventAttendeeFactory(user=by_phone_alone(), attendee_name="")
    event = ticket.ticket_type.event
    door = client_for(event.organizer)

    listed = door.get(f"{CRM}events/{event.pk}/check-ins/manifest/").json()["tickets"][0]["n"]
    admitted = door.post(f"{CRM}attendees/{ticket.pk}/check-in/").json()["attendee_name"]

    assert (listed, admitted) == ("•••4567", "•••4567")


def test_they_are_found_by_their_number() -> None:
    ticket = TicketTypeFactory()
    sell(ticket, customer=by_phone_alone())
    desk = client_for(ticket.event.organizer)

    def found(path, q):
        return desk.get(f"{CRM}{path}/", {"q": q}).json()["count"]

    assert [found(path, q) for path in ("customers", "orders") for q in ("+7 707 123", "45999")] == [
        1,
        0,
        1,
        0,
    ]

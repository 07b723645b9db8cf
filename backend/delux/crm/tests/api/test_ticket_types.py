from decimal import Decimal

import pytest
from django.utils.timezone import now

from delux.crm.tests.api.bodies import ticket
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory

pytestmark = pytest.mark.django_db

DESK = "/api/v1/crm/events/"


def test_the_event_is_free_while_all_its_tickets_are(client, organizer) -> None:
    event = EventFactory(draft=True, organizer=organizer)
    address = f"{DESK}{event.pk}/"
    assert client.get(address).json()["is_free"] is False

    free = client.post(f"{address}ticket-types/", ticket(price="0.00")).json()
    assert client.get(address).json()["is_free"] is True
    client.post(f"{address}ticket-types/", ticket(name="VIP", price="100.00"))
    assert client.get(address).json()["is_free"] is False
    client.delete(f"{address}ticket-types/{free['id']}/")
    event.refresh_from_db()
    assert (event.is_free, event.price_from) == (False, Decimal("100.00"))


def test_there_are_never_fewer_tickets_than_taken(client, organizer) -> None:
    tickets = TicketTypeFactory(event__organizer=organizer, quantity_sold=3, quantity_held=2)
    address = f"{DESK}{tickets.event_id}/ticket-types/{tickets.pk}/"

    refused = client.patch(address, {"quantity_total": 4})

    assert (refused.status_code, refused.json()["code"], refused.json()["taken"]) == (
        409,
        "quantity_below_taken",
        5,
    )
    assert client.patch(address, {"quantity_total": 5}).json()["quantity_total"] == 5


def test_names_are_unique_within_an_event(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    address = f"{DESK}{event.pk}/ticket-types/"
    assert client.post(address, ticket()).status_code == 201

    again = client.post(address, ticket(name="10 KM"))

    assert (again.status_code, again.json()["code"]) == (409, "ticket_type_name_taken")
    assert (
        client.post(f"{DESK}{EventFactory(organizer=organizer).pk}/ticket-types/", ticket()).status_code
        == 201
    )


def test_a_ticket_somebody_holds_is_not_deleted(client, organizer) -> None:
    sold = TicketTypeFactory(event__organizer=organizer, quantity_sold=1)
    refunded = TicketTypeFactory(event=sold.event)
    EventAttendeeFactory(ticket_type=refunded, status="refunded", voided_at=now())

    for tickets in (sold, refunded):
        response = client.delete(f"{DESK}{tickets.event_id}/ticket-types/{tickets.pk}/")
        assert (response.status_code, response.json()["code"]) == (409, "ticket_type_in_use")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": "-1"}, "price"),
        ({"price": "1.001"}, "price"),
        ({"price": "99999999999.00"}, "price"),
        ({"price": "NaN"}, "price"),
        ({"price": True}, "price"),
        ({"quantity_total": -1}, "quantity_total"),
        ({"quantity_total": 10**12}, "quantity_total"),
        ({"max_per_order": 0}, "max_per_order"),
        ({"name": " "}, "name"),
        ({"sales_end": "2020-01-01T00:00:00Z"}, "sales_end"),
        ({"sales_end": "2090-01-01T00:00:00Z"}, "sales_end"),
        ({"currency": "USD"}, "currency"),
        ({"quantity_sold": 1}, "quantity_sold"),
        ({"quantity_held": 1}, "quantity_held"),
        ({"event": 1}, "event"),
    ],
)
def test_a_ticket_that_makes_no_sense_is_refused(client, organizer, changes, field) -> None:
    event = EventFactory(organizer=organizer)

    response = client.post(f"{DESK}{event.pk}/ticket-types/", ticket(**changes))

    assert response.status_code == 400, response.content
    assert [problem["pointer"] for problem in response.json()["errors"]] == [f"/{field}"]
    assert not event.ticket_types.exists()


def test_an_event_takes_fifty_kinds_of_tickets(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    TicketTypeFactory.create_batch(50, event=event)

    assert client.post(f"{DESK}{event.pk}/ticket-types/", ticket()).json()["code"] == "too_many_ticket_types"

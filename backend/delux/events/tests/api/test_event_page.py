"""The page of one event and its tickets."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from delux.events.tests.factories import (
    EventFactory,
    EventLocationFactory,
    TicketTypeFactory,
)
from delux.testing import client_for

pytestmark = pytest.mark.django_db

LIST = "/api/v1/events/"


@pytest.mark.parametrize(
    ("hours", "until"), [(None, None), (0, "2027-06-12T14:00:00Z"), (36, "2027-06-11T02:00:00Z")]
)
def test_an_events_page_says_until_when_tickets_come_back(hours, until) -> None:
    start = datetime(2027, 6, 12, 14, tzinfo=UTC)
    event = EventFactory(start_datetime=start, refund_until_hours=hours)

    assert client_for().get(f"/api/v1/events/{event.slug}/").json()["refund_until"] == until


def test_an_events_page_is_found_by_slug_and_by_id() -> None:
    event = EventFactory()

    by_slug = client_for().get(f"{LIST}{event.slug}/")
    by_id = client_for().get(f"{LIST}{event.pk}/")

    assert by_slug.status_code == by_id.status_code == 200
    assert by_slug.json() == by_id.json()
    assert by_slug.json()["location"]["address"] == "Gorky Park, main gate"
    assert by_slug.json()["description"] == "<p>Ten kilometres through the orchards.</p>"


def test_tickets_say_whether_they_can_be_had() -> None:
    event = EventFactory()
    yesterday, tomorrow = now() - timedelta(days=1), now() + timedelta(days=1)
    for name, changes in {
        "on_sale": {},
        "not_yet": {"sales_start": tomorrow},
        "ended": {"sales_start": yesterday - timedelta(days=1), "sales_end": yesterday},
        "sold_out": {"quantity_total": 4, "quantity_sold": 3, "quantity_held": 1},
    }.items():
        TicketTypeFactory(event=event, name=name, **changes)

    page = client_for().get(f"{LIST}{event.slug}/").json()
    tickets = client_for().get(f"{LIST}{event.slug}/tickets/").json()

    assert page["ticket_types"] == tickets["ticket_types"]
    assert {offer["name"]: offer["availability"] for offer in tickets["ticket_types"]} == {
        name: name for name in ("on_sale", "not_yet", "ended", "sold_out")
    }
    assert tickets["tickets_left"] == 200


def test_a_full_event_is_sold_out_whatever_its_tickets_say() -> None:
    event = EventFactory(capacity=5, places_taken=5)
    TicketTypeFactory(event=event)

    offer = client_for().get(f"{LIST}{event.pk}/tickets/").json()["ticket_types"][0]

    assert (offer["left"], offer["availability"]) == (0, "sold_out")


@pytest.mark.parametrize("kind", ["canceled", "finished"])
def test_a_closed_event_keeps_its_page_and_sells_nothing(kind) -> None:
    event = EventFactory(**{kind: True})
    TicketTypeFactory(event=event, sales_end=now() + timedelta(days=1))

    page = client_for().get(f"{LIST}{event.slug}/").json()

    assert page["status"] == kind
    assert page["ticket_types"][0]["availability"] == "ended"


def test_nobody_is_told_how_to_join_an_online_event() -> None:
    event = EventFactory(online=True)

    for address in (LIST, f"{LIST}{event.slug}/", f"{LIST}{event.slug}/tickets/"):
        assert b"meet.example.com" not in client_for(event.organizer).get(address).content


@pytest.mark.parametrize("path", ["", "tickets/"])
def test_a_draft_is_not_there_even_for_its_organizer(path) -> None:
    event = EventFactory(draft=True)

    for person in (None, event.organizer):
        assert client_for(person).get(f"{LIST}{event.slug}/{path}").status_code == 404
        assert client_for(person).get(f"{LIST}{event.pk}/{path}").status_code == 404


@pytest.mark.parametrize("ref", ["no-such-event", "0", "9" * 18, "9" * 30, "-1", "a.b", "%00", "٣"])
def test_an_address_that_leads_nowhere_is_404(ref) -> None:
    response = client_for().get(f"{LIST}{ref}/")

    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("types", [1, 20, 100])
def test_an_events_page_and_its_tickets_cost_two_queries(types, django_assert_num_queries) -> None:
    event = EventFactory()
    TicketTypeFactory.create_batch(types, event=event)

    for path in ("", "tickets/"):
        with django_assert_num_queries(2):
            response = client_for().get(f"{LIST}{event.slug}/{path}")
        assert len(response.json()["ticket_types"]) == types


def test_a_place_is_shown_with_its_coordinates_as_text() -> None:
    place = EventLocationFactory(latitude=Decimal("43.157500"), longitude=Decimal("77.059200"))
    event = EventFactory(location=place)

    assert client_for().get(f"{LIST}{event.pk}/").json()["location"]["latitude"] == "43.157500"

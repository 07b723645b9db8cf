"""What leaves the product: tickets on paper and entries of a calendar."""

import zlib
from base64 import a85decode
from datetime import UTC, datetime, timedelta
from re import DOTALL, findall

import pytest
from icalendar import Calendar

from delux.events.models import Event
from delux.events.printing import print_tickets, ticket_number
from delux.events.tests.factories import EventAttendeeFactory, EventFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 21, 1, 30, tzinfo=UTC)


def entry_of(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return calendar, calendar.walk("VEVENT")[0]


def event_of(**fields) -> Event:
    return EventFactory(
        start_datetime=START, end_datetime=START + timedelta(hours=3), timezone="Asia/Almaty", **fields
    )


def test_an_event_goes_into_a_calendar_by_the_clock_of_its_place(client) -> None:
    event = event_of(title="Nauryz, Run; 10 km", slug="nauryz-run")

    calendar, entry = entry_of(client.get("/api/v1/events/nauryz-run/calendar/?lang=en"))

    assert entry["summary"] == "Nauryz, Run; 10 km"
    assert entry["dtstart"].params["TZID"] == "Asia/Almaty"
    assert entry.start == START
    assert (entry.start.hour, entry.end - entry.start) == (6, timedelta(hours=3))  # UTC+5 since March 2024
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Almaty"]
    assert entry["status"] == "CONFIRMED"
    assert entry["uid"] == f"event-{event.pk}@localhost"


def test_a_later_change_replaces_the_entry_and_a_canceled_event_calls_it_off(client) -> None:
    event = event_of()
    address = f"/api/v1/events/{event.slug}/calendar/"
    _, first = entry_of(client.get(address))
    later = event.updated_at + timedelta(minutes=5)
    Event.objects.update(start_datetime=START + timedelta(hours=1), updated_at=later)

    _, changed = entry_of(client.get(address))
    Event.objects.update(status="canceled", canceled_at=later, updated_at=later)
    calendar, canceled = entry_of(client.get(address))

    assert first["uid"] == changed["uid"] == canceled["uid"]
    assert first["sequence"] < changed["sequence"] < canceled["sequence"]
    assert changed.start == START + timedelta(hours=1)
    assert (canceled["status"], calendar["method"]) == ("CANCELLED", "CANCEL")


def test_a_tickets_entry_is_the_events_and_leads_to_the_ticket() -> None:
    ticket = EventAttendeeFactory(ticket_type__event=event_of())
    buyer = client_for(ticket.user)

    _, of_ticket = entry_of(buyer.get(f"/api/v1/tickets/{ticket.pk}/calendar/"))
    _, of_event = entry_of(buyer.get(f"/api/v1/events/{ticket.ticket_type.event.slug}/calendar/"))

    assert of_ticket["uid"] == of_event["uid"]
    assert of_ticket["url"].endswith(f"/tickets/{ticket.pk}")


def test_a_void_tickets_entry_is_called_off() -> None:
    ticket = EventAttendeeFactory(ticket_type__event=event_of(), status="refunded", voided_at=START)

    _, entry = entry_of(client_for(ticket.user).get(f"/api/v1/tickets/{ticket.pk}/calendar/"))

    assert entry["status"] == "CANCELLED"


def test_a_title_cannot_add_lines_to_the_calendar(client) -> None:
    event = event_of(title="Run\r\nATTACH:https://evil.example\r\nEND:VEVENT")

    calendar, entry = entry_of(client.get(f"/api/v1/events/{event.slug}/calendar/"))

    assert "attach" not in entry
    assert len(calendar.walk("VEVENT")) == 1


def test_a_draft_is_in_no_calendar(client) -> None:
    assert client.get(f"/api/v1/events/{EventFactory(draft=True).slug}/calendar/").status_code == 404


def pages(pdf: bytes) -> int:
    return len(findall(rb"/Type /Page\b", pdf))


def drawing(pdf: bytes) -> bytes:
    """What is drawn on the pages, unpacked."""
    parts = findall(rb"/ASCII85Decode /FlateDecode.*?stream\r?\n(.*?)~>", pdf, DOTALL)
    return b"".join(zlib.decompress(a85decode(part)) for part in parts)


def test_a_ticket_is_printed_with_its_code_as_lines_not_pixels() -> None:
    ticket = EventAttendeeFactory(attendee_name="Айгерім Өмірбекқызы")

    response = client_for(ticket.user).get(f"/api/v1/tickets/{ticket.pk}/pdf/")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"%PDF-")
    assert pages(response.content) == 1
    assert b"/Subtype /Image" not in response.content
    assert drawing(response.content).count(b" re") > 300  # the runs of the code


def test_tickets_are_printed_one_a_page_and_the_same_twice() -> None:
    tickets = [EventAttendeeFactory() for _ in range(3)]

    assert pages(print_tickets(tickets, title="x")) == 3
    assert print_tickets(tickets, title="x") == print_tickets(tickets, title="x")


@pytest.mark.parametrize("title", ["Ұ" * 160, "Бег", "слово " * 26])
def test_any_title_is_printed(title) -> None:
    ticket = EventAttendeeFactory(ticket_type__event__title=title)

    assert pages(print_tickets([ticket], title=title)) == 1


def test_a_void_ticket_is_not_printed() -> None:
    ticket = EventAttendeeFactory(status="refunded", voided_at=START)

    response = client_for(ticket.user).get(f"/api/v1/tickets/{ticket.pk}/pdf/")

    assert (response.status_code, response.json()["code"]) == (409, "ticket_not_valid")


def test_a_ticket_number_reads_as_on_the_site() -> None:
    assert ticket_number(1234) == "№ 001 234"

"""The list of attendees as a file."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.orders.tests.factories import placed_order
from delux.payments.tests.factories import pay
from delux.testing import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(organizer=OrganizerFactory(), slug="apple-run", timezone="America/New_York")


def export(event, language="en", **query):
    response = client_for(event.organizer).get(
        f"/api/v1/crm/events/{event.pk}/attendees/export/", query, headers={"Accept-Language": language}
    )
    assert response.status_code == 200
    return response, response.getvalue()


def lines_of(event, **query):
    _, content = export(event, **query)
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_has_times_by_the_events_clock_and_money_as_it_was_paid(event) -> None:
    tickets = TicketTypeFactory(event=event, name="10 km", price="7000.00")
    order = placed_order(
        UserFactory(email="aliya@example.com", first_name="Aliya", last_name=""), {tickets: 1}
    )
    pay(order)
    tickets.attendees.update(
        status="checked_in", checked_in_at=datetime(2027, 6, 12, 14, 30, tzinfo=UTC), attendee_name=""
    )
    tickets.price = "9000.00"
    tickets.save()

    response, _ = export(event)
    header, row = lines_of(event)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="apple-run-20')
    assert header[0] == "Name"
    assert header[5] == "Ticket price, KZT"
    assert header[8] == "Checked in, America/New_York time"
    assert (row[0], row[1], row[3]) == ("Aliya", "aliya@example.com", "10 km")
    assert row[4:7] == ["Checked in", "7000.00", order.order_number]
    assert row[8] == "2027-06-12 10:30"


def test_columns_and_statuses_are_in_the_organizers_language(event) -> None:
    EventAttendeeFactory(ticket_type__event=event)

    header, row = lines_of(event, language="ru")

    assert header[0] == "Имя"
    assert row[4] == "Действителен"


def test_a_name_that_is_a_formula_stays_a_name(event) -> None:
    EventAttendeeFactory(ticket_type__event=event, attendee_name="=HYPERLINK(A1)", user__phone="+77010000001")

    _, row = lines_of(event)
    assert (row[0], row[2]) == ("'=HYPERLINK(A1)", "'+77010000001")

    response, content = export(event, file_type="xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    cell = load_workbook(BytesIO(content)).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(A1)", "s", True)


def test_the_file_holds_what_the_filters_leave(event) -> None:
    one, two = TicketTypeFactory.create_batch(2, event=event)
    EventAttendeeFactory(ticket_type=one, attendee_name="Aliya")
    EventAttendeeFactory(ticket_type=two, attendee_name="Timur")
    EventAttendeeFactory(attendee_name="Somebody else's")

    assert {row[0] for row in lines_of(event)[1:]} == {"Aliya", "Timur"}
    assert [row[0] for row in lines_of(event, q="tim")[1:]] == ["Timur"]
    assert [row[0] for row in lines_of(event, ticket_type=two.pk)[1:]] == ["Timur"]
    assert lines_of(event, status="refunded")[1:] == []


def test_a_thousand_people_take_no_more_queries_than_ten(event, django_assert_max_num_queries) -> None:
    tickets = TicketTypeFactory(event=event)
    EventAttendeeFactory.create_batch(30, ticket_type=tickets)

    with django_assert_max_num_queries(6):
        assert len(lines_of(event)) == 31

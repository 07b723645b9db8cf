from datetime import timedelta

import pytest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.events.models import EventAttendee
from delux.events.services.ticket_codes import new_code
from delux.events.tests.factories import EventAttendeeFactory, EventFactory
from delux.testing import at_once, client_for

pytestmark = pytest.mark.django_db

DOOR = "/api/v1/crm/check-in/"


def scan(attendee, **body):
    return client_for(attendee.ticket_type.event.organizer).post(DOOR, {"code": attendee.qr_code} | body)


def test_a_good_ticket_is_let_in_and_the_door_sees_whom() -> None:
    attendee = EventAttendeeFactory(attendee_name="Nurlan", ticket_type__name="10 km")

    response = scan(attendee)

    assert response.status_code == 200
    seen = response.json()
    assert (seen["attendee_name"], seen["ticket_type"], seen["status"]) == ("Nurlan", "10 km", "checked_in")
    assert seen["event"]["title"] == attendee.ticket_type.event.title
    assert seen["checked_in_at"] is not None


def test_a_used_ticket_is_refused_and_the_door_sees_when_and_by_whom() -> None:
    attendee = EventAttendeeFactory()
    first = scan(attendee).json()

    second = scan(attendee)

    assert (second.status_code, second.json()["code"]) == (409, "already_checked_in")
    assert second.json()["ticket"]["checked_in_at"] == first["checked_in_at"]
    assert second.json()["ticket"]["checked_in_by"] == str(attendee.ticket_type.event.organizer.user)


def test_a_scan_whose_answer_was_lost_is_admitted_again_and_another_scan_is_not() -> None:
    attendee = EventAttendeeFactory()
    scanned_at = now() - timedelta(seconds=3)
    by_name = f"/api/v1/crm/attendees/{attendee.pk}/check-in/"
    door = client_for(attendee.ticket_type.event.organizer)

    first = scan(attendee, scanned_at=scanned_at)
    again = scan(attendee, scanned_at=scanned_at)
    at_the_list = door.post(by_name, {"scanned_at": scanned_at})
    later = scan(attendee, scanned_at=scanned_at + timedelta(microseconds=1))

    assert (first.status_code, again.json(), at_the_list.json()) == (200, first.json(), first.json())
    assert parse_datetime(first.json()["checked_in_at"]) == scanned_at
    assert (later.status_code, later.json()["code"]) == (409, "already_checked_in")


def test_a_device_whose_clock_is_far_off_is_not_believed_and_lets_in_all_the_same() -> None:
    attendee = EventAttendeeFactory()

    response = scan(attendee, scanned_at=now() + timedelta(days=400))

    assert response.status_code == 200
    attendee.refresh_from_db()
    assert attendee.checked_in_at <= now()


@pytest.mark.parametrize(
    ("status", "code"),
    [("reserved", "ticket_not_paid"), ("refunded", "ticket_refunded"), ("canceled", "ticket_canceled")],
)
def test_a_ticket_that_is_not_valid_is_refused_with_the_reason(status, code) -> None:
    attendee = EventAttendeeFactory(status=status, voided_at=None if status == "reserved" else now())

    response = scan(attendee)

    assert (response.status_code, response.json()["code"]) == (409, code)


def test_a_ticket_for_another_of_ones_events_is_said_to_be_so() -> None:
    attendee = EventAttendeeFactory()
    tonight = EventFactory(organizer=attendee.ticket_type.event.organizer)

    response = scan(attendee, event=tonight.pk)

    assert (response.status_code, response.json()["code"]) == (409, "wrong_event")
    assert response.json()["ticket"]["event"]["id"] == attendee.ticket_type.event_id


@pytest.mark.parametrize("code", ["A" * 120, "hello", "<b>", "9" * 500])
def test_a_forged_code_is_unknown(code) -> None:
    response = client_for(OrganizerFactory()).post(DOOR, {"code": code})

    assert (response.status_code, response.json()["code"]) == (404, "unknown_code")
    assert "ticket" not in response.json()


def test_another_organizers_ticket_looks_exactly_like_a_forged_one() -> None:
    attendee, stranger = EventAttendeeFactory(), OrganizerFactory()
    never_issued = new_code(event_id=EventFactory(organizer=stranger).pk)

    answers = [
        client_for(stranger).post(DOOR, {"code": code}).json()
        for code in (attendee.qr_code, never_issued, "A" * 120)
    ]

    for answer in answers:
        answer.pop("request_id")
    assert answers[0] == answers[1] == answers[2]
    attendee.refresh_from_db()
    assert attendee.status == EventAttendee.Status.PAID


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "code"),
        ({"code": ""}, "code"),
        ({"code": None}, "code"),
        ({"code": ["x"]}, "code"),
        ({"code": "x" * 10_000}, "code"),
        ({"code": "x", "event": 0}, "event"),
        ({"code": "x", "event": 2**63}, "event"),
        ({"code": "x", "admit": True}, "admit"),
    ],
)
def test_a_request_that_makes_no_sense_is_named(body, field) -> None:
    response = client_for(OrganizerFactory()).post(DOOR, body)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [f"/{field}"]


def test_who_is_found_by_name_is_let_in_once() -> None:
    attendee = EventAttendeeFactory(attendee_name="Nurlan")
    client = client_for(attendee.ticket_type.event.organizer)
    address = f"/api/v1/crm/attendees/{attendee.pk}/check-in/"

    first, second = client.post(address), client.post(address)

    assert (first.status_code, first.json()["attendee_name"]) == (200, "Nurlan")
    assert first.json()["status"] == "checked_in"
    assert (second.status_code, second.json()["code"]) == (409, "already_checked_in")
    assert second.json()["ticket"]["checked_in_at"] == first.json()["checked_in_at"]


@pytest.mark.parametrize(
    ("status", "code"),
    [("reserved", "ticket_not_paid"), ("refunded", "ticket_refunded"), ("canceled", "ticket_canceled")],
)
def test_who_is_found_by_name_without_a_valid_ticket_is_refused_with_the_reason(status, code) -> None:
    attendee = EventAttendeeFactory(status=status, voided_at=None if status == "reserved" else now())

    response = client_for(attendee.ticket_type.event.organizer).post(
        f"/api/v1/crm/attendees/{attendee.pk}/check-in/"
    )

    assert (response.status_code, response.json()["code"]) == (409, code)
    attendee.refresh_from_db()
    assert attendee.status == status


def test_nobody_is_let_in_by_name_to_an_event_that_was_called_off() -> None:
    attendee = EventAttendeeFactory(ticket_type__event__canceled=True)

    response = client_for(attendee.ticket_type.event.organizer).post(
        f"/api/v1/crm/attendees/{attendee.pk}/check-in/"
    )

    assert (response.status_code, response.json()["code"]) == (409, "ticket_canceled")


def test_people_of_other_organizers_are_not_found_by_name() -> None:
    attendee = EventAttendeeFactory()

    response = client_for(OrganizerFactory()).post(f"/api/v1/crm/attendees/{attendee.pk}/check-in/")

    assert response.status_code == 404
    attendee.refresh_from_db()
    assert attendee.status == EventAttendee.Status.PAID


def test_only_organizers_have_a_door() -> None:
    assert client_for().post(DOOR, {"code": "x"}).status_code == 401
    assert client_for(UserFactory()).post(DOOR, {"code": "x"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_64_phones_scanning_one_code_let_one_person_in() -> None:
    attendee = EventAttendeeFactory()

    def phone():
        response = scan(attendee)
        return response.status_code, response.json().get("code")

    answers = at_once(*[phone] * 64)

    assert answers.count((200, None)) == 1
    assert answers.count((409, "already_checked_in")) == 63

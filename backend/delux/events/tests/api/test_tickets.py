import base64
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.utils.timezone import now

from delux.accounts.tests.factories import UserFactory
from delux.events.tests.factories import EventAttendeeFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

TICKETS = "/api/v1/tickets/"


def test_a_buyer_sees_the_next_ticket_first_and_past_ones_last() -> None:
    buyer = UserFactory()
    for title, days in (("Long past", -30), ("Just past", -3), ("Later", 20), ("Next", 2)):
        start = now() + timedelta(days=days)
        EventAttendeeFactory(
            user=buyer,
            ticket_type__event__title=title,
            ticket_type__event__start_datetime=start,
            ticket_type__sales_start=start - timedelta(days=9),
        )

    def titles(**query):
        return [
            ticket["event"]["title"] for ticket in client_for(buyer).get(TICKETS, query).json()["results"]
        ]

    assert titles() == ["Next", "Later", "Just past", "Long past"]
    assert titles(when="upcoming") == ["Next", "Later"]
    assert titles(when="past") == ["Just past", "Long past"]


def test_a_ticket_shows_its_code_as_text_and_as_a_picture() -> None:
    ticket = EventAttendeeFactory()

    seen = client_for(ticket.user).get(f"{TICKETS}{ticket.pk}/").json()

    assert seen["code"] == ticket.qr_code
    assert unquote(seen["qr_image"]).startswith("data:image/svg+xml")
    assert "<path" in unquote(seen["qr_image"])
    assert seen["ticket_type"] == ticket.ticket_type.name
    assert seen["event"]["location"]["city"] == "Almaty"
    assert seen["online_info"] is None


@pytest.mark.parametrize("status", ["paid", "checked_in"])
def test_only_a_valid_ticket_says_how_to_join_online(status) -> None:
    at = now() if status == "checked_in" else None
    ticket = EventAttendeeFactory(ticket_type__event__online=True, status=status, checked_in_at=at)

    seen = client_for(ticket.user).get(f"{TICKETS}{ticket.pk}/").json()

    assert seen["online_info"] == {
        "stream_url": "",
        "meeting_link": "https://meet.example.com/race",
        "access_instructions": "Come five minutes early.",
    }


@pytest.mark.parametrize("status", ["reserved", "canceled", "refunded"])
def test_a_ticket_that_is_not_valid_shows_neither_code_nor_link(status) -> None:
    voided_at = None if status == "reserved" else now()
    ticket = EventAttendeeFactory(ticket_type__event__online=True, status=status, voided_at=voided_at)

    response = client_for(ticket.user).get(f"{TICKETS}{ticket.pk}/")

    assert (response.json()["code"], response.json()["qr_image"], response.json()["online_info"]) == (
        None,
    ) * 3
    assert ticket.qr_code.encode() not in response.content
    assert b"meet.example.com" not in response.content
    assert ticket.qr_code.encode() not in client_for(ticket.user).get(TICKETS).content


def test_the_list_never_carries_the_link() -> None:
    ticket = EventAttendeeFactory(ticket_type__event__online=True)

    assert b"meet.example.com" not in client_for(ticket.user).get(TICKETS).content


def test_another_persons_ticket_is_not_there() -> None:
    ticket = EventAttendeeFactory()

    for person in (UserFactory(), ticket.ticket_type.event.organizer):
        assert client_for(person).get(f"{TICKETS}{ticket.pk}/").status_code == 404
        assert client_for(person).get(TICKETS).json()["count"] == 0
    assert client_for().get(f"{TICKETS}{ticket.pk}/").status_code == 401
    assert client_for().get(TICKETS).status_code == 401


@pytest.mark.parametrize("ticket_id", [0, 10**30])
def test_a_ticket_that_does_not_exist_is_404(ticket_id) -> None:
    assert client_for(UserFactory()).get(f"{TICKETS}{ticket_id}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_costs_three_queries_however_long(rows, django_assert_num_queries) -> None:
    buyer = UserFactory()
    EventAttendeeFactory.create_batch(rows, user=buyer)
    client = client_for(buyer)

    with django_assert_num_queries(3):  # the reader, the count, the tickets
        assert len(client.get(TICKETS, {"page_size": 100}).json()["results"]) == rows


def test_the_picture_really_says_the_code() -> None:
    """It is drawn anew from the text beside it and compared."""
    import segno

    ticket = EventAttendeeFactory()

    image = client_for(ticket.user).get(f"{TICKETS}{ticket.pk}/").json()["qr_image"]

    assert image == segno.make_qr(ticket.qr_code, error="m").svg_data_uri(border=4)
    assert image != segno.make_qr(base64.b64encode(b"else").decode(), error="m").svg_data_uri(border=4)


# --- Who comes with it


def rename(ticket, name="Bolat Serik", *, by=None):
    return client_for(by or ticket.user).patch(
        f"{TICKETS}{ticket.pk}/", {"attendee_name": name}, format="json"
    )


def test_a_friend_comes_instead_and_the_code_stays() -> None:
    ticket = EventAttendeeFactory(attendee_name="Aigul")

    answer = rename(ticket)

    assert (answer.status_code, answer.json()["attendee_name"]) == (200, "Bolat Serik")
    assert answer.json() == client_for(ticket.user).get(f"{TICKETS}{ticket.pk}/").json()
    ticket.refresh_from_db()
    assert (ticket.attendee_name, answer.json()["code"]) == ("Bolat Serik", ticket.qr_code)


@pytest.mark.parametrize("status", ["checked_in", "canceled", "refunded", "reserved"])
def test_a_ticket_that_is_used_or_not_valid_keeps_its_name(status) -> None:
    ticket = EventAttendeeFactory(
        attendee_name="Aigul",
        status=status,
        checked_in_at=now() if status == "checked_in" else None,
        voided_at=now() if status in ("canceled", "refunded") else None,
    )

    answer = rename(ticket)

    assert (answer.status_code, answer.json()["code"]) == (409, "ticket_fixed")
    ticket.refresh_from_db()
    assert ticket.attendee_name == "Aigul"


def test_only_its_holder_names_a_ticket() -> None:
    ticket = EventAttendeeFactory(attendee_name="Aigul")

    for stranger in (UserFactory(), ticket.ticket_type.event.organizer.user):
        assert rename(ticket, by=stranger).status_code == 404
    ticket.refresh_from_db()
    assert ticket.attendee_name == "Aigul"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\0b", None])
def test_a_name_that_is_none_is_refused(name) -> None:
    ticket = EventAttendeeFactory(attendee_name="Aigul")

    answer = rename(ticket, name)

    assert answer.status_code == 400
    ticket.refresh_from_db()
    assert ticket.attendee_name == "Aigul"

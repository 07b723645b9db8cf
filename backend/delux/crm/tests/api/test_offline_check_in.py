import base64
import hashlib
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.timezone import now

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.events.models import EventAttendee
from delux.events.services.ticket_codes import fingerprint, new_code
from delux.events.services.transfers import accept_offer, offer_ticket
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def address(event, what):
    return f"/api/v1/crm/events/{event.pk}/check-ins/{what}/"


def manifest(event):
    response = client_for(event.organizer).get(address(event, "manifest"))
    assert response.status_code == 200, response.json()
    return response.json()


def scan(attendee, *, ago=60):
    return {"code": attendee.qr_code, "scanned_at": (now() - timedelta(seconds=ago)).isoformat()}


def tell(event, *scans):
    response = client_for(event.organizer).post(address(event, "batch"), {"scans": list(scans)})
    assert response.status_code == 200, response.json()
    return response.json()["results"]


def test_the_list_knows_each_ticket_by_its_fingerprint_and_never_says_a_code() -> None:
    kind = TicketTypeFactory(name="10 km")
    good = EventAttendeeFactory(ticket_type=kind, attendee_name="Nurlan")
    used = EventAttendeeFactory(ticket_type=kind, status="checked_in", checked_in_at=now())
    EventAttendeeFactory()

    taken = manifest(kind.event)

    assert taken["ticket_types"] == ["10 km"]
    assert [(row["id"], row["s"], row["t"], "at" in row) for row in taken["tickets"]] == [
        (good.pk, "paid", 0, False),
        (used.pk, "checked_in", 0, True),
    ]
    digest = hashlib.sha256(good.qr_code.encode()).digest()[:16]
    assert taken["tickets"][0]["h"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert taken["tickets"][0]["n"] == "Nurlan"
    assert good.qr_code not in str(taken)


def test_the_list_names_the_codes_that_were_replaced_when_tickets_were_passed_on() -> None:
    ticket, taker = EventAttendeeFactory(), UserFactory(email_verified_at=now())
    made = offer_ticket(giver=ticket.user, ticket_id=ticket.pk, email=taker.email, at=now())
    accept_offer(taker=taker, offer_id=made.pk, name="Bolat", at=now())

    taken = manifest(ticket.ticket_type.event)

    ticket_now = EventAttendee.objects.get(pk=ticket.pk)
    assert taken["replaced"] == [fingerprint(ticket.qr_code)]
    assert [(row["h"], row["n"]) for row in taken["tickets"]] == [(fingerprint(ticket_now.qr_code), "Bolat")]
    [verdict] = tell(ticket.ticket_type.event, scan(ticket))
    assert verdict["result"] == "ticket_replaced"


def test_the_lists_key_tells_the_events_codes_from_others() -> None:
    event = EventFactory()
    raw = base64.urlsafe_b64decode(new_code(event_id=event.pk))

    key = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(manifest(event)["public_key"]))

    key.verify(raw[26:], raw[:26])
    foreign = base64.urlsafe_b64decode(new_code(event_id=event.pk + 1))
    with pytest.raises(InvalidSignature):
        key.verify(foreign[26:], foreign[:26])


def test_ten_thousand_tickets_fit_into_three_megabytes(django_assert_num_queries) -> None:
    attendee = EventAttendeeFactory(attendee_name="Константин Константинопольский")
    event = attendee.ticket_type.event
    EventAttendee.objects.bulk_create(
        EventAttendee(
            user=attendee.user,
            ticket_type=attendee.ticket_type,
            status="paid",
            qr_code=f"{number:0120}",
            attendee_name=attendee.attendee_name,
        )
        for number in range(9_999)
    )
    client = client_for(event.organizer)

    with django_assert_num_queries(5):
        response = client.get(address(event, "manifest"))

    assert len(response.json()["tickets"]) == 10_000
    assert len(response.content) < 3_000_000


def test_people_let_in_without_a_network_are_checked_in_as_of_then() -> None:
    attendee = EventAttendeeFactory(attendee_name="Nurlan")
    by_name = EventAttendeeFactory(ticket_type=attendee.ticket_type)
    event = attendee.ticket_type.event
    told = scan(attendee)

    results = tell(event, told, {"ticket": by_name.pk, "scanned_at": told["scanned_at"]})

    assert [row["result"] for row in results] == ["admitted", "admitted"]
    assert results[0]["ticket"]["attendee_name"] == "Nurlan"
    for one in (attendee, by_name):
        one.refresh_from_db()
        assert one.status == "checked_in"
        assert one.checked_in_at.isoformat() == told["scanned_at"]
        assert one.checked_in_by == event.organizer.user


def test_the_same_batch_again_gets_the_same_answer_and_changes_nothing() -> None:
    attendee = EventAttendeeFactory()
    event, told = attendee.ticket_type.event, scan(attendee)
    first = tell(event, told)
    attendee.refresh_from_db()

    again = tell(event, told)

    assert again == first
    before = attendee.updated_at
    attendee.refresh_from_db()
    assert attendee.updated_at == before


def test_of_two_devices_the_second_to_tell_hears_that_the_ticket_was_used() -> None:
    attendee = EventAttendeeFactory()
    event = attendee.ticket_type.event
    one, other = scan(attendee, ago=60), scan(attendee, ago=30)

    assert [row["result"] for row in tell(event, one)] == ["admitted"]
    conflict = tell(event, other)[0]

    assert conflict["result"] == "already_checked_in"
    assert conflict["ticket"]["checked_in_by"] == str(event.organizer.user)
    assert tell(event, one)[0]["result"] == "admitted"


def test_one_code_twice_in_a_batch_admits_once() -> None:
    attendee = EventAttendeeFactory()

    results = tell(attendee.ticket_type.event, scan(attendee, ago=60), scan(attendee, ago=50))

    assert [row["result"] for row in results] == ["admitted", "already_checked_in"]


@pytest.mark.parametrize(
    ("status", "result"),
    [("reserved", "ticket_not_paid"), ("refunded", "ticket_refunded"), ("canceled", "ticket_canceled")],
)
def test_a_ticket_that_is_not_valid_by_now_is_told_and_stays_as_it_is(status, result) -> None:
    attendee = EventAttendeeFactory(status=status, voided_at=None if status == "reserved" else now())

    assert tell(attendee.ticket_type.event, scan(attendee))[0]["result"] == result
    attendee.refresh_from_db()
    assert attendee.status == status


def test_tickets_of_other_events_and_organizers_and_forged_ones_are_told_apart() -> None:
    event = EventFactory()
    own = EventAttendeeFactory(ticket_type__event__organizer=event.organizer)
    foreign = EventAttendeeFactory()
    forged = {"code": "A" * 120, "scanned_at": now().isoformat()}
    by_id = {"ticket": foreign.pk, "scanned_at": now().isoformat()}

    results = tell(event, scan(own), scan(foreign), forged, by_id)

    assert [row["result"] for row in results] == ["wrong_event", *["unknown_code"] * 3]
    assert [row["ticket"] is None for row in results] == [False, True, True, True]
    assert set(EventAttendee.objects.values_list("status", flat=True)) == {"paid"}


def test_a_canceled_event_admits_nobody_afterwards() -> None:
    attendee = EventAttendeeFactory(ticket_type__event__canceled=True)

    assert tell(attendee.ticket_type.event, scan(attendee))[0]["result"] == "ticket_canceled"


@pytest.mark.parametrize("scans", [1, 100])
def test_a_batch_takes_as_many_queries_whatever_its_length(scans: int, django_assert_num_queries) -> None:
    kind = TicketTypeFactory()
    told = [scan(EventAttendeeFactory(ticket_type=kind)) for _ in range(scans)]
    client = client_for(kind.event.organizer)

    with django_assert_num_queries(7):
        client.post(address(kind.event, "batch"), {"scans": told})


def test_others_events_are_404() -> None:
    attendee = EventAttendeeFactory()
    stranger = client_for(OrganizerFactory())
    event = attendee.ticket_type.event

    assert stranger.get(address(event, "manifest")).status_code == 404
    assert stranger.post(address(event, "batch"), {"scans": [scan(attendee)]}).status_code == 404
    attendee.refresh_from_db()
    assert attendee.status == "paid"


@pytest.mark.parametrize(
    ("scans", "pointer"),
    [
        ([], "/scans"),
        (None, "/scans"),
        ([{"code": "x"}], "/scans/0/scanned_at"),
        ([{"scanned_at": "NOW"}], "/scans/0/code"),
        ([{"code": "x", "ticket": 1, "scanned_at": "NOW"}], "/scans/0/code"),
        ([{"code": "x", "scanned_at": "yesterday"}], "/scans/0/scanned_at"),
        ([{"code": "x", "scanned_at": "2020-01-01T00:00:00Z"}], "/scans/0/scanned_at"),
        ([{"ticket": 0, "scanned_at": "NOW"}], "/scans/0/ticket"),
        ([{"code": "x", "scanned_at": "NOW"}] * 201, "/scans"),
    ],
)
def test_a_batch_that_makes_no_sense_is_refused_by_name(scans, pointer) -> None:
    event = EventFactory()
    told = scans and [
        {name: now().isoformat() if value == "NOW" else value for name, value in one.items()} for one in scans
    ]

    response = client_for(event.organizer).post(address(event, "batch"), {"scans": told})

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [pointer]

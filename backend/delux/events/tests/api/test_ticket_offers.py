import pytest
from django.utils.timezone import now

from delux.accounts.services.guessing import MAILS_PER_EMAIL
from delux.accounts.tests.factories import UserFactory
from delux.events.models import EventAttendee, TicketTransfer
from delux.events.services.transfers import offer_ticket
from delux.events.tests.factories import EventAttendeeFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
OFFERS = "/api/v1/ticket-offers/"


def path_of(ticket: EventAttendee) -> str:
    return f"/api/v1/tickets/{ticket.pk}/"


def offer(ticket: EventAttendee, email: object = "bolat@example.com"):
    return client_for(ticket.user).post(f"{path_of(ticket)}offer/", {"email": email}, format="json")


def offered_to(taker) -> tuple[EventAttendee, str]:
    ticket = EventAttendeeFactory()
    made = offer_ticket(giver=ticket.user, ticket_id=ticket.pk, email=taker.email, at=now())
    return ticket, f"{OFFERS}{made.pk}/"


def friend():
    return UserFactory(email_verified_at=now())


def test_a_ticket_goes_from_account_to_account() -> None:
    taker, ticket = friend(), EventAttendeeFactory()

    assert offer(ticket, taker.email).status_code == 201
    assert client_for(ticket.user).get(path_of(ticket)).json()["offer"]["email"] == taker.email
    [shown] = client_for(taker).get(OFFERS).json()["results"]
    assert (shown["giver"], shown["event"]["title"]) == (
        ticket.user.get_full_name(),
        ticket.ticket_type.event.title,
    )
    taken = client_for(taker).post(f"{OFFERS}{shown['id']}/take/", {"attendee_name": "Bolat"})

    assert (taken.status_code, taken.json()["attendee_name"], taken.json()["offer"]) == (200, "Bolat", None)
    assert taken.json() == client_for(taker).get(path_of(ticket)).json()
    assert ticket.qr_code.encode() not in taken.content
    assert client_for(ticket.user).get(path_of(ticket)).status_code == 404
    assert client_for(taker).get(OFFERS).json()["count"] == 0


def test_the_answer_does_not_tell_whether_an_e_mail_has_an_account() -> None:
    known, claimed = friend(), UserFactory(email_verified_at=None)
    giver = UserFactory()

    answers = [
        offer(EventAttendeeFactory(user=giver), email)
        for email in (known.email, claimed.email, "nobody@example.com")
    ]

    assert {answer.status_code for answer in answers} == {201}
    assert {frozenset(answer.json()) for answer in answers} == {frozenset({"email", "expires_at"})}


@pytest.mark.parametrize("email", ["", "bolat", None, 7, "x" * 255 + "@example.com"])
def test_what_is_no_e_mail_is_named(email) -> None:
    answer = offer(EventAttendeeFactory(), email)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/email"
    assert not TicketTransfer.objects.exists()


def test_one_e_mail_is_not_written_to_without_end() -> None:
    giver = UserFactory()
    codes = [offer(EventAttendeeFactory(user=giver)).status_code for _ in range(MAILS_PER_EMAIL + 1)]

    assert codes == [201] * MAILS_PER_EMAIL + [429]
    assert TicketTransfer.objects.count() == MAILS_PER_EMAIL


def test_an_offer_is_taken_back_once() -> None:
    ticket = EventAttendeeFactory()
    offer(ticket)
    client = client_for(ticket.user)

    assert client.delete(f"{path_of(ticket)}offer/").status_code == 204
    assert client.get(path_of(ticket)).json()["offer"] is None
    again = client.delete(f"{path_of(ticket)}offer/")
    assert (again.status_code, again.json()["code"]) == (409, "ticket_offer_over")


def test_saying_no_ends_an_offer() -> None:
    taker = friend()
    ticket, path = offered_to(taker)

    assert client_for(taker).post(f"{path}decline/").status_code == 204
    late = client_for(taker).post(f"{path}take/", {"attendee_name": "Bolat"})

    assert (late.status_code, late.json()["code"]) == (409, "ticket_offer_over")
    ticket.refresh_from_db()
    assert ticket.user != taker


@pytest.mark.parametrize("name", ["", " ", "x" * 121, None])
def test_a_name_is_asked_anew(name) -> None:
    taker = friend()
    ticket, path = offered_to(taker)

    answer = client_for(taker).post(f"{path}take/", {"attendee_name": name}, format="json")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/attendee_name")
    ticket.refresh_from_db()
    assert ticket.user != taker


def test_what_is_offered_to_another_is_not_there() -> None:
    ticket, path = offered_to(friend())

    for stranger in (friend(), ticket.user, ticket.ticket_type.event.organizer):
        client = client_for(stranger)
        assert client.post(f"{path}take/", {"attendee_name": "Me"}).status_code == 404
        assert client.post(f"{path}decline/").status_code == 404
        assert client.get(OFFERS).json()["count"] == 0
    assert client_for(friend()).post(f"{path_of(ticket)}offer/", {"email": "x@y.kz"}).status_code == 404
    assert client_for(friend()).delete(f"{path_of(ticket)}offer/").status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_three_queries_however_long(rows, django_assert_num_queries) -> None:
    taker = friend()
    for _ in range(rows):
        offered_to(taker)
    client = client_for(taker)

    with django_assert_num_queries(3):  # the reader, the count, the offers
        assert len(client.get(OFFERS).json()["results"]) == rows

import threading
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from delux.accounts.models import User
from delux.accounts.tests.factories import UserFactory
from delux.core.errors import Invalid, NotFound
from delux.events.models import Event, EventAttendee, TicketTransfer
from delux.events.selectors.transfers import get_open_offer, list_offers
from delux.events.services import admission
from delux.events.services.admission_batch import Scan, check_in_batch
from delux.events.services.ticket_codes import read_code
from delux.events.services.transfers import (
    EventOver,
    OfferedAlready,
    OfferOver,
    accept_offer,
    decline_offer,
    expire_offers,
    offer_ticket,
    withdraw_offer,
)
from delux.events.tests.factories import EventAttendeeFactory
from delux.notifications.models import Invitation, Notification
from delux.notifications.services.delivery import deliver_pending
from delux.testing import all_at_once

pytestmark = pytest.mark.django_db


def friend(email: str = "bolat@example.com") -> User:
    return UserFactory(email=email, email_verified_at=timezone.now(), first_name="Bolat", last_name="Serik")


def offer(ticket: EventAttendee, email: str = "bolat@example.com", **changed) -> TicketTransfer:
    wish = {"giver": ticket.user, "ticket_id": ticket.pk, "email": email, "at": timezone.now()}
    return offer_ticket(**wish | changed)


def take(made: TicketTransfer, taker: User, name: str = "Bolat S.", **changed) -> int:
    return accept_offer(**{"taker": taker, "offer_id": made.pk, "name": name, "at": timezone.now()} | changed)


def scan(ticket: EventAttendee, code: str | None = None) -> EventAttendee:
    organizer = ticket.ticket_type.event.organizer
    return admission.check_in(
        organizer=organizer, code=code or ticket.qr_code, by=organizer.user, at=timezone.now()
    )


def told(kind: str) -> list[User]:
    return [message.user for message in Notification.objects.filter(kind=kind).select_related("user")]


# --- From hand to hand


def test_a_ticket_that_is_taken_changes_its_holder_its_code_and_its_name() -> None:
    ticket, taker = EventAttendeeFactory(attendee_name="Aliya"), friend()
    giver, old_code = ticket.user, ticket.qr_code

    take(offer(ticket, email="BOLAT@example.com"), taker)

    ticket.refresh_from_db()
    assert (ticket.user, ticket.attendee_name, ticket.status) == (taker, "Bolat S.", "paid")
    assert ticket.qr_code != old_code
    assert read_code(ticket.qr_code) == ticket.ticket_type.event_id
    assert (told("ticket_offered"), told("ticket_taken"), told("ticket_received")) == (
        [taker],
        [giver],
        [taker],
    )


def test_the_givers_code_is_refused_as_replaced_and_the_takers_admits() -> None:
    ticket = EventAttendeeFactory()
    old_code = ticket.qr_code
    take(offer(ticket), friend())

    with pytest.raises(admission.TicketReplaced) as refused:
        scan(ticket, old_code)

    assert refused.value.extra["ticket"]["attendee_name"] == "Bolat S."
    ticket.refresh_from_db()
    assert scan(ticket).status == "checked_in"


def test_until_it_is_taken_it_admits_its_giver() -> None:
    ticket, taker = EventAttendeeFactory(), friend()
    made = offer(ticket)

    scan(ticket)

    assert not list_offers(person=taker, at=timezone.now())
    with pytest.raises(OfferOver):
        take(made, taker)


def test_taking_is_safe_to_repeat() -> None:
    ticket, taker = EventAttendeeFactory(), friend()
    made = offer(ticket)

    assert take(made, taker) == take(made, taker) == ticket.pk
    assert len(told("ticket_taken")) == 1


def test_a_ticket_goes_on_and_every_code_it_ever_had_is_refused() -> None:
    ticket, first, second = EventAttendeeFactory(), friend(), friend("dana@example.com")
    codes = [ticket.qr_code]
    take(offer(ticket), first)
    ticket.refresh_from_db()
    codes.append(ticket.qr_code)
    take(offer(ticket, email=second.email), second)

    for code in codes:
        with pytest.raises(admission.TicketReplaced):
            scan(ticket, code)


def test_a_door_that_was_offline_learns_that_a_code_was_replaced() -> None:
    ticket = EventAttendeeFactory()
    old_code, event = ticket.qr_code, ticket.ticket_type.event
    take(offer(ticket), friend())

    verdicts = check_in_batch(
        organizer=event.organizer,
        event_id=event.pk,
        scans=[Scan(at=timezone.now(), code=old_code)],
        by=event.organizer.user,
        now=timezone.now(),
    )

    assert [(verdict.result, verdict.ticket["id"]) for verdict in verdicts] == [
        ("ticket_replaced", ticket.pk)
    ]
    ticket.refresh_from_db()
    assert ticket.status == "paid"


# --- Who may offer, and what


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("checked_in", admission.AlreadyCheckedIn),
        ("reserved", admission.TicketNotPaid),
        ("refunded", admission.TicketRefunded),
        ("canceled", admission.TicketCanceled),
    ],
)
def test_what_is_used_or_not_valid_cannot_go(status, refusal) -> None:
    at = timezone.now()
    ticket = EventAttendeeFactory(
        status=status,
        checked_in_at=at if status == "checked_in" else None,
        voided_at=at if status in ("refunded", "canceled") else None,
    )

    with pytest.raises(refusal):
        offer(ticket)

    assert not TicketTransfer.objects.exists()


def test_there_is_nothing_to_give_of_an_event_canceled_or_over() -> None:
    canceled = EventAttendeeFactory(ticket_type__event__canceled=True)
    over = EventAttendeeFactory()

    with pytest.raises(admission.TicketCanceled):
        offer(canceled)
    with pytest.raises(EventOver):
        offer(over, at=over.ticket_type.event.end_datetime)


def test_anothers_ticket_and_ones_own_e_mail_are_refused() -> None:
    ticket = EventAttendeeFactory()

    with pytest.raises(NotFound):
        offer(ticket, giver=UserFactory())
    with pytest.raises(Invalid):
        offer(ticket, email=ticket.user.email.upper())


def test_one_person_at_a_time_is_offered_a_ticket() -> None:
    ticket = EventAttendeeFactory()
    made = offer(ticket)

    with pytest.raises(OfferedAlready):
        offer(ticket, email="dana@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        TicketTransfer.objects.create(
            ticket=ticket, giver=ticket.user, email="x@example.com", expires_at=made.expires_at
        )

    withdraw_offer(giver=ticket.user, ticket_id=ticket.pk, at=timezone.now())
    assert offer(ticket, email="dana@example.com").status == "offered"


# --- Who may take


def test_only_the_proven_owner_of_the_e_mail_may_take() -> None:
    ticket = EventAttendeeFactory()
    made = offer(ticket)
    claimed = UserFactory(email="bolat@example.com", email_verified_at=None)

    for person in (friend("dana@example.com"), claimed, ticket.user):
        assert not list_offers(person=person, at=timezone.now())
        for act in (take, lambda made, who: decline_offer(taker=who, offer_id=made.pk, at=timezone.now())):
            with pytest.raises(NotFound):
                act(made, person)
    assert told("ticket_offered") == []

    User.objects.filter(pk=claimed.pk).update(email_verified_at=timezone.now())
    claimed.refresh_from_db()
    assert list(list_offers(person=claimed, at=timezone.now())) == [made]


def test_an_e_mail_without_an_account_gets_the_same_mail_and_the_ticket_waits() -> None:
    ticket = EventAttendeeFactory(user__language="en", user__first_name="Aliya")
    made = offer(ticket)
    offer(EventAttendeeFactory(user=ticket.user), email=friend("dana@example.com").email)

    deliver_pending(now=timezone.now())

    unknown, known = sorted(mail.outbox, key=lambda letter: letter.to)
    assert (unknown.to, known.to) == (["bolat@example.com"], ["dana@example.com"])
    assert "Aliya" in unknown.subject
    assert "/tickets" in unknown.body
    assert Invitation.objects.get().email == "bolat@example.com"
    assert take(made, friend()) == ticket.pk


# --- The end of an offer


def test_what_was_taken_back_cannot_be_taken() -> None:
    ticket, taker = EventAttendeeFactory(), friend()
    made = offer(ticket)

    withdraw_offer(giver=ticket.user, ticket_id=ticket.pk, at=timezone.now())

    assert told("ticket_offer_withdrawn") == [taker]
    assert get_open_offer(ticket=ticket, at=timezone.now()) is None
    for late in (
        lambda: take(made, taker),
        lambda: decline_offer(taker=taker, offer_id=made.pk, at=timezone.now()),
        lambda: withdraw_offer(giver=ticket.user, ticket_id=ticket.pk, at=timezone.now()),
    ):
        with pytest.raises(OfferOver):
            late()
    ticket.refresh_from_db()
    assert ticket.user != taker


def test_what_was_taken_cannot_be_taken_back() -> None:
    ticket = EventAttendeeFactory()
    giver = ticket.user
    take(offer(ticket), friend())

    with pytest.raises(OfferOver):
        withdraw_offer(giver=giver, ticket_id=ticket.pk, at=timezone.now())
    with pytest.raises(NotFound):
        withdraw_offer(giver=UserFactory(), ticket_id=ticket.pk, at=timezone.now())


def test_a_declined_offer_leaves_the_ticket_with_its_giver_who_is_told() -> None:
    ticket, taker = EventAttendeeFactory(), friend()
    made = offer(ticket)

    decline_offer(taker=taker, offer_id=made.pk, at=timezone.now())

    assert told("ticket_not_taken") == [ticket.user]
    assert not list_offers(person=taker, at=timezone.now())
    assert offer(ticket).status == "offered"


def test_an_offer_ends_after_a_week_or_with_the_event_and_the_giver_is_told() -> None:
    far, near = EventAttendeeFactory(), EventAttendeeFactory()
    Event.objects.filter(pk=near.ticket_type.event_id).update(
        start_datetime=timezone.now() + timedelta(hours=1), end_datetime=timezone.now() + timedelta(hours=2)
    )
    near = EventAttendee.objects.get(pk=near.pk)
    week, evening = offer(far), offer(near)
    taker = friend()

    assert evening.expires_at == near.ticket_type.event.end_datetime
    late = week.expires_at
    with pytest.raises(OfferOver):
        take(week, taker, at=late)
    assert expire_offers(at=late - timedelta(seconds=1)) == 1
    assert expire_offers(at=late) == 1
    assert expire_offers(at=late) == 0
    assert set(told("ticket_not_taken")) == {far.user, near.user}


def test_an_offer_out_of_time_gives_way_to_a_new_one() -> None:
    ticket = EventAttendeeFactory()
    first = offer(ticket)

    second = offer(ticket, email="dana@example.com", at=first.expires_at)

    first.refresh_from_db()
    assert (first.status, second.status) == ("expired", "offered")


def test_a_canceled_event_has_nothing_to_take() -> None:
    ticket, taker = EventAttendeeFactory(), friend()
    made = offer(ticket)
    Event.objects.update(status="canceled", canceled_at=timezone.now())

    assert not list_offers(person=taker, at=timezone.now())
    with pytest.raises(OfferOver):
        take(made, taker)


def test_incoming_offers_cost_one_query(django_assert_num_queries) -> None:
    taker = friend()
    for _ in range(3):
        offer(EventAttendeeFactory())

    with django_assert_num_queries(1):
        events = [made.ticket.ticket_type.event for made in list_offers(person=taker, at=timezone.now())]
        assert len({event.organizer.display_name + event.location.city for event in events}) == 3


# --- Many at once


def begun_and_waiting(act):
    """Begin ``act`` on a connection of its own and return once it waits for a lock; the answer ends it."""
    pids, results = [], []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                pids.append(cursor.fetchone()[0])
            results.append(act())
        except Exception as error:  # noqa: BLE001 - what it ended by is the test's to judge
            results.append(type(error).__name__)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    deadline = monotonic() + 10
    with connection.cursor() as cursor:
        waits = False
        while not waits and monotonic() < deadline:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid = ANY(%s))", [pids])
            waits = cursor.fetchone()[0]
            sleep(0.01)
    assert waits

    def end() -> object:
        thread.join()
        return results[0]

    return end


@pytest.mark.parametrize("_again", range(3))
@pytest.mark.django_db(transaction=True)
def test_of_taking_taking_back_the_door_and_a_refund_one_wins(_again) -> None:
    ticket, taker = EventAttendeeFactory(), friend()
    made, giver, old_code = offer(ticket), ticket.user, ticket.qr_code
    held = admission.HeldTicket(ticket.pk, giver)

    ends = all_at_once(
        [lambda: f"taken {take(made, taker)}"] * 3
        + [lambda: withdraw_offer(giver=giver, ticket_id=ticket.pk, at=timezone.now())] * 2
        + [lambda: scan(ticket, old_code).status] * 3
        + [lambda: admission.void_ticket(ticket=held, at=timezone.now())]
    )

    ticket.refresh_from_db()
    made.refresh_from_db()
    assert not [end for end in ends if "Error" in end], ends
    if ticket.user == taker:
        assert (made.status, made.old_code) == ("accepted", old_code)
        assert ticket.status == "paid"
        assert ticket.qr_code != old_code
    else:
        assert made.status != "accepted"
        assert ticket.qr_code == old_code
        assert ticket.status in ("checked_in", "refunded", "paid")
        assert ticket.status != "paid" or made.status == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_a_door_that_waits_for_the_ticket_to_change_hands_refuses_the_old_code() -> None:
    """The scan begins before the ticket is taken and ends after: it must not admit by what it saw first."""
    ticket, taker = EventAttendeeFactory(), friend()
    made, old_code = offer(ticket), ticket.qr_code

    with transaction.atomic():
        take(made, taker)
        door = begun_and_waiting(lambda: scan(ticket, old_code).status)

    assert door() == "TicketReplaced"
    ticket.refresh_from_db()
    assert ticket.status == "paid"


@pytest.mark.django_db(transaction=True)
def test_without_the_code_in_the_update_itself_the_waiting_door_would_admit(monkeypatch) -> None:
    """The negative control of the test above."""
    real = admission._admit
    monkeypatch.setattr(admission, "_admit", lambda ticket, *, by, at, **_: real(ticket, by=by, at=at))
    ticket, taker = EventAttendeeFactory(), friend()
    made, old_code = offer(ticket), ticket.qr_code

    with transaction.atomic():
        take(made, taker)
        door = begun_and_waiting(lambda: scan(ticket, old_code).status)

    door()
    ticket.refresh_from_db()
    assert ticket.status == "checked_in"

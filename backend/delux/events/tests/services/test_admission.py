import threading
from datetime import UTC, datetime, timedelta

import pytest

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.events.models import EventAttendee
from delux.events.services.admission import (
    AlreadyCheckedIn,
    TicketCanceled,
    TicketNotPaid,
    TicketRefunded,
    UnknownCode,
    WrongEvent,
    check_in,
    issue_attendees,
    void_attendees,
)
from delux.events.services.ticket_codes import new_code, read_code
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.orders.tests.factories import OrderItemFactory
from delux.testing import at_once

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def door_of(attendee, **changed):
    organizer = attendee.ticket_type.event.organizer
    return check_in(
        **{"organizer": organizer, "code": attendee.qr_code, "by": organizer.user, "at": AT} | changed
    )


def test_each_admission_gets_a_valid_code_of_its_own() -> None:
    ticket_type, buyer = TicketTypeFactory(), UserFactory()

    issued = issue_attendees(
        order_item_id=None,
        ticket_type_id=ticket_type.pk,
        event_id=ticket_type.event_id,
        user=buyer,
        quantity=3,
        attendee_name="Aliya",
    )

    assert [attendee.status for attendee in issued] == [EventAttendee.Status.PAID] * 3
    assert len({attendee.qr_code for attendee in issued}) == 3
    assert {read_code(attendee.qr_code) for attendee in issued} == {ticket_type.event_id}
    assert EventAttendee.objects.held_by(buyer).count() == 3


def test_tickets_are_issued_by_one_query(django_assert_num_queries) -> None:
    ticket_type, buyer = TicketTypeFactory(), UserFactory()

    with django_assert_num_queries(1):
        issue_attendees(
            order_item_id=None,
            ticket_type_id=ticket_type.pk,
            event_id=ticket_type.event_id,
            user=buyer,
            quantity=10,
            attendee_name="",
        )


def test_a_valid_ticket_admits_and_says_when_and_by_whom() -> None:
    attendee = EventAttendeeFactory()

    admitted = door_of(attendee)

    assert (admitted.status, admitted.checked_in_at) == (EventAttendee.Status.CHECKED_IN, AT)
    assert admitted.checked_in_by == attendee.ticket_type.event.organizer.user


def test_a_used_ticket_is_refused_with_the_time_of_its_first_use() -> None:
    attendee = EventAttendeeFactory()
    door_of(attendee)

    with pytest.raises(AlreadyCheckedIn) as refusal:
        door_of(attendee, at=datetime(2026, 6, 1, 10, 0, tzinfo=UTC))

    assert refusal.value.extra["ticket"]["checked_in_at"] == AT


@pytest.mark.parametrize(
    ("status", "refusal"),
    [("reserved", TicketNotPaid), ("refunded", TicketRefunded), ("canceled", TicketCanceled)],
)
def test_a_ticket_that_is_not_valid_is_refused_and_stays_as_it_is(status, refusal) -> None:
    voided_at = AT if status in ("refunded", "canceled") else None
    attendee = EventAttendeeFactory(status=status, voided_at=voided_at)

    with pytest.raises(refusal):
        door_of(attendee)

    attendee.refresh_from_db()
    assert (attendee.status, attendee.checked_in_at) == (status, None)


def test_a_canceled_event_admits_nobody() -> None:
    attendee = EventAttendeeFactory(ticket_type__event__canceled=True)

    with pytest.raises(TicketCanceled):
        door_of(attendee)

    attendee.refresh_from_db()
    assert attendee.status == EventAttendee.Status.PAID


def test_a_door_of_one_event_refuses_the_tickets_of_another() -> None:
    attendee = EventAttendeeFactory()
    other = EventFactory(organizer=attendee.ticket_type.event.organizer)

    with pytest.raises(WrongEvent):
        door_of(attendee, event_id=other.pk)

    attendee.refresh_from_db()
    assert attendee.status == EventAttendee.Status.PAID
    assert door_of(attendee, event_id=attendee.ticket_type.event_id)


@pytest.mark.parametrize("named", [True, False])
def test_another_organizers_ticket_is_as_unknown_as_a_forged_one(named) -> None:
    attendee, stranger = EventAttendeeFactory(), OrganizerFactory()
    own = EventFactory(organizer=stranger)

    with pytest.raises(UnknownCode):
        door_of(attendee, organizer=stranger, by=stranger.user, event_id=own.pk if named else None)

    attendee.refresh_from_db()
    assert attendee.status == EventAttendee.Status.PAID


def test_a_forged_code_is_refused_without_a_query(django_assert_num_queries) -> None:
    organizer = OrganizerFactory()

    with django_assert_num_queries(0), pytest.raises(UnknownCode):
        check_in(organizer=organizer, code="A" * 120, by=organizer.user, at=AT)


def test_a_well_signed_code_that_was_never_issued_is_unknown() -> None:
    event = EventFactory()

    with pytest.raises(UnknownCode):
        check_in(organizer=event.organizer, code=new_code(event_id=event.pk), by=event.organizer.user, at=AT)


def test_a_refund_voids_unused_tickets_first() -> None:
    item = OrderItemFactory(quantity=3)
    used, *unused = EventAttendeeFactory.create_batch(3, order_item=item, ticket_type=item.ticket_type)
    door_of(used)

    assert void_attendees(order_item_id=item.pk, quantity=2, at=AT) == 2

    assert {attendee.status for attendee in item.attendees.exclude(pk=used.pk)} == {
        EventAttendee.Status.REFUNDED
    }
    used.refresh_from_db()
    assert used.status == EventAttendee.Status.CHECKED_IN
    with pytest.raises(TicketRefunded):
        door_of(unused[0])
    assert void_attendees(order_item_id=item.pk, quantity=5, at=AT) == 1
    assert void_attendees(order_item_id=item.pk, quantity=1, at=AT) == 0


@pytest.mark.django_db(transaction=True)
def test_64_doors_scanning_one_code_admit_once() -> None:
    attendee = EventAttendeeFactory()

    results = at_once(*[lambda n=n: door_of(attendee, at=AT + timedelta(seconds=n)) for n in range(64)])

    assert sum(isinstance(result, EventAttendee) for result in results) == 1
    assert results.count(AlreadyCheckedIn) == 63


@pytest.mark.django_db(transaction=True)
def test_a_door_that_reads_before_it_writes_would_admit_more_than_once() -> None:
    """The negative control of the test above: without the conditional update the crowd gets in."""
    attendee = EventAttendeeFactory()
    looked = threading.Barrier(8)

    def careless_door() -> bool:
        seen = EventAttendee.objects.get(pk=attendee.pk)
        looked.wait()
        if seen.status != EventAttendee.Status.PAID:
            return False
        EventAttendee.objects.filter(pk=seen.pk).update(status="checked_in", checked_in_at=AT)
        return True

    assert sum(result is True for result in at_once(*[careless_door] * 8)) > 1


@pytest.mark.django_db(transaction=True)
def test_a_refund_at_the_door_is_either_before_or_after_the_admission() -> None:
    item = OrderItemFactory(quantity=8)
    tickets = EventAttendeeFactory.create_batch(8, order_item=item, ticket_type=item.ticket_type)
    scanned = iter([*tickets, *[None] * 8])

    def scan_or_refund():
        ticket = next(scanned)
        return door_of(ticket) if ticket else void_attendees(order_item_id=item.pk, quantity=1, at=AT)

    results = at_once(*[scan_or_refund] * 16)

    admitted = [result for result in results if isinstance(result, EventAttendee)]
    assert len(admitted) + results.count(TicketRefunded) == 8
    assert sum(result for result in results if isinstance(result, int)) == 8
    assert set(item.attendees.values_list("status", flat=True)) == {EventAttendee.Status.REFUNDED}

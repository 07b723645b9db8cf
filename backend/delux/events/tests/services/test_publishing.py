from datetime import timedelta

import pytest
from django.utils.timezone import now

from delux.events import tasks
from delux.events.models import Event
from delux.events.services.publishing import cancel_event, finish_past_events
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory

pytestmark = pytest.mark.django_db


def test_events_that_have_ended_are_finished_and_no_others() -> None:
    at = now()
    over = EventFactory(start_datetime=at - timedelta(days=1), end_datetime=at)
    going_on = EventFactory(start_datetime=at - timedelta(hours=1), end_datetime=at + timedelta(seconds=1))
    draft = EventFactory(draft=True, start_datetime=at - timedelta(days=1), end_datetime=at)
    canceled = EventFactory(canceled=True, start_datetime=at - timedelta(days=1), end_datetime=at)

    assert finish_past_events(at=at) == 1

    over.refresh_from_db()
    assert (over.status, over.finished_at) == (Event.Status.FINISHED, at)
    for event in (going_on, draft, canceled):
        before = event.status
        event.refresh_from_db()
        assert event.status == before
    assert finish_past_events(at=at) == 0


def test_the_clock_finishes_events_and_moves_prices_on() -> None:
    at = now()
    over = EventFactory(start_datetime=at - timedelta(days=2), end_datetime=at - timedelta(days=1))
    selling = EventFactory(price_from="1.00")
    TicketTypeFactory(event=selling, price="5.00")

    tasks.finish_past_events()

    over.refresh_from_db()
    selling.refresh_from_db()
    assert over.status == Event.Status.FINISHED
    assert str(selling.price_from) == "5.00"


def test_a_guests_ticket_ends_with_the_event_and_a_bought_one_waits_for_its_refund() -> None:
    from delux.orders.tests.factories import OrderItemFactory

    item = OrderItemFactory()
    event = item.ticket_type.event
    guest = EventAttendeeFactory(ticket_type=item.ticket_type)
    bought = EventAttendeeFactory(ticket_type=item.ticket_type, order_item=item)

    cancel_event(organizer=event.organizer, event_id=event.pk, at=now())

    guest.refresh_from_db()
    bought.refresh_from_db()
    assert (guest.status, bought.status) == ("canceled", "paid")

"""Many buyers of one ticket at once: exactly the stock is held, and without the guard it would not be."""

import threading
from functools import partial

import pytest
from django.db import transaction
from django.db.models import F

from delux.core.locks import lock_hot_rows
from delux.events.models import Event, TicketType
from delux.events.services.stock import hold_tickets, release_tickets, return_tickets, sell_tickets
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.testing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32


def crowd(act, count=CROWD):
    """Let ``count`` buyers ``act(number)`` at once; return the results."""
    return at_once(*[partial(act, number) for number in range(count)])


@pytest.mark.parametrize("cap", [1, 10, 31])
@pytest.mark.parametrize("queued", [True, False])
def test_a_crowd_holds_exactly_what_there_is(cap, queued) -> None:
    ticket_type = TicketTypeFactory(quantity_total=cap)

    def buy(_number):
        with transaction.atomic():
            if queued:
                lock_hot_rows(("event", ticket_type.event_id))
            return hold_tickets(ticket_type_id=ticket_type.pk, quantity=1)

    assert sum(crowd(buy)) == cap
    ticket_type.refresh_from_db()
    assert ticket_type.quantity_held == ticket_type.event.places_taken == cap


def test_a_crowd_over_several_ticket_types_fills_the_event_and_not_more() -> None:
    event = EventFactory(capacity=20)
    types = TicketTypeFactory.create_batch(4, event=event, quantity_total=8)

    won = crowd(lambda number: hold_tickets(ticket_type_id=types[number % 4].pk, quantity=1))

    assert sum(won) == 20
    event.refresh_from_db()
    held = sum(TicketType.objects.values_list("quantity_held", flat=True))
    assert event.places_taken == held == 20


def test_all_moves_at_once_end_where_they_would_one_by_one() -> None:
    ticket_type = TicketTypeFactory(quantity_total=CROWD)

    def live_through(number):
        with transaction.atomic():
            assert hold_tickets(ticket_type_id=ticket_type.pk, quantity=1)
        if number % 4 == 0:
            release_tickets(ticket_type_id=ticket_type.pk, quantity=1)
        else:
            sell_tickets(ticket_type_id=ticket_type.pk, quantity=1)
            if number % 4 == 1:
                return_tickets(ticket_type_id=ticket_type.pk, quantity=1)
        return True

    assert all(crowd(live_through))
    ticket_type.refresh_from_db()
    assert (ticket_type.quantity_held, ticket_type.quantity_sold) == (0, CROWD // 2)
    assert Event.objects.get(pk=ticket_type.event_id).places_taken == CROWD // 2


def test_nothing_is_held_once_the_event_is_called_off() -> None:
    ticket_type = TicketTypeFactory()
    called_off = threading.Event()

    def act(number):
        if number:
            called_off.wait()
            return hold_tickets(ticket_type_id=ticket_type.pk, quantity=1)
        with transaction.atomic():
            event = Event.objects.select_for_update().get(pk=ticket_type.event_id)
            called_off.set()  # the others now wait for the row, having seen the event on sale
            event.status, event.canceled_at = "canceled", event.start_datetime
            event.save()
        return False

    assert not any(crowd(act, count=8))
    ticket_type.refresh_from_db()
    assert ticket_type.quantity_held == 0


def test_reading_before_writing_would_oversell() -> None:
    """The negative control: a crowd without the conditional update, on a row no constraint helps."""
    ticket_type = TicketTypeFactory(quantity_total=CROWD * 2)
    cap, looked = 1, threading.Barrier(8)

    def careless_buy(_number):
        taken = TicketType.objects.values_list("quantity_held", flat=True).get(pk=ticket_type.pk)
        looked.wait()
        if taken >= cap:
            return False
        TicketType.objects.filter(pk=ticket_type.pk).update(quantity_held=F("quantity_held") + 1)
        return True

    assert sum(crowd(careless_buy, count=8)) > cap

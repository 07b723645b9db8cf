import pytest
from django.db import IntegrityError

from delux.events.services.stock import hold_tickets, release_tickets, return_tickets, sell_tickets
from delux.events.tests.factories import EventFactory, TicketTypeFactory

pytestmark = pytest.mark.django_db


def counters(ticket_type):
    ticket_type.refresh_from_db()
    ticket_type.event.refresh_from_db()
    return ticket_type.quantity_held, ticket_type.quantity_sold, ticket_type.event.places_taken


def test_held_tickets_take_places_of_the_event() -> None:
    ticket_type = TicketTypeFactory(quantity_total=5)

    assert hold_tickets(ticket_type_id=ticket_type.pk, quantity=3)

    assert counters(ticket_type) == (3, 0, 3)


def test_a_hold_takes_the_last_tickets_and_not_one_more() -> None:
    ticket_type = TicketTypeFactory(quantity_total=5, quantity_sold=3)

    assert not hold_tickets(ticket_type_id=ticket_type.pk, quantity=3)
    assert counters(ticket_type) == (0, 3, 0)
    assert hold_tickets(ticket_type_id=ticket_type.pk, quantity=2)
    assert not hold_tickets(ticket_type_id=ticket_type.pk, quantity=1)
    assert counters(ticket_type) == (2, 3, 2)


def test_the_capacity_of_the_event_holds_over_all_its_ticket_types() -> None:
    event = EventFactory(capacity=4)
    standard, premium = TicketTypeFactory.create_batch(2, event=event, quantity_total=3)

    assert hold_tickets(ticket_type_id=standard.pk, quantity=3)
    assert not hold_tickets(ticket_type_id=premium.pk, quantity=2)
    assert counters(premium) == (0, 0, 3)
    assert hold_tickets(ticket_type_id=premium.pk, quantity=1)


def test_an_unknown_ticket_type_has_nothing_to_hold() -> None:
    assert not hold_tickets(ticket_type_id=0, quantity=1)


def test_released_tickets_can_be_held_again() -> None:
    ticket_type = TicketTypeFactory(quantity_total=2, event=EventFactory(capacity=2))
    hold_tickets(ticket_type_id=ticket_type.pk, quantity=2)

    release_tickets(ticket_type_id=ticket_type.pk, quantity=2)

    assert counters(ticket_type) == (0, 0, 0)
    assert hold_tickets(ticket_type_id=ticket_type.pk, quantity=2)


def test_a_sale_turns_a_hold_into_sold_tickets_and_keeps_the_places() -> None:
    ticket_type = TicketTypeFactory()
    hold_tickets(ticket_type_id=ticket_type.pk, quantity=2)

    sell_tickets(ticket_type_id=ticket_type.pk, quantity=2)

    assert counters(ticket_type) == (0, 2, 2)


def test_returned_tickets_are_on_sale_again() -> None:
    ticket_type = TicketTypeFactory()
    hold_tickets(ticket_type_id=ticket_type.pk, quantity=2)
    sell_tickets(ticket_type_id=ticket_type.pk, quantity=2)

    return_tickets(ticket_type_id=ticket_type.pk, quantity=1)

    assert counters(ticket_type) == (0, 1, 1)


@pytest.mark.parametrize("move", [release_tickets, sell_tickets, return_tickets])
def test_what_was_never_taken_cannot_be_given_back_or_sold(move) -> None:
    ticket_type = TicketTypeFactory()

    with pytest.raises(IntegrityError):
        move(ticket_type_id=ticket_type.pk, quantity=1)

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import NotFound
from delux.events.models import Event, EventAttendee
from delux.events.services import admission
from delux.events.services.transfers import accept_offer, offer_ticket
from delux.events.tests.factories import EventAttendeeFactory
from delux.orders.models import Order
from delux.payments.models import Payment, Refund, RefundLine
from delux.payments.selectors.returns import Way, list_requests_of_order, look_at_return
from delux.payments.services import returns
from delux.payments.services.refunds import refund_order
from delux.payments.services.returns import (
    RefundByAsking,
    RefundNotPossible,
    RefundRequestClosed,
    grant_request,
    withdraw_request,
)
from delux.payments.tests.returning import ask, decide, give_back, look, passed_on, tickets, told, use
from delux.testing import all_at_once

pytestmark = pytest.mark.django_db


def test_the_very_ticket_goes_back_and_the_others_of_its_line_stay_good() -> None:
    first, middle, last = tickets(3)

    what, refund = give_back(middle)

    statuses = EventAttendee.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["paid", "refunded", "paid"]
    assert refund
    assert (refund.amount, what.amount, refund.requested_by) == (Decimal(5000), Decimal(5000), middle.user)
    line = RefundLine.objects.get()
    assert (line.order_item_id, line.quantity) == (middle.order_item_id, 1)
    kind = first.ticket_type
    kind.refresh_from_db()
    kind.event.refresh_from_db()
    assert (kind.quantity_sold, kind.event.places_taken) == (2, 2)
    assert Order.objects.get().status == Order.Status.PAID
    use(last)


def test_the_last_ticket_given_back_refunds_the_order_and_never_more_than_was_paid() -> None:
    for ticket in tickets(2):
        give_back(ticket)

    assert Order.objects.get().status == Order.Status.REFUNDED
    payment = Payment.objects.get()
    assert payment.refunded_amount == payment.amount


def test_the_rule_ends_so_many_hours_before_the_start() -> None:
    [ticket] = tickets(hours=24)
    last_moment = ticket.ticket_type.event.start_datetime - timedelta(hours=24)

    assert look(ticket, at=last_moment - timedelta(seconds=1)).way == Way.NOW
    assert look(ticket, at=last_moment).way == Way.ASK
    with pytest.raises(RefundByAsking):
        give_back(ticket, at=last_moment)

    assert look(ticket).until == last_moment
    assert not Refund.objects.exists()


def test_without_a_rule_the_organizer_is_asked() -> None:
    [ticket] = tickets(hours=None)

    seen = look(ticket)

    assert (seen.way, seen.until, seen.amount) == (Way.ASK, None, Decimal(5000))
    with pytest.raises(RefundByAsking):
        give_back(ticket)


def test_a_free_ticket_is_handed_back_until_the_start_whatever_the_rule() -> None:
    [ticket] = tickets(hours=None, price=0)
    start = ticket.ticket_type.event.start_datetime

    what, refund = give_back(ticket, at=start - timedelta(minutes=1))

    assert (what.amount, refund) == (Decimal(0), None)
    ticket.refresh_from_db()
    ticket.ticket_type.refresh_from_db()
    assert (ticket.status, ticket.ticket_type.quantity_sold) == ("refunded", 0)
    assert Order.objects.get().status == Order.Status.REFUNDED


def test_a_used_ticket_stays_used() -> None:
    [ticket] = tickets()
    use(ticket)

    assert look(ticket).way == Way.NONE
    for act in (give_back, ask):
        with pytest.raises(admission.AlreadyCheckedIn):
            act(ticket)
    assert not Refund.objects.exists()


def test_a_ticket_of_a_canceled_event_goes_back_by_itself_alone() -> None:
    [ticket] = tickets()
    Event.objects.update(status="canceled", canceled_at=timezone.now())

    assert look(ticket).way == Way.NONE
    for act in (give_back, ask):
        with pytest.raises(admission.TicketCanceled):
            act(ticket)


def test_what_was_given_back_is_given_back_once() -> None:
    [ticket, _] = tickets(2)
    give_back(ticket)

    with pytest.raises(admission.TicketRefunded):
        give_back(ticket)

    assert Payment.objects.get().refunded_amount == Decimal(5000)


def test_a_guests_ticket_that_nobody_bought_cannot_be_given_back() -> None:
    guest = EventAttendeeFactory(ticket_type__event__refund_until_hours=0)

    assert look(guest).way == Way.NONE
    with pytest.raises(RefundNotPossible):
        give_back(guest)


def test_anothers_ticket_is_not_there() -> None:
    [ticket] = tickets()
    stranger = {"holder": UserFactory()}

    for act in (give_back, ask):
        with pytest.raises(NotFound):
            act(ticket, **stranger)
    with pytest.raises(NotFound):
        look_at_return(**stranger, ticket_id=ticket.pk, at=timezone.now())
    with pytest.raises(NotFound):
        withdraw_request(**stranger, ticket_id=ticket.pk, at=timezone.now())


def test_looking_costs_three_queries(django_assert_num_queries) -> None:
    [ticket] = tickets()
    holder = ticket.user

    with django_assert_num_queries(3):  # the ticket, its line, what was asked
        look_at_return(holder=holder, ticket_id=ticket.pk, at=timezone.now())


# --- Passed on


def test_who_holds_a_ticket_gives_it_back_and_who_paid_gets_the_money() -> None:
    [ticket] = tickets()
    buyer = ticket.user
    held = passed_on(ticket)

    with pytest.raises(NotFound):
        give_back(ticket, holder=buyer)
    what, refund = give_back(held)

    assert refund
    assert (what.is_payer, refund.payment.payer, refund.requested_by) == (False, buyer, held.user)
    assert refund.reason
    assert Payment.objects.get().refunded_amount == Decimal(5000)
    assert not told("ticket_voided")


def test_a_refund_by_the_organizer_takes_first_what_the_buyer_still_holds_and_tells_other_holders() -> None:
    first, second = tickets(2)
    held = passed_on(second)

    def refund_one() -> None:
        refund_order(
            order=Order.objects.get(),
            organizer=first.ticket_type.event.organizer,
            lines={first.order_item_id: 1},
            shipping=False,
            reason="",
            requested_by=first.ticket_type.event.organizer.user,
            at=timezone.now(),
        )

    refund_one()
    assert set(EventAttendee.objects.values_list("pk", "status")) == {
        (first.pk, "refunded"),
        (second.pk, "paid"),
    }
    assert not told("ticket_voided")
    refund_one()

    held.refresh_from_db()
    assert held.status == "refunded"
    assert [message.user for message in told("ticket_voided")] == [held.user]


def test_what_was_asked_before_a_ticket_was_passed_on_is_nobodys_question() -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)
    held = passed_on(ticket)

    assert not list_requests_of_order(organizer=request.organizer, order_id=Order.objects.get().pk)
    with pytest.raises(RefundRequestClosed):
        grant_request(**decide(request))

    again = ask(held)
    request.refresh_from_db()
    assert (request.status, again.status) == ("withdrawn", "open")
    assert grant_request(**decide(again))
    assert [message.body.count("5") for message in told("refund_granted")] == [0]


@pytest.mark.parametrize("_again", range(3))
@pytest.mark.django_db(transaction=True)
def test_of_taking_and_giving_back_one_wins(_again) -> None:
    [ticket] = tickets()
    buyer, taker = ticket.user, UserFactory(email_verified_at=timezone.now())
    made = offer_ticket(giver=buyer, ticket_id=ticket.pk, email=taker.email, at=timezone.now())

    ends = all_at_once(
        [lambda: str(accept_offer(taker=taker, offer_id=made.pk, name="B", at=timezone.now()))] * 3
        + [lambda: str(give_back(ticket).refund is not None)] * 3
    )

    ticket.refresh_from_db()
    assert (ticket.user == taker) == (ends.get(str(ticket.pk), 0) > 0) == (ends.get("True", 0) == 0), ends
    assert (ticket.status == "refunded") == (Refund.objects.count() == 1) == (ticket.user == buyer)


# --- Many at once


@pytest.mark.django_db(transaction=True)
def test_one_ticket_given_back_by_many_at_once_goes_back_once() -> None:
    ticket, *_ = tickets(4)

    ends = all_at_once([lambda: str(give_back(ticket).refund is not None)] * 16)

    assert ends == {"True": 1, "TicketRefunded": 15}
    assert Refund.objects.count() == 1
    assert Payment.objects.get().refunded_amount == Decimal(5000)
    assert EventAttendee.objects.filter(status="refunded").get() == ticket


@pytest.mark.django_db(transaction=True)
def test_without_naming_the_ticket_many_at_once_would_give_back_several(monkeypatch) -> None:
    """The negative control of the test above: by quantity each of them finds one more ticket of the line."""
    ticket, *_ = tickets(4)
    real = refund_order
    monkeypatch.setattr(returns, "refund_order", lambda **wish: real(**wish | {"ticket": None}))
    seen = look(ticket)
    monkeypatch.setattr(returns, "look_at_return", lambda **_: seen)

    all_at_once([lambda: str(give_back(ticket).refund is not None)] * 4)

    assert Refund.objects.count() > 1

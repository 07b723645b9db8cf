from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import NotFound
from delux.events.services import admission
from delux.events.tests.factories import TicketTypeFactory
from delux.orders.models import Order
from delux.payments.models import Refund, RefundRequest
from delux.payments.selectors.returns import Way, list_requests_of_order
from delux.payments.services import returns
from delux.payments.services.refunds import refund_order
from delux.payments.services.returns import (
    RefundAskedAlready,
    RefundAtOnce,
    RefundNotPossible,
    RefundRequestClosed,
    decline_request,
    grant_request,
    withdraw_request,
)
from delux.payments.tests.returning import ask, decide, look, tickets, told, use
from delux.testing import all_at_once

pytestmark = pytest.mark.django_db


def test_what_is_asked_reaches_the_organizer_and_is_asked_once() -> None:
    [ticket] = tickets(hours=None)

    request = ask(ticket)

    assert look(ticket).way == Way.ASKED
    with pytest.raises(RefundAskedAlready):
        ask(ticket)
    [message] = told("seller_refund_asked")
    assert message.user == request.organizer.user
    assert "I broke my ankle" in message.body
    assert list(list_requests_of_order(organizer=request.organizer, order_id=Order.objects.get().pk)) == [
        request
    ]


def test_what_the_rule_allows_needs_no_asking() -> None:
    [ticket] = tickets()

    with pytest.raises(RefundAtOnce):
        ask(ticket)


def test_granting_takes_back_the_very_ticket_and_tells_whoever_asked() -> None:
    first, second = tickets(2, hours=None)
    request = ask(first)

    refund = grant_request(**decide(request))

    request.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert refund
    assert (refund.amount, request.status, request.decided_by) == (
        Decimal(5000),
        "granted",
        request.organizer.user,
    )
    assert (first.status, second.status) == ("refunded", "paid")
    assert [message.user for message in told("refund_granted")] == [first.user]


def test_declining_says_why_and_leaves_the_ticket_good() -> None:
    [ticket] = tickets(hours=None)
    UserFactory._meta.model.objects.filter(pk=ticket.user_id).update(language="en")
    request = ask(ticket)

    decline_request(**decide(request), answer="The packs are printed")

    [message] = told("refund_declined")
    assert "The packs are printed" in message.body
    assert look(ticket).request.answer == "The packs are printed"
    with pytest.raises(RefundRequestClosed):
        grant_request(**decide(request))
    use(ticket)
    assert not Refund.objects.exists()


def test_a_free_ticket_is_asked_about_after_the_start_and_granted_without_money() -> None:
    [ticket] = tickets(hours=None, price=0)
    request = ask(ticket, at=ticket.ticket_type.event.start_datetime)

    assert grant_request(**decide(request)) is None

    assert len(told("refund_granted")) == len(told("seller_refund_asked")) == 1


def test_an_organizer_is_asked_three_times_and_no_more() -> None:
    [ticket] = tickets(hours=None)
    for _ in range(3):
        decline_request(**decide(ask(ticket)), answer="No")

    assert look(ticket).way == Way.NONE
    with pytest.raises(RefundNotPossible):
        ask(ticket)


def test_an_event_long_over_is_not_asked_about() -> None:
    [ticket] = tickets(hours=None)
    late = ticket.ticket_type.event.end_datetime + timedelta(days=14)

    with pytest.raises(RefundNotPossible):
        ask(ticket, at=late)

    assert ask(ticket, at=late - timedelta(minutes=1)).status == "open"


def test_a_request_taken_back_is_no_longer_answered() -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)

    withdraw_request(holder=ticket.user, ticket_id=ticket.pk, at=timezone.now())

    with pytest.raises(RefundRequestClosed):
        grant_request(**decide(request))
    with pytest.raises(RefundRequestClosed):
        decline_request(**decide(request), answer="No")
    assert look(ticket).way == Way.ASK
    assert not list_requests_of_order(organizer=request.organizer, order_id=Order.objects.get().pk)


def test_a_request_for_a_ticket_used_meanwhile_is_not_granted() -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)
    use(ticket)

    with pytest.raises(admission.AlreadyCheckedIn):
        grant_request(**decide(request))

    assert not Refund.objects.exists()
    assert not list_requests_of_order(organizer=request.organizer, order_id=Order.objects.get().pk)


def test_another_organizer_answers_nothing() -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)
    other = TicketTypeFactory().event.organizer

    for answer in (grant_request, lambda **who: decline_request(**who, answer="No")):
        with pytest.raises(NotFound):
            answer(**decide(request) | {"organizer": other})


def test_a_refund_by_quantity_takes_the_ticket_its_holder_asked_about() -> None:
    first, *_ = tickets(3, hours=None)
    request = ask(first)

    refund_order(
        order=Order.objects.get(),
        organizer=request.organizer,
        lines={first.order_item_id: 1},
        shipping=False,
        reason="",
        requested_by=request.organizer.user,
        at=timezone.now(),
    )

    request.refresh_from_db()
    first.refresh_from_db()
    assert (first.status, request.status) == ("refunded", "granted")


def test_the_database_takes_one_open_request_a_ticket() -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)

    with pytest.raises(IntegrityError), transaction.atomic():
        RefundRequest.objects.create(
            ticket=ticket, organizer=request.organizer, asked_by=ticket.user, reason="Again"
        )


def test_a_request_declined_while_it_is_granted_undoes_the_refund(monkeypatch) -> None:
    [ticket] = tickets(hours=None)
    request, refund = ask(ticket), returns._refund

    def refund_after_another_declined(*args, **how) -> Refund | None:
        decline_request(**decide(request), answer="No")
        return refund(*args, **how)

    monkeypatch.setattr(returns, "_refund", refund_after_another_declined)
    with pytest.raises(RefundRequestClosed):
        grant_request(**decide(request))

    ticket.refresh_from_db()
    assert (ticket.status, Refund.objects.count()) == ("paid", 0)


# --- Many at once


@pytest.mark.django_db(transaction=True)
def test_asking_many_times_at_once_asks_once() -> None:
    [ticket] = tickets(hours=None)

    ends = all_at_once([lambda: ask(ticket).status] * 12)

    assert ends == {"open": 1, "RefundAskedAlready": 11}
    assert len(told("seller_refund_asked")) == 1


@pytest.mark.parametrize("_again", range(3))
@pytest.mark.django_db(transaction=True)
def test_of_granting_declining_and_the_door_one_wins_and_money_goes_back_at_most_once(_again) -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)
    wish = decide(request)

    all_at_once(
        [lambda: str(grant_request(**wish))] * 4
        + [lambda: decline_request(**wish, answer="No").status] * 4
        + [lambda: use(ticket)]
    )

    ticket.refresh_from_db()
    request.refresh_from_db()
    sent = Refund.objects.count()
    assert sent <= 1
    assert (ticket.status == "refunded") == (request.status == "granted") == (sent == 1)

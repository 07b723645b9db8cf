from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import NotFound
from delux.events.models import Event, EventAttendee
from delux.events.services import admission
from delux.events.services.transfers import accept_offer, offer_ticket
from delux.events.tests.factories import EventAttendeeFactory, TicketTypeFactory
from delux.notifications.models import Notification
from delux.orders.models import Order
from delux.payments.models import Payment, Refund, RefundLine, RefundRequest
from delux.payments.selectors.returns import Way, list_requests_of_order, look_at_return
from delux.payments.services import returns
from delux.payments.services.refunds import refund_order
from delux.payments.services.returns import (
    RefundAskedAlready,
    RefundAtOnce,
    RefundByAsking,
    RefundNotPossible,
    RefundRequestClosed,
    ask_for_refund,
    decline_request,
    grant_request,
    return_ticket,
    withdraw_request,
)
from delux.payments.tests.crowd import all_at_once
from delux.payments.tests.factories import paid, placed

pytestmark = pytest.mark.django_db


def tickets(quantity: int = 1, *, hours: int | None = 24, price: int = 5000) -> list[EventAttendee]:
    """Paid tickets of one line; their event starts in a month and takes them back until ``hours`` before."""
    kind = TicketTypeFactory(price=price, event__refund_until_hours=hours)
    buy = paid if price else placed
    order = buy((kind, quantity))
    return list(EventAttendee.objects.filter(order_item__order=order).order_by("pk"))


def look(ticket: EventAttendee, **when):
    return look_at_return(holder=ticket.user, ticket_id=ticket.pk, at=when.get("at", timezone.now()))


def give_back(ticket: EventAttendee, **changed):
    return return_ticket(**{"holder": ticket.user, "ticket_id": ticket.pk, "at": timezone.now()} | changed)


def ask(ticket: EventAttendee, reason: str = "I broke my ankle", **changed) -> RefundRequest:
    wish = {"holder": ticket.user, "ticket_id": ticket.pk, "reason": reason, "at": timezone.now()}
    return ask_for_refund(**wish | changed)


def decide(request: RefundRequest) -> dict:
    return {
        "organizer": request.organizer,
        "request_id": request.pk,
        "by": request.organizer.user,
        "at": timezone.now(),
    }


def use(ticket: EventAttendee) -> None:
    organizer = ticket.ticket_type.event.organizer
    admission.check_in(organizer=organizer, code=ticket.qr_code, by=organizer.user, at=timezone.now())


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind))


# --- Within the rule


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


def passed_on(ticket: EventAttendee) -> EventAttendee:
    taker = UserFactory(email_verified_at=timezone.now())
    made = offer_ticket(giver=ticket.user, ticket_id=ticket.pk, email=taker.email, at=timezone.now())
    accept_offer(taker=taker, offer_id=made.pk, name="Bolat", at=timezone.now())
    return EventAttendee.objects.select_related("user").get(pk=ticket.pk)


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

    ends = ends_of(
        [lambda: str(accept_offer(taker=taker, offer_id=made.pk, name="B", at=timezone.now()))] * 3
        + [lambda: str(give_back(ticket).refund is not None)] * 3
    )

    ticket.refresh_from_db()
    assert (ticket.user == taker) == (ends.get(str(ticket.pk), 0) > 0) == (ends.get("True", 0) == 0), ends
    assert (ticket.status == "refunded") == (Refund.objects.count() == 1) == (ticket.user == buyer)


# --- By asking


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


# --- Many at once


def ends_of(acts) -> dict[str, int]:
    return dict(all_at_once(acts))


@pytest.mark.django_db(transaction=True)
def test_one_ticket_given_back_by_many_at_once_goes_back_once() -> None:
    ticket, *_ = tickets(4)

    ends = ends_of([lambda: str(give_back(ticket).refund is not None)] * 16)

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

    ends_of([lambda: str(give_back(ticket).refund is not None)] * 4)

    assert Refund.objects.count() > 1


@pytest.mark.django_db(transaction=True)
def test_asking_many_times_at_once_asks_once() -> None:
    [ticket] = tickets(hours=None)

    ends = ends_of([lambda: ask(ticket).status] * 12)

    assert ends == {"open": 1, "RefundAskedAlready": 11}
    assert len(told("seller_refund_asked")) == 1


@pytest.mark.parametrize("_again", range(3))
@pytest.mark.django_db(transaction=True)
def test_of_granting_declining_and_the_door_one_wins_and_money_goes_back_at_most_once(_again) -> None:
    [ticket] = tickets(hours=None)
    request = ask(ticket)
    wish = decide(request)

    ends_of(
        [lambda: str(grant_request(**wish))] * 4
        + [lambda: decline_request(**wish, answer="No").status] * 4
        + [lambda: use(ticket)]
    )

    ticket.refresh_from_db()
    request.refresh_from_db()
    sent = Refund.objects.count()
    assert sent <= 1
    assert (ticket.status == "refunded") == (request.status == "granted") == (sent == 1)

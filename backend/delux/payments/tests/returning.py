"""Tickets to give back, and the steps of giving them back, as their holders and organizers take them."""

from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.events.models import EventAttendee
from delux.events.services import admission
from delux.events.services.transfers import accept_offer, offer_ticket
from delux.events.tests.factories import TicketTypeFactory
from delux.notifications.models import Notification
from delux.payments.models import RefundRequest
from delux.payments.selectors.returns import look_at_return
from delux.payments.services.returns import (
    ask_for_refund,
    return_ticket,
)
from delux.payments.tests.factories import paid, placed


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


def passed_on(ticket: EventAttendee) -> EventAttendee:
    taker = UserFactory(email_verified_at=timezone.now())
    made = offer_ticket(giver=ticket.user, ticket_id=ticket.pk, email=taker.email, at=timezone.now())
    accept_offer(taker=taker, offer_id=made.pk, name="Bolat", at=timezone.now())
    return EventAttendee.objects.select_related("user").get(pk=ticket.pk)

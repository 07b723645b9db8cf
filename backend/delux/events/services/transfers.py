"""A holder gives a ticket to somebody else, named by e-mail; it is theirs once they take it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.accounts.selectors.people import get_by_email
from delux.core.errors import Conflict, Invalid, NotFound
from delux.events.models import Event, EventAttendee, TicketTransfer
from delux.events.selectors.transfers import list_lapsed_offers, offers_to
from delux.events.services.admission import TicketCanceled, refusal_of
from delux.events.services.ticket_codes import new_code
from delux.notifications.kinds import Kind
from delux.notifications.services.invite import invite
from delux.notifications.services.notify import notify

GOOD_FOR = timedelta(days=7)
BATCH = 200

Status = TicketTransfer.Status


class EventOver(Conflict):
    code = "event_over"
    title = _("The event is over")


class OfferedAlready(Conflict):
    code = "ticket_offered_already"
    title = _("This ticket is offered to somebody already. Take that back first")


class OfferOver(Conflict):
    code = "ticket_offer_over"
    title = _("This offer is over: the ticket was taken, taken back, used or given back")


@transaction.atomic
def offer_ticket(*, giver: User, ticket_id: int, email: str, at: datetime) -> TicketTransfer:
    """Offer a ticket to whoever proves that ``email`` is theirs; they are told by mail.

    It stays the giver's, and admits, until it is taken. Nothing tells whether the e-mail has an account.

    :raises NotFound: not there, or another person's
    :raises Invalid: it is the giver's own e-mail
    :raises OfferedAlready: somebody else may take it at this moment
    :raises EventOver: there is nothing to come to any more
    :raises Conflict: used, given back or canceled, by the refusals of the door
    """
    email = email.lower()
    ticket = (
        EventAttendee.objects.held_by(giver)
        .select_related("ticket_type__event")
        # Whoever takes both rows takes the ticket first, then the offer.
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=ticket_id)
        .first()
    )
    if ticket is None:
        raise NotFound
    event = ticket.ticket_type.event
    if ticket.status != EventAttendee.Status.PAID:
        raise refusal_of(ticket)
    if event.status == Event.Status.CANCELED:
        raise TicketCanceled
    if event.end_datetime <= at:
        raise EventOver
    if email == giver.email:
        raise Invalid.field("email", _("The ticket is yours already."), code="own_email")
    TicketTransfer.objects.filter(ticket=ticket, status=Status.OFFERED, expires_at__lte=at).update(
        status=Status.EXPIRED, decided_at=at, updated_at=at
    )
    try:
        with transaction.atomic():
            offer = TicketTransfer.objects.create(
                ticket=ticket, giver=giver, email=email, expires_at=min(at + GOOD_FOR, event.end_datetime)
            )
    except IntegrityError:
        raise OfferedAlready from None
    _tell_of_offer(offer, giver)
    return offer


@transaction.atomic
def accept_offer(*, taker: User, offer_id: int, name: str, at: datetime) -> int:
    """Take an offered ticket: it changes hands, its code and its name; both are told. Return its id.

    The giver's code admits nobody from here on. Safe to repeat. Of this, taking the offer back, the door and
    a refund exactly one wins.

    :raises NotFound: not offered to an e-mail that ``taker`` has confirmed
    :raises OfferOver: too late
    """
    offer = offers_to(taker).select_related("ticket__ticket_type__event", "giver").filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    ticket = offer.ticket
    event = ticket.ticket_type.event
    if offer.status == Status.ACCEPTED and offer.taker_id == taker.pk:
        return ticket.pk
    if offer.expires_at <= at or event.status == Event.Status.CANCELED:
        raise OfferOver
    moved = EventAttendee.objects.filter(
        pk=ticket.pk, user=offer.giver_id, status=EventAttendee.Status.PAID
    ).update(user=taker, qr_code=new_code(event_id=event.pk), attendee_name=name, updated_at=at)
    taken = moved and TicketTransfer.objects.filter(pk=offer.pk, status=Status.OFFERED).update(
        status=Status.ACCEPTED, taker=taker, old_code=ticket.qr_code, decided_at=at, updated_at=at
    )
    if not taken:
        raise OfferOver
    told = {"event_title": event.title, "giver_name": _name_of(offer.giver), "taker_name": _name_of(taker)}
    notify(
        recipient=offer.giver,
        kind=Kind.TICKET_TAKEN,
        context=told,
        dedupe_key=f"ticket-taken:{offer.pk}",
    )
    notify(
        recipient=taker,
        kind=Kind.TICKET_RECEIVED,
        context=told | {"ticket_id": ticket.pk},
        dedupe_key=f"ticket-received:{offer.pk}",
    )
    return ticket.pk


@transaction.atomic
def withdraw_offer(*, giver: User, ticket_id: int, at: datetime) -> None:
    """Take an offer back before somebody took it; an account it was made to is told.

    :raises NotFound: the giver never offered this ticket
    :raises OfferOver: it was taken, declined or taken back
    """
    own = TicketTransfer.objects.filter(ticket=ticket_id, giver=giver).select_related(
        "ticket__ticket_type__event"
    )
    offer = own.order_by("-pk").first()
    if offer is None:
        raise NotFound
    _close(offer, Status.WITHDRAWN, at=at)
    if recipient := _account_of(offer.email):
        notify(
            recipient=recipient,
            kind=Kind.TICKET_OFFER_WITHDRAWN,
            context=_about(offer) | {"giver_name": _name_of(giver)},
            dedupe_key=f"ticket-offer-withdrawn:{offer.pk}",
        )


@transaction.atomic
def decline_offer(*, taker: User, offer_id: int, at: datetime) -> None:
    """Say no to an offered ticket; the giver is told.

    :raises NotFound: not offered to an e-mail that ``taker`` has confirmed
    :raises OfferOver: it was taken back or decided before
    """
    offer = offers_to(taker).select_related("ticket__ticket_type__event", "giver").filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    _close(offer, Status.DECLINED, at=at)
    _tell_giver(offer)


def expire_offers(*, at: datetime) -> int:
    """Close offers that nobody took in time or whose ticket went another way; return how many."""
    closed = 0
    for offer in list_lapsed_offers(at=at)[:BATCH]:
        with transaction.atomic():
            try:
                _close(offer, Status.EXPIRED, at=at)
            except OfferOver:
                continue
            closed += 1
            if offer.ticket.status == EventAttendee.Status.PAID:
                _tell_giver(offer)
    return closed


def _close(offer: TicketTransfer, status: str, *, at: datetime) -> None:
    open_ = TicketTransfer.objects.filter(pk=offer.pk, status=Status.OFFERED)
    if not open_.update(status=status, decided_at=at, updated_at=at):
        raise OfferOver


def _tell_of_offer(offer: TicketTransfer, giver: User) -> None:
    context, key = _about(offer) | {"giver_name": _name_of(giver)}, f"ticket-offered:{offer.pk}"
    if recipient := _account_of(offer.email):
        notify(recipient=recipient, kind=Kind.TICKET_OFFERED, context=context, dedupe_key=key)
    else:
        invite(
            email=offer.email,
            language=giver.language,
            kind=Kind.TICKET_OFFERED,
            context=context,
            dedupe_key=key,
        )


def _tell_giver(offer: TicketTransfer) -> None:
    notify(
        recipient=offer.giver,
        kind=Kind.TICKET_NOT_TAKEN,
        context=_about(offer) | {"email": offer.email, "ticket_id": offer.ticket_id},
        dedupe_key=f"ticket-not-taken:{offer.pk}",
    )


def _account_of(email: str) -> User | None:
    """Return whose e-mail it is, proven; whoever has merely claimed it is told nothing."""
    person = get_by_email(email)
    return person if person and person.is_active and person.email_verified_at else None


def _about(offer: TicketTransfer) -> dict[str, object]:
    return {"event_title": offer.ticket.ticket_type.event.title}


def _name_of(person: User) -> str:
    return person.called

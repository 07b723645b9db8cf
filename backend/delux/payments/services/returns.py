"""A holder gives one ticket back: at once within the event's rule, else by asking the organizer."""

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import Conflict, NotFound
from delux.events.models import Event, EventAttendee
from delux.events.services.admission import HeldTicket, TicketCanceled, refusal_of
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import notify
from delux.orders.models import OrderItem
from delux.payments.models import Refund, RefundRequest
from delux.payments.selectors.returns import TicketReturn, Way, get_request, look_at_return
from delux.payments.services.refunds import refund_order


class RefundByAsking(Conflict):
    code = "refund_by_asking"
    title = _("The time to give this ticket back by yourself is over. Ask the organizer")


class RefundAtOnce(Conflict):
    code = "refund_at_once"
    title = _("This ticket can be given back at once, there is nobody to ask")


class RefundAskedAlready(Conflict):
    code = "refund_asked_already"
    title = _("The organizer has been asked already and has not answered yet")


class RefundNotPossible(Conflict):
    code = "refund_not_possible"
    title = _("This ticket cannot be given back any more")


class RefundRequestClosed(Conflict):
    code = "refund_request_closed"
    title = _("This request was decided or taken back, or its ticket was used")


class Returned(NamedTuple):
    """What went back, and for it the refund that carries money, where there was any."""

    what: TicketReturn
    refund: Refund | None


@transaction.atomic
def return_ticket(*, holder: User, ticket_id: int, at: datetime) -> Returned:
    """Give a ticket back within the event's rule: it admits no more, its place is free, its money goes back.

    Of many at once one succeeds. The money goes to whoever paid, also where the ticket was passed on.

    :raises NotFound: not there, or another person's
    :raises RefundByAsking: the rule's time is over, or there is no rule
    :raises RefundNotPossible: nobody can be asked either
    :raises Conflict: used, given back or canceled, by the refusals of the door
    """
    what = look_at_return(holder=holder, ticket_id=ticket_id, at=at)
    if what.way in (Way.ASK, Way.ASKED):
        raise RefundByAsking
    if what.way != Way.NOW:
        raise _why_not(what)
    return Returned(what, _refund(what.ticket, by=holder, reason="", at=at))


@transaction.atomic
def ask_for_refund(*, holder: User, ticket_id: int, reason: str, at: datetime) -> RefundRequest:
    """Ask the organizer to take a ticket back; the organizer is told.

    :raises NotFound: not there, or another person's
    :raises RefundAtOnce: the rule allows it without asking
    :raises RefundAskedAlready: an answer is awaited
    :raises RefundNotPossible: asked too often, or the event is long over
    :raises Conflict: used, given back or canceled, by the refusals of the door
    """
    what = look_at_return(holder=holder, ticket_id=ticket_id, at=at)
    item = what.item
    if what.way == Way.NOW:
        raise RefundAtOnce
    if what.way == Way.ASKED:
        raise RefundAskedAlready
    if what.way != Way.ASK or item is None:
        raise _why_not(what)
    # What somebody asked who held the ticket before is nobody's question any more.
    RefundRequest.objects.filter(ticket=what.ticket, status=RefundRequest.Status.OPEN).exclude(
        asked_by=holder
    ).update(status=RefundRequest.Status.WITHDRAWN, decided_at=at, updated_at=at)
    try:
        with transaction.atomic():
            request = RefundRequest.objects.create(
                ticket=what.ticket, organizer=item.organizer, asked_by=holder, reason=reason
            )
    except IntegrityError:  # the same person asked in the same moment
        raise RefundAskedAlready from None
    notify(
        recipient=item.organizer.user,
        kind=Kind.SELLER_REFUND_ASKED,
        context=_told(what.ticket, item, reader=item.organizer.user)
        | {"holder_name": holder.called, "reason": reason},
        dedupe_key=f"seller-refund-asked:{request.pk}",
    )
    return request


def withdraw_request(*, holder: User, ticket_id: int, at: datetime) -> None:
    """Take back what a holder asked; nothing happens where nothing is asked (any more).

    :raises NotFound: the ticket is not there, or another person's
    """
    if not EventAttendee.objects.held_by(holder).filter(pk=ticket_id).exists():
        raise NotFound
    RefundRequest.objects.filter(ticket=ticket_id, asked_by=holder, status=RefundRequest.Status.OPEN).update(
        status=RefundRequest.Status.WITHDRAWN, decided_at=at, updated_at=at
    )


@transaction.atomic
def grant_request(*, organizer: OrganizerProfile, request_id: int, by: User, at: datetime) -> Refund | None:
    """Take back the very ticket that was asked about, and have its money sent; whoever asked is told.

    :raises NotFound: not there, or another organizer is asked
    :raises RefundRequestClosed: it was decided or taken back, or the ticket changed hands
    :raises Conflict: the ticket was used or is void, by the refusals of the door
    """
    request = get_request(organizer=organizer, request_id=request_id)
    ticket = request.ticket
    if request.status != RefundRequest.Status.OPEN or ticket.user_id != request.asked_by_id:
        raise RefundRequestClosed
    try:
        refund = _refund(ticket, by=by, reason=request.reason, at=at)
    except NotFound:  # it changed hands in this moment
        raise RefundRequestClosed from None
    # The refund grants what it makes true; a request declined or taken back meanwhile undoes the refund.
    granted = RefundRequest.objects.filter(pk=request.pk, status=RefundRequest.Status.GRANTED)
    if not granted.exists():
        raise RefundRequestClosed
    notify(
        recipient=request.asked_by,
        kind=Kind.REFUND_GRANTED,
        context=_told(ticket, _item_of(ticket), reader=request.asked_by),
        dedupe_key=f"refund-granted:{request.pk}",
    )
    return refund


@transaction.atomic
def decline_request(
    *, organizer: OrganizerProfile, request_id: int, answer: str, by: User, at: datetime
) -> RefundRequest:
    """Decline what was asked and say why; the ticket stays good, and whoever asked is told.

    :raises NotFound: not there, or another organizer is asked
    :raises RefundRequestClosed: it was decided or taken back
    """
    request = get_request(organizer=organizer, request_id=request_id)
    declined = RefundRequest.objects.filter(pk=request.pk, status=RefundRequest.Status.OPEN).update(
        status=RefundRequest.Status.DECLINED, answer=answer, decided_by=by, decided_at=at, updated_at=at
    )
    if not declined:
        raise RefundRequestClosed
    notify(
        recipient=request.asked_by,
        kind=Kind.REFUND_DECLINED,
        context=_told(request.ticket, _item_of(request.ticket), reader=request.asked_by)
        | {"organizer_name": organizer.display_name, "reason": answer},
        dedupe_key=f"refund-declined:{request.pk}",
    )
    return get_request(organizer=organizer, request_id=request_id)


def _refund(ticket: EventAttendee, *, by: User, reason: str, at: datetime) -> Refund | None:
    item = _item_of(ticket)
    payer = item.order.user
    if payer.pk != ticket.user_id:
        with translation.override(payer.language):
            reason = gettext("Whoever you gave the ticket to gave it back")
    return refund_order(
        order=item.order,
        organizer=item.organizer,
        lines={item.pk: 1},
        shipping=False,
        reason=reason,
        requested_by=by,
        at=at,
        ticket=HeldTicket(ticket.pk, ticket.user),
    )


def _item_of(ticket: EventAttendee) -> OrderItem:
    items = OrderItem.objects.select_related("order__user", "organizer__user")
    return items.get(pk=ticket.order_item_id or 0)


def _why_not(what: TicketReturn) -> Conflict:
    if what.ticket.status != EventAttendee.Status.PAID:
        return refusal_of(what.ticket)()
    if what.ticket.ticket_type.event.status == Event.Status.CANCELED:
        return TicketCanceled()
    return RefundNotPossible()


def _told(ticket: EventAttendee, item: OrderItem, *, reader: User) -> dict[str, object]:
    """Return what a message about a ticket needs; the sum is told to whoever paid and to the organizer."""
    knows_sum = reader.pk in (item.order.user_id, item.organizer.user_id)
    told: dict[str, object] = {
        "event_title": ticket.ticket_type.event.title,
        "ticket_id": ticket.pk,
        "order_id": item.order_id,
        "order_number": item.order.order_number,
    }
    if item.unit_price and knows_sum:
        told |= {"amount": str(item.unit_price), "currency": item.order.currency}
    return told

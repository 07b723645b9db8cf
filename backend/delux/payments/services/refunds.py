"""Giving back lines of an order, or all of it: what was bought returns, and so does its money."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby

import structlog
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import Conflict, DomainError, FieldProblem, Invalid
from delux.core.money import ZERO
from delux.core.queue import enqueue
from delux.events.models import EventAttendee
from delux.events.services.admission import HeldTicket
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import Message, notify_all
from delux.orders.models import Order, OrderItem
from delux.orders.services.refunding import give_back_items
from delux.payments.models import Payment, Refund, RefundLine, RefundRequest
from delux.payments.selectors.refunds import list_items_of_canceled_events, shipping_given_back
from delux.payments.services.sending_refunds import open_refund

log = structlog.get_logger(__name__)
CANCELED_EVENT_BATCH = 500


class NotRefundable(Conflict):
    code = "not_refundable"
    title = _("Only a paid order can be refunded")


class NothingToRefund(Conflict):
    code = "nothing_to_refund"
    title = _("Nothing is left to give back")


@dataclass(frozen=True)
class QuotedLine:
    item: OrderItem
    quantity: int
    amount: Decimal


@dataclass(frozen=True)
class RefundQuote:
    """What a refund would give back: lines, shipping by part (fulfilment id), and the sum."""

    currency: str
    lines: list[QuotedLine] = field(default_factory=list)
    shipping: dict[int, Decimal] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO) + sum(self.shipping.values(), ZERO)


def quote_refund(
    *, order: Order, organizer: OrganizerProfile | None, lines: dict[int, int] | None, shipping: bool
) -> RefundQuote:
    """Say what giving back ``lines`` (item id → quantity; None is all that is left) would return.

    An organizer gives back its own items and its own shipping only; None is Delux itself and means all.

    :raises NotRefundable: the order is not paid
    :raises NothingToRefund: all of it was given back before
    :raises Invalid: a line is not the organizer's, or asks for more than is left of it
    """
    if order.payment_status == Order.PaymentStatus.UNPAID:
        raise NotRefundable
    items = OrderItem.objects.filter(order=order)
    parts = order.fulfilments.all()
    if organizer is not None:
        items, parts = items.filter(organizer=organizer), parts.filter(organizer=organizer)
    own = {item.pk: item for item in items}
    if lines is None:
        lines = {item.pk: left for item in own.values() if (left := _left(item))}
    else:
        _check_lines(lines, own)
    quote = RefundQuote(
        currency=order.currency,
        lines=[
            QuotedLine(item=own[item_id], quantity=quantity, amount=own[item_id].unit_price * quantity)
            for item_id, quantity in lines.items()
        ],
    )
    if shipping:
        given = shipping_given_back(order_id=order.pk)
        quote.shipping.update(
            {part.pk: part.shipping for part in parts if part.shipping and part.pk not in given}
        )
    if not quote.lines and not quote.shipping:
        raise NothingToRefund
    return quote


@transaction.atomic
def refund_order(
    *,
    order: Order,
    organizer: OrganizerProfile | None,
    lines: dict[int, int] | None,
    shipping: bool,
    reason: str,
    requested_by: User | None,
    at: datetime,
    ticket: HeldTicket | None = None,
) -> Refund | None:
    """Give back ``lines`` of an order (see ``quote_refund``): stock, tickets, statuses, and their money.

    The provider is asked after this commits. Lines that cost nothing give back no money: the answer is None.
    ``ticket`` is the very one meant by one of its line; else those whose holders asked for it go first. What
    holders asked for and has come true is granted with it.

    :raises NotRefundable: the order is not paid
    :raises NothingToRefund: all of it was given back before
    :raises Invalid: a line is not the organizer's, or asks for more than is left of it
    :raises RefundExceedsPayment: it is more than is left of the payment
    :raises Conflict: ``ticket`` was used or is void
    """
    # Refunds of one payment pass here one by one, so each is quoted on what the one before left.
    payment = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("order", "payer")
        .filter(order=order, status=Payment.Status.SUCCEEDED)
        .first()
    )
    quote = quote_refund(order=order, organizer=organizer, lines=lines, shipping=shipping)
    refund = None
    if quote.amount:
        if payment is None:
            raise NotRefundable
        refund = open_refund(
            payment=payment,
            amount=quote.amount,
            organizer=organizer,
            reason=reason,
            requested_by=requested_by,
            at=at,
        )
        RefundLine.objects.bulk_create(
            [
                RefundLine(refund=refund, order_item=line.item, quantity=line.quantity, amount=line.amount)
                for line in quote.lines
            ]
            + [
                RefundLine(refund=refund, fulfilment_id=part_id, quantity=1, amount=amount)
                for part_id, amount in quote.shipping.items()
            ]
        )
    if quote.lines:
        of_lines = {"ticket__order_item__in": [line.item.pk for line in quote.lines]}
        asked = RefundRequest.objects.filter(status=RefundRequest.Status.OPEN)
        asked_for = list(asked.filter(**of_lines).values_list("ticket", flat=True))
        give_back_items(
            order_id=order.pk,
            organizer_id=organizer.pk if organizer else None,
            actor=requested_by,
            reason=reason,
            lines={line.item.pk: line.quantity for line in quote.lines},
            at=at,
            ticket=ticket,
            asked_for=asked_for,
        )
        if not (organizer is None and requested_by is None):  # a canceled event has told everybody itself
            _tell_other_holders(order, [line.item.pk for line in quote.lines], by=requested_by, at=at)
        if asked_for:
            void = EventAttendee.objects.filter(pk__in=asked_for, status=EventAttendee.Status.REFUNDED)
            # By the request's own columns: one that is declined in this moment stays so.
            asked.filter(ticket__in=list(void.values_list("pk", flat=True))).update(
                status=RefundRequest.Status.GRANTED, decided_at=at, decided_by=requested_by, updated_at=at
            )
    return refund


def _tell_other_holders(order: Order, item_ids: list[int], *, by: User | None, at: datetime) -> None:
    """Tell whoever was given a ticket of the order that it admits no more, unless they gave it back."""
    void = EventAttendee.objects.filter(
        order_item__in=item_ids, status=EventAttendee.Status.REFUNDED, voided_at=at
    ).exclude(user__in=[order.user_id, by.pk if by else order.user_id])
    notify_all(
        [
            Message(
                ticket.user,
                Kind.TICKET_VOIDED,
                {"event_title": ticket.ticket_type.event.title},
                f"ticket-voided:{ticket.pk}",
            )
            for ticket in void.select_related("user", "ticket_type__event")
        ]
    )


def refund_event(*, event_id: int) -> None:
    """Have every paid ticket of a canceled event refunded after commit, in batches.

    Nothing depends on this message: settling finds paid tickets of canceled events by itself.
    """
    enqueue("payments.refund_canceled_events", event_id=event_id)


def refund_canceled_events(*, at: datetime, event_id: int | None = None) -> int:
    """Refund a batch of paid tickets whose event was canceled; return how many orders it was.

    It begins again where a crash left it, as what was given back is no longer found. Tickets paid after the
    cancellation are found too.
    """
    items = list(list_items_of_canceled_events(event_id=event_id)[:CANCELED_EVENT_BATCH])
    refunded = 0
    for order, group in groupby(items, key=lambda item: item.order):
        with translation.override(order.user.language):
            reason = gettext("The event was canceled")
        try:
            refund_order(
                order=order,
                organizer=None,
                lines={item.pk: _left(item) for item in group},
                shipping=False,
                reason=reason,
                requested_by=None,
                at=at,
            )
            refunded += 1
        except DomainError as error:  # a refund by hand at the same moment; the next pass looks again
            log.warning("payments.event_refund_skipped", order=order.pk, code=error.code)
    return refunded


def _check_lines(lines: dict[int, int], own: dict[int, OrderItem]) -> None:
    problems = []
    for index, (item_id, quantity) in enumerate(lines.items()):
        item = own.get(item_id)
        if item is None:
            problems.append(
                FieldProblem(f"/lines/{index}/item_id", "unknown_item", _("There is no such line."))
            )
        elif not 1 <= quantity <= _left(item):
            left = _left(item)
            problems.append(
                FieldProblem(
                    f"/lines/{index}/quantity",
                    "more_than_left",
                    _("Only %(left)s of this line can still be given back.") % {"left": left},
                    {"left": left},
                )
            )
    if problems:
        raise Invalid(problems=problems)


def _left(item: OrderItem) -> int:
    return item.quantity - item.refunded_quantity

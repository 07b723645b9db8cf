"""How a holder may give a ticket back right now, and what came of asking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import QuerySet

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound
from delux.core.money import ZERO
from delux.events.models import Event, EventAttendee
from delux.events.selectors.tickets import get_ticket
from delux.orders.models import OrderItem
from delux.payments.models import RefundRequest

# An event that never took place is complained of afterwards.
ASK_AFTER_END = timedelta(days=14)
MOST_REQUESTS = 3


class Way(models.TextChoices):
    NOW = "now", "At once, without asking"
    ASK = "ask", "By asking the organizer"
    ASKED = "asked", "The organizer has been asked"
    NONE = "none", "Not at all"


@dataclass(frozen=True)
class TicketReturn:
    """What giving a ticket back would do. ``amount`` goes to whoever paid, the way it was paid."""

    ticket: EventAttendee
    item: OrderItem | None
    way: Way
    until: datetime | None
    amount: Decimal
    request: RefundRequest | None

    @property
    def is_payer(self) -> bool:
        return self.item is not None and self.item.order.user_id == self.ticket.user_id


def look_at_return(*, holder: User, ticket_id: int, at: datetime) -> TicketReturn:
    """Say how a holder may give a ticket back at ``at``, and what for.

    ``until`` is the last moment without asking. What cost nothing is given back until the start, whatever the
    event's rule: it only frees a place.

    :raises NotFound: not there, or another person's
    """
    ticket = get_ticket(holder=holder, ticket_id=ticket_id)
    event = ticket.ticket_type.event
    item = (
        OrderItem.objects.select_related("order__user", "organizer__user")
        .filter(pk=ticket.order_item_id or 0)
        .first()
    )
    amount = item.unit_price if item else ZERO
    until = event.refund_until if amount else event.start_datetime
    requests = list(RefundRequest.objects.filter(ticket=ticket, asked_by=holder).order_by("-pk"))
    latest = requests[0] if requests else None
    way = Way.NONE
    if item and ticket.status == EventAttendee.Status.PAID and event.status != Event.Status.CANCELED:
        if until and at < until:
            way = Way.NOW
        elif latest and latest.status == RefundRequest.Status.OPEN:
            way = Way.ASKED
        elif at < event.end_datetime + ASK_AFTER_END and len(requests) < MOST_REQUESTS:
            way = Way.ASK
    return TicketReturn(ticket=ticket, item=item, way=way, until=until, amount=amount, request=latest)


def get_request(*, organizer: OrganizerProfile, request_id: int) -> RefundRequest:
    """Return what an organizer is asked, with the ticket and who asked.

    :raises NotFound: not there, or another organizer is asked
    """
    request = _whole(RefundRequest.objects.visible_to(organizer)).filter(pk=request_id).first()
    if request is None:
        raise NotFound
    return request


def list_requests_of_order(*, organizer: OrganizerProfile, order_id: int) -> QuerySet[RefundRequest]:
    """Return what an organizer was asked about the tickets of an order: what awaits it, then the latest.

    What nobody waits for any more (the ticket was used, or is another person's) is left out.
    """
    requests = RefundRequest.objects.visible_to(organizer).filter(ticket__order_item__order=order_id)
    decided = requests.filter(status__in=[RefundRequest.Status.GRANTED, RefundRequest.Status.DECLINED])
    return _whole(requests.awaiting() | decided).order_by("-decided_at", "-pk")


def _whole(requests: QuerySet[RefundRequest]) -> QuerySet[RefundRequest]:
    return requests.select_related("asked_by", "ticket__ticket_type__event", "ticket__order_item__order")

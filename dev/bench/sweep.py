"""One pass of the sweeper over ten thousand orders that nobody paid: how long it takes. Prints JSON.

Runs with Django, on the crowd's own tickets.
"""

import json
import time
from datetime import timedelta

import django

import config  # noqa: F401  first, because the settings lean on it and it reads them

django.setup()

from django.conf import settings  # noqa: E402 Django is set up first
from django.db.models import F  # noqa: E402 Django is set up first
from django.utils import timezone  # noqa: E402 Django is set up first

from delux.accounts.models import User  # noqa: E402 Django is set up first
from delux.core.inserts import insert  # noqa: E402 Django is set up first
from delux.events.models import Event, TicketType  # noqa: E402 Django is set up first
from delux.orders.models import Fulfilment, ItemType, Order, OrderItem  # noqa: E402 Django is set up first
from delux.orders.services.cancelling import expire_orders  # noqa: E402 Django is set up first
from delux.orders.services.placing import new_order_number  # noqa: E402 Django is set up first

ORDERS = 10_000


def let_orders_lapse() -> None:
    """Store unpaid orders of one ticket each, with the stock they hold, whose time to pay is over."""
    tickets = list(TicketType.objects.filter(event__slug__startswith="bench-spread-").select_related("event"))
    people = list(
        User.objects.filter(organizer_profile=None).order_by("pk").values_list("pk", flat=True)[:800]
    )
    placed = timezone.now() - settings.ORDER_HOLD - timedelta(minutes=1)
    orders = insert(
        Order(
            order_number=new_order_number(),
            user_id=people[number % len(people)],
            market="KZ",
            status=Order.Status.PENDING_PAYMENT,
            subtotal=5000,
            total_amount=5000,
            currency="KZT",
            expires_at=placed + settings.ORDER_HOLD,
            created_at=placed,
        )
        for number in range(ORDERS)
    )
    wanted = [tickets[number % len(tickets)] for number in range(ORDERS)]
    insert(
        OrderItem(
            order=order,
            item_type=ItemType.TICKET,
            ticket_type=ticket,
            organizer_id=ticket.event.organizer_id,
            quantity=1,
            unit_price=5000,
            total_price=5000,
            title=ticket.name,
        )
        for order, ticket in zip(orders, wanted, strict=True)
    )
    insert(
        Fulfilment(
            order=order,
            organizer_id=ticket.event.organizer_id,
            has_gear=False,
            subtotal=5000,
            currency=order.currency,
        )
        for order, ticket in zip(orders, wanted, strict=True)
    )
    for ticket in tickets:
        held = wanted.count(ticket)
        TicketType.objects.filter(pk=ticket.pk).update(quantity_held=F("quantity_held") + held)
        Event.objects.filter(pk=ticket.event_id).update(places_taken=F("places_taken") + held)


def main() -> dict[str, float]:
    expire_orders(timezone.now())  # what the purchases before it left unpaid
    let_orders_lapse()
    began = time.monotonic()
    swept = expire_orders(timezone.now())
    return {"orders": swept, "seconds": round(time.monotonic() - began, 1)}


if __name__ == "__main__":
    print(json.dumps(main()))

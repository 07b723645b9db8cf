"""What an organizer sold: the one definition under every figure of the desk.

Sold is what was paid and not given back, at the price it was bought for, without shipping. An order counts
while something of it is kept, on the day the organizer's part was opened: the day of payment.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from delux.accounts.models import OrganizerProfile
from delux.core.markets import ZONE_OF, Market
from delux.core.money import ZERO, MoneyField
from delux.events.models import Event
from delux.orders.models import OrderItem

OPENED_AT = "part__opened_at"

_kept = F("quantity") - F("refunded_quantity")
_is_kept = Q(quantity__gt=F("refunded_quantity"))


def revenue() -> Sum:
    return Sum(F("unit_price") * _kept, default=ZERO, output_field=MoneyField())


def orders() -> Count:
    return Count("order_id", distinct=True, filter=_is_kept)


def pieces(item_type: str | None = None) -> Sum:
    return Sum(_kept, filter=Q(item_type=item_type) if item_type else None, default=0)


def last_sale() -> Max:
    return Max(OPENED_AT)


def zone_of(organizer: OrganizerProfile) -> ZoneInfo:
    """Return the time zone an organizer's days are counted in."""
    return ZoneInfo(ZONE_OF[Market(organizer.market)])


def start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def within(field: str, zone: ZoneInfo, date_from: date | None, date_to: date | None) -> Q:
    """Return the condition that ``field`` falls on one of the days, both ends included; None is open."""
    condition = Q()
    if date_from:
        condition &= Q(**{f"{field}__gte": start_of(date_from, zone)})
    if date_to:
        condition &= Q(**{f"{field}__lt": start_of(date_to + timedelta(days=1), zone)})
    return condition


def sold_items(
    organizer: OrganizerProfile, when: Q | None = None, *, event: Event | None = None
) -> QuerySet[OrderItem, Any]:
    """Return the lines of opened parts in the organizer's currency; ``when`` may narrow OPENED_AT.

    With ``event`` only the tickets to it.
    """
    opened = Q(**{f"{OPENED_AT}__isnull": False})
    items = OrderItem.objects.filter(ticket_type__event=event) if event else OrderItem.objects.all()
    return items.filter(
        opened & when if when else opened,
        organizer=organizer,
        part__organizer=organizer,
        part__currency=organizer.currency,
    ).order_by()

"""The organizer's first look of the day: what came in over a period, and what needs doing now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, Least, TruncDate

from delux.accounts.models import OrganizerProfile
from delux.core.images import image_urls
from delux.core.money import ZERO, MoneyField
from delux.crm.models import CrmTask, DailyViews
from delux.crm.selectors import sales
from delux.events.models import Event, EventAttendee, TicketType
from delux.market.models import ProductImage, Variant
from delux.market.selectors.products import LOW_STOCK
from delux.orders.models import Fulfilment, ItemType, OrderItem
from delux.payments.models import Refund, RefundLine

ROWS = 5
_FIGURES: dict[str, Any] = {
    "views": 0,
    "orders_placed": 0,
    "orders_paid": 0,
    "revenue": ZERO,
    "refunded": ZERO,
    "orders": 0,
    "tickets_sold": 0,
    "goods_sold": 0,
    "check_ins": 0,
}
_BESIDE_SALES = ("views", "orders_placed", "orders_paid", "refunded", "check_ins")


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def days(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def before(self) -> "Period":
        """Return the period of the same length that ends the day before this one begins."""
        last = self.first - timedelta(days=1)
        return Period(last - (self.last - self.first), last)


def get_dashboard(
    *, organizer: OrganizerProfile, period: Period, at: datetime, event: Event | None = None
) -> dict[str, Any]:
    """Return everything the dashboard shows; eight queries, whatever the period and the number of sales.

    With ``event`` (the organizer's own) the figures are of it alone; what needs doing stays whole.
    """
    by_day = _figures_by_day(organizer, Period(period.before().first, period.last), event)
    return (
        {
            "currency": organizer.currency,
            "timezone": str(sales.zone_of(organizer)),
            "totals": _totals(by_day, period),
            "previous": _totals(by_day, period.before()),
            "days": [{"date": day} | by_day.get(day, _FIGURES) for day in period.days()],
            "attendance": _attendance(organizer, period, at, event),
            "best_sellers": _best_sellers(organizer, period, event),
        }
        | _work(organizer, at)
        | _upcoming_events(organizer, at, event)
        | _low_stock(organizer)
    )


def _figures_by_day(
    organizer: OrganizerProfile, period: Period, event: Event | None
) -> dict[date, dict[str, Any]]:
    zone = sales.zone_of(organizer)
    by_day: dict[date, dict[str, Any]] = {}
    sold = (
        sales.sold_items(
            organizer, sales.within(sales.OPENED_AT, zone, period.first, period.last), event=event
        )
        .values(day=TruncDate(sales.OPENED_AT, tzinfo=zone))
        .annotate(
            revenue=sales.revenue(),
            orders=sales.orders(),
            tickets_sold=sales.pieces(ItemType.TICKET),
            goods_sold=sales.pieces(ItemType.PRODUCT),
        )
    )
    for takings in sold:
        by_day[takings["day"]] = _FIGURES | {
            name: value for name, value in takings.items() if name in _FIGURES
        }
    for row in _beside_sales(organizer, period, event):
        figures = by_day.setdefault(row["day"], dict(_FIGURES))
        for name in _BESIDE_SALES:
            figures[name] += row[name]
    return by_day


def _beside_sales(
    organizer: OrganizerProfile, period: Period, event: Event | None
) -> Iterable[dict[str, Any]]:
    """Return by day what is no sale: rows of four tables, each with zeros for what the others know.

    One query: each figure more costs the dashboard none.
    """
    zone = sales.zone_of(organizer)

    def within(field: str) -> Q:
        return sales.within(field, zone, period.first, period.last)

    views = DailyViews.objects.filter(
        organizer=organizer,
        day__range=(period.first, period.last),
        **({"event": event} if event else {}),
    ).values("day")
    entries = EventAttendee.objects.filter(
        within("checked_in_at"),
        ticket_type__event__organizer=organizer,
        **({"ticket_type__event": event} if event else {}),
    ).values(day=TruncDate("checked_in_at", tzinfo=zone))
    placed = Fulfilment.objects.filter(
        within("created_at"), organizer=organizer, currency=organizer.currency
    ).values(day=TruncDate("created_at", tzinfo=zone))
    refunds: QuerySet[Any, Any]
    if event:
        lines = OrderItem.objects.filter(ticket_type__event=event, organizer=organizer)
        placed = placed.filter(Exists(lines.filter(order=OuterRef("order"))))
        refunds = (
            RefundLine.objects.filter(
                within("refund__created_at"),
                order_item__ticket_type__event=event,
                refund__currency=organizer.currency,
            )
            .exclude(refund__status=Refund.Status.FAILED)
            .values(day=TruncDate("refund__created_at", tzinfo=zone))
        )
    else:
        refunds = (
            Refund.objects.filter(within("created_at"), organizer=organizer, currency=organizer.currency)
            .exclude(status=Refund.Status.FAILED)
            .values(day=TruncDate("created_at", tzinfo=zone))
        )
    return _only(views, views=Sum("count")).union(
        _only(entries, check_ins=Count("pk")),
        _only(
            placed,
            orders_placed=Count("pk"),
            orders_paid=Count("pk", filter=Q(opened_at__isnull=False)),
        ),
        _only(refunds, refunded=Sum("amount")),
        all=True,
    )


def _only(rows: QuerySet[Any, Any], **known: Any) -> QuerySet[Any, Any]:
    """Return ``rows``, which are grouped by day, with the figures they know and zeros for the others."""
    nothing: dict[str, Any] = {
        name: Value(0, output_field=BigIntegerField()) for name in _BESIDE_SALES if name != "refunded"
    }
    nothing["refunded"] = Value(ZERO, output_field=MoneyField())
    figures: QuerySet[Any, Any] = rows.order_by().annotate(**nothing | known)
    return figures


def _work(organizer: OrganizerProfile, at: datetime) -> dict[str, Any]:
    """Count what waits for a hand: parts with gear, and tasks."""
    parts = Fulfilment.objects.filter(opened_at__isnull=False, has_gear=True, status__in=["open", "packed"])
    tasks = CrmTask.objects.exclude(status=CrmTask.Status.DONE)

    def number(rows: QuerySet[Any]) -> Coalesce:
        counted = rows.filter(organizer=OuterRef("pk")).order_by().values("organizer").annotate(n=Count("pk"))
        return Coalesce(Subquery(counted.values("n")), 0)

    found = OrganizerProfile.objects.filter(pk=organizer.pk).values_list(
        number(parts), number(tasks), number(tasks.filter(due_at__lt=at))
    )
    to_fulfil, to_do, overdue = found.get()
    return {"parts_to_fulfil": to_fulfil, "tasks": {"open": to_do, "overdue": overdue}}


def _attendance(
    organizer: OrganizerProfile, period: Period, at: datetime, event: Event | None
) -> dict[str, int]:
    """Count valid tickets to events that began in the period, and how many of them were used."""
    zone = sales.zone_of(organizer)
    return EventAttendee.objects.filter(
        sales.within("ticket_type__event__start_datetime", zone, period.first, period.last),
        ticket_type__event__organizer=organizer,
        ticket_type__event__start_datetime__lte=at,
        status__in=[EventAttendee.Status.PAID, EventAttendee.Status.CHECKED_IN],
        **({"ticket_type__event": event} if event else {}),
    ).aggregate(tickets=Count("pk"), came=Count("pk", filter=Q(status=EventAttendee.Status.CHECKED_IN)))


def _totals(by_day: dict[date, dict[str, Any]], period: Period) -> dict[str, Any]:
    days = [by_day[day] for day in period.days() if day in by_day]
    return {"date_from": period.first, "date_to": period.last} | {
        name: sum((day[name] for day in days), zero) for name, zero in _FIGURES.items()
    }


def _best_sellers(organizer: OrganizerProfile, period: Period, event: Event | None) -> list[dict[str, Any]]:
    """Return what brought in most: events and products, or the kinds of ticket of one event.

    Summed by what a line names and put together here: joining events and products to each line sold cost
    more than everything else on the dashboard.
    """
    when = sales.within(sales.OPENED_AT, sales.zone_of(organizer), period.first, period.last)
    sold = {
        (row["ticket_type_id"], row["variant_id"]): row
        for row in sales.sold_items(organizer, when, event=event)
        .values("ticket_type_id", "variant_id")
        .annotate(revenue=sales.revenue(), quantity=sales.pieces())
        .filter(quantity__gt=0)
    }
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for ticket_type, variant, name, *thing in _things_sold(sold):
        row = sold[ticket_type, variant]
        key = (*thing, name if event else "")
        total = best.setdefault(key, {"quantity": 0, "revenue": ZERO})
        total["quantity"] += row["quantity"]
        total["revenue"] += row["revenue"]
    ranked = sorted(best.items(), key=lambda found: (-found[1]["revenue"], -found[1]["quantity"], found[0]))
    return [
        {
            "item_type": item_type,
            "id": pk,
            "slug": slug,
            "title": name or title,
            "image": image_urls(picture),
        }
        | total
        for (item_type, pk, slug, title, picture, name), total in ranked[:ROWS]
    ]


def _things_sold(keys: Iterable[tuple[int | None, int | None]]) -> Iterable[tuple[Any, ...]]:
    """Return ticket type, variant, ticket's name, then type, id, slug, title and picture of what it is of."""
    ticket_types, variants = zip(*keys, strict=True) if keys else ((), ())
    nothing = Value(None, output_field=BigIntegerField())
    picture = ProductImage.objects.filter(product=OuterRef("product"), is_main=True).values("image")
    tickets = TicketType.objects.filter(pk__in=[pk for pk in ticket_types if pk]).values_list(
        "pk",
        nothing,
        "name",
        Value("ticket"),
        "event_id",
        "event__slug",
        "event__title",
        "event__cover_image",
    )
    gear = Variant.objects.filter(pk__in=[pk for pk in variants if pk]).values_list(
        nothing,
        "pk",
        Value(""),
        Value("product"),
        "product_id",
        "product__slug",
        "product__title",
        Coalesce(Subquery(picture), Value("")),
    )
    return tickets.order_by().union(gear.order_by(), all=True)


def _upcoming_events(organizer: OrganizerProfile, at: datetime, event: Event | None) -> dict[str, Any]:
    """The next published events with tickets sold and left, and what is left over all that are not over."""
    taken = F("ticket_types__quantity_sold") + F("ticket_types__quantity_held")
    rows = list(
        Event.objects.filter(
            organizer=organizer,
            status=Event.Status.PUBLISHED,
            end_datetime__gt=at,
            **({"pk": event.pk} if event else {}),
        )
        .alias(types_left=Sum(F("ticket_types__quantity_total") - taken, default=0))
        .annotate(
            tickets_sold=Sum("ticket_types__quantity_sold", default=0),
            # LEAST ignores the NULL of an event without a capacity.
            tickets_left=Least(F("types_left"), F("capacity") - F("places_taken")),
        )
        # By hand: Django takes no aggregate into a window.
        .annotate(
            all_left=Func(
                "tickets_left", template="SUM(%(expressions)s) OVER ()", output_field=IntegerField()
            )
        )
        .order_by("start_datetime", "pk")
        .values(
            "id", "slug", "title", "start_datetime", "timezone", "tickets_sold", "tickets_left", "all_left"
        )[:ROWS]
    )
    return {
        "tickets_left": rows[0]["all_left"] if rows else 0,
        "upcoming_events": [
            {name: value for name, value in row.items() if name != "all_left"} for row in rows
        ],
    }


def _low_stock(organizer: OrganizerProfile) -> dict[str, Any]:
    rows = list(
        Variant.objects.filter(
            product__organizer=organizer,
            product__is_active=True,
            is_active=True,
            stock_quantity__lte=F("held_quantity") + LOW_STOCK,
        )
        .annotate(left=F("stock_quantity") - F("held_quantity"), count=Window(Count("*")))
        .order_by("left", "pk")
        .values("id", "product_id", "product__title", "sku_code", "size", "colour", "left", "count")[:ROWS]
    )
    return {
        "low_stock_count": rows[0]["count"] if rows else 0,
        "low_stock": [
            {"variant_id": row["id"], "title": row["product__title"]}
            | {name: row[name] for name in ("product_id", "sku_code", "size", "colour", "left")}
            for row in rows
        ],
    }

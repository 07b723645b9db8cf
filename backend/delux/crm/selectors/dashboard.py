"""The organizer's first look of the day: what came in over a period, and what needs doing now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Func, IntegerField, Max, Q, Sum, When, Window
from django.db.models.functions import Least, TruncDate

from delux.accounts.models import OrganizerProfile
from delux.core.images import image_urls
from delux.core.money import ZERO
from delux.crm.models import CrmTask
from delux.crm.selectors import sales
from delux.events.models import Event, EventAttendee
from delux.market.models import Variant
from delux.market.selectors.products import LOW_STOCK
from delux.orders.models import Fulfilment, ItemType
from delux.payments.models import Refund

ROWS = 5
_FIGURES: dict[str, Any] = {
    "revenue": ZERO,
    "refunded": ZERO,
    "orders": 0,
    "tickets_sold": 0,
    "goods_sold": 0,
    "check_ins": 0,
}


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


def get_dashboard(*, organizer: OrganizerProfile, period: Period, at: datetime) -> dict[str, Any]:
    """Return everything the dashboard shows; nine queries, whatever the period and the number of sales."""
    by_day = _figures_by_day(organizer, Period(period.before().first, period.last))
    return (
        {
            "currency": organizer.currency,
            "timezone": str(sales.zone_of(organizer)),
            "totals": _totals(by_day, period),
            "previous": _totals(by_day, period.before()),
            "days": [{"date": day} | by_day.get(day, _FIGURES) for day in period.days()],
            "attendance": _attendance(organizer, period, at),
            "best_sellers": _best_sellers(organizer, period),
            "parts_to_fulfil": Fulfilment.objects.filter(
                organizer=organizer, opened_at__isnull=False, has_gear=True, status__in=["open", "packed"]
            ).count(),
            "tasks": CrmTask.objects.filter(organizer=organizer)
            .exclude(status=CrmTask.Status.DONE)
            .aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at))),
        }
        | _upcoming_events(organizer, at)
        | _low_stock(organizer)
    )


def _figures_by_day(organizer: OrganizerProfile, period: Period) -> dict[date, dict[str, Any]]:
    zone = sales.zone_of(organizer)
    by_day: dict[date, dict[str, Any]] = {}
    sold = (
        sales.sold_items(organizer, sales.within(sales.OPENED_AT, zone, period.first, period.last))
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
    admitted = (
        EventAttendee.objects.filter(
            sales.within("checked_in_at", zone, period.first, period.last),
            ticket_type__event__organizer=organizer,
        )
        .order_by()
        .values(day=TruncDate("checked_in_at", tzinfo=zone))
        .annotate(check_ins=Count("pk"))
    )
    for entries in admitted:
        by_day.setdefault(entries["day"], dict(_FIGURES))["check_ins"] = entries["check_ins"]
    given_back = (
        Refund.objects.filter(
            sales.within("created_at", zone, period.first, period.last),
            organizer=organizer,
            currency=organizer.currency,
        )
        .exclude(status=Refund.Status.FAILED)
        .order_by()
        .values(day=TruncDate("created_at", tzinfo=zone))
        .annotate(refunded=Sum("amount"))
    )
    for refunds in given_back:
        by_day.setdefault(refunds["day"], dict(_FIGURES))["refunded"] = refunds["refunded"]
    return by_day


def _attendance(organizer: OrganizerProfile, period: Period, at: datetime) -> dict[str, int]:
    """Count valid tickets to events that began in the period, and how many of them were used."""
    zone = sales.zone_of(organizer)
    return EventAttendee.objects.filter(
        sales.within("ticket_type__event__start_datetime", zone, period.first, period.last),
        ticket_type__event__organizer=organizer,
        ticket_type__event__start_datetime__lte=at,
        status__in=[EventAttendee.Status.PAID, EventAttendee.Status.CHECKED_IN],
    ).aggregate(tickets=Count("pk"), came=Count("pk", filter=Q(status=EventAttendee.Status.CHECKED_IN)))


def _totals(by_day: dict[date, dict[str, Any]], period: Period) -> dict[str, Any]:
    days = [by_day[day] for day in period.days() if day in by_day]
    return {"date_from": period.first, "date_to": period.last} | {
        name: sum((day[name] for day in days), zero) for name, zero in _FIGURES.items()
    }


def _best_sellers(organizer: OrganizerProfile, period: Period) -> list[dict[str, Any]]:
    when = sales.within(sales.OPENED_AT, sales.zone_of(organizer), period.first, period.last)
    rows = (
        sales.sold_items(organizer, when)
        .values(
            "item_type",
            target=Case(When(item_type="ticket", then="ticket_type__event"), default="variant__product"),
        )
        .annotate(
            revenue=sales.revenue(),
            quantity=sales.pieces(),
            title=Max(
                Case(
                    When(item_type="ticket", then="ticket_type__event__title"),
                    default="variant__product__title",
                )
            ),
            slug=Max(
                Case(
                    When(item_type="ticket", then="ticket_type__event__slug"),
                    default="variant__product__slug",
                )
            ),
            picture=Max("image"),
        )
        .filter(quantity__gt=0)
        .order_by("-revenue", "-quantity", "target")[:ROWS]
    )
    return [
        {
            "item_type": row["item_type"],
            "id": row["target"],
            "slug": row["slug"],
            "title": row["title"],
            "image": image_urls(row["picture"]),
            "quantity": row["quantity"],
            "revenue": row["revenue"],
        }
        for row in rows
    ]


def _upcoming_events(organizer: OrganizerProfile, at: datetime) -> dict[str, Any]:
    """The next published events with tickets sold and left, and what is left over all that are not over."""
    taken = F("ticket_types__quantity_sold") + F("ticket_types__quantity_held")
    rows = list(
        Event.objects.filter(organizer=organizer, status=Event.Status.PUBLISHED, end_datetime__gt=at)
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

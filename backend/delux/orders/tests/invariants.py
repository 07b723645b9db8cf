"""What must be true after every step: counters equal recounted rows, statuses agree, history is legal."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from delux.core.kept_query import KeptQuery
from delux.events.models import Event, EventAttendee, TicketType
from delux.market.models import Variant
from delux.orders.models import Fulfilment, Order, OrderItem, OrderStatusHistory

UNPAID = ("pending_payment",)
SOLD = ("paid", "shipped", "completed", "refunded")


def _rows(**asked: QuerySet[Any, dict[str, Any]]) -> Callable[[], dict[str, list[dict[str, Any]]]]:
    """Return what reads all that is asked by one statement: a walk asks after each of its steps."""
    # Of any table that always has a row
    kept = KeptQuery(
        lambda: ContentType.objects.values(**{name: _as_json(rows) for name, rows in asked.items()})[:1]
    )
    return lambda: {name: json.loads(found) for name, found in kept.read()[0].items()}


def _as_json(rows: QuerySet[Any, dict[str, Any]]) -> RawSQL:
    sql, parameters = rows.query.sql_with_params()
    return RawSQL(f"SELECT coalesce(json_agg(each), '[]')::text FROM ({sql}) each", parameters)  # noqa: S608, S611


_LINES = OrderItem.objects.values(
    "order_id", "ticket_type_id", "variant_id", "quantity", "refunded_quantity",
    order_status=F("order__status"), order_paid_at=F("order__paid_at"),
)  # fmt: skip
_read_stock = _rows(
    lines=_LINES,
    admitted=EventAttendee.objects.filter(status__in=["paid", "checked_in"]).values("ticket_type_id"),
    tickets=TicketType.objects.values("id", "event_id", "quantity_total", "quantity_held", "quantity_sold"),
    events=Event.objects.values("id", "places_taken", "capacity"),
    variants=Variant.objects.values("id", "stock_quantity", "held_quantity", "sales_count"),
)
_read_statuses = _rows(
    lines=_LINES,
    orders=Order.objects.values("id", "status", "paid_at"),
    parts=Fulfilment.objects.values("order_id", "status", "has_gear"),
    history=OrderStatusHistory.objects.order_by("pk").values(
        "order_id", "fulfilment_id", "from_status", "to_status"
    ),
)


def assert_stock_agrees(*, stocked: dict[int, int] | None = None) -> None:
    """Recount every hold and sale; ``stocked`` is what each variant began with."""
    held: Counter[tuple[int | None, int | None]] = Counter()
    sold: Counter[tuple[int | None, int | None]] = Counter()
    rows = _read_stock()
    for line in rows["lines"]:
        key, left = (line["ticket_type_id"], line["variant_id"]), line["quantity"] - line["refunded_quantity"]
        held[key] += left if line["order_status"] in UNPAID else 0
        sold[key] += left if line["order_status"] in SOLD else 0
    admitted = Counter(one["ticket_type_id"] for one in rows["admitted"])
    taken: Counter[int] = Counter()
    for tickets in rows["tickets"]:
        key = (tickets["id"], None)
        assert (tickets["quantity_held"], tickets["quantity_sold"]) == (held[key], sold[key])
        assert held[key] + sold[key] <= tickets["quantity_total"]
        assert admitted[tickets["id"]] == sold[key]
        taken[tickets["event_id"]] += held[key] + sold[key]
    for event in rows["events"]:
        assert event["places_taken"] == taken[event["id"]]
        assert event["capacity"] is None or event["places_taken"] <= event["capacity"]
    for variant in rows["variants"]:
        key = (None, variant["id"])
        assert variant["held_quantity"] == held[key]
        assert variant["sales_count"] == sold[key]
        if stocked:
            assert variant["stock_quantity"] + variant["sales_count"] == stocked[variant["id"]]


def assert_statuses_agree() -> None:
    """Orders stand where their parts, their lines and their history say."""
    parts, lines, own = defaultdict(list), defaultdict(list), defaultdict(list)
    rows = _read_statuses()
    for part in rows["parts"]:
        parts[part["order_id"]].append(part)
    for line in rows["lines"]:
        lines[line["order_id"]].append(line)
        assert line["order_paid_at"] or not line["refunded_quantity"]
    for change in rows["history"]:
        allowed = (Fulfilment if change["fulfilment_id"] else Order).NEXT
        assert change["to_status"] in allowed[change["from_status"]]
        if change["fulfilment_id"] is None:
            own[change["order_id"]].append(change["to_status"])
    for order in rows["orders"]:
        assert order["status"] == (own[order["id"]] or ["pending_payment"])[-1]
        whole = parts[order["id"]]
        stand = {part["status"] for part in whole}
        all_back = all(line["refunded_quantity"] == line["quantity"] for line in lines[order["id"]])
        assert (order["status"] == "refunded") == (
            all_back and stand == {"canceled"} and order["paid_at"] is not None
        )
        match order["status"]:
            case "pending_payment":
                assert stand == {"waiting"}
            case "canceled" | "refunded":
                assert stand == {"canceled"}
            case "shipped":
                gear = {part["status"] for part in whole if part["has_gear"]}
                assert "shipped" in gear
                assert gear <= {"shipped", "completed", "canceled"}
            case "completed":
                assert stand <= {"completed", "canceled"}
            case _:
                assert stand & {"open", "packed", "shipped", "completed"}

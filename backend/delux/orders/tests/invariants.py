"""What must be true after every step: counters equal recounted rows, statuses agree, history is legal."""

from collections import Counter, defaultdict
from typing import Any

from delux.core.kept_query import KeptQuery
from delux.events.models import Event, EventAttendee, TicketType
from delux.market.models import Variant
from delux.orders.models import Fulfilment, Order, OrderItem, OrderStatusHistory

UNPAID = ("pending_payment",)
SOLD = ("paid", "shipped", "completed", "refunded")


# Everything is read whole and counted here: a walk asks after each of its steps.


def _all(model: type[Any], *columns: str) -> KeptQuery:
    return KeptQuery(lambda: model.objects.order_by("pk").values(*columns))


_LINES = _all(
    OrderItem, "order_id", "order__status", "order__paid_at",
    "ticket_type_id", "variant_id", "quantity", "refunded_quantity",
)  # fmt: skip
_TICKETS = _all(TicketType, "id", "event_id", "quantity_total", "quantity_held", "quantity_sold")
_ADMITTED = _all(EventAttendee, "ticket_type_id", "status")
_EVENTS = _all(Event, "id", "places_taken", "capacity")
_VARIANTS = _all(Variant, "id", "stock_quantity", "held_quantity", "sales_count")
_ORDERS = _all(Order, "id", "status", "paid_at")
_PARTS = _all(Fulfilment, "order_id", "status", "has_gear")
_HISTORY = _all(OrderStatusHistory, "order_id", "fulfilment_id", "from_status", "to_status")


def assert_stock_agrees(*, stocked: dict[int, int] | None = None) -> None:
    """Recount every hold and sale; ``stocked`` is what each variant began with."""
    held: Counter[tuple[int | None, int | None]] = Counter()
    sold: Counter[tuple[int | None, int | None]] = Counter()
    for line in _LINES.read():
        key, left = (line["ticket_type_id"], line["variant_id"]), line["quantity"] - line["refunded_quantity"]
        held[key] += left if line["order__status"] in UNPAID else 0
        sold[key] += left if line["order__status"] in SOLD else 0
    admitted = Counter(
        one["ticket_type_id"] for one in _ADMITTED.read() if one["status"] in ("paid", "checked_in")
    )
    taken: Counter[int] = Counter()
    for tickets in _TICKETS.read():
        key = (tickets["id"], None)
        assert (tickets["quantity_held"], tickets["quantity_sold"]) == (held[key], sold[key])
        assert held[key] + sold[key] <= tickets["quantity_total"]
        assert admitted[tickets["id"]] == sold[key]
        taken[tickets["event_id"]] += held[key] + sold[key]
    for event in _EVENTS.read():
        assert event["places_taken"] == taken[event["id"]]
        assert event["capacity"] is None or event["places_taken"] <= event["capacity"]
    for variant in _VARIANTS.read():
        key = (None, variant["id"])
        assert variant["held_quantity"] == held[key]
        assert variant["sales_count"] == sold[key]
        if stocked:
            assert variant["stock_quantity"] + variant["sales_count"] == stocked[variant["id"]]


def assert_statuses_agree() -> None:
    """Orders stand where their parts, their lines and their history say."""
    parts, lines, own = defaultdict(list), defaultdict(list), defaultdict(list)
    for part in _PARTS.read():
        parts[part["order_id"]].append(part)
    for line in _LINES.read():
        lines[line["order_id"]].append(line)
        assert line["order__paid_at"] or not line["refunded_quantity"]
    for change in _HISTORY.read():
        allowed = (Fulfilment if change["fulfilment_id"] else Order).NEXT
        assert change["to_status"] in allowed[change["from_status"]]
        if change["fulfilment_id"] is None:
            own[change["order_id"]].append(change["to_status"])
    for order in _ORDERS.read():
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

"""What an organizer may take away: each list of the desk as rows of cells, whole, as its filters leave it.

A table is made while the reader's language is on, and keeps its words: its rows are read later.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.translation import get_language, gettext

from delux.accounts.models import OrganizerProfile
from delux.core.money import ZERO
from delux.core.spreadsheets import Cell
from delux.crm.selectors import orders, people, sales
from delux.crm.selectors.events import list_attendees_with_orders
from delux.crm.selectors.tags import tags_of
from delux.events.models import EventAttendee
from delux.events.selectors import organizing
from delux.market.models import Variant
from delux.market.selectors.categories import get_category_tree
from delux.market.selectors.products import list_products_of
from delux.market.services.sheet_rows import COLUMNS
from delux.orders.models import Fulfilment, Order, OrderItem

_AT_A_TIME = 500
_PRODUCTS_AT_A_TIME = 50  # each may have two hundred variants


class Table(ABC):
    """A list of the desk by its filters, which are those of the list's own address, as JSON has them."""

    kind: ClassVar[str]
    name: str  # of its file, without date and ending
    title: str
    header: list[str]

    def __init__(self, organizer: OrganizerProfile, filters: Mapping[str, Any]) -> None:
        self.organizer, self.filters = organizer, filters
        self.zone = sales.zone_of(organizer)
        self.name = self.kind.replace("_", "-")

    @abstractmethod
    def count(self) -> int:
        """Return how many rows there are now."""

    @abstractmethod
    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows there are now, each once; few are held in memory."""


class OrdersTable(Table):
    """The organizer's parts of paid orders."""

    kind = "orders"

    def __init__(self, organizer: OrganizerProfile, filters: Mapping[str, Any]) -> None:
        super().__init__(organizer, filters)
        self.statuses, self.deliveries = _status_words(), _delivery_words()
        self.title = gettext("Orders")
        self.header = [
            gettext("Order"),
            gettext("What"),
            gettext("Pieces"),
            gettext("Customer"),
            gettext("E-mail"),
            gettext("Paid, %(zone)s time") % {"zone": self.zone.key},
            gettext("Way of delivery"),
            gettext("Status"),
            gettext("Tracking number"),
            gettext("Refunded amount"),
            gettext("Total amount"),
            gettext("Currency"),
        ]

    def count(self) -> int:
        return self._parts().count()

    def rows(self) -> Iterator[list[Cell]]:
        for batch in _batches(self._ordered()):
            lines = defaultdict(list)
            for line in orders.own_lines(
                organizer=self.organizer, order_ids=[row["order_id"] for row in batch]
            ):
                lines[line.order_id].append(line)
            for row in batch:
                own = lines[row["order_id"]]
                yield [
                    row["order__order_number"],
                    own[0].title if own else "",
                    sum(line.quantity for line in own),
                    orders.name_of_buyer(row),
                    row["order__user__email"],
                    row["opened_at"].astimezone(self.zone),
                    self.deliveries[row["order__delivery_type"] if row["has_gear"] else "none"],
                    self.statuses[row["status"]],
                    row["tracking_number"],
                    sum((line.unit_price * line.refunded_quantity for line in own), ZERO),
                    row["own_total"],
                    row["order__currency"],
                ]

    def _ordered(self) -> Iterator[Mapping[str, Any]]:
        rows = orders.as_rows(self._parts(), self.filters.get("ordering", "-paid_at"))
        return rows.iterator(chunk_size=_AT_A_TIME)

    def _parts(self) -> QuerySet[Fulfilment]:
        days = {name: self.filters.get(name) for name in ("date_from", "date_to")}
        return orders.list_parts(
            organizer=self.organizer,
            search=self.filters.get("q", ""),
            status=self.filters.get("status", ""),
            delivery_type=self.filters.get("delivery_type", ""),
            customer_id=self.filters.get("customer"),
            **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
        )


class OrderLinesTable(OrdersTable):
    """The same parts, line by line: what was sold, how many, at what price."""

    kind = "order_lines"

    def __init__(self, organizer: OrganizerProfile, filters: Mapping[str, Any]) -> None:
        super().__init__(organizer, filters)
        self.title = gettext("Order lines")
        self.header = [
            gettext("Order"),
            gettext("Paid, %(zone)s time") % {"zone": self.zone.key},
            gettext("Customer"),
            gettext("E-mail"),
            gettext("What"),
            gettext("Chosen"),
            gettext("SKU"),
            gettext("Pieces"),
            gettext("Pieces refunded"),
            gettext("Price of one"),
            gettext("Total amount"),
            gettext("Currency"),
            gettext("Status"),
        ]

    def count(self) -> int:
        return self._items().filter(order__in=self._parts().values("order")).count()

    def rows(self) -> Iterator[list[Cell]]:
        for batch in _batches(self._ordered()):
            items = self._items().filter(order__in=[row["order_id"] for row in batch])
            lines = defaultdict(list)
            for item in items.annotate(sku=F("variant__sku_code")).order_by("pk"):
                lines[item.order_id].append(item)
            for row in batch:
                for item in lines[row["order_id"]]:
                    yield [
                        row["order__order_number"],
                        row["opened_at"].astimezone(self.zone),
                        orders.name_of_buyer(row),
                        row["order__user__email"],
                        item.title,
                        _chosen(item.options),
                        item.sku,
                        item.quantity,
                        item.refunded_quantity,
                        item.unit_price,
                        item.total_price,
                        row["order__currency"],
                        self.statuses[row["status"]],
                    ]

    def _items(self) -> QuerySet[OrderItem]:
        return OrderItem.objects.filter(organizer=self.organizer)


class CustomersTable(Table):
    """People who have bought of the organizer."""

    kind = "customers"

    def __init__(self, organizer: OrganizerProfile, filters: Mapping[str, Any]) -> None:
        super().__init__(organizer, filters)
        self.title = gettext("Customers")
        self.header = [
            gettext("Name"),
            gettext("E-mail"),
            gettext("Tags"),
            gettext("Last order, %(zone)s time") % {"zone": self.zone.key},
            gettext("Number of orders"),
            gettext("Spent"),
            gettext("Currency"),
        ]

    def count(self) -> int:
        return self._customers().count()

    def rows(self) -> Iterator[list[Cell]]:
        for batch in _batches(self._customers().iterator(chunk_size=_AT_A_TIME)):
            names = people.people_by_id(row["user_id"] for row in batch)
            tags = tags_of(organizer=self.organizer, customers=names)
            for row in batch:
                person = names[row["user_id"]]
                yield [
                    person.desk_name,
                    person.email,
                    ", ".join(tags.get(person.pk, [])),
                    row["last_order_at"].astimezone(self.zone),
                    row["orders_count"],
                    row["spent"],
                    self.organizer.currency,
                ]

    def _customers(self) -> QuerySet[Any, Mapping[str, Any]]:
        return people.list_customers(
            organizer=self.organizer,
            search=self.filters.get("q", ""),
            tag=self.filters.get("tag", ""),
            ordering=self.filters.get("ordering", "-last_order_at"),
        )


class AttendeesTable(Table):
    """Who holds tickets of one event, with times by the event's clock; ``event`` among the filters is its id.

    :raises NotFound: the event is not there, or another organizer's
    """

    kind = "attendees"

    def __init__(self, organizer: OrganizerProfile, filters: Mapping[str, Any]) -> None:
        super().__init__(organizer, filters)
        event = organizing.get_event(organizer=organizer, event_id=filters["event"])
        self.name, self.zone = event.slug, ZoneInfo(event.timezone)
        self.statuses = {
            EventAttendee.Status.RESERVED: gettext("Awaiting payment"),
            EventAttendee.Status.PAID: gettext("Valid"),
            EventAttendee.Status.CANCELED: gettext("Canceled ticket"),
            EventAttendee.Status.REFUNDED: gettext("Refunded"),
            EventAttendee.Status.CHECKED_IN: gettext("Checked in"),
        }
        self.title = gettext("Attendees")
        self.header = [
            gettext("Name"),
            gettext("E-mail"),
            gettext("Phone"),
            gettext("Ticket"),
            gettext("Ticket status"),
            gettext("Ticket price, %(currency)s") % {"currency": organizer.currency},
            gettext("Order"),
            gettext("Issued, %(zone)s time") % {"zone": event.timezone},
            gettext("Checked in, %(zone)s time") % {"zone": event.timezone},
        ]

    def count(self) -> int:
        return self._attendees().count()

    def rows(self) -> Iterator[list[Cell]]:
        one: Any
        for one in self._attendees().iterator(chunk_size=_AT_A_TIME):
            yield [
                one.attendee_name or one.user.desk_name,
                one.user.email,
                one.user.phone,
                one.ticket_type.name,
                self.statuses[one.status],
                one.paid_price,
                one.order_number,
                one.created_at.astimezone(self.zone),
                one.checked_in_at and one.checked_in_at.astimezone(self.zone),
            ]

    def _attendees(self) -> QuerySet[EventAttendee]:
        return list_attendees_with_orders(
            organizer=self.organizer,
            event_id=self.filters["event"],
            q=self.filters.get("q", ""),
            status=self.filters.get("status", ""),
            ticket_type=self.filters.get("ticket_type"),
        )


class GoodsTable(Table):
    """The variants of the products a list finds. Its first columns are those an import of goods takes."""

    kind = "goods"

    def __init__(self, organizer: OrganizerProfile, filters: Mapping[str, Any]) -> None:
        super().__init__(organizer, filters)
        self.yes, self.no = gettext("Yes"), gettext("No")
        self.shelves = {key: shelf.name for key, shelf in get_category_tree().by_id.items()}
        self.title = gettext("Goods")
        self.header = [
            *COLUMNS.header(get_language() or "ru"),
            gettext("Currency"),
            gettext("Held for unpaid orders"),
            gettext("Pieces sold"),
            gettext("Variant on sale"),
            gettext("Product shown"),
        ]

    def count(self) -> int:
        return Variant.objects.filter(product__in=self._products().order_by().values("pk")).count()

    def rows(self) -> Iterator[list[Cell]]:
        products = self._products().iterator(chunk_size=_PRODUCTS_AT_A_TIME)
        for batch in _batches(products, _PRODUCTS_AT_A_TIME):
            variants = defaultdict(list)
            for one in Variant.objects.filter(product__in=[product.pk for product in batch]):
                variants[one.product_id].append(one)
            for product in batch:
                for one in variants[product.pk]:
                    yield [
                        one.sku_code,
                        product.title,
                        one.size,
                        one.colour,
                        one.price,
                        one.original_price,
                        one.stock_quantity,
                        self.shelves.get(product.category_id, ""),
                        product.currency,
                        one.held_quantity,
                        one.sales_count,
                        self.yes if one.is_active else self.no,
                        self.yes if product.is_active else self.no,
                    ]

    def _products(self) -> QuerySet[Any]:
        return list_products_of(
            organizer=self.organizer,
            q=self.filters.get("q", ""),
            category=self.filters.get("category", ""),
            is_active=self.filters.get("is_active"),
            low_stock=self.filters.get("low_stock", False),
            ordering=self.filters.get("ordering", "newest"),
        )


TABLES: dict[str, type[Table]] = {
    table.kind: table for table in (OrdersTable, OrderLinesTable, CustomersTable, AttendeesTable, GoodsTable)
}


def _batches(rows: Iterable[Any], size: int = _AT_A_TIME) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _chosen(options: Mapping[str, Any]) -> str:
    chosen = [options.get(name) for name in ("ticket_type", "size", "colour")]
    return ", ".join(str(one) for one in chosen if one)


def _status_words() -> dict[str, str]:
    return {
        Fulfilment.Status.WAITING: gettext("Awaiting payment"),
        Fulfilment.Status.OPEN: gettext("To be fulfilled"),
        Fulfilment.Status.PACKED: gettext("Packed"),
        Fulfilment.Status.SHIPPED: gettext("Shipped"),
        Fulfilment.Status.COMPLETED: gettext("Completed"),
        Fulfilment.Status.CANCELED: gettext("Canceled"),
    }


def _delivery_words() -> dict[str, str]:
    return {
        Order.DeliveryType.NONE: gettext("Tickets"),
        Order.DeliveryType.PICKUP: gettext("Pickup"),
        Order.DeliveryType.DELIVERY: gettext("Delivery"),
    }

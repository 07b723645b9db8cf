"""An organizer's customers: the people who have bought of it, and nobody else."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.selectors.people import word_matches
from delux.core.errors import NotFound
from delux.core.money import ZERO
from delux.crm.selectors import sales
from delux.crm.selectors.tags import tagged
from delux.events.models import EventAttendee
from delux.orders.models import OrderItem
from delux.payments.models import Refund

ORDERINGS = {
    "-last_order_at": ("-last_order_at", "-user_id"),
    "last_order_at": ("last_order_at", "user_id"),
    "-spent": ("-spent", "-user_id"),
    "spent": ("spent", "user_id"),
    "-orders": ("-orders_count", "-user_id"),
    "orders": ("orders_count", "user_id"),
    "name": ("order__user__first_name", "order__user__last_name", "user_id"),
    "-name": ("-order__user__first_name", "-order__user__last_name", "-user_id"),
}
TICKETS = 50


def words_match(search: str, *fields: str, person: str = "") -> Q:
    """Return the condition that each word of ``search`` is in a field or the person's name, e-mail, phone."""
    condition = Q()
    for word in search.split()[:6]:
        found = word_matches(word, person=person)
        for name in fields:
            found |= Q(**{f"{name}__icontains": word})
        condition &= found
    return condition


def list_customers(
    *, organizer: OrganizerProfile, search: str = "", tag: str = "", ordering: str = "-last_order_at"
) -> QuerySet[Any, Mapping[str, Any]]:
    """Return customers as dicts with what they bought of this organizer, by the definitions of ``sales``."""
    items = items_of_customers(organizer=organizer, search=search, tag=tag)
    return (
        items.values(user_id=F("order__user_id"))
        .annotate(orders_count=sales.orders(), spent=sales.revenue(), last_order_at=sales.last_sale())
        .order_by(*ORDERINGS[ordering])
    )


def items_of_customers(
    *, organizer: OrganizerProfile, search: str = "", tag: str = ""
) -> QuerySet[OrderItem, Any]:
    """Return what was sold to the customers that the list finds by ``search`` and ``tag``."""
    items = sales.sold_items(organizer)
    if search:
        items = items.filter(words_match(search, person="order__user"))
    if tag:
        items = items.filter(order__user__in=tagged(organizer=organizer, tag=tag))
    return items


def people_by_id(ids: Iterable[int]) -> dict[int, User]:
    """Return people by id, for one page: joining them to every sale counted would cost far more."""
    return User.objects.only("first_name", "last_name", "email", "phone").in_bulk(ids)


def get_customer(*, organizer: OrganizerProfile, customer_id: int) -> User:
    """Return a person who has bought of the organizer.

    :raises NotFound: nobody has this id, or they bought nothing here
    """
    customers = User.objects.filter(
        orders__fulfilments__organizer=organizer, orders__fulfilments__opened_at__isnull=False
    )
    customer = customers.filter(pk=customer_id).distinct().first()
    if customer is None:
        raise NotFound
    return customer


def totals_of(*, organizer: OrganizerProfile, customer: User) -> dict[str, Any]:
    """Return what a customer bought of the organizer, was given back and came to, over all time."""
    refunds = Refund.objects.filter(
        organizer=organizer, currency=organizer.currency, payment__order__user=customer
    ).exclude(status=Refund.Status.FAILED)
    tickets = EventAttendee.objects.filter(user=customer, ticket_type__event__organizer=organizer)
    bought = (
        sales.sold_items(organizer)
        .filter(order__user=customer)
        .aggregate(
            orders_count=sales.orders(),
            spent=sales.revenue(),
            tickets_count=sales.pieces("ticket"),
            goods_count=sales.pieces("product"),
            first_order_at=Min(sales.OPENED_AT),
            last_order_at=sales.last_sale(),
        )
    )
    return (
        bought
        | refunds.aggregate(refunded=Sum("amount", default=ZERO))
        | tickets.aggregate(attended=Count("pk", filter=Q(checked_in_at__isnull=False)))
    )


def list_tickets(
    *, organizer: OrganizerProfile, customer: User
) -> QuerySet[EventAttendee, Mapping[str, Any]]:
    """Return the customer's admissions to the organizer's events, latest event first, bounded."""
    return (
        EventAttendee.objects.filter(user=customer, ticket_type__event__organizer=organizer)
        .order_by("-ticket_type__event__start_datetime", "pk")
        .values(
            "id",
            "status",
            "attendee_name",
            "checked_in_at",
            ticket_type_name=F("ticket_type__name"),
            event_id=F("ticket_type__event_id"),
            event_title=F("ticket_type__event__title"),
            event_start=F("ticket_type__event__start_datetime"),
            event_timezone=F("ticket_type__event__timezone"),
        )[:TICKETS]
    )

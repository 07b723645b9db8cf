"""Everything Delux keeps about one person, for that person to take away."""

from typing import Any

from django.db.models import QuerySet

from delux.accounts.models import Address, TokenFamily, User
from delux.events.models import EventAttendee, TicketTransfer
from delux.notifications.models import Notification, Silence
from delux.orders.models import CartItem, Order
from delux.payments.models import Payment, RefundRequest

_PROFILE = (
    "email",
    "email_verified_at",
    "phone",
    "phone_verified_at",
    "first_name",
    "last_name",
    "market",
    "language",
    "currency",
    "birthday",
    "city",
    "date_joined",
)
_ADDRESS = ("recipient", "phone", "country", "region", "city", "street", "postal_code")


def person_data(person: User) -> dict[str, Any]:
    """Return all that is kept about ``person``, by kind; money in decimals of its currency, times in UTC."""
    return {
        "profile": {name: getattr(person, name) for name in _PROFILE},
        "addresses": _rows(Address.objects.visible_to(person), *_ADDRESS),
        "sign_ins": _rows(TokenFamily.objects.visible_to(person), "created_at", "rotated_at", "user_agent"),
        "basket": _rows(
            CartItem.objects.filter(cart__user=person),
            "item_type",
            "variant_id",
            "ticket_type_id",
            "quantity",
        ),
        "orders": [_order(order) for order in _orders(person)],
        "payments": _rows(
            Payment.objects.visible_to(person),
            "created_at",
            "provider",
            "status",
            "amount",
            "currency",
            "refunded_amount",
        ),
        "tickets": _rows(
            EventAttendee.objects.filter(user=person),
            "created_at",
            "ticket_type__event__title",
            "ticket_type__name",
            "attendee_name",
            "status",
            "qr_code",
            "checked_in_at",
        ),
        "tickets_given": _rows(
            TicketTransfer.objects.filter(giver=person),
            "created_at",
            "ticket__ticket_type__event__title",
            "email",
            "status",
            "decided_at",
        ),
        "tickets_taken": _rows(
            TicketTransfer.objects.filter(taker=person),
            "created_at",
            "ticket__ticket_type__event__title",
            "decided_at",
        ),
        "refund_requests": _rows(
            RefundRequest.objects.filter(asked_by=person),
            "created_at",
            "ticket__ticket_type__event__title",
            "status",
            "reason",
            "answer",
        ),
        "notifications": _rows(
            Notification.objects.visible_to(person), "created_at", "kind", "title", "body", "read_at"
        ),
        "no_news_of": _rows(Silence.objects.visible_to(person), "created_at", "organizer__display_name"),
    }


def _rows(query: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return [
        {name.replace("__", "_"): value for name, value in row.items()}
        for row in query.order_by("pk").values(*names)
    ]


def _orders(person: User) -> QuerySet[Order]:
    own = Order.objects.visible_to(person)
    return own.select_related("shipping_address").prefetch_related("items").order_by("pk")


def _order(order: Order) -> dict[str, Any]:
    address = getattr(order, "shipping_address", None)
    return {
        "order_number": order.order_number,
        "created_at": order.created_at,
        "status": order.status,
        "total_amount": order.total_amount,
        "refunded_amount": order.refunded_amount,
        "currency": order.currency,
        "shipping_address": address and {name: getattr(address, name) for name in (*_ADDRESS, "comment")},
        "items": [
            {
                "title": item.title,
                "options": item.options,
                "quantity": item.quantity,
                "unit_price": item.unit_price,
            }
            for item in order.items.all()
        ],
    }

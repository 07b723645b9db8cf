"""One order as its organizer sees it: its own lines, their buyer and what happened to them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from delux.core.api.serializers import ImageOutput, MoneyField
from delux.core.images import image_urls
from delux.core.money import ZERO, Currency
from delux.crm.selectors.orders import list_items, list_refunds
from delux.orders.models import Fulfilment, ItemType, Order, OrderItem, OrderStatusHistory, ShippingAddress
from delux.orders.services.fulfilment import BY_HAND
from delux.payments.models import Refund, RefundRequest
from delux.payments.selectors.returns import list_requests_of_order


class CrmOrderBuyer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)


class CrmOrderItem(serializers.Serializer):
    id = serializers.IntegerField()
    item_type = serializers.ChoiceField(choices=ItemType.choices)
    title = serializers.CharField()
    options = serializers.DictField(
        child=serializers.CharField(allow_null=True), help_text="As chosen at purchase."
    )
    image = ImageOutput(allow_null=True)
    quantity = serializers.IntegerField()
    refunded_quantity = serializers.IntegerField()
    unit_price = MoneyField()
    total_price = MoneyField()


class CrmOrderAddress(serializers.Serializer):
    recipient = serializers.CharField()
    phone = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField()
    city = serializers.CharField()
    street = serializers.CharField()
    postal_code = serializers.CharField()
    comment = serializers.CharField()


class CrmOrderStep(serializers.Serializer):
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    by = serializers.ChoiceField(choices=["you", "customer", "delux"])
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class CrmRefundRow(serializers.Serializer):
    id = serializers.IntegerField()
    amount = MoneyField(help_text="Of your part.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    status = serializers.ChoiceField(choices=Refund.Status.choices)
    reason = serializers.CharField()
    by = serializers.ChoiceField(choices=["you", "customer", "delux"])
    created_at = serializers.DateTimeField()


class CrmRefundRequest(serializers.Serializer):
    """A holder asks for one ticket of the order to be taken back."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=RefundRequest.Status.choices)
    asked_by = serializers.CharField(help_text="Who holds the ticket.")
    attendee_name = serializers.CharField()
    event_title = serializers.CharField()
    ticket_type = serializers.CharField()
    amount = MoneyField(help_text="What granting gives back, to whoever paid.")
    reason = serializers.CharField()
    answer = serializers.CharField(help_text="Why you declined.")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class CrmOrderOutput(serializers.Serializer):
    id = serializers.IntegerField()
    order_number = serializers.CharField()
    status = serializers.ChoiceField(
        choices=Fulfilment.Status.choices, help_text="Of your part of the order."
    )
    next_statuses = serializers.ListField(
        child=serializers.ChoiceField(choices=Fulfilment.Status.choices),
        help_text="What you may move it to now.",
    )
    delivery_type = serializers.ChoiceField(choices=Order.DeliveryType.choices)
    tracking_number = serializers.CharField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    subtotal = MoneyField(help_text="Your lines, before refunds.")
    shipping = MoneyField(help_text="Your shipping.")
    total = MoneyField()
    refunded = MoneyField(help_text="Money given back, shipping included.")
    can_refund = serializers.BooleanField(
        help_text="Something of your lines or shipping is not given back yet."
    )
    customer = CrmOrderBuyer()
    shipping_address = CrmOrderAddress(allow_null=True)
    items = CrmOrderItem(many=True)
    history = CrmOrderStep(many=True, help_text="Of your part, oldest first.")
    refunds = CrmRefundRow(many=True, help_text="Latest first.")
    refund_requests = CrmRefundRequest(many=True, help_text="What awaits your answer, then the latest.")
    placed_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField()
    shipped_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    canceled_at = serializers.DateTimeField(allow_null=True)


def show_part(part: Fulfilment) -> dict[str, Any]:
    """Return a part from ``get_part`` as CrmOrderOutput."""
    order, buyer = part.order, part.order.user
    items, refunds = list(list_items(part=part)), list(list_refunds(part=part))
    delivered = part.has_gear and order.delivery_type == Order.DeliveryType.DELIVERY
    given_back: Decimal = sum((row["own_amount"] for row in refunds), ZERO)
    shipping_left = part.shipping - sum((row["own_shipping"] for row in refunds), ZERO)
    return {
        "id": order.pk,
        "order_number": order.order_number,
        "status": part.status,
        "next_statuses": next_statuses(part),
        "delivery_type": order.delivery_type if part.has_gear else Order.DeliveryType.NONE.value,
        "tracking_number": part.tracking_number,
        "currency": order.currency,
        "subtotal": part.subtotal,
        "shipping": part.shipping,
        "total": part.subtotal + part.shipping,
        "refunded": given_back,
        "can_refund": shipping_left > 0 or any(item.refunded_quantity < item.quantity for item in items),
        "customer": {
            "id": buyer.pk,
            "name": buyer.desk_name,
            "email": buyer.email,
            "phone": buyer.phone,
        },
        "shipping_address": _address(order.shipping_address)
        if delivered and hasattr(order, "shipping_address")
        else None,
        "items": [_item(item) for item in items],
        "history": [_step(step, part) for step in part.history.all()],
        "refunds": [_refund(row, part) for row in refunds],
        "refund_requests": [
            show_request(request)
            for request in list_requests_of_order(organizer=part.organizer, order_id=order.pk)
        ],
        "placed_at": order.created_at,
        "paid_at": part.opened_at,
        "shipped_at": part.shipped_at,
        "completed_at": part.completed_at,
        "canceled_at": part.canceled_at,
    }


def show_request(request: RefundRequest) -> dict[str, Any]:
    """Return a request from payments.selectors.returns as CrmRefundRequest."""
    ticket = request.ticket
    return {
        "id": request.pk,
        "status": request.status,
        "asked_by": request.asked_by.called,
        "attendee_name": ticket.attendee_name,
        "event_title": ticket.ticket_type.event.title,
        "ticket_type": ticket.ticket_type.name,
        "amount": ticket.order_item.unit_price if ticket.order_item else ZERO,
        "reason": request.reason,
        "answer": request.answer,
        "created_at": request.created_at,
        "decided_at": request.decided_at,
    }


def next_statuses(part: Fulfilment) -> list[str]:
    """Return what the organizer may move the part to (orders.services.fulfilment holds the rule)."""
    if part.status == Fulfilment.Status.CANCELED:
        return []
    delivered = part.order.delivery_type == Order.DeliveryType.DELIVERY
    allowed = Fulfilment.NEXT[part.status]
    return [
        status.value
        for status in BY_HAND
        if status in allowed and (delivered or status != Fulfilment.Status.SHIPPED)
    ]


def _item(item: OrderItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "item_type": item.item_type,
        "title": item.title,
        "options": item.options,
        "image": image_urls(item.image),
        "quantity": item.quantity,
        "refunded_quantity": item.refunded_quantity,
        "unit_price": item.unit_price,
        "total_price": item.total_price,
    }


def _address(address: ShippingAddress) -> dict[str, str]:
    return {name: getattr(address, name) for name in CrmOrderAddress().get_fields()}


def _step(step: OrderStatusHistory, part: Fulfilment) -> dict[str, Any]:
    if step.actor_id == part.organizer.user_id:
        by = "you"
    else:
        by = "customer" if step.actor_id == part.order.user_id else "delux"
    return {
        "from_status": step.from_status,
        "to_status": step.to_status,
        "by": by,
        "reason": step.reason,
        "at": step.created_at,
    }


def _refund(row: Mapping[str, Any], part: Fulfilment) -> dict[str, Any]:
    return {
        "id": row["refund_id"],
        "amount": row["own_amount"],
        "currency": row["refund__currency"],
        "status": row["refund__status"],
        "reason": row["refund__reason"],
        "by": _refunded_by(row, part),
        "created_at": row["refund__created_at"],
    }


def _refunded_by(row: Mapping[str, Any], part: Fulfilment) -> str:
    if row["refund__organizer_id"] != part.organizer_id or row["refund__requested_by__is_staff"]:
        return "delux"
    return "you" if row["refund__requested_by_id"] in (None, part.organizer.user_id) else "customer"

"""Answers as plain dictionaries: baskets and orders are shown from here, without serializers' cost."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from delux.core.images import image_urls
from delux.core.money import ZERO
from delux.orders.models import Fulfilment, ItemType, Order, OrderItem, OrderStatusHistory, ShippingAddress
from delux.orders.selectors.targets import MAX_GEAR, Line
from delux.orders.services import rules
from delux.orders.services.cart import Change
from delux.orders.services.placing import gear_sellers


def basket_document(lines: Sequence[Line], at: datetime) -> dict[str, Any]:
    """Show lines with today's prices and what stands in the way of buying each."""
    verdicts = rules.judge_all(lines, at=at)
    sellers = gear_sellers(lines)
    return {
        "lines": [_line(line, verdict) for line, verdict in zip(lines, verdicts, strict=True)],
        "item_count": sum(line.quantity for line in lines),
        "subtotal": sum((line.target.price * line.quantity for line in lines), ZERO),
        "currency": lines[0].target.currency if lines else None,
        "needs_delivery": bool(sellers),
        "shipping_options": [
            {
                "organizer": seller_card(seller),
                "delivery_price": seller.shipping_price,
                "pickup_address": seller.pickup_address,
            }
            for seller in sellers
        ],
        "can_order": bool(lines) and not any(verdict.trouble for verdict in verdicts),
    }


def change_document(change: Change) -> dict[str, Any]:
    is_gear = change.wish.item_type == ItemType.PRODUCT
    return {
        "item_type": change.wish.item_type,
        "variant_id": change.wish.target_id if is_gear else None,
        "ticket_type_id": None if is_gear else change.wish.target_id,
        "title": change.title,
        "wanted": change.wish.quantity,
        "quantity": change.quantity,
        "code": change.code,
    }


def order_document(
    order: Order,
    *,
    items: Iterable[OrderItem],
    parts: Iterable[Fulfilment],
    history: Iterable[OrderStatusHistory],
    address: ShippingAddress | None,
    sellers: dict[int, dict[str, Any]],
    at: datetime,
) -> dict[str, Any]:
    """Show one order whole; ``sellers`` are its organizers' cards by id."""
    return _head(order, at) | {
        "subtotal": order.subtotal,
        "discount": order.discount,
        "shipping": order.shipping,
        "tax": order.tax,
        "refunded_amount": order.refunded_amount,
        "items": [_item(item, sellers[item.organizer_id]) for item in items],
        "parts": [
            {
                "id": part.pk,
                "organizer": sellers[part.organizer_id],
                "status": part.status,
                "has_gear": part.has_gear,
                "subtotal": part.subtotal,
                "shipping": part.shipping,
                "tracking_number": part.tracking_number,
                "shipped_at": part.shipped_at,
                "completed_at": part.completed_at,
            }
            for part in parts
        ],
        "history": [
            {
                "part_id": change.fulfilment_id,
                "from_status": change.from_status,
                "to_status": change.to_status,
                "reason": change.reason,
                "at": change.created_at,
            }
            for change in history
        ],
        "shipping_address": _address(address) if address else None,
    }


def order_card(order: Order, at: datetime) -> dict[str, Any]:
    """Show an order in a list, its lines in short."""
    items = list(order.items.all())
    return _head(order, at) | {
        "item_count": sum(item.quantity for item in items),
        "items": [
            {"title": item.title, "quantity": item.quantity, "image": image_urls(item.image)}
            for item in items
        ],
    }


def seller_card(seller: Any) -> dict[str, Any]:
    """Show whose thing it is: from a Seller or an OrganizerProfile."""
    return {"id": seller.id, "display_name": seller.display_name, "slug": seller.slug}


def _line(line: Line, verdict: rules.Verdict) -> dict[str, Any]:
    target = line.target
    is_gear = target.item_type == ItemType.PRODUCT
    trouble = verdict.trouble
    return {
        "id": line.id,
        "item_type": target.item_type,
        "variant_id": target.id if is_gear else None,
        "ticket_type_id": None if is_gear else target.id,
        "title": target.title,
        "slug": target.slug,
        "options": target.options,
        "image": image_urls(target.image),
        "organizer": seller_card(target.seller),
        "quantity": line.quantity,
        "unit_price": target.price,
        "seen_price": line.seen_price,
        "price_changed": line.seen_price != target.price,
        "line_total": target.price * line.quantity,
        "available": max(0, min(verdict.left, MAX_GEAR)),
        "max_quantity": max(0, verdict.max_quantity),
        "problem": trouble,
        "problem_detail": rules.words(trouble, target, verdict.left) if trouble else None,
    }


def _head(order: Order, at: datetime) -> dict[str, Any]:
    waits = order.status == Order.Status.PENDING_PAYMENT
    in_flight = order.payment_in_flight_until is not None and order.payment_in_flight_until > at
    return {
        "id": order.pk,
        "order_number": order.order_number,
        "status": order.status,
        "payment_status": order.payment_status,
        "delivery_type": order.delivery_type,
        "total_amount": order.total_amount,
        "currency": order.currency,
        "created_at": order.created_at,
        "expires_at": order.expires_at,
        "paid_at": order.paid_at,
        "canceled_at": order.canceled_at,
        "cancel_reason": order.cancel_reason or None,
        "payment_in_flight": waits and in_flight,
        "can_pay": waits and not in_flight and order.expires_at is not None and order.expires_at > at,
        "can_cancel": waits and not in_flight,
    }


def _item(item: OrderItem, organizer: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": item.pk,
        "item_type": item.item_type,
        "variant_id": item.variant_id,
        "ticket_type_id": item.ticket_type_id,
        "title": item.title,
        "slug": item.options.get("slug", ""),
        "options": {name: value for name, value in item.options.items() if name != "slug"},
        "image": image_urls(item.image),
        "organizer": organizer,
        "quantity": item.quantity,
        "refunded_quantity": item.refunded_quantity,
        "unit_price": item.unit_price,
        "total_price": item.total_price,
    }


def _address(address: ShippingAddress) -> dict[str, Any]:
    fields = ("recipient", "phone", "country", "region", "city", "street", "postal_code", "comment")
    return {name: getattr(address, name) for name in fields}

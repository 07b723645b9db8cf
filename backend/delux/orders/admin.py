"""Staff look at baskets and orders here; money and statuses move only through the services."""

from typing import Any

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from delux.orders.models import (
    Cart,
    CartItem,
    Fulfilment,
    Order,
    OrderItem,
    OrderStatusHistory,
    ShippingAddress,
)


class _ReadOnly:
    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class OrderItemInline(_ReadOnly, TabularInline):
    model = OrderItem
    extra = 0
    fields = readonly_fields = (
        "title",
        "item_type",
        "organizer",
        "quantity",
        "refunded_quantity",
        "unit_price",
        "total_price",
    )


class FulfilmentInline(_ReadOnly, TabularInline):
    model = Fulfilment
    extra = 0
    fields = ("organizer", "status", "has_gear", "subtotal", "shipping", "tracking_number")


class ShippingAddressInline(_ReadOnly, TabularInline):
    model = ShippingAddress
    extra = 0


class HistoryInline(_ReadOnly, TabularInline):
    model = OrderStatusHistory
    extra = 0
    fields = readonly_fields = ("created_at", "fulfilment", "from_status", "to_status", "actor", "reason")


@admin.register(Order)
class OrderAdmin(_ReadOnly, ModelAdmin):
    list_display = (
        "order_number",
        "user",
        "status",
        "payment_status",
        "total_amount",
        "currency",
        "created_at",
        "expires_at",
    )
    list_filter = ("status", "payment_status", "delivery_type", "market", "currency")
    list_select_related = ("user",)
    search_fields = ("order_number", "user__email", "items__title")
    date_hierarchy = "created_at"
    inlines = (OrderItemInline, FulfilmentInline, ShippingAddressInline, HistoryInline)


@admin.register(Fulfilment)
class FulfilmentAdmin(_ReadOnly, ModelAdmin):
    list_display = ("order", "organizer", "status", "has_gear", "subtotal", "shipping", "created_at")
    list_filter = ("status", "has_gear")
    list_select_related = ("order", "organizer")
    search_fields = ("order__order_number", "organizer__display_name", "tracking_number")


class CartItemInline(_ReadOnly, TabularInline):
    model = CartItem
    extra = 0
    fields = ("item_type", "variant", "ticket_type", "quantity", "seen_price")


@admin.register(Cart)
class CartAdmin(_ReadOnly, ModelAdmin):
    list_display = ("user", "created_at", "updated_at")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    inlines = (CartItemInline,)


@admin.register(OrderItem)
class OrderItemAdmin(_ReadOnly, ModelAdmin):
    list_display = (
        "order",
        "title",
        "item_type",
        "organizer",
        "quantity",
        "refunded_quantity",
        "total_price",
    )
    list_filter = ("item_type",)
    list_select_related = ("order", "organizer")
    search_fields = ("order__order_number", "title", "organizer__display_name")


@admin.register(OrderStatusHistory)
class OrderStatusHistoryAdmin(_ReadOnly, ModelAdmin):
    list_display = ("order", "fulfilment", "from_status", "to_status", "actor", "reason", "created_at")
    list_filter = ("to_status",)
    list_select_related = ("order", "fulfilment", "actor")
    search_fields = ("order__order_number",)

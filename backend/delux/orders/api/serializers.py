from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from delux.core.api.serializers import CleanCharField, ImageOutput, MoneyField, PageQuery, StrictSerializer
from delux.core.markets import HOME_MARKETS
from delux.core.money import Currency
from delux.orders.models import Fulfilment, ItemType, Order
from delux.orders.selectors.targets import MAX_GEAR
from delux.orders.services.cart import MAX_LINES, Wish
from delux.orders.services.rules import Trouble

_MAX_ID = 2**63 - 1


# --- In


class LineInput(StrictSerializer):
    """So many of a variant (`product`) or of a ticket type (`ticket`)."""

    item_type = serializers.ChoiceField(choices=ItemType.choices)
    variant_id = serializers.IntegerField(
        min_value=1, max_value=_MAX_ID, required=False, help_text="Of gear; then no ticket type."
    )
    ticket_type_id = serializers.IntegerField(
        min_value=1, max_value=_MAX_ID, required=False, help_text="Of a ticket; then no variant."
    )
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_GEAR, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        wanted, other = ("variant_id", "ticket_type_id")
        if attrs["item_type"] == ItemType.TICKET:
            wanted, other = other, wanted
        if wanted not in attrs:
            raise serializers.ValidationError({wanted: _("Say which one.")}, code="required")
        if other in attrs:
            raise serializers.ValidationError(
                {other: _("It does not go with this item_type.")}, code="unknown"
            )
        return attrs


class QuoteLineInput(LineInput):
    seen_price = MoneyField(required=False, help_text="The price the person last saw.")


class LinesInput(StrictSerializer):
    lines = serializers.ListField(child=QuoteLineInput(), max_length=MAX_LINES)


class MergeInput(StrictSerializer):
    lines = serializers.ListField(child=LineInput(), allow_empty=False, max_length=MAX_LINES)


class QuantityInput(StrictSerializer):
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_GEAR)


class ShippingAddressInput(StrictSerializer):
    recipient = CleanCharField(max_length=120)
    phone = CleanCharField(max_length=32)
    country = serializers.ChoiceField(choices=[market.value for market in HOME_MARKETS])
    region = CleanCharField(max_length=80, required=False, default="", allow_blank=True)
    city = CleanCharField(max_length=80)
    street = CleanCharField(max_length=200)
    postal_code = CleanCharField(max_length=12)
    comment = CleanCharField(max_length=300, required=False, default="", allow_blank=True)


class PlaceOrderInput(StrictSerializer):
    delivery_type = serializers.ChoiceField(
        choices=Order.DeliveryType.choices,
        default=Order.DeliveryType.NONE,
        help_text="`none` for tickets alone, else `pickup` or `delivery`.",
    )
    shipping_address = ShippingAddressInput(required=False, allow_null=True, help_text="For `delivery`.")
    expected_total = MoneyField(
        required=False,
        help_text="The total the person agreed to; another one is answered by 409 price_changed.",
    )


def wish_of(line: Mapping[str, Any]) -> Wish:
    """Return a validated line as the services take it."""
    key = line["variant_id"] if line["item_type"] == ItemType.PRODUCT else line["ticket_type_id"]
    return Wish(item_type=line["item_type"], target_id=key, quantity=line["quantity"])


class OrdersQuery(PageQuery):
    status = serializers.ChoiceField(choices=Order.Status.choices, required=False)


# --- Out: documentation of what api.documents builds


class SellerCard(serializers.Serializer):
    id = serializers.IntegerField()
    display_name = serializers.CharField()
    slug = serializers.CharField()


class LineOptions(serializers.Serializer):
    """Gear has size, colour and sku; a ticket has the rest."""

    size = serializers.CharField(required=False)
    colour = serializers.CharField(required=False)
    sku = serializers.CharField(required=False)
    ticket_type = serializers.CharField(required=False)
    starts_at = serializers.DateTimeField(required=False)
    timezone = serializers.CharField(required=False, help_text="IANA name of the event's zone.")
    city = serializers.CharField(required=False, help_text="Empty for an online event.")


class BasketLine(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True, help_text="Null for a line that only the client holds.")
    item_type = serializers.ChoiceField(choices=ItemType.choices)
    variant_id = serializers.IntegerField(allow_null=True)
    ticket_type_id = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    slug = serializers.CharField(help_text="Of the product or the event, for its address.")
    options = LineOptions()
    image = ImageOutput(allow_null=True)
    organizer = SellerCard()
    quantity = serializers.IntegerField()
    unit_price = MoneyField()
    seen_price = MoneyField()
    price_changed = serializers.BooleanField()
    line_total = MoneyField()
    available = serializers.IntegerField(help_text="Left for this buyer, told up to 100.")
    max_quantity = serializers.IntegerField(help_text="At most so many may be ordered now.")
    problem = serializers.ChoiceField(
        choices=[trouble.value for trouble in Trouble],
        allow_null=True,
        help_text="Why it cannot be ordered as it is.",
    )
    problem_detail = serializers.CharField(allow_null=True, help_text="The same in the reader's language.")


class ShippingOption(serializers.Serializer):
    organizer = SellerCard()
    delivery_price = MoneyField()
    pickup_address = serializers.CharField(help_text="Empty where gear cannot be picked up.")


class Basket(serializers.Serializer):
    lines = BasketLine(many=True)
    item_count = serializers.IntegerField()
    subtotal = MoneyField()
    currency = serializers.ChoiceField(
        choices=Currency.choices, allow_null=True, help_text="Null while empty."
    )
    needs_delivery = serializers.BooleanField()
    shipping_options = ShippingOption(many=True, help_text="One for each organizer with gear in the basket.")
    can_order = serializers.BooleanField(help_text="No line has a problem.")


class DroppedLine(serializers.Serializer):
    item_type = serializers.ChoiceField(choices=ItemType.choices)
    variant_id = serializers.IntegerField(allow_null=True)
    ticket_type_id = serializers.IntegerField(allow_null=True)
    title = serializers.CharField(help_text="Empty where the thing is not to be seen.")
    wanted = serializers.IntegerField()
    quantity = serializers.IntegerField(help_text="So many are in the basket now.")
    code = serializers.CharField(
        help_text="A line's problem, or `mixed_currency`, or `basket_full`: why it is not what was wanted."
    )


class ChangedBasket(Basket):
    changes = DroppedLine(many=True, help_text="Lines that could not be taken as they were.")


class OrderHead(serializers.Serializer):
    id = serializers.IntegerField()
    order_number = serializers.CharField()
    status = serializers.ChoiceField(choices=Order.Status.choices)
    payment_status = serializers.ChoiceField(choices=Order.PaymentStatus.choices)
    delivery_type = serializers.ChoiceField(choices=Order.DeliveryType.choices)
    total_amount = MoneyField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Unpaid by then, it is canceled.")
    paid_at = serializers.DateTimeField(allow_null=True)
    canceled_at = serializers.DateTimeField(allow_null=True)
    cancel_reason = serializers.ChoiceField(choices=Order.CancelReason.choices, allow_null=True)
    payment_in_flight = serializers.BooleanField(
        help_text="A payment is being decided: look again in a second."
    )
    can_pay = serializers.BooleanField()
    can_cancel = serializers.BooleanField()


class OrderCardItem(serializers.Serializer):
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    image = ImageOutput(allow_null=True)


class OrderCard(OrderHead):
    item_count = serializers.IntegerField()
    items = OrderCardItem(many=True)


class OrderItemOutput(serializers.Serializer):
    id = serializers.IntegerField()
    item_type = serializers.ChoiceField(choices=ItemType.choices)
    variant_id = serializers.IntegerField(allow_null=True)
    ticket_type_id = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    slug = serializers.CharField()
    options = LineOptions()
    image = ImageOutput(allow_null=True)
    organizer = SellerCard()
    quantity = serializers.IntegerField()
    refunded_quantity = serializers.IntegerField()
    unit_price = MoneyField()
    total_price = MoneyField()


class OrderPart(serializers.Serializer):
    """One organizer's part of the order."""

    id = serializers.IntegerField()
    organizer = SellerCard()
    status = serializers.ChoiceField(choices=Fulfilment.Status.choices)
    has_gear = serializers.BooleanField()
    subtotal = MoneyField()
    shipping = MoneyField()
    tracking_number = serializers.CharField()
    shipped_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)


class OrderChange(serializers.Serializer):
    part_id = serializers.IntegerField(allow_null=True, help_text="Null for the order itself.")
    from_status = serializers.CharField(help_text="Empty for the beginning.")
    to_status = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class OrderAddress(serializers.Serializer):
    recipient = serializers.CharField()
    phone = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField()
    city = serializers.CharField()
    street = serializers.CharField()
    postal_code = serializers.CharField()
    comment = serializers.CharField()


class OrderOutput(OrderHead):
    subtotal = MoneyField()
    discount = MoneyField()
    shipping = MoneyField()
    tax = MoneyField()
    refunded_amount = MoneyField(
        help_text="Given back or on its way back, money that came too late included."
    )
    items = OrderItemOutput(many=True)
    parts = OrderPart(many=True)
    history = OrderChange(many=True)
    shipping_address = OrderAddress(allow_null=True)

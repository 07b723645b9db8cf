from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from delux.core.api.serializers import MoneyField, StrictSerializer
from delux.core.money import Currency
from delux.orders.models import Order
from delux.payments.models import Payment


class MockChargeInput(StrictSerializer):
    order_id = serializers.CharField(max_length=20, help_text="The order's number, or its id.")
    card_number = serializers.CharField(max_length=30, write_only=True)
    exp_month = serializers.IntegerField(min_value=1, max_value=12, write_only=True)
    exp_year = serializers.IntegerField(min_value=2000, max_value=2100, write_only=True)
    cvc = serializers.RegexField(r"^[0-9]{3,4}$", write_only=True)


class PaymentOutput(serializers.Serializer):
    id = serializers.IntegerField()
    order_id = serializers.IntegerField()
    order_number = serializers.CharField()
    order_status = serializers.ChoiceField(choices=Order.Status.choices)
    provider = serializers.CharField()
    status = serializers.ChoiceField(
        choices=Payment.Status.choices,
        help_text="`initiated` while the provider decides: ask again in a second.",
    )
    amount = MoneyField()
    refunded_amount = MoneyField(help_text="Given back or on its way back.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    card_brand = serializers.CharField()
    card_last4 = serializers.CharField()
    failure_code = serializers.CharField(help_text="Why it failed; empty otherwise.")
    message = serializers.CharField(
        help_text="Where the payment stands and what to do, in the reader's language."
    )
    created_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)


class WebhookOutput(serializers.Serializer):
    received = serializers.BooleanField()


def payment_data(payment: Payment) -> dict[str, Any]:
    """Return a payment, its order loaded, as PaymentOutput describes it."""
    return {
        "id": payment.pk,
        "order_id": payment.order_id,
        "order_number": payment.order.order_number,
        "order_status": payment.order.status,
        "provider": payment.provider,
        "status": payment.status,
        "amount": str(payment.amount),
        "refunded_amount": str(payment.refunded_amount),
        "currency": payment.currency,
        "card_brand": payment.card_brand,
        "card_last4": payment.card_last4,
        "failure_code": payment.failure_code,
        "message": _message(payment),
        "created_at": payment.created_at,
        "paid_at": payment.paid_at,
    }


def _message(payment: Payment) -> str:
    if payment.refunded_amount == payment.amount:
        if payment.status == Payment.Status.REFUNDED:
            return _("The money has been returned to your card.")
        return _("The money came too late for this order and is on its way back to your card.")
    match payment.status:
        case Payment.Status.INITIATED:
            return _("The bank is still deciding. Nothing else is needed from you.")
        case Payment.Status.FAILED if payment.failure_code == "card_declined":
            return _(
                "The bank declined this card, no money was taken. Your order is kept until its time is over: "
                "try another card."
            )
        case Payment.Status.FAILED:
            return _("The payment did not go through, no money was taken. Please try again.")
    return _("Paid. Thank you!")

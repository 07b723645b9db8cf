from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.core.api.idempotency import once
from delux.core.api.serializers import CleanCharField, IdField, MoneyField, StrictSerializer
from delux.core.api.views import View
from delux.core.money import ZERO, Currency
from delux.crm.selectors.orders import get_part
from delux.orders.services.refunding import NothingToGiveBack
from delux.payments.models import Refund
from delux.payments.services.refunds import NothingToRefund, NotRefundable, quote_refund, refund_order
from delux.payments.services.sending_refunds import RefundExceedsPayment

EXAMPLES = [
    OpenApiExample("All of your part", value={"reason": "The race was moved"}, request_only=True),
    OpenApiExample(
        "One line, shipping kept",
        value={"lines": [{"item_id": 31, "quantity": 1}], "shipping": False, "reason": "Wrong size"},
        request_only=True,
    ),
]


class RefundLineInput(StrictSerializer):
    item_id = IdField(help_text="One of your lines of this order.")
    quantity = serializers.IntegerField(min_value=1, max_value=10_000)


class CrmRefundInput(StrictSerializer):
    lines = RefundLineInput(  # type: ignore[call-arg]  # many=True takes the list's arguments too
        many=True,
        required=False,
        allow_null=True,
        max_length=100,
        help_text="Leave it out for all your lines. Empty with `shipping`: shipping alone.",
    )
    shipping = serializers.BooleanField(
        required=False,
        help_text="Give your shipping back too. Yes for all of your part, no for single lines.",
    )
    reason = CleanCharField(max_length=200, required=False, allow_blank=True, help_text="The buyer reads it.")

    def validate_lines(self, lines: list[dict[str, int]] | None) -> list[dict[str, int]] | None:
        if lines and len({line["item_id"] for line in lines}) < len(lines):
            raise serializers.ValidationError(_("Name each line once."), code="duplicate")
        return lines


class RefundQuoteLine(serializers.Serializer):
    item_id = serializers.IntegerField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    amount = MoneyField()


class RefundQuoteOutput(serializers.Serializer):
    amount = MoneyField(help_text="What the buyer gets back.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    shipping = MoneyField(help_text="Of it, shipping.")
    lines = RefundQuoteLine(many=True)


class CrmRefundOutput(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True, help_text="Empty when what is given back cost nothing.")
    amount = MoneyField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    status = serializers.ChoiceField(
        choices=Refund.Status.choices, help_text="Of the money: `initiated` until the provider has sent it."
    )


class CrmRefundPreviewView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (NotRefundable, NothingToRefund)}

    @extend_schema(
        operation_id="crm_orders_refund_preview",
        summary="What a refund would give back; nothing happens",
        tags=["CRM"],
        request=CrmRefundInput,
        responses=RefundQuoteOutput,
        examples=EXAMPLES,
    )
    def post(self, request: Request, ref: str) -> Response:
        part = get_part(organizer=organizer_of(request), ref=ref)
        wanted = self.read(request, CrmRefundInput)
        quote = quote_refund(order=part.order, organizer=part.organizer, **what_to_refund(wanted))
        return Response(
            {
                "amount": quote.amount,
                "currency": quote.currency,
                "shipping": sum(quote.shipping.values(), ZERO),
                "lines": [
                    {
                        "item_id": line.item.pk,
                        "title": line.item.title,
                        "quantity": line.quantity,
                        "amount": line.amount,
                    }
                    for line in quote.lines
                ],
            }
        )


class CrmRefundView(View):
    permission_classes = (IsOrganizer,)
    idempotent = ("POST",)
    raises = {"post": (NotRefundable, NothingToRefund, NothingToGiveBack, RefundExceedsPayment)}

    @extend_schema(
        operation_id="crm_orders_refund",
        summary="Give back your part of an order, or lines of it",
        description="Stock returns, tickets stop admitting, and the money goes back the way it came.",
        tags=["CRM"],
        request=CrmRefundInput,
        responses={201: CrmRefundOutput},
        examples=EXAMPLES,
    )
    def post(self, request: Request, ref: str) -> Response:
        part = get_part(organizer=organizer_of(request), ref=ref)
        wanted = self.read(request, CrmRefundInput)

        def refund() -> Response:
            made = refund_order(
                order=part.order,
                organizer=part.organizer,
                reason=wanted.get("reason", ""),
                requested_by=signed_in(request),
                at=timezone.now(),
                **what_to_refund(wanted),
            )
            return Response(show_refund(made, currency=part.order.currency), status=status.HTTP_201_CREATED)

        return once(request, refund)


def what_to_refund(wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the lines and the shipping a validated CrmRefundInput asks for."""
    lines = wanted.get("lines")
    return {
        "lines": None if lines is None else {line["item_id"]: line["quantity"] for line in lines},
        "shipping": wanted.get("shipping", lines is None),
    }


def show_refund(refund: Refund | None, *, currency: str) -> dict[str, Any]:
    """Return the CrmRefundOutput; without a refund, of what cost nothing in ``currency``."""
    if refund is None:
        return {"id": None, "amount": ZERO, "currency": currency, "status": Refund.Status.SUCCEEDED.value}
    return {"id": refund.pk, "amount": refund.amount, "currency": refund.currency, "status": refund.status}


urlpatterns = [
    path("orders/<slug:ref>/refund/", CrmRefundView.as_view(), name="crm-refund"),
    path("orders/<slug:ref>/refund/preview/", CrmRefundPreviewView.as_view(), name="crm-refund-preview"),
]

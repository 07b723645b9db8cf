"""A holder gives a ticket back, or asks for it."""

from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.core.api.idempotency import once
from delux.core.api.serializers import CleanCharField, MoneyField, StrictSerializer
from delux.core.api.views import View
from delux.core.money import Currency
from delux.events.services import admission
from delux.payments.models import Refund, RefundRequest
from delux.payments.selectors.returns import TicketReturn, Way, look_at_return
from delux.payments.services import returns
from delux.payments.services.refunds import NothingToRefund, NotRefundable
from delux.payments.services.sending_refunds import RefundExceedsPayment

DOOR = (
    admission.AlreadyCheckedIn,
    admission.TicketNotPaid,
    admission.TicketRefunded,
    admission.TicketCanceled,
)


class TicketRefundRequest(serializers.Serializer):
    status = serializers.ChoiceField(choices=RefundRequest.Status.choices)
    reason = serializers.CharField()
    answer = serializers.CharField(help_text="Why it was declined.")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class TicketRefundPreview(serializers.Serializer):
    way = serializers.ChoiceField(choices=Way.choices)
    until = serializers.DateTimeField(
        allow_null=True, help_text="The last moment without asking; null: the organizer is always asked."
    )
    amount = MoneyField(
        allow_null=True, help_text="What comes back to you; null where another person paid and gets it."
    )
    currency = serializers.ChoiceField(choices=Currency.choices)
    request = TicketRefundRequest(allow_null=True, help_text="The latest you asked.")


class TicketRefundOutput(serializers.Serializer):
    amount = MoneyField(allow_null=True, help_text="Null where it goes to another person, who paid.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    status = serializers.ChoiceField(
        choices=Refund.Status.choices, help_text="Of the money: `initiated` until the provider has sent it."
    )


class TicketRefundAskInput(StrictSerializer):
    reason = CleanCharField(max_length=500, help_text="The organizer reads it.")


class TicketRefundView(View):
    permission_classes = (IsAuthenticated,)
    idempotent = ("POST",)
    raises = {
        "post": (
            returns.RefundByAsking,
            returns.RefundNotPossible,
            NotRefundable,
            NothingToRefund,
            RefundExceedsPayment,
            *DOOR,
        )
    }

    @extend_schema(
        operation_id="tickets_refund_preview",
        summary="How my ticket can be given back, and what for; nothing happens",
        tags=["Tickets"],
        responses=TicketRefundPreview,
    )
    def get(self, request: Request, ticket_id: int) -> Response:
        return Response(_show(_look(request, ticket_id)))

    @extend_schema(
        operation_id="tickets_refund",
        summary="Give my ticket back within the event's rule",
        description=(
            "The ticket stops admitting, its place is on sale again, and its price goes back the way it was "
            "paid, to whoever paid it."
        ),
        tags=["Tickets"],
        request=None,
        responses={201: TicketRefundOutput},
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        def give_back() -> Response:
            what, refund = returns.return_ticket(
                holder=signed_in(request), ticket_id=ticket_id, at=timezone.now()
            )
            shown = {
                "amount": what.amount if what.is_payer else None,
                "currency": _currency(what),
                "status": refund.status if refund else Refund.Status.SUCCEEDED.value,
            }
            return Response(shown, status=201)

        return once(request, give_back)


class TicketRefundRequestView(View):
    permission_classes = (IsAuthenticated,)
    raises = {
        "post": (
            returns.RefundAtOnce,
            returns.RefundAskedAlready,
            returns.RefundNotPossible,
            *DOOR,
        )
    }

    @extend_schema(
        operation_id="tickets_refund_ask",
        summary="Ask the organizer to take my ticket back",
        description="For when the event's rule does not allow it any more. The ticket stays valid meanwhile.",
        tags=["Tickets"],
        request=TicketRefundAskInput,
        responses={201: TicketRefundPreview},
        examples=[OpenApiExample("A reason", value={"reason": "I broke my ankle"}, request_only=True)],
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        form = self.read(request, TicketRefundAskInput)
        returns.ask_for_refund(
            holder=signed_in(request), ticket_id=ticket_id, reason=form["reason"], at=timezone.now()
        )
        return Response(_show(_look(request, ticket_id)), status=201)

    @extend_schema(
        operation_id="tickets_refund_withdraw",
        summary="Take back what I asked",
        tags=["Tickets"],
        responses={200: TicketRefundPreview},
    )
    def delete(self, request: Request, ticket_id: int) -> Response:
        returns.withdraw_request(holder=signed_in(request), ticket_id=ticket_id, at=timezone.now())
        return Response(_show(_look(request, ticket_id)))


def _look(request: Request, ticket_id: int) -> TicketReturn:
    return look_at_return(holder=signed_in(request), ticket_id=ticket_id, at=timezone.now())


def _show(what: TicketReturn) -> dict[str, Any]:
    asked = what.request
    return {
        "way": what.way,
        "until": what.until,
        "amount": what.amount if what.is_payer else None,
        "currency": _currency(what),
        "request": asked
        and {
            "status": asked.status,
            "reason": asked.reason,
            "answer": asked.answer,
            "created_at": asked.created_at,
            "decided_at": asked.decided_at,
        },
    }


def _currency(what: TicketReturn) -> str:
    return what.item.order.currency if what.item else what.ticket.ticket_type.currency


urlpatterns = [
    path("tickets/<int:ticket_id>/refund/", TicketRefundView.as_view(), name="ticket-refund"),
    path(
        "tickets/<int:ticket_id>/refund/request/",
        TicketRefundRequestView.as_view(),
        name="ticket-refund-request",
    ),
]

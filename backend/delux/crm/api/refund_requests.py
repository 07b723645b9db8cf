"""The organizer answers who asks for a ticket to be taken back."""

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.core.api.idempotency import once
from delux.core.api.serializers import CleanCharField, StrictSerializer
from delux.core.api.views import View
from delux.crm.api.order_page import CrmRefundRequest, show_request
from delux.crm.api.refunds import CrmRefundOutput, show_refund
from delux.events.services import admission
from delux.payments.selectors.returns import get_request
from delux.payments.services.refunds import NothingToRefund, NotRefundable
from delux.payments.services.returns import RefundRequestClosed, decline_request, grant_request
from delux.payments.services.sending_refunds import RefundExceedsPayment


class CrmRefundAnswerInput(StrictSerializer):
    answer = CleanCharField(max_length=500, help_text="Why not. Whoever asked reads it.")


class CrmRefundGrantView(View):
    permission_classes = (IsOrganizer,)
    idempotent = ("POST",)
    raises = {
        "post": (
            RefundRequestClosed,
            NotRefundable,
            NothingToRefund,
            RefundExceedsPayment,
            admission.AlreadyCheckedIn,
            admission.TicketRefunded,
            admission.TicketCanceled,
        )
    }

    @extend_schema(
        operation_id="crm_refund_requests_grant",
        summary="Take back the very ticket a holder asks about, and send its money",
        tags=["CRM"],
        request=None,
        responses={201: CrmRefundOutput},
    )
    def post(self, request: Request, request_id: int) -> Response:
        organizer = organizer_of(request)
        asked = get_request(organizer=organizer, request_id=request_id)

        def grant() -> Response:
            refund = grant_request(
                organizer=organizer, request_id=request_id, by=signed_in(request), at=timezone.now()
            )
            currency = asked.ticket.ticket_type.currency
            return Response(show_refund(refund, currency=currency), status=201)

        return once(request, grant)


class CrmRefundDeclineView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (RefundRequestClosed,)}

    @extend_schema(
        operation_id="crm_refund_requests_decline",
        summary="Decline what a holder asks, and say why; the ticket stays valid",
        tags=["CRM"],
        request=CrmRefundAnswerInput,
        responses=CrmRefundRequest,
        examples=[
            OpenApiExample(
                "Too late", value={"answer": "The starter packs are printed already."}, request_only=True
            )
        ],
    )
    def post(self, request: Request, request_id: int) -> Response:
        form = self.read(request, CrmRefundAnswerInput)
        declined = decline_request(
            organizer=organizer_of(request),
            request_id=request_id,
            answer=form["answer"],
            by=signed_in(request),
            at=timezone.now(),
        )
        return Response(show_request(declined))


urlpatterns = [
    path("refund-requests/<int:request_id>/grant/", CrmRefundGrantView.as_view(), name="crm-refund-grant"),
    path(
        "refund-requests/<int:request_id>/decline/",
        CrmRefundDeclineView.as_view(),
        name="crm-refund-decline",
    ),
]

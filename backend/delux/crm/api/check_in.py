"""The door: one ticket, one person, once."""

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.core.api.views import View
from delux.events.api.desk_serializers import AdmitInput, CheckInInput, CheckInOutput
from delux.events.services import admission


class CheckInView(View):
    permission_classes = (IsOrganizer,)
    raises = {
        "post": (
            admission.UnknownCode,
            admission.TicketReplaced,
            admission.WrongEvent,
            admission.AlreadyCheckedIn,
            admission.TicketNotPaid,
            admission.TicketRefunded,
            admission.TicketCanceled,
        )
    }

    @extend_schema(
        operation_id="crm_check_in",
        summary="Admit the holder of a code, once",
        description=(
            "200 means: let them in. Safe to repeat with the same `scanned_at`. Every refusal says why in "
            "`code`; where the ticket is yours it carries what a door wants to know (holder, kind of ticket, "
            "when and by whom it was used) in `ticket`."
        ),
        tags=["CRM"],
        request=CheckInInput,
        responses=CheckInOutput,
        examples=[
            OpenApiExample(
                "A scanned code", value={"code": "AAEAAAAAAAAAKg…", "event": 42}, request_only=True
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, CheckInInput)
        attendee = admission.check_in(
            organizer=organizer_of(request),
            code=form["code"],
            by=signed_in(request),
            at=form["scanned_at"],
            event_id=form.get("event"),
        )
        return Response(admission.describe_admission(attendee))


class AttendeeCheckInView(View):
    permission_classes = (IsOrganizer,)
    raises = {
        "post": (
            admission.AlreadyCheckedIn,
            admission.TicketNotPaid,
            admission.TicketRefunded,
            admission.TicketCanceled,
        )
    }

    @extend_schema(
        operation_id="crm_attendee_check_in",
        summary="Admit somebody found by name, once",
        description=(
            "For those who come without their code: `id` as the list of attendees has it. "
            "Answers and refusals are those of a scanned code."
        ),
        tags=["CRM"],
        request=AdmitInput,
        responses=CheckInOutput,
        examples=[
            OpenApiExample(
                "Found by name", value={"scanned_at": "2026-12-12T08:15:04.123456Z"}, request_only=True
            )
        ],
    )
    def post(self, request: Request, attendee_id: int) -> Response:
        form = self.read(request, AdmitInput)
        attendee = admission.check_in_by_name(
            organizer=organizer_of(request),
            attendee_id=attendee_id,
            by=signed_in(request),
            at=form["scanned_at"],
        )
        return Response(admission.describe_admission(attendee))


urlpatterns = [
    path("check-in/", CheckInView.as_view(), name="crm-check-in"),
    path(
        "attendees/<int:attendee_id>/check-in/", AttendeeCheckInView.as_view(), name="crm-attendee-check-in"
    ),
]

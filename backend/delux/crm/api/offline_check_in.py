"""A door without a network: the list it takes along, and what it tells afterwards."""

from datetime import datetime
from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.core.api.serializers import IdField, StrictSerializer
from delux.core.api.views import View
from delux.events.api.desk_serializers import CheckInOutput, is_credible
from delux.events.models import EventAttendee
from delux.events.selectors import organizing
from delux.events.selectors.transfers import list_replaced_codes
from delux.events.services import admission
from delux.events.services.admission_batch import ADMITTED, Scan, check_in_batch
from delux.events.services.ticket_codes import fingerprint, public_key

MOST = 200
REFUSALS = (
    admission.UnknownCode,
    admission.TicketReplaced,
    admission.WrongEvent,
    admission.AlreadyCheckedIn,
    admission.TicketNotPaid,
    admission.TicketRefunded,
    admission.TicketCanceled,
)


class DoorTicketOutput(serializers.Serializer):
    """Short names: there may be ten thousand of them."""

    id = serializers.IntegerField()
    h = serializers.CharField(
        help_text="First 16 bytes of SHA-256 of the code, URL-safe base64 without padding."
    )
    s = serializers.ChoiceField(choices=EventAttendee.Status.choices, help_text="Status.")
    n = serializers.CharField(help_text="Who it admits.")
    t = serializers.IntegerField(help_text="Kind of ticket: its place in `ticket_types`.")
    at = serializers.DateTimeField(required=False, help_text="When it was used; not there where it was not.")


class DoorListOutput(serializers.Serializer):
    event = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    is_canceled = serializers.BooleanField()
    made_at = serializers.DateTimeField()
    public_key = serializers.CharField(
        help_text="Ed25519, raw, URL-safe base64. A code is 26 signed bytes (version, event, random id) and "
        "the signature of 64."
    )
    ticket_types = serializers.ListField(child=serializers.CharField())
    tickets = DoorTicketOutput(many=True)
    replaced = serializers.ListField(
        child=serializers.CharField(),
        help_text="Fingerprints, as `h`, of codes that admit nobody: their tickets were passed on.",
    )


class ScanInput(StrictSerializer):
    code = serializers.CharField(max_length=500, required=False, help_text="What the QR code said.")
    ticket = IdField(required=False, help_text="Or the ticket found by name.")
    scanned_at = serializers.DateTimeField(help_text="By the clock of the device.")

    def validate_scanned_at(self, at: datetime) -> datetime:
        if not is_credible(at):
            raise serializers.ValidationError(_("This is too far from now."), code="out_of_range")
        return at

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("code" in attrs) == ("ticket" in attrs):
            raise serializers.ValidationError(
                {"code": [_("Name a code or a ticket, one of the two.")]}, code="one_of_two"
            )
        return attrs


class CheckInBatchInput(StrictSerializer):
    scans = serializers.ListField(child=ScanInput(), min_length=1, max_length=MOST)


class ScanOutput(serializers.Serializer):
    result = serializers.ChoiceField(choices=[ADMITTED, *(refusal.code for refusal in REFUSALS)])
    ticket = CheckInOutput(allow_null=True, help_text="Where it is a ticket of yours.")


class CheckInBatchOutput(serializers.Serializer):
    results = ScanOutput(many=True, help_text="One for each scan, in their order.")


class DoorListView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_check_ins_manifest",
        summary="What a door needs to judge tickets without a network",
        description="Codes are there as fingerprints: whoever finds the device cannot make a ticket of them.",
        tags=["CRM"],
        responses=DoorListOutput,
    )
    def get(self, request: Request, event_id: int) -> Response:
        now = timezone.now()
        event = organizing.get_event(organizer=organizer_of(request), event_id=event_id)
        kinds = list(event.ticket_types.all())
        place = {kind.pk: number for number, kind in enumerate(kinds)}
        return Response(
            {
                "event": event.pk,
                "slug": event.slug,
                "title": event.title,
                "is_canceled": event.status == event.Status.CANCELED,
                "made_at": now,
                "public_key": public_key(event.pk),
                "ticket_types": [kind.name for kind in kinds],
                "tickets": [
                    {
                        "id": row["pk"],
                        "h": fingerprint(row["qr_code"]),
                        "s": row["status"],
                        "n": row["called"],
                        "t": place[row["ticket_type_id"]],
                    }
                    | ({"at": row["checked_in_at"]} if row["checked_in_at"] else {})
                    for row in organizing.list_for_door(event=event)
                ],
                "replaced": [fingerprint(code) for code in list_replaced_codes(event=event)],
            }
        )


class CheckInBatchView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_check_ins_batch",
        summary="Tell whom a door without a network let in; safe to repeat",
        description=(
            "Each scan gets its own verdict. `admitted` means this very scan used the ticket, also when the "
            "batch is sent again; anything else is somebody who was let in and should not have been."
        ),
        tags=["CRM"],
        request=CheckInBatchInput,
        responses=CheckInBatchOutput,
        examples=[
            OpenApiExample(
                "Two people let in",
                value={
                    "scans": [
                        {"code": "AAEAAAAAAAAAKg…", "scanned_at": "2026-11-21T04:00:00.123Z"},
                        {"ticket": 512, "scanned_at": "2026-11-21T04:00:07.004Z"},
                    ]
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, event_id: int) -> Response:
        form = self.read(request, CheckInBatchInput)
        verdicts = check_in_batch(
            organizer=organizer_of(request),
            event_id=event_id,
            scans=[
                Scan(at=scan["scanned_at"], code=scan.get("code"), ticket_id=scan.get("ticket"))
                for scan in form["scans"]
            ],
            by=signed_in(request),
            now=timezone.now(),
        )
        return Response(
            {"results": [{"result": verdict.result, "ticket": verdict.ticket} for verdict in verdicts]}
        )


urlpatterns = [
    path("events/<int:event_id>/check-ins/manifest/", DoorListView.as_view(), name="crm-door-list"),
    path("events/<int:event_id>/check-ins/batch/", CheckInBatchView.as_view(), name="crm-check-in-batch"),
]

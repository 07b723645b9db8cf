"""Who comes to an organizer's event: on the screen, and as a file for its own programs."""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.pagination import page
from delux.core.api.serializers import page_of
from delux.core.api.views import View
from delux.core.spreadsheets import Cell, stream_csv, write_xlsx
from delux.crm.selectors.events import list_attendees_with_orders
from delux.events.api.desk import show_attendee
from delux.events.api.desk_serializers import AttendeeOutput, AttendeesExportQuery, AttendeesQuery
from delux.events.models import EventAttendee
from delux.events.selectors import organizing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 500


class CrmEventAttendeesView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": AttendeesQuery}

    @extend_schema(
        operation_id="crm_event_attendees_list",
        summary="Who holds tickets of your event, latest first",
        tags=["CRM"],
        responses=page_of(AttendeeOutput),
    )
    def get(self, request: Request, event_id: int) -> Response:
        attendees = organizing.list_attendees(
            organizer=organizer_of(request),
            event_id=event_id,
            **_filter(self.query),
        )
        return Response(
            page(request, attendees, self.query, lambda rows: [show_attendee(row) for row in rows])
        )


class CrmEventAttendeesExportView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": AttendeesExportQuery}

    @extend_schema(
        operation_id="crm_event_attendees_export",
        summary="The same people as a file, with times by the event's clock and columns in your language",
        tags=["CRM"],
        responses={(200, "text/csv"): OpenApiTypes.BINARY, (200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, event_id: int) -> HttpResponseBase:
        organizer = organizer_of(request)
        event = organizing.get_event(organizer=organizer, event_id=event_id)
        attendees = list_attendees_with_orders(organizer=organizer, event_id=event_id, **_filter(self.query))
        zone = ZoneInfo(event.timezone)
        header = _header(event.timezone, organizer.currency)
        rows = _rows(attendees.iterator(chunk_size=BATCH), zone, _statuses())
        name = f"{event.slug}-{timezone.now().astimezone(zone):%Y-%m-%d}.{self.query['file_type']}"
        if self.query["file_type"] == "xlsx":
            file = write_xlsx(gettext("Attendees"), header, rows)
            return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
        return StreamingHttpResponse(
            stream_csv(header, rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _filter(query: dict[str, Any]) -> dict[str, Any]:
    return {
        "q": query.get("q", ""),
        "status": query.get("status", ""),
        "ticket_type": query.get("ticket_type"),
    }


def _header(zone: str, currency: str) -> list[str]:
    return [
        gettext("Name"),
        gettext("E-mail"),
        gettext("Phone"),
        gettext("Ticket"),
        gettext("Ticket status"),
        gettext("Ticket price, %(currency)s") % {"currency": currency},
        gettext("Order"),
        gettext("Issued, %(zone)s time") % {"zone": zone},
        gettext("Checked in, %(zone)s time") % {"zone": zone},
    ]


def _statuses() -> dict[str, str]:
    """Return the words for a ticket's status: made at once, as rows outlive the request's language."""
    return {
        EventAttendee.Status.RESERVED: gettext("Awaiting payment"),
        EventAttendee.Status.PAID: gettext("Valid"),
        EventAttendee.Status.CANCELED: gettext("Canceled ticket"),
        EventAttendee.Status.REFUNDED: gettext("Refunded"),
        EventAttendee.Status.CHECKED_IN: gettext("Checked in"),
    }


def _rows(attendees: Iterable[Any], zone: ZoneInfo, statuses: dict[str, str]) -> Iterator[list[Cell]]:
    for one in attendees:
        yield [
            one.attendee_name or one.user.get_full_name(),
            one.user.email,
            one.user.phone,
            one.ticket_type.name,
            statuses[one.status],
            one.paid_price,
            one.order_number,
            one.created_at.astimezone(zone),
            one.checked_in_at and one.checked_in_at.astimezone(zone),
        ]


urlpatterns = [
    path("events/<int:event_id>/attendees/", CrmEventAttendeesView.as_view(), name="crm-event-attendees"),
    path(
        "events/<int:event_id>/attendees/export/",
        CrmEventAttendeesExportView.as_view(),
        name="crm-event-attendees-export",
    ),
]

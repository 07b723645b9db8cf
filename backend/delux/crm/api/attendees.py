"""Who comes to an organizer's event."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.pagination import page
from delux.core.api.serializers import page_of
from delux.core.api.views import View
from delux.events.api.desk import show_attendee
from delux.events.api.desk_serializers import AttendeeOutput, AttendeesQuery
from delux.events.selectors import organizing


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
            q=self.query.get("q", ""),
            status=self.query.get("status", ""),
            ticket_type=self.query.get("ticket_type"),
        )
        return Response(
            page(request, attendees, self.query, lambda rows: [show_attendee(row) for row in rows])
        )


urlpatterns = [
    path("events/<int:event_id>/attendees/", CrmEventAttendeesView.as_view(), name="crm-event-attendees"),
]

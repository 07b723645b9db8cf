"""An organizer's events: preparing, publishing, calling off, who comes. Their parts: event_parts."""

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.pagination import page
from delux.core.api.serializers import page_of
from delux.core.api.views import View
from delux.crm.api import event_parts
from delux.events.api.desk import show_attendee, show_event, show_event_row
from delux.events.api.desk_serializers import (
    EVENT_EXAMPLE,
    AttendeeOutput,
    AttendeesQuery,
    CrmEventOutput,
    CrmEventRowOutput,
    CrmEventsQuery,
    EventCancelInput,
    EventInput,
)
from delux.events.selectors import organizing
from delux.events.services import editing, publishing
from delux.payments.services.refunds import refund_event


class CrmEventsView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": CrmEventsQuery}

    @extend_schema(
        operation_id="crm_events_list",
        summary="Your events, drafts included, latest start first",
        tags=["CRM"],
        responses=page_of(CrmEventRowOutput),
    )
    def get(self, request: Request) -> Response:
        events = organizing.list_events(
            organizer=organizer_of(request), status=self.query.get("status", ""), q=self.query.get("q", "")
        )
        return Response(page(request, events, self.query, lambda rows: [show_event_row(row) for row in rows]))

    @extend_schema(
        operation_id="crm_events_create",
        summary="Create a draft",
        tags=["CRM"],
        request=EventInput,
        responses={201: CrmEventOutput},
        examples=[EVENT_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        fields = self.read(request, EventInput)
        event = editing.create_event(organizer=organizer_of(request), at=timezone.now(), fields=fields)
        return _shown(request, event.pk, status=201)


class CrmEventView(View):
    permission_classes = (IsOrganizer,)
    raises = {
        "patch": (editing.EventClosed, editing.CapacityBelowTaken, editing.PlaceMissing),
        "delete": (editing.EventNotDraft,),
    }

    @extend_schema(
        operation_id="crm_events_get",
        summary="One of your events, with what it lacks before it can be published",
        tags=["CRM"],
        responses=CrmEventOutput,
    )
    def get(self, request: Request, event_id: int) -> Response:
        return _shown(request, event_id)

    @extend_schema(
        operation_id="crm_events_update",
        summary="Change a draft or a published event",
        tags=["CRM"],
        request=EventInput(partial=True),
        responses=CrmEventOutput,
        examples=[OpenApiExample("More people", value={"capacity": 800}, request_only=True)],
    )
    def patch(self, request: Request, event_id: int) -> Response:
        changes = self.read(request, EventInput, partial=True)
        editing.update_event(
            organizer=organizer_of(request), event_id=event_id, at=timezone.now(), changes=changes
        )
        return _shown(request, event_id)

    @extend_schema(
        operation_id="crm_events_delete", summary="Delete a draft", tags=["CRM"], responses={204: None}
    )
    def delete(self, request: Request, event_id: int) -> Response:
        editing.delete_draft(organizer=organizer_of(request), event_id=event_id)
        return Response(status=204)


class CrmEventPublishView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (publishing.EventNotReady, publishing.EventNotPublishable)}

    @extend_schema(
        operation_id="crm_events_publish",
        summary="Show a draft to everyone; `errors` of a refusal name what is missing",
        tags=["CRM"],
        request=None,
        responses=CrmEventOutput,
    )
    def post(self, request: Request, event_id: int) -> Response:
        publishing.publish_event(organizer=organizer_of(request), event_id=event_id, at=timezone.now())
        return _shown(request, event_id)


class CrmEventCancelView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (publishing.EventNotCancelable,)}

    @extend_schema(
        operation_id="crm_events_cancel",
        summary="Call off an event: sales stop, everyone with a ticket is told and gets their money back",
        tags=["CRM"],
        request=EventCancelInput,
        responses=CrmEventOutput,
        examples=[OpenApiExample("Bad weather", value={"reason": "A storm is forecast"}, request_only=True)],
    )
    def post(self, request: Request, event_id: int) -> Response:
        form = self.read(request, EventCancelInput)
        publishing.cancel_event(
            organizer=organizer_of(request), event_id=event_id, at=timezone.now(), reason=form["reason"]
        )
        # After the cancellation is committed: should this call be lost, payments finds the tickets by itself.
        refund_event(event_id=event_id)
        return _shown(request, event_id)


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


def _shown(request: Request, event_id: int, *, status: int = 200) -> Response:
    event = organizing.get_event(organizer=organizer_of(request), event_id=event_id)
    return Response(show_event(event, at=timezone.now()), status=status)


urlpatterns = [
    path("events/", CrmEventsView.as_view(), name="crm-events"),
    path("events/<int:event_id>/", CrmEventView.as_view(), name="crm-event"),
    path("events/<int:event_id>/publish/", CrmEventPublishView.as_view(), name="crm-event-publish"),
    path("events/<int:event_id>/cancel/", CrmEventCancelView.as_view(), name="crm-event-cancel"),
    path("events/<int:event_id>/attendees/", CrmEventAttendeesView.as_view(), name="crm-event-attendees"),
    *event_parts.urlpatterns,
]

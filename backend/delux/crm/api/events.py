"""An organizer's events: preparing, publishing, calling off. See event_parts and attendees too."""

from typing import Any

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
from delux.crm.api import attendees, event_parts
from delux.crm.selectors.events import get_figures, list_events, preview_cancellation
from delux.events.api.desk import show_event, show_event_row
from delux.events.api.desk_serializers import (
    EVENT_EXAMPLE,
    CrmEventOutput,
    CrmEventRowOutput,
    CrmEventsQuery,
    EventCancelInput,
    EventCancelPreviewOutput,
    EventFiguresOutput,
    EventInput,
)
from delux.events.selectors import organizing
from delux.events.services import copying, editing, publishing
from delux.payments.services.refunds import refund_event


class CrmEventsView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": CrmEventsQuery}

    @extend_schema(
        operation_id="crm_events_list",
        summary="Your events, drafts included, with what they sold",
        tags=["CRM"],
        responses=page_of(CrmEventRowOutput),
    )
    def get(self, request: Request) -> Response:
        organizer = organizer_of(request)
        events = list_events(
            organizer=organizer,
            status=self.query.get("status", ""),
            q=self.query.get("q", ""),
            ordering=self.query["ordering"],
        )

        def show(rows: list[Any]) -> list[Any]:
            return [show_event_row(row, currency=organizer.currency) for row in rows]

        return Response(page(request, events, self.query, show))

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
        "patch": (
            editing.EventClosed,
            editing.CapacityBelowTaken,
            editing.RefundRuleSold,
            editing.PlaceMissing,
        ),
        "delete": (editing.EventNotDraft, editing.EventInUse),
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


class CrmEventUnpublishView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (publishing.EventNotPublished, publishing.EventHasTickets)}

    @extend_schema(
        operation_id="crm_events_unpublish",
        summary="Take a published event back to a draft, while nobody holds a ticket of it",
        tags=["CRM"],
        request=None,
        responses=CrmEventOutput,
    )
    def post(self, request: Request, event_id: int) -> Response:
        publishing.unpublish_event(organizer=organizer_of(request), event_id=event_id)
        return _shown(request, event_id)


class CrmEventDuplicateView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_events_duplicate",
        summary="Make a draft like this event: its texts, place, picture and tickets, some weeks later",
        tags=["CRM"],
        request=None,
        responses={201: CrmEventOutput},
    )
    def post(self, request: Request, event_id: int) -> Response:
        event = copying.duplicate_event(organizer=organizer_of(request), event_id=event_id, at=timezone.now())
        return _shown(request, event.pk, status=201)


class CrmEventFiguresView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_event_figures",
        summary="How your event sells, and who came",
        tags=["CRM"],
        responses=EventFiguresOutput,
    )
    def get(self, request: Request, event_id: int) -> Response:
        return Response(get_figures(organizer=organizer_of(request), event_id=event_id))


class CrmEventCancelPreviewView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_events_cancel_preview",
        summary="What calling off your event would do; nothing happens",
        tags=["CRM"],
        responses=EventCancelPreviewOutput,
    )
    def get(self, request: Request, event_id: int) -> Response:
        return Response(preview_cancellation(organizer=organizer_of(request), event_id=event_id))


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


def _shown(request: Request, event_id: int, *, status: int = 200) -> Response:
    event = organizing.get_event(organizer=organizer_of(request), event_id=event_id)
    return Response(show_event(event, at=timezone.now()), status=status)


urlpatterns = [
    path("events/", CrmEventsView.as_view(), name="crm-events"),
    path("events/<int:event_id>/", CrmEventView.as_view(), name="crm-event"),
    path("events/<int:event_id>/publish/", CrmEventPublishView.as_view(), name="crm-event-publish"),
    path("events/<int:event_id>/unpublish/", CrmEventUnpublishView.as_view(), name="crm-event-unpublish"),
    path("events/<int:event_id>/duplicate/", CrmEventDuplicateView.as_view(), name="crm-event-duplicate"),
    path("events/<int:event_id>/figures/", CrmEventFiguresView.as_view(), name="crm-event-figures"),
    path(
        "events/<int:event_id>/cancel/preview/",
        CrmEventCancelPreviewView.as_view(),
        name="crm-event-cancel-preview",
    ),
    path("events/<int:event_id>/cancel/", CrmEventCancelView.as_view(), name="crm-event-cancel"),
    *attendees.urlpatterns,
    *event_parts.urlpatterns,
]

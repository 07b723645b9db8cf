"""The parts of an organizer's event: its tickets, its place, how to join it online, its cover."""

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.parsers import UploadParser
from delux.core.api.serializers import ImageOutput
from delux.core.api.views import View
from delux.core.errors import TooLarge
from delux.core.images import BadImage, image_urls
from delux.events.api.desk import show_location, show_online_info, show_ticket_type
from delux.events.api.desk_serializers import (
    TICKET_TYPE_EXAMPLE,
    EventCoverInput,
    EventLocationInput,
    EventOnlineInfoInput,
    TicketTypeInput,
    TicketTypeOutput,
    TicketTypesOrderInput,
)
from delux.events.api.serializers import EventPlaceOutput, OnlineInfoOutput
from delux.events.selectors import organizing
from delux.events.services import editing, ticket_types


class CrmTicketTypesView(View):
    permission_classes = (IsOrganizer,)
    raises = {
        "post": (editing.EventClosed, ticket_types.TicketTypeNameTaken, ticket_types.TooManyTicketTypes),
    }

    @extend_schema(
        operation_id="crm_ticket_types_list",
        summary="The tickets of your event",
        tags=["CRM"],
        responses=TicketTypeOutput(many=True),
    )
    def get(self, request: Request, event_id: int) -> Response:
        event = organizing.get_event(organizer=organizer_of(request), event_id=event_id)
        return Response([show_ticket_type(ticket_type) for ticket_type in event.ticket_types.all()])

    @extend_schema(
        operation_id="crm_ticket_types_create",
        summary="Put a kind of ticket on sale",
        tags=["CRM"],
        request=TicketTypeInput,
        responses={201: TicketTypeOutput},
        examples=[TICKET_TYPE_EXAMPLE],
    )
    def post(self, request: Request, event_id: int) -> Response:
        fields = self.read(request, TicketTypeInput)
        added = ticket_types.add_ticket_type(
            organizer=organizer_of(request), event_id=event_id, fields=fields
        )
        return Response(show_ticket_type(added), status=201)


class CrmTicketTypesOrderView(View):
    permission_classes = (IsOrganizer,)
    raises = {"put": (editing.EventClosed,)}

    @extend_schema(
        operation_id="crm_ticket_types_arrange",
        summary="Say in which order your event's tickets are shown",
        tags=["CRM"],
        request=TicketTypesOrderInput,
        responses=TicketTypeOutput(many=True),
        examples=[OpenApiExample("The second one first", value={"order": [12, 11]}, request_only=True)],
    )
    def put(self, request: Request, event_id: int) -> Response:
        organizer, order = organizer_of(request), self.read(request, TicketTypesOrderInput)["order"]
        ticket_types.arrange_ticket_types(organizer=organizer, event_id=event_id, order=order)
        event = organizing.get_event(organizer=organizer, event_id=event_id)
        return Response([show_ticket_type(ticket_type) for ticket_type in event.ticket_types.all()])


class CrmTicketTypeView(View):
    permission_classes = (IsOrganizer,)
    raises = {
        "patch": (editing.EventClosed, ticket_types.QuantityBelowTaken, ticket_types.TicketTypeNameTaken),
        "delete": (editing.EventClosed, ticket_types.TicketTypeInUse),
    }

    @extend_schema(
        operation_id="crm_ticket_types_get",
        summary="One kind of ticket of your event",
        tags=["CRM"],
        responses=TicketTypeOutput,
    )
    def get(self, request: Request, event_id: int, ticket_type_id: int) -> Response:
        ticket_type = organizing.get_ticket_type(
            organizer=organizer_of(request), event_id=event_id, ticket_type_id=ticket_type_id
        )
        return Response(show_ticket_type(ticket_type))

    @extend_schema(
        operation_id="crm_ticket_types_update",
        summary="Change a kind of ticket; placed orders keep their price",
        tags=["CRM"],
        request=TicketTypeInput(partial=True),
        responses=TicketTypeOutput,
        examples=[OpenApiExample("More tickets", value={"quantity_total": 400}, request_only=True)],
    )
    def patch(self, request: Request, event_id: int, ticket_type_id: int) -> Response:
        changed = ticket_types.update_ticket_type(
            organizer=organizer_of(request),
            event_id=event_id,
            ticket_type_id=ticket_type_id,
            changes=self.read(request, TicketTypeInput, partial=True),
        )
        return Response(show_ticket_type(changed))

    @extend_schema(
        operation_id="crm_ticket_types_delete",
        summary="Delete a kind of ticket that nobody has bought",
        tags=["CRM"],
        responses={204: None},
    )
    def delete(self, request: Request, event_id: int, ticket_type_id: int) -> Response:
        ticket_types.delete_ticket_type(
            organizer=organizer_of(request), event_id=event_id, ticket_type_id=ticket_type_id
        )
        return Response(status=204)


class CrmEventLocationView(View):
    permission_classes = (IsOrganizer,)
    raises = {"put": (editing.EventClosed,)}

    @extend_schema(
        operation_id="crm_event_location_set",
        summary="Say where your event takes place",
        tags=["CRM"],
        request=EventLocationInput,
        responses=EventPlaceOutput,
        examples=[
            OpenApiExample(
                "A stadium",
                value={
                    "country": "KZ",
                    "city": "Almaty",
                    "address": "Medeu rink, Gornaya 465",
                    "latitude": "43.157500",
                    "longitude": "77.059200",
                },
                request_only=True,
            )
        ],
    )
    def put(self, request: Request, event_id: int) -> Response:
        fields = self.read(request, EventLocationInput)
        location = editing.set_location(organizer=organizer_of(request), event_id=event_id, fields=fields)
        return Response(show_location(location))


class CrmEventOnlineInfoView(View):
    permission_classes = (IsOrganizer,)
    raises = {"put": (editing.EventClosed,)}

    @extend_schema(
        operation_id="crm_event_online_info_set",
        summary="Say how to join your event online; only holders of a paid ticket see it",
        tags=["CRM"],
        request=EventOnlineInfoInput,
        responses=OnlineInfoOutput,
        examples=[
            OpenApiExample(
                "A meeting", value={"meeting_link": "https://meet.example.com/yoga"}, request_only=True
            )
        ],
    )
    def put(self, request: Request, event_id: int) -> Response:
        fields = self.read(request, EventOnlineInfoInput)
        info = editing.set_online_info(organizer=organizer_of(request), event_id=event_id, fields=fields)
        return Response(show_online_info(info))


class EventCoverOutput(serializers.Serializer):
    cover = ImageOutput()


class CrmEventCoverView(View):
    permission_classes = (IsOrganizer,)
    parser_classes = (UploadParser,)
    raises = {"post": (editing.EventClosed, BadImage, TooLarge)}

    @extend_schema(
        operation_id="crm_event_cover_set",
        summary="Give your event its picture, instead of the one it had",
        tags=["CRM"],
        request={"multipart/form-data": EventCoverInput},
        responses=EventCoverOutput,
        examples=[OpenApiExample("A picture", value={"file": "(binary)"}, request_only=True)],
    )
    def post(self, request: Request, event_id: int) -> Response:
        file = self.read(request, EventCoverInput)["file"]
        event = editing.set_cover(organizer=organizer_of(request), event_id=event_id, file=file)
        return Response({"cover": image_urls(event.cover_image)})


urlpatterns = [
    path("events/<int:event_id>/ticket-types/", CrmTicketTypesView.as_view(), name="crm-ticket-types"),
    path(
        "events/<int:event_id>/ticket-types/order/",
        CrmTicketTypesOrderView.as_view(),
        name="crm-ticket-types-order",
    ),
    path(
        "events/<int:event_id>/ticket-types/<int:ticket_type_id>/",
        CrmTicketTypeView.as_view(),
        name="crm-ticket-type",
    ),
    path("events/<int:event_id>/location/", CrmEventLocationView.as_view(), name="crm-event-location"),
    path(
        "events/<int:event_id>/online-info/", CrmEventOnlineInfoView.as_view(), name="crm-event-online-info"
    ),
    path("events/<int:event_id>/cover/", CrmEventCoverView.as_view(), name="crm-event-cover"),
]

"""What everyone reads of events. The organizer's half is in crm.api.events; creating one is here as well."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.caching import PublicReadView
from delux.core.api.pagination import page
from delux.core.api.serializers import page_of
from delux.core.replica import from_replica
from delux.events.api import cards
from delux.events.api.desk import show_event
from delux.events.api.desk_serializers import EVENT_EXAMPLE, CrmEventOutput, EventInput
from delux.events.api.serializers import (
    EventCard,
    EventCategoryOutput,
    EventDetail,
    EventFacetsOutput,
    EventFacetsQuery,
    EventPointsOutput,
    EventPointsQuery,
    EventsQuery,
    EventTicketsOutput,
)
from delux.events.selectors import catalogue
from delux.events.selectors.facets import count_facets
from delux.events.selectors.organizing import get_event
from delux.events.services.editing import create_event


class EventsView(PublicReadView):
    query_serializers = {"get": EventsQuery}

    def get_permissions(self) -> list[Any]:
        return [AllowAny() if self.request.method in ("GET", "HEAD", "OPTIONS") else IsOrganizer()]

    @extend_schema(
        operation_id="events_list",
        summary="Published events that are not over",
        tags=["Events"],
        responses=page_of(EventCard),
    )
    @from_replica
    def get(self, request: Request) -> Response:
        at = timezone.now()
        query = {
            name: value for name, value in self.query.items() if name not in ("page", "page_size", "lang")
        }
        events = catalogue.list_events(at=at, **query)

        def serialize(rows: list[cards.Row]) -> list[cards.Row]:
            return cards.cards(rows, left=catalogue.count_left(event_ids=[row["id"] for row in rows], at=at))

        rows = catalogue.card_rows(events)
        return Response(page(request, rows, self.query, serialize, count=events.count()))

    @extend_schema(
        operation_id="events_create",
        summary="Create a draft (the same as `POST /crm/events/`)",
        tags=["Events"],
        request=EventInput,
        responses={201: CrmEventOutput},
        examples=[EVENT_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        at, organizer = timezone.now(), organizer_of(request)
        event = create_event(organizer=organizer, at=at, fields=self.read(request, EventInput))
        return Response(show_event(get_event(organizer=organizer, event_id=event.pk), at=at), status=201)


class EventPointsView(PublicReadView):
    permission_classes = (AllowAny,)
    query_serializers = {"get": EventPointsQuery}

    @extend_schema(
        operation_id="event_points_list",
        summary="Where the events are, for a map",
        description=f"At most {catalogue.MOST_POINTS} events of a box, soonest first; see `complete`.",
        tags=["Events"],
        responses=EventPointsOutput,
    )
    @from_replica
    def get(self, _request: Request) -> Response:
        filters = {name: value for name, value in self.query.items() if name != "lang"}
        box = {side: filters.pop(side) for side in ("south", "west", "north", "east")}
        rows, complete = catalogue.point_rows(catalogue.list_events(at=timezone.now(), **filters), **box)
        return Response({"results": cards.points(rows), "complete": complete})


class EventFacetsView(PublicReadView):
    permission_classes = (AllowAny,)
    query_serializers = {"get": EventFacetsQuery}

    @extend_schema(
        operation_id="event_facets_list",
        summary="Counts beside the filters of events",
        description="What each choice leaves, counted as if its own filter were not set.",
        tags=["Events"],
        responses=EventFacetsOutput,
    )
    @from_replica
    def get(self, _request: Request) -> Response:
        filters = {name: value for name, value in self.query.items() if name != "lang"}
        rows = count_facets(at=timezone.now(), filters=filters)
        return Response(cards.facets(rows, catalogue.list_categories()))


class EventView(PublicReadView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="events_get",
        summary="One event, by slug or id",
        description="Finished and canceled events stay readable under their address.",
        tags=["Events"],
        responses=EventDetail,
    )
    @from_replica
    def get(self, _request: Request, ref: str) -> Response:
        event = catalogue.get_event_page(ref=ref)
        offers = catalogue.list_offers(event_id=event["id"])
        return Response(cards.page(event, offers, at=timezone.now()))


class EventTicketsView(PublicReadView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="event_tickets_list",
        summary="What tickets are left, by the event's slug or id",
        tags=["Events"],
        responses=EventTicketsOutput,
    )
    @from_replica
    def get(self, _request: Request, ref: str) -> Response:
        event, offers = catalogue.get_event_offers(ref=ref)
        return Response(cards.availability(event, offers, at=timezone.now()))


class EventCategoriesView(PublicReadView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="event_categories_list",
        summary="Kinds of sport",
        tags=["Events"],
        responses=EventCategoryOutput(many=True),
    )
    @from_replica
    def get(self, _request: Request) -> Response:
        return Response([cards.category(kind) for kind in catalogue.list_categories()])

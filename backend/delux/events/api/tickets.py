"""A buyer's tickets, with the code that admits them."""

from typing import Any

import segno
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.accounts.models import User
from delux.core.api.pagination import page
from delux.core.api.serializers import page_of
from delux.core.api.views import View
from delux.core.images import image_urls
from delux.events.api.serializers import TicketDetail, TicketInput, TicketOutput, TicketsQuery
from delux.events.models import Event, EventAttendee
from delux.events.selectors.tickets import VALID, get_ticket, list_tickets
from delux.events.selectors.transfers import get_open_offer
from delux.events.services.admission import TicketFixed, name_ticket


class TicketsView(View):
    permission_classes = (IsAuthenticated,)
    query_serializers = {"get": TicketsQuery}

    @extend_schema(
        operation_id="tickets_list",
        summary="My tickets, the next one first",
        tags=["Tickets"],
        responses=page_of(TicketOutput),
    )
    def get(self, request: Request) -> Response:
        tickets: QuerySet[EventAttendee] = list_tickets(
            holder=signed_in(request), when=self.query.get("when", ""), at=timezone.now()
        )
        return Response(page(request, tickets, self.query, lambda rows: [_ticket(row) for row in rows]))


class TicketView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"patch": (TicketFixed,)}

    @extend_schema(
        operation_id="tickets_get",
        summary="One of my tickets: its QR code, and how to join online",
        tags=["Tickets"],
        responses=TicketDetail,
    )
    def get(self, request: Request, ticket_id: int) -> Response:
        return Response(show_ticket(signed_in(request), ticket_id))

    @extend_schema(
        operation_id="tickets_update",
        summary="Say who comes with one of my tickets",
        description="Its code stays the same. A ticket that is used or not valid keeps its name.",
        tags=["Tickets"],
        request=TicketInput,
        responses=TicketDetail,
        examples=[OpenApiExample("A friend", value={"attendee_name": "Bolat Serik"}, request_only=True)],
    )
    def patch(self, request: Request, ticket_id: int) -> Response:
        name, holder = self.read(request, TicketInput)["attendee_name"], signed_in(request)
        name_ticket(holder=holder, ticket_id=ticket_id, name=name, at=timezone.now())
        return Response(show_ticket(holder, ticket_id))


def show_ticket(holder: User, ticket_id: int) -> dict[str, Any]:
    """Return the TicketDetail.

    :raises NotFound: not there, or another person's
    """
    ticket = get_ticket(holder=holder, ticket_id=ticket_id)
    offer = get_open_offer(ticket=ticket, at=timezone.now())
    is_valid = ticket.status in VALID
    info = ticket.ticket_type.event.online_info if is_valid else None
    return _ticket(ticket) | {
        "qr_image": _qr_image(ticket.qr_code) if is_valid else None,
        "online_info": info
        and {
            "stream_url": info.stream_url,
            "meeting_link": info.meeting_link,
            "access_instructions": info.access_instructions,
        },
        "offer": offer and {"email": offer.email, "expires_at": offer.expires_at},
    }


def _ticket(ticket: EventAttendee) -> dict[str, Any]:
    ticket_type = ticket.ticket_type
    return {
        "id": ticket.pk,
        "status": ticket.status,
        "attendee_name": ticket.attendee_name,
        "ticket_type": ticket_type.name,
        "price": ticket_type.price,
        "currency": ticket_type.currency,
        "code": ticket.qr_code if ticket.status in VALID else None,
        "checked_in_at": ticket.checked_in_at,
        "event": show_event(ticket_type.event),
    }


def show_event(event: Event) -> dict[str, Any]:
    """Return the TicketEventOutput."""
    place = event.location
    return {
        "id": event.pk,
        "slug": event.slug,
        "title": event.title,
        "status": event.status,
        "format": event.format,
        "start_datetime": event.start_datetime,
        "end_datetime": event.end_datetime,
        "timezone": event.timezone,
        "cover": image_urls(event.cover_image),
        "location": place
        and {
            "country": place.country,
            "city": place.city,
            "address": place.address,
            "map_url": place.map_url,
            "latitude": place.latitude,
            "longitude": place.longitude,
        },
        "organizer": {
            "display_name": event.organizer.display_name,
            "slug": event.organizer.slug,
            "verified": event.organizer.verified,
        },
    }


def _qr_image(code: str) -> str:
    # "M" mends 15 % of damage: enough for a scratched screen, and coarse enough for a cheap camera.
    return segno.make_qr(code, error="m").svg_data_uri(border=4)

"""What people keep outside the product: tickets on paper, events in a calendar."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from delux.accounts.api.viewer import signed_in
from delux.core.api.views import View
from delux.core.errors import Conflict
from delux.events.calendar import event_calendar
from delux.events.printing import print_tickets, ticket_number
from delux.events.selectors.catalogue import get_public_event
from delux.events.selectors.tickets import VALID, get_ticket

PDF, CALENDAR = "application/pdf", "text/calendar"


class TicketNotValid(Conflict):
    code = "ticket_not_valid"
    title = _("A ticket that no longer admits cannot be printed")


class EventCalendarView(View):
    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(
        operation_id="event_calendar_get",
        summary="An event as a calendar file, by slug or id",
        tags=["Events"],
        responses={(200, CALENDAR): OpenApiTypes.STR},
        auth=[],
    )
    def get(self, _request: Request, ref: str) -> HttpResponse:
        event = get_public_event(ref=ref)
        return download(event_calendar(event), kind=CALENDAR, name=f"{event.slug}.ics")


class TicketCalendarView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="ticket_calendar_get",
        summary="The event of my ticket as a calendar file",
        tags=["Tickets"],
        responses={(200, CALENDAR): OpenApiTypes.STR},
    )
    def get(self, request: Request, ticket_id: int) -> HttpResponse:
        ticket = get_ticket(holder=signed_in(request), ticket_id=ticket_id)
        event = ticket.ticket_type.event
        content = event_calendar(event, ticket_id=ticket.pk, is_void=ticket.status not in VALID)
        return download(content, kind=CALENDAR, name=f"{event.slug}.ics")


class TicketPdfView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"get": (TicketNotValid,)}

    @extend_schema(
        operation_id="ticket_pdf_get",
        summary="My ticket to print",
        tags=["Tickets"],
        responses={(200, PDF): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, ticket_id: int) -> HttpResponse:
        ticket = get_ticket(holder=signed_in(request), ticket_id=ticket_id)
        if ticket.status not in VALID:
            raise TicketNotValid
        title = f"{ticket.ticket_type.event.title} {ticket_number(ticket.pk)}"
        return download(print_tickets([ticket], title=title), kind=PDF, name=f"ticket-{ticket.pk}.pdf")


def download(content: bytes, *, kind: str, name: str) -> HttpResponse:
    """Answer with a file to keep, which nothing on the way keeps too."""
    return HttpResponse(
        content,
        content_type=f"{kind}; charset=utf-8" if kind == CALENDAR else kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )

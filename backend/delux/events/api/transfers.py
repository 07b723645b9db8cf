"""Tickets from hand to hand: offering one, and taking what is offered."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import plain_request, signed_in
from delux.accounts.services.guessing import TooManyGuesses, count_try, limits_of_gift
from delux.core.api.pagination import page
from delux.core.api.serializers import PageQuery, StrictSerializer, page_of
from delux.core.api.views import View
from delux.core.client import client_address
from delux.events.api.serializers import TicketDetail, TicketEventOutput, TicketInput, TicketOfferMade
from delux.events.api.tickets import show_event, show_ticket
from delux.events.models import TicketTransfer
from delux.events.selectors.transfers import list_offers
from delux.events.services import admission, transfers


class TicketOfferInput(StrictSerializer):
    email = serializers.EmailField(max_length=254, help_text="Of whoever is to have the ticket.")


class TicketOffered(serializers.Serializer):
    """A ticket that waits for the reader to take it."""

    id = serializers.IntegerField()
    giver = serializers.CharField(help_text="Name of who gives it.")
    ticket_type = serializers.CharField()
    expires_at = serializers.DateTimeField()
    event = TicketEventOutput()


class TicketTransferView(View):
    permission_classes = (IsAuthenticated,)
    raises = {
        "post": (
            transfers.OfferedAlready,
            transfers.EventOver,
            admission.AlreadyCheckedIn,
            admission.TicketNotPaid,
            admission.TicketRefunded,
            admission.TicketCanceled,
            TooManyGuesses,
        ),
        "delete": (transfers.OfferOver,),
    }

    @extend_schema(
        operation_id="tickets_offer",
        summary="Give my ticket to somebody, by their e-mail",
        description=(
            "It is theirs once they take it, signed in with this e-mail confirmed; until then it stays mine "
            "and admits. The answer is the same whether the e-mail has an account or not."
        ),
        tags=["Tickets"],
        request=TicketOfferInput,
        responses={201: TicketOfferMade},
        examples=[OpenApiExample("A friend", value={"email": "bolat@example.com"}, request_only=True)],
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        email, giver, now = self.read(request, TicketOfferInput)["email"], signed_in(request), timezone.now()
        address = client_address(plain_request(request))
        count_try(limits_of_gift(user_id=giver.pk, email=email.lower(), address=address), now=now)
        offer = transfers.offer_ticket(giver=giver, ticket_id=ticket_id, email=email, at=now)
        return Response({"email": offer.email, "expires_at": offer.expires_at}, status=201)

    @extend_schema(
        operation_id="tickets_offer_withdraw",
        summary="Take the offer of my ticket back, while nobody took it",
        tags=["Tickets"],
        responses={204: None},
    )
    def delete(self, request: Request, ticket_id: int) -> Response:
        transfers.withdraw_offer(giver=signed_in(request), ticket_id=ticket_id, at=timezone.now())
        return Response(status=204)


class TicketOffersView(View):
    permission_classes = (IsAuthenticated,)
    query_serializers = {"get": PageQuery}

    @extend_schema(
        operation_id="ticket_offers_list",
        summary="Tickets that others give me, for me to take",
        description="Those offered to my e-mail, once it is confirmed.",
        tags=["Tickets"],
        responses=page_of(TicketOffered),
    )
    def get(self, request: Request) -> Response:
        offers = list_offers(person=signed_in(request), at=timezone.now())
        return Response(page(request, offers, self.query, lambda rows: [_offered(row) for row in rows]))


class TicketOfferTakeView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"post": (transfers.OfferOver,)}

    @extend_schema(
        operation_id="ticket_offers_take",
        summary="Take a ticket that is offered to me, and say who comes with it",
        description="It gets a code of its own, and the giver's admits nobody any more. Safe to repeat.",
        tags=["Tickets"],
        request=TicketInput,
        responses=TicketDetail,
        examples=[OpenApiExample("Myself", value={"attendee_name": "Bolat Serik"}, request_only=True)],
    )
    def post(self, request: Request, offer_id: int) -> Response:
        name, taker = self.read(request, TicketInput)["attendee_name"], signed_in(request)
        ticket_id = transfers.accept_offer(taker=taker, offer_id=offer_id, name=name, at=timezone.now())
        return Response(show_ticket(taker, ticket_id))


class TicketOfferDeclineView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"post": (transfers.OfferOver,)}

    @extend_schema(
        operation_id="ticket_offers_decline",
        summary="Say no to a ticket that is offered to me; its giver keeps it and is told",
        tags=["Tickets"],
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, offer_id: int) -> Response:
        transfers.decline_offer(taker=signed_in(request), offer_id=offer_id, at=timezone.now())
        return Response(status=204)


def _offered(offer: TicketTransfer) -> dict[str, Any]:
    ticket_type = offer.ticket.ticket_type
    return {
        "id": offer.pk,
        "giver": offer.giver.called,
        "ticket_type": ticket_type.name,
        "expires_at": offer.expires_at,
        "event": show_event(ticket_type.event),
    }

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.core.api.idempotency import once
from delux.core.api.pagination import page
from delux.core.api.serializers import page_of
from delux.core.api.views import View
from delux.events.api.documents import PDF, TicketNotValid, download
from delux.events.printing import print_tickets
from delux.events.selectors.tickets import list_valid_tickets
from delux.orders.api.documents import order_card, order_document, seller_card
from delux.orders.api.serializers import OrderCard, OrderOutput, OrdersQuery, PlaceOrderInput
from delux.orders.models import Order
from delux.orders.selectors.orders import get_order, get_order_id, list_orders
from delux.orders.services.cancelling import OrderNotCancelable, PaymentInFlight, cancel_order
from delux.orders.services.placing import (
    BasketChanged,
    EmptyBasket,
    PriceChanged,
    TotalTooLarge,
    place_order,
)
from delux.orders.services.rules import LinesNotOnSale, MixedCurrency, NotEnoughStock


class OrdersView(View):
    permission_classes = (IsAuthenticated,)
    query_serializers = {"get": OrdersQuery}
    idempotent = ("POST",)
    raises = {
        "post": (
            EmptyBasket,
            BasketChanged,
            NotEnoughStock,
            LinesNotOnSale,
            MixedCurrency,
            PriceChanged,
            TotalTooLarge,
        )
    }

    @extend_schema(
        operation_id="orders_list",
        summary="My orders, latest first",
        tags=["Orders"],
        responses=page_of(OrderCard),
    )
    def get(self, request: Request) -> Response:
        now = timezone.now()
        rows = list_orders(signed_in(request), status=self.query.get("status"))
        return Response(
            page(request, rows, self.query, lambda orders: [order_card(order, now) for order in orders])
        )

    @extend_schema(
        operation_id="orders_place",
        summary="Order what is in my basket: the stock is held for 15 minutes",
        description="What costs nothing is paid at once. Where it fails, the basket stays as it was.",
        tags=["Orders"],
        request=PlaceOrderInput,
        responses={201: OrderOutput},
        examples=[
            OpenApiExample("Tickets alone", value={"delivery_type": "none"}, request_only=True),
            OpenApiExample(
                "Gear by delivery",
                value={
                    "delivery_type": "delivery",
                    "shipping_address": {
                        "recipient": "Алия Сапарова",
                        "phone": "+77012345678",
                        "country": "KZ",
                        "region": "",
                        "city": "Алматы",
                        "street": "пр. Абая 10, кв. 25",
                        "postal_code": "050000",
                        "comment": "",
                    },
                    "expected_total": "41990.00",
                },
                request_only=True,
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        form, now = self.read(request, PlaceOrderInput), timezone.now()

        def place() -> Response:
            placed = place_order(buyer=signed_in(request), at=now, **form)
            document = order_document(
                placed.order,
                items=placed.items,
                parts=placed.parts,
                history=placed.history,
                address=placed.address,
                sellers={seller.id: seller_card(seller) for seller in placed.sellers},
                at=now,
            )
            return Response(document, status=201)

        return once(request, place)


class OrderView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_get",
        summary="One of my orders, by its number or id",
        tags=["Orders"],
        responses=OrderOutput,
    )
    def get(self, request: Request, ref: str) -> Response:
        return Response(_whole(get_order(signed_in(request), ref)))


class OrderCancelView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"post": (OrderNotCancelable, PaymentInFlight)}

    @extend_schema(
        operation_id="orders_cancel",
        summary="Cancel my unpaid order",
        description="What it held is on sale again. Canceling a canceled order changes nothing.",
        tags=["Orders"],
        request=None,
        responses=OrderOutput,
    )
    def post(self, request: Request, ref: str) -> Response:
        buyer = signed_in(request)
        order_id = get_order_id(buyer, ref)
        cancel_order(buyer=buyer, order_id=order_id, at=timezone.now())
        return Response(_whole(get_order(buyer, order_id)))


class OrderTicketsPdfView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"get": (TicketNotValid,)}

    @extend_schema(
        operation_id="orders_tickets_pdf_get",
        summary="The tickets of my order to print, one a page",
        tags=["Orders"],
        responses={(200, PDF): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, ref: str) -> HttpResponse:
        buyer = signed_in(request)
        order = get_order(buyer, ref)
        tickets = list_valid_tickets(holder=buyer, order_items=[item.pk for item in order.items.all()])
        if not tickets:
            raise TicketNotValid
        content = print_tickets(tickets, title=order.order_number)
        return download(content, kind=PDF, name=f"tickets-{order.order_number}.pdf")


def _whole(order: Order) -> dict[str, Any]:
    parts = list(order.fulfilments.all())
    return order_document(
        order,
        items=order.items.all(),
        parts=parts,
        history=order.history.all(),
        address=getattr(order, "shipping_address", None),
        sellers={part.organizer_id: seller_card(part.organizer) for part in parts},
        at=timezone.now(),
    )

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.core.api.idempotency import once
from delux.core.api.views import View
from delux.orders.api.documents import basket_document, change_document
from delux.orders.api.serializers import (
    Basket,
    ChangedBasket,
    LineInput,
    LinesInput,
    MergeInput,
    QuantityInput,
    wish_of,
)
from delux.orders.selectors.targets import list_lines
from delux.orders.services import cart, quoting
from delux.orders.services.rules import LinesNotOnSale, MixedCurrency, NotEnoughStock

_TICKET = {"item_type": "ticket", "ticket_type_id": 31, "quantity": 2}
_GEAR = {"item_type": "product", "variant_id": 112, "quantity": 1}


def _example(value: Any) -> Sequence[OpenApiExample]:
    return [OpenApiExample("A request", value=value, request_only=True)]


class CartView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="cart_get",
        summary="My basket, with today's prices and what is left",
        tags=["Basket"],
        responses=Basket,
    )
    def get(self, request: Request) -> Response:
        return Response(basket_document(list_lines(signed_in(request)), timezone.now()))

    @extend_schema(
        operation_id="cart_clear", summary="Empty my basket", tags=["Basket"], responses={204: None}
    )
    def delete(self, request: Request) -> Response:
        cart.clear_cart(buyer=signed_in(request))
        return Response(status=204)


class CartItemsView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"post": (NotEnoughStock, LinesNotOnSale, MixedCurrency, cart.BasketFull)}

    @extend_schema(
        operation_id="cart_add_item",
        summary="Put something into my basket, on top of what is there of it",
        tags=["Basket"],
        request=LineInput,
        responses={201: Basket},
        examples=[
            OpenApiExample("Two tickets", value=_TICKET, request_only=True),
            OpenApiExample("A pair of shoes", value=_GEAR, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        wish, now = wish_of(self.read(request, LineInput)), timezone.now()
        lines = cart.add_item(buyer=signed_in(request), wish=wish, at=now)
        return Response(basket_document(lines, now), status=201)


class CartItemView(View):
    permission_classes = (IsAuthenticated,)
    raises = {"patch": (NotEnoughStock, LinesNotOnSale)}

    @extend_schema(
        operation_id="cart_change_item",
        summary="Change how many I want",
        tags=["Basket"],
        request=QuantityInput,
        responses=Basket,
        examples=_example({"quantity": 3}),
    )
    def patch(self, request: Request, item_id: int) -> Response:
        form, now = self.read(request, QuantityInput), timezone.now()
        lines = cart.set_quantity(
            buyer=signed_in(request), item_id=item_id, quantity=form["quantity"], at=now
        )
        return Response(basket_document(lines, now))

    @extend_schema(
        operation_id="cart_remove_item",
        summary="Take a line out of my basket",
        tags=["Basket"],
        responses={204: None},
    )
    def delete(self, request: Request, item_id: int) -> Response:
        cart.remove_item(buyer=signed_in(request), item_id=item_id)
        return Response(status=204)


class CartMergeView(View):
    permission_classes = (IsAuthenticated,)
    idempotent = ("POST",)

    @extend_schema(
        operation_id="cart_merge",
        summary="Take over the lines I collected before signing in",
        description=(
            "Adds them to what is there, each capped at what is allowed and left. "
            "Send the same Idempotency-Key again when in doubt: the lines are added once."
        ),
        tags=["Basket"],
        request=MergeInput,
        responses=ChangedBasket,
        examples=_example({"lines": [_TICKET, _GEAR]}),
    )
    def post(self, request: Request) -> Response:
        wishes, now = [wish_of(line) for line in self.read(request, MergeInput)["lines"]], timezone.now()

        def merge() -> Response:
            lines, changes = cart.merge_lines(buyer=signed_in(request), wishes=wishes, at=now)
            return Response(basket_document(lines, now) | {"changes": list(map(change_document, changes))})

        return once(request, merge)


class CartQuoteView(View):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="cart_quote",
        summary="Prices and availability of lines that only the client holds",
        tags=["Basket"],
        request=LinesInput,
        responses=ChangedBasket,
        examples=_example({"lines": [_TICKET | {"seen_price": "12000.00"}, _GEAR]}),
    )
    def post(self, request: Request) -> Response:
        form, now = self.read(request, LinesInput)["lines"], timezone.now()
        seen = [line.get("seen_price") for line in form]
        lines, dropped = quoting.quote([wish_of(line) for line in form], seen)
        return Response(basket_document(lines, now) | {"changes": list(map(change_document, dropped))})

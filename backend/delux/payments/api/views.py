from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.core.api.idempotency import once_resumable, read_key
from delux.core.api.renderers import dumps
from delux.core.api.views import View
from delux.core.errors import NotFound, TooLarge
from delux.orders.services.payment import OrderNotPayable
from delux.payments.api.serializers import MockChargeInput, PaymentOutput, WebhookOutput, payment_data
from delux.payments.gateways import signing
from delux.payments.gateways.base import BadWebhook
from delux.payments.gateways.mock import MockGateway, read_card
from delux.payments.selectors.payments import get_payment
from delux.payments.services.charging import AlreadyPaid, OrderExpired, PaymentInProgress, charge
from delux.payments.services.webhooks import receive_webhook


class MockChargeView(View):
    """Routed only where the mock gateway exists."""

    permission_classes = (IsAuthenticated,)
    idempotent = ("POST",)
    raises = {"post": (NotFound, AlreadyPaid, OrderExpired, OrderNotPayable, PaymentInProgress)}

    @extend_schema(
        operation_id="payments_mock_charge",
        summary="Pay an order with a card of the mock provider",
        description=(
            "4111 1111 1111 1111 succeeds; 4000 0000 0000 0002 is declined; 4000 0000 0000 3220 stays "
            "`initiated` and succeeds two seconds later. Every attempt that was made answers 201 with the "
            "payment, whatever became of it: look at `status`. A declined attempt leaves the order as it "
            "was: pay again under a new Idempotency-Key."
        ),
        tags=["Payments"],
        request=MockChargeInput,
        responses={201: PaymentOutput},
        examples=[
            OpenApiExample(
                "A card that succeeds",
                value={
                    "order_id": "DX-7KQ2-M9PA",
                    "card_number": "4111 1111 1111 1111",
                    "exp_month": 12,
                    "exp_year": 2030,
                    "cvc": "123",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        body, at = self.read(request, MockChargeInput), timezone.now()
        card = read_card(
            number=body["card_number"], exp_month=body["exp_month"], exp_year=body["exp_year"], at=at
        )
        digest = _digest(body)

        def act() -> Response:
            payment = charge(
                payer=signed_in(request),
                order_ref=body["order_id"],
                gateway=MockGateway(),
                card=card,
                key=read_key(request),
                request_hash=digest,
                at=at,
            )
            return Response(payment_data(payment), status=201)

        return once_resumable(request, act, digest=digest)


class PaymentView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="payments_get", summary="A payment of mine", tags=["Payments"], responses=PaymentOutput
    )
    def get(self, request: Request, payment_id: int) -> Response:
        return Response(payment_data(get_payment(signed_in(request), payment_id)))


class WebhookView(View):
    """Providers call this; their signature is their credential."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    raises = {"post": (BadWebhook,)}

    @extend_schema(
        operation_id="payments_webhook",
        summary="News from a payment provider",
        description="The message is stored and answered at once, and acted on afterwards, once per event id.",
        tags=["Payments"],
        parameters=[
            OpenApiParameter(
                "provider", str, OpenApiParameter.PATH, description="Name of the provider: `mock`."
            ),
            OpenApiParameter(
                signing.HEADER,
                str,
                OpenApiParameter.HEADER,
                description="`t=<unix time>,v1=<hex HMAC-SHA256 of '<unix time>.<body>'>`, within 300 s.",
            ),
        ],
        request={"application/json": OpenApiTypes.OBJECT},
        responses={200: WebhookOutput},
        auth=[],
        examples=[
            OpenApiExample(
                "A charge of the mock provider succeeded",
                value={
                    "id": "evt_ch_5f0c2f6f3a1d4e0f9a7b1c2d_charge.succeeded",
                    "type": "charge.succeeded",
                    "charge": {
                        "id": "ch_5f0c2f6f3a1d4e0f9a7b1c2d",
                        "reference": "17",
                        "amount": "12000.00",
                        "currency": "KZT",
                    },
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, provider: str) -> Response:
        try:
            raw = request.body
        except RequestDataTooBig:
            raise TooLarge(_("The request is larger than 1 MB.")) from None
        receive_webhook(provider=provider, headers=request.headers, raw=raw, at=timezone.now())
        return Response({"received": True})


def _digest(body: dict[str, Any]) -> str:
    """Tell requests apart without keeping the card: keyed, and without the code on the card's back."""
    kept = {name: value for name, value in body.items() if name != "cvc"}
    return salted_hmac("delux.payments.charge", dumps(kept, sort=True), algorithm="sha256").hexdigest()

from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api import browser
from delux.accounts.api.viewer import plain_request, signed_in
from delux.accounts.services.guessing import TooManyGuesses
from delux.accounts.services.passwords import WrongPassword, prove_password
from delux.accounts.services.proofs import CodeOver, WrongCode
from delux.core.api.serializers import StrictSerializer
from delux.core.api.views import View
from delux.core.client import client_address
from delux.core.errors import Invalid
from delux.privacy.selectors.person import person_data
from delux.privacy.services.erasing import (
    OrdersUnderWay,
    OrganizerAccount,
    erase_person,
    prove_code,
)


class EraseInput(StrictSerializer):
    """Proof of who asks: the password, or for those without one a code from `POST /auth/code/`."""

    password = serializers.CharField(required=False, max_length=200, trim_whitespace=False)
    challenge = serializers.CharField(required=False, max_length=64)
    code = serializers.CharField(required=False, max_length=12)


class DataView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="auth_me_data",
        summary="Everything Delux keeps about me",
        description="A JSON file: profile, addresses, sign-ins, basket, orders, payments, tickets, messages.",
        tags=["Account"],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        disposition = 'attachment; filename="delux-my-data.json"'
        return Response(
            person_data(signed_in(request)),
            headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
        )


class EraseView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {
        "post": (WrongPassword, CodeOver, WrongCode, TooManyGuesses, OrganizerAccount, OrdersUnderWay)
    }

    @extend_schema(
        operation_id="auth_me_erase",
        summary="Forget me",
        description=(
            "Deletes all that says who I am and ends every sign-in; it cannot be undone. "
            "Orders stay in the books, without a name."
        ),
        tags=["Account"],
        request=EraseInput,
        responses={204: None},
        examples=[
            OpenApiExample("By password", value={"password": "uphill-both-ways-42"}, request_only=True)
        ],
    )
    def post(self, request: Request) -> Response:
        form, user, now = self.read(request, EraseInput), signed_in(request), timezone.now()
        address = client_address(plain_request(request))
        needed = ("password",) if user.has_usable_password() else ("challenge", "code")
        for name in needed:
            if name not in form:
                raise Invalid.field(name, _("This field is required."), code="required")
        if user.has_usable_password():
            device = browser.read_device(request, account=user.email or user.phone or "")
            prove_password(
                user=user,
                password=form["password"],
                field="password",
                address=address,
                device=device,
                now=now,
            )
        else:
            prove_code(user=user, challenge=form["challenge"], code=form["code"], address=address, now=now)
        erase_person(user, at=now)
        response = Response(status=204)
        browser.forget_refresh(response)
        return response

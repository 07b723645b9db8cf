from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api import browser
from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.serializers import (
    ADDRESS_FIELDS,
    AddressInput,
    AddressOutput,
    AddressUpdateInput,
    AvatarInput,
    MeInput,
    MeOutput,
    OrganizerInput,
    OrganizerLogoInput,
    OrganizerOwnOutput,
    OrganizerPublicOutput,
    OrganizerUpdateInput,
    PasswordChangeInput,
    SessionOutput,
    address_json,
    me_json,
    organizer_own_json,
    organizer_public_json,
)
from delux.accounts.api.viewer import organizer_of, plain_request, signed_in
from delux.accounts.selectors.addresses import get_address, list_addresses
from delux.accounts.selectors.people import get_organizer
from delux.accounts.services import profile
from delux.accounts.services.addresses import BadAddress, TooManyAddresses, delete_address, save_address
from delux.accounts.services.guessing import TooManyGuesses
from delux.accounts.services.organizers import (
    AlreadyOrganizer,
    TryAgain,
    become_organizer,
    set_logo,
    update_organizer,
)
from delux.accounts.services.passwords import WeakPassword, WrongPassword, change_password
from delux.accounts.services.phone_sign_in import PhoneTaken
from delux.accounts.services.phones import BadPhone
from delux.accounts.services.profile import update_profile
from delux.core.api.parsers import UploadParser
from delux.core.api.views import View
from delux.core.client import client_address
from delux.core.errors import TooLarge
from delux.core.images import BadImage
from delux.core.replica import from_replica

_ADDRESS = {
    "recipient": "Aliya Runner",
    "phone": "+7 701 234 56 78",
    "country": "KZ",
    "city": "Almaty",
    "street": "Abay Avenue 10, 25",
    "postal_code": "050000",
}


class MeView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"patch": (BadPhone, profile.PhoneNeeded, PhoneTaken, TooManyGuesses)}

    @extend_schema(operation_id="auth_me", summary="Who am I", tags=["Account"], responses=MeOutput)
    def get(self, request: Request) -> Response:
        return Response(me_json(signed_in(request)))

    @extend_schema(
        operation_id="auth_me_update",
        summary="Change what is said about me",
        tags=["Account"],
        request=MeInput,
        responses=MeOutput,
        examples=[
            OpenApiExample(
                "Name and city",
                value={"first_name": "Aliya", "last_name": "Runner", "city": "Almaty"},
                request_only=True,
            )
        ],
    )
    def patch(self, request: Request) -> Response:
        changes = self.read(request, MeInput, partial=True)
        user = update_profile(user=signed_in(request), changes=changes, now=timezone.now())
        return Response(me_json(user))


class AvatarView(View):
    permission_classes = (IsAuthenticated,)
    parser_classes = (UploadParser,)
    raises: ClassVar = {"post": (BadImage, TooLarge)}

    @extend_schema(
        operation_id="auth_me_avatar_set",
        summary="Give myself a picture, instead of the one I had",
        tags=["Account"],
        request={"multipart/form-data": AvatarInput},
        responses=MeOutput,
        examples=[OpenApiExample("A picture", value={"file": "(binary)"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        file = self.read(request, AvatarInput)["file"]
        return Response(me_json(profile.set_avatar(user=signed_in(request), file=file)))

    @extend_schema(
        operation_id="auth_me_avatar_remove",
        summary="Take my picture away",
        tags=["Account"],
        responses={200: MeOutput},
    )
    def delete(self, request: Request) -> Response:
        return Response(me_json(profile.remove_avatar(user=signed_in(request))))


class PasswordView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (WrongPassword, WeakPassword, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_password_change",
        summary="Change my password",
        description="Ends every sign-in, everywhere, and answers a new one.",
        tags=["Account"],
        request=PasswordChangeInput,
        responses=SessionOutput,
        examples=[
            OpenApiExample(
                "Old and new",
                value={"current_password": "uphill-both-ways-42", "new_password": "downhill-is-harder-7"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form, user = self.read(request, PasswordChangeInput), signed_in(request)
        refresh = change_password(
            user=user,
            current=form["current_password"],
            new=form["new_password"],
            address=client_address(plain_request(request)),
            device=browser.read_device(request, account=user.email or user.phone or ""),
            user_agent=request.headers.get("User-Agent", ""),
            now=timezone.now(),
        )
        return browser.session_response(request, user=user, refresh=refresh, remember=True)


class OrganizerView(View):
    raises: ClassVar = {"post": (AlreadyOrganizer, TryAgain)}

    def get_permissions(self) -> list[IsAuthenticated | IsOrganizer]:
        return [IsAuthenticated()] if self.request.method == "POST" else [IsOrganizer()]

    @extend_schema(
        operation_id="auth_organizer_create",
        summary="Become an organizer",
        tags=["Account"],
        request=OrganizerInput,
        responses={201: OrganizerOwnOutput},
        examples=[
            OpenApiExample(
                "A running club",
                value={
                    "display_name": "Steppe Runners",
                    "bio": "Trail races around Almaty since 2015.",
                    "city": "Almaty",
                    "instagram": "steppe.runners",
                    "shipping_price": "1500.00",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, OrganizerInput)
        return Response(organizer_own_json(become_organizer(user=signed_in(request), **form)), status=201)

    @extend_schema(
        operation_id="auth_organizer_update",
        summary="Change my organizer profile",
        tags=["Account"],
        request=OrganizerUpdateInput,
        responses=OrganizerOwnOutput,
        examples=[
            OpenApiExample("Price of delivery", value={"shipping_price": "2000.00"}, request_only=True)
        ],
    )
    def patch(self, request: Request) -> Response:
        changes = self.read(request, OrganizerUpdateInput, partial=True)
        return Response(
            organizer_own_json(update_organizer(organizer=organizer_of(request), changes=changes))
        )


class OrganizerLogoView(View):
    permission_classes = (IsOrganizer,)
    parser_classes = (UploadParser,)
    raises: ClassVar = {"post": (BadImage, TooLarge)}

    @extend_schema(
        operation_id="auth_organizer_logo_set",
        summary="Upload the logo of my organizer profile; it is cut to a square",
        tags=["Account"],
        request={"multipart/form-data": OrganizerLogoInput},
        responses=OrganizerOwnOutput,
        examples=[OpenApiExample("A picture", value={"file": "(binary)"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        file = self.read(request, OrganizerLogoInput)["file"]
        return Response(organizer_own_json(set_logo(organizer=organizer_of(request), file=file)))


class OrganizerPageView(View):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="organizers_get",
        summary="An organizer's public profile",
        description="What they offer is at `/events/?organizer=` and `/products/?organizer=`.",
        tags=["Events"],
        responses=OrganizerPublicOutput,
    )
    @from_replica
    def get(self, request: Request, slug: str) -> Response:
        return Response(organizer_public_json(get_organizer(slug=slug)))


class AddressesView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (BadAddress, TooManyAddresses)}

    @extend_schema(
        operation_id="addresses_list",
        summary="My saved addresses",
        tags=["Account"],
        responses=AddressOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response([address_json(address) for address in list_addresses(viewer=signed_in(request))])

    @extend_schema(
        operation_id="addresses_create",
        summary="Save an address",
        tags=["Account"],
        request=AddressInput,
        responses={201: AddressOutput},
        examples=[OpenApiExample("In Almaty", value=_ADDRESS, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, AddressInput)
        is_default = form.pop("is_default")
        address = save_address(user=signed_in(request), fields=form, is_default=is_default)
        return Response(address_json(address), status=201)


class AddressView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"patch": (BadAddress,)}

    @extend_schema(
        operation_id="addresses_update",
        summary="Change a saved address",
        description="Fields left out stay; the address is checked as a whole.",
        tags=["Account"],
        request=AddressUpdateInput,
        responses=AddressOutput,
        examples=[OpenApiExample("Make it the default", value={"is_default": True}, request_only=True)],
    )
    def patch(self, request: Request, address_id: int) -> Response:
        user = signed_in(request)
        address = get_address(viewer=user, address_id=address_id)
        changes = self.read(request, AddressUpdateInput, partial=True)
        is_default = changes.pop("is_default", address.is_default)
        fields = {name: getattr(address, name) for name in ADDRESS_FIELDS} | changes
        return Response(
            address_json(save_address(user=user, fields=fields, is_default=is_default, address=address))
        )

    @extend_schema(
        operation_id="addresses_delete",
        summary="Delete a saved address",
        tags=["Account"],
        responses={204: None},
    )
    def delete(self, request: Request, address_id: int) -> Response:
        delete_address(address=get_address(viewer=signed_in(request), address_id=address_id))
        return Response(status=204)

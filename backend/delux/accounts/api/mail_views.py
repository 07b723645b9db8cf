"""What is done with codes, and with links from mails."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api import browser
from delux.accounts.api.serializers import (
    ChallengeOutput,
    CodeInput,
    CodeSignInInput,
    LinkInput,
    MailInput,
    PasswordResetInput,
    SessionOutput,
)
from delux.accounts.api.sign_in_views import OpenView
from delux.accounts.api.viewer import plain_request, signed_in
from delux.accounts.models import EmailProof, VerificationCode
from delux.accounts.services.addresses import parse_phone
from delux.accounts.services.email_sign_in import sign_in_by_code
from delux.accounts.services.guessing import TooManyGuesses
from delux.accounts.services.passwords import WeakPassword
from delux.accounts.services.phone_codes import PhoneIsOff, is_phone_challenge, send_phone_code
from delux.accounts.services.phone_sign_in import sign_in_by_phone
from delux.accounts.services.phones import BadPhone, PhoneElsewhere
from delux.accounts.services.proofs import CodeOver, LinkOver, WrongCode, send_proof
from delux.accounts.services.recovery import (
    NothingToConfirm,
    OtherBrowser,
    confirm_email,
    reset_password,
    send_confirmation,
)
from delux.core.api.views import View
from delux.core.client import client_address

_WHO = OpenApiExample("Whose mailbox", value={"email": "aliya@example.com"}, request_only=True)
_TOKEN = "1rNtq5S0dD2xSx5yq2N1Vw.6f0c…"  # noqa: S105 the form of one


class CodeView(OpenView):
    raises: ClassVar = {"post": (BadPhone, PhoneElsewhere, PhoneIsOff, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_code_send",
        summary="Send me a code to sign in with",
        description=(
            "Six digits, by mail good for ten minutes, by SMS for five; one use and five tries. Only the "
            "newest code of a number is good. Answers alike whether the e-mail or number has an account or "
            "not: without one, the code makes one. `GET /auth/providers/` says whether SMS are sent here."
        ),
        tags=["Auth"],
        auth=[],
        request=CodeInput,
        responses=ChallengeOutput,
        examples=[
            _WHO,
            OpenApiExample("Whose phone", value={"phone": "+7 701 234 56 78"}, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, CodeInput)
        if "phone" in form:
            return challenge_response(_send_sms(request, phone=form["phone"], country=form["market"]))
        return challenge_response(_send(request, EmailProof.Purpose.SIGN_IN, email=form["email"]))


class CodeSignInView(OpenView):
    raises: ClassVar = {"post": (WrongCode, CodeOver, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_code_sign_in",
        summary="Sign in with the code from the mail or SMS",
        tags=["Auth"],
        auth=[],
        request=CodeSignInInput,
        responses=SessionOutput,
        examples=[
            OpenApiExample(
                "The code as sent",
                value={"challenge": "1rNtq5S0dD2xSx5yq2N1Vw", "code": "042917", "first_name": "Aliya"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, CodeSignInInput)
        about: dict[str, Any] = {
            "language": getattr(request, "LANGUAGE_CODE", "ru"),
            "address": client_address(plain_request(request)),
            "is_known_browser": _known_browser(request),
            "user_agent": request.headers.get("User-Agent", ""),
            "now": timezone.now(),
        }
        if is_phone_challenge(form["challenge"]):
            del form["market"]
            user, refresh = sign_in_by_phone(**form, **about)
        else:
            user, refresh = sign_in_by_code(**form, **about)
        return browser.session_response(request, user=user, refresh=refresh, remember=True)


class ForgottenPasswordView(OpenView):
    raises: ClassVar = {"post": (TooManyGuesses,)}

    @extend_schema(
        operation_id="auth_password_forgotten",
        summary="Mail me a link to set a new password",
        description="Good for one hour and one use. Answers alike whether the e-mail has an account or not.",
        tags=["Auth"],
        auth=[],
        request=MailInput,
        responses={204: None},
        examples=[_WHO],
    )
    def post(self, request: Request) -> Response:
        email = self.read(request, MailInput)["email"]
        _send(request, EmailProof.Purpose.RESET_PASSWORD, email=email)
        return Response(status=204)


class PasswordResetView(OpenView):
    raises: ClassVar = {"post": (LinkOver, WeakPassword)}

    @extend_schema(
        operation_id="auth_password_reset",
        summary="Set a new password by the link from the mail",
        description="Ends every sign-in, everywhere, and answers a new one.",
        tags=["Auth"],
        auth=[],
        request=PasswordResetInput,
        responses=SessionOutput,
        examples=[
            OpenApiExample(
                "A new password",
                value={"token": _TOKEN, "new_password": "downhill-is-harder-7"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, PasswordResetInput)
        user, refresh = reset_password(
            token=form["token"],
            new=form["new_password"],
            user_agent=request.headers.get("User-Agent", ""),
            now=timezone.now(),
        )
        return browser.session_response(request, user=user, refresh=refresh, remember=True)


class ConfirmationView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (NothingToConfirm, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_email_confirmation_send",
        summary="Mail me the link that confirms my e-mail",
        description="Good for a day.",
        tags=["Account"],
        request=None,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        send_confirmation(
            user=signed_in(request), address=client_address(plain_request(request)), now=timezone.now()
        )
        return Response(status=204)


class ConfirmEmailView(OpenView):
    raises: ClassVar = {"post": (LinkOver, OtherBrowser)}

    @extend_schema(
        operation_id="auth_email_confirm",
        summary="Confirm an e-mail by the link from the mail",
        description=(
            "In a browser that has signed in to the account: whoever made it may not be who reads the mail. "
            "Doing it again while the link is good is no error."
        ),
        tags=["Auth"],
        auth=[],
        request=LinkInput,
        responses={204: None},
        examples=[OpenApiExample("The link's", value={"token": _TOKEN}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        confirm_email(
            token=self.read(request, LinkInput)["token"],
            is_known_browser=_known_browser(request),
            now=timezone.now(),
        )
        return Response(status=204)


def challenge_response(proof: EmailProof | VerificationCode) -> Response:
    """Answer what ChallengeOutput describes, to be kept by nobody on the way."""
    return Response(
        {"challenge": proof.key, "expires_at": proof.expires_at}, headers={"Cache-Control": "no-store"}
    )


def _known_browser(request: Request) -> Callable[[str], bool]:
    """Return what tells whether this browser has signed in to an e-mail's account before."""
    return lambda email: bool(browser.read_device(request, account=email))


def _send_sms(request: Request, *, phone: str, country: str) -> VerificationCode:
    number = parse_phone(phone, country=country)
    return send_phone_code(
        purpose=VerificationCode.Purpose.SIGN_IN,
        phone=phone,
        country=country,
        language=getattr(request, "LANGUAGE_CODE", "ru"),
        address=client_address(plain_request(request)),
        is_known_browser=bool(number and browser.read_device(request, account=number)),
        now=timezone.now(),
    )


def _send(request: Request, purpose: EmailProof.Purpose, *, email: str) -> EmailProof:
    return send_proof(
        purpose=purpose,
        email=email,
        language=getattr(request, "LANGUAGE_CODE", "ru"),
        address=client_address(plain_request(request)),
        device=browser.read_device(request, account=email),
        now=timezone.now(),
    )

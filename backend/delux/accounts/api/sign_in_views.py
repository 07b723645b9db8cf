from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api import browser
from delux.accounts.api.serializers import (
    GoogleInput,
    GoogleStartOutput,
    LoginInput,
    ProvidersOutput,
    RefreshInput,
    RegisterInput,
    SessionOutput,
)
from delux.accounts.api.viewer import plain_request
from delux.accounts.services import google, phone_codes
from delux.accounts.services.families import (
    InvalidRefreshToken,
    RefreshTokenReused,
    refresh_family,
    revoke_family,
)
from delux.accounts.services.guessing import TooManyGuesses
from delux.accounts.services.passwords import WeakPassword
from delux.accounts.services.registration import EmailTaken, register
from delux.accounts.services.sign_in import WrongCredentials, log_in
from delux.core.api.views import View
from delux.core.client import client_address


class OpenView(View):
    """For those who are not signed in; an old access token sent along does not stand in the way."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class RegisterView(OpenView):
    raises: ClassVar = {"post": (WeakPassword, EmailTaken, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_register",
        summary="Create an account and sign in",
        description="Send `X-Delux-Client: web` to get the refresh token as a cookie, as our SPA does.",
        tags=["Auth"],
        auth=[],
        request=RegisterInput,
        responses={201: SessionOutput},
        examples=[
            OpenApiExample(
                "A runner",
                value={
                    "email": "aliya@example.com",
                    "password": "uphill-both-ways-42",
                    "first_name": "Aliya",
                    "market": "KZ",
                    "language": "ru",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, RegisterInput)
        form.setdefault("language", getattr(request, "LANGUAGE_CODE", "ru"))
        user, refresh = register(
            **form,
            address=client_address(plain_request(request)),
            user_agent=request.headers.get("User-Agent", ""),
            now=timezone.now(),
        )
        return browser.session_response(request, user=user, refresh=refresh, status=201, remember=True)


class LoginView(OpenView):
    raises: ClassVar = {"post": (WrongCredentials, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_login",
        summary="Sign in with e-mail and password",
        description=(
            "Answers alike for unknown, blocked and known accounts. After ten tries in a quarter of an hour "
            "an account takes no more from strangers; a browser that signed in to it before has its own ten."
        ),
        tags=["Auth"],
        auth=[],
        request=LoginInput,
        responses=SessionOutput,
        examples=[
            OpenApiExample(
                "E-mail and password",
                value={"email": "aliya@example.com", "password": "uphill-both-ways-42"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, LoginInput)
        email = form["email"].lower()
        user, refresh = log_in(
            email=email,
            password=form["password"],
            address=client_address(plain_request(request)),
            device=browser.read_device(request, account=email),
            user_agent=request.headers.get("User-Agent", ""),
            now=timezone.now(),
        )
        return browser.session_response(request, user=user, refresh=refresh, remember=True)


class RefreshView(OpenView):
    # Each page that is opened begins with it.
    is_read_back = False
    raises: ClassVar = {"post": (InvalidRefreshToken, RefreshTokenReused, browser.ForeignOrigin)}

    @extend_schema(
        operation_id="auth_token_refresh",
        summary="Exchange the refresh token for the next one and a new access token",
        description=(
            "Each refresh token works once. A second use within ten seconds (another tab, or an answer that "
            "was lost) answers the same next token; a later one is taken for a copy, and ends the sign-in "
            "everywhere it was used."
        ),
        tags=["Auth"],
        auth=[],
        request=RefreshInput,
        responses=SessionOutput,
        examples=[
            OpenApiExample("A browser", value={}, request_only=True),
            OpenApiExample(
                "Any other client", value={"refresh": "1rNtq5S0dD2xSx5yq2N1Vw.kYk5…"}, request_only=True
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, RefreshInput)
        token = browser.read_refresh(request, sent=form.get("refresh"))
        refreshed = refresh_family(token=token, now=timezone.now())
        return browser.session_response(request, user=refreshed.user, refresh=refreshed.refresh)


class LogoutView(OpenView):
    raises: ClassVar = {"post": (browser.ForeignOrigin,)}

    @extend_schema(
        operation_id="auth_logout",
        summary="Sign out here",
        description="Ends the sign-in of the refresh token. Signing out twice, or without one, is no error.",
        tags=["Auth"],
        auth=[],
        request=RefreshInput,
        responses={204: None},
        examples=[
            OpenApiExample("A browser", value={}, request_only=True),
            OpenApiExample(
                "Any other client", value={"refresh": "1rNtq5S0dD2xSx5yq2N1Vw.kYk5…"}, request_only=True
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, RefreshInput)
        response = Response(status=204)
        try:
            revoke_family(token=browser.read_refresh(request, sent=form.get("refresh")), now=timezone.now())
        except InvalidRefreshToken:
            return response
        browser.forget_refresh(response)
        return response


class ProvidersView(OpenView):
    @extend_schema(
        operation_id="auth_providers",
        summary="Ways to sign in beside the password and a code by mail",
        tags=["Auth"],
        auth=[],
        responses=ProvidersOutput,
    )
    def get(self, request: Request) -> Response:
        return Response({"google": {"enabled": google.is_on()}, "phone": {"enabled": phone_codes.is_on()}})


class GoogleStartView(OpenView):
    raises: ClassVar = {"post": (google.GoogleIsOff,)}

    @extend_schema(
        operation_id="auth_google_start",
        summary="Begin to sign in with Google",
        description=(
            "Answers where to send the browser. State, nonce and the PKCE verifier are bound to the session "
            "cookie set here; Google sends the browser back to `/sign-in/google` with `code` and `state`."
        ),
        tags=["Auth"],
        auth=[],
        request=None,
        responses=GoogleStartOutput,
    )
    def post(self, request: Request) -> Response:
        return Response({"authorization_url": google.begin_google_sign_in(request=plain_request(request))})


class GoogleView(OpenView):
    raises: ClassVar = {"post": (google.GoogleIsOff, google.GoogleSignInFailed, google.EmailHasAccount)}

    @extend_schema(
        operation_id="auth_google",
        summary="Finish signing in with Google",
        tags=["Auth"],
        auth=[],
        request=GoogleInput,
        responses=SessionOutput,
        examples=[
            OpenApiExample(
                "What Google added to the address",
                value={"code": "4/0AeanS0a…", "state": "Yq3Jc9…", "market": "KZ"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, GoogleInput)
        user, refresh = google.finish_google_sign_in(
            request=plain_request(request),
            **form,
            language=getattr(request, "LANGUAGE_CODE", "ru"),
            user_agent=request.headers.get("User-Agent", ""),
            now=timezone.now(),
        )
        return browser.session_response(request, user=user, refresh=refresh, remember=True)

"""How a signed-in person can be reached: a number or an e-mail becomes theirs by the code sent to it."""

from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.mail_views import challenge_response
from delux.accounts.api.serializers import (
    AnswerInput,
    ChallengeOutput,
    MailInput,
    MeOutput,
    PhoneInput,
    me_json,
)
from delux.accounts.api.viewer import plain_request, signed_in
from delux.accounts.models import VerificationCode
from delux.accounts.services.email_adding import EmailSet, add_email, send_email_code
from delux.accounts.services.guessing import TooManyGuesses
from delux.accounts.services.phone_codes import PhoneIsOff, send_phone_code
from delux.accounts.services.phone_sign_in import PhoneTaken, confirm_phone
from delux.accounts.services.phones import BadPhone, PhoneElsewhere
from delux.accounts.services.proofs import CodeOver, WrongCode
from delux.accounts.services.registration import EmailTaken
from delux.core.api.views import View
from delux.core.client import client_address

_ANSWER = OpenApiExample(
    "The code as sent", value={"challenge": "1rNtq5S0dD2xSx5yq2N1Vw", "code": "042917"}, request_only=True
)


class PhoneCodeView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (BadPhone, PhoneElsewhere, PhoneIsOff, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_me_phone_send",
        summary="Send me a code that makes a number mine",
        description="By SMS, good for five minutes. Only the newest code of a number is good.",
        tags=["Account"],
        request=PhoneInput,
        responses=ChallengeOutput,
        examples=[OpenApiExample("My number", value={"phone": "+7 701 234 56 78"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        user = signed_in(request)
        code = send_phone_code(
            purpose=VerificationCode.Purpose.CONFIRM_PHONE,
            phone=self.read(request, PhoneInput)["phone"],
            country=user.market,
            language=user.language,
            address=client_address(plain_request(request)),
            now=timezone.now(),
        )
        return challenge_response(code)


class PhoneView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (WrongCode, CodeOver, PhoneTaken, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_me_phone_confirm",
        summary="Make a number mine by the code sent to it",
        description="It takes the place of the one I had, and signs me in from now on.",
        tags=["Account"],
        request=AnswerInput,
        responses=MeOutput,
        examples=[_ANSWER],
    )
    def post(self, request: Request) -> Response:
        user = confirm_phone(
            user=signed_in(request),
            **self.read(request, AnswerInput),
            address=client_address(plain_request(request)),
            now=timezone.now(),
        )
        return Response(me_json(user))


class EmailCodeView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (EmailSet, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_me_email_send",
        summary="Mail me a code that gives my account an e-mail",
        description="For those who came by phone. Good for ten minutes.",
        tags=["Account"],
        request=MailInput,
        responses=ChallengeOutput,
        examples=[OpenApiExample("My e-mail", value={"email": "aliya@example.com"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        proof = send_email_code(
            user=signed_in(request),
            email=self.read(request, MailInput)["email"],
            address=client_address(plain_request(request)),
            now=timezone.now(),
        )
        return challenge_response(proof)


class EmailView(View):
    permission_classes = (IsAuthenticated,)
    raises: ClassVar = {"post": (EmailSet, WrongCode, CodeOver, EmailTaken, TooManyGuesses)}

    @extend_schema(
        operation_id="auth_me_email_add",
        summary="Give my account the e-mail the code went to",
        tags=["Account"],
        request=AnswerInput,
        responses=MeOutput,
        examples=[_ANSWER],
    )
    def post(self, request: Request) -> Response:
        user = add_email(
            user=signed_in(request),
            **self.read(request, AnswerInput),
            address=client_address(plain_request(request)),
            now=timezone.now(),
        )
        return Response(me_json(user))

"""Tokens are tried against endpoints of this module's own, so that no product rule interferes."""

import base64
import json
from datetime import timedelta
from typing import ClassVar

import jwt
import pytest
import time_machine
from django.conf import settings
from django.urls import path
from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.test import APIClient

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.accounts.services.access_tokens import issue_access_token
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.api.views import View
from delux.testing import client_for


class PublicView(View):
    permission_classes: ClassVar = (AllowAny,)

    def get(self, request):
        return Response({"user": request.user.pk})


class PrivateView(View):
    permission_classes: ClassVar = (IsAuthenticated,)

    def get(self, request):
        return Response({"user": signed_in(request).pk})


class SellersView(View):
    permission_classes: ClassVar = (IsOrganizer,)

    def get(self, request):
        return Response({"organizer": organizer_of(request).pk})


urlpatterns = [
    path("public/", PublicView.as_view()),
    path("private/", PrivateView.as_view()),
    path("sellers/", SellersView.as_view()),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def claims(user, **changes):
    now = timezone.now()
    return {
        "token_type": "access",
        "sub": str(user.pk),
        "ver": user.token_version,
        "jti": "f" * 32,
        "aud": "delux-api",
        "iss": "delux",
        "iat": now,
        "exp": now + timedelta(minutes=5),
    } | changes


def signed(payload, key=None, algorithm="HS256"):
    return jwt.encode(payload, key or settings.SECRET_KEY, algorithm=algorithm)


def unsigned(payload):
    def part(data):
        return base64.urlsafe_b64encode(json.dumps(data, default=str).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(payload)}."


def get(address, token):
    return APIClient().get(address, HTTP_AUTHORIZATION=f"Bearer {token}")


def test_a_token_made_by_hand_with_every_claim_right_is_accepted():
    user = UserFactory()

    assert get("/private/", signed(claims(user))).data == {"user": user.pk}


FORGERIES = {
    "signed with another key": lambda user: signed(claims(user), key="k" * 40),
    "not signed, alg none": lambda user: unsigned(claims(user, iat=0, exp=9_999_999_999)),
    "another algorithm of the family": lambda user: signed(claims(user), algorithm="HS512"),
    "a refresh kind": lambda user: signed(claims(user, token_type="refresh")),
    "no kind": lambda user: signed({k: v for k, v in claims(user).items() if k != "token_type"}),
    "for another audience": lambda user: signed(claims(user, aud="someone-else")),
    "from another issuer": lambda user: signed(claims(user, iss="someone-else")),
    "expired": lambda user: signed(claims(user, exp=timezone.now() - timedelta(seconds=1))),
    "never expiring": lambda user: signed({k: v for k, v in claims(user).items() if k != "exp"}),
    "an older version": lambda user: signed(claims(user, ver=user.token_version - 1)),
    "no version": lambda user: signed({k: v for k, v in claims(user).items() if k != "ver"}),
    "a person who is not there": lambda user: signed(claims(user, sub="999999")),
    "a subject that is no number": lambda user: signed(claims(user, sub="1 OR 1=1")),
    "a subject larger than any key": lambda user: signed(claims(user, sub="9" * 30)),
    "not a token": lambda _: "not.a.token",
    "empty": lambda _: "",
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
@pytest.mark.parametrize("address", ["/public/", "/private/"])
def test_a_bad_token_is_refused_even_where_none_is_needed(address, forge):
    response = get(address, forge(UserFactory()))

    assert response.status_code == 401
    assert response.data["code"] == "invalid_token"
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_token_lasts_five_minutes():
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        client = client_for(UserFactory())

        clock.shift(timedelta(minutes=4, seconds=59))
        assert client.get("/private/").status_code == 200

        clock.shift(timedelta(seconds=2))
        assert client.get("/private/").status_code == 401


def test_a_blocked_person_is_out_at_the_next_request():
    user = UserFactory()
    client = client_for(user)
    user.is_active = False
    user.save()

    assert client.get("/public/").status_code == 401


def test_raising_the_token_version_makes_every_older_token_worthless():
    user = UserFactory()
    client = client_for(user)
    user.token_version += 1
    user.save()

    assert client.get("/private/").status_code == 401


def test_without_a_token_public_endpoints_answer_and_private_ones_ask_to_sign_in():
    assert APIClient().get("/public/").status_code == 200
    response = APIClient().get("/private/")
    assert (response.status_code, response.data["code"]) == (401, "unauthenticated")


def test_knowing_the_person_and_their_profile_takes_one_query(django_assert_num_queries):
    organizer = OrganizerFactory()
    client = client_for(organizer)

    with django_assert_num_queries(1):
        assert client.get("/sellers/").data == {"organizer": organizer.pk}


def test_a_buyer_may_not_enter_where_organizers_work(django_assert_num_queries):
    client = client_for(UserFactory())

    with django_assert_num_queries(1):
        assert client.get("/sellers/").status_code == 403


def test_nobody_is_asked_to_sign_in_where_organizers_work():
    assert APIClient().get("/sellers/").status_code == 401


def test_a_token_says_nothing_about_the_person_but_their_key():
    payload = jwt.decode(issue_access_token(UserFactory()), options={"verify_signature": False})

    assert payload.keys() == {"token_type", "sub", "ver", "jti", "aud", "iss", "iat", "exp"}

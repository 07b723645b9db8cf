from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient
from social_django.models import UserSocialAuth

from delux.accounts.models import User
from delux.accounts.tests.factories import PASSWORD, UserFactory
from delux.accounts.tests.google_server import CLIENT_ID, CLIENT_SECRET, FOREIGN_KEY, google_server

pytestmark = pytest.mark.django_db

START = "/api/v1/auth/social/google/start/"
FINISH = "/api/v1/auth/social/google/"
PROVIDERS = "/api/v1/auth/providers/"


@pytest.fixture
def google(settings):
    with google_server() as server:
        settings.SOCIAL_AUTH_GOOGLE_KEY = CLIENT_ID
        settings.SOCIAL_AUTH_GOOGLE_SECRET = CLIENT_SECRET
        settings.SOCIAL_AUTH_GOOGLE_OIDC_ENDPOINT = server.issuer
        settings.SOCIAL_AUTH_GOOGLE_ID_TOKEN_ISSUER = server.issuer
        settings.SOCIAL_AUTH_GOOGLE_AUTHORIZATION_URL = f"{server.issuer}/auth"
        settings.SOCIAL_AUTH_GOOGLE_ACCESS_TOKEN_URL = f"{server.issuer}/token"
        settings.SOCIAL_AUTH_GOOGLE_JWKS_URI = f"{server.issuer}/keys"
        yield server


def begin(client):
    return client.post(START).data["authorization_url"]


def sign_in(google, client=None, **changes):
    client = client or APIClient()
    return client.post(FINISH, google.consent(begin(client)) | changes)


def refused(response):
    assert response.status_code == 401, response.data
    assert response.data["code"] == "google_sign_in_failed"
    assert not UserSocialAuth.objects.exists()
    return True


def test_a_new_person_comes_by_google_and_is_signed_in(google):
    response = sign_in(google, market="US")

    assert response.status_code == 200
    user = User.objects.get()
    assert (user.email, user.first_name, user.market, user.currency) == (
        "aliya@example.com",
        "Aliya",
        "US",
        "USD",
    )
    assert user.email_verified_at is not None
    assert not user.has_usable_password()
    assert response.data["user"]["has_password"] is False
    me = APIClient().get("/api/v1/auth/me/", HTTP_AUTHORIZATION=f"Bearer {response.data['access']}")
    assert me.data["id"] == user.pk


def test_no_token_of_google_s_is_kept(google):
    sign_in(google)

    kept = UserSocialAuth.objects.get()
    assert (kept.provider, kept.uid) == ("google", "1089")
    assert not kept.extra_data


def test_the_same_google_account_is_the_same_person_even_with_another_email(google):
    first = sign_in(google).data["user"]["id"]
    google.person["email"] = "other@example.com"

    assert sign_in(google).data["user"]["id"] == first
    assert User.objects.count() == 1


def test_google_is_asked_for_state_pkce_and_nonce_and_to_return_to_our_page_alone(google, settings):
    settings.PUBLIC_URL = "https://delux.example"

    address = begin(APIClient())

    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{google.issuer}/auth?")
    assert asked["redirect_uri"] == "https://delux.example/sign-in/google"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 32


def test_an_account_whose_email_was_proven_here_too_is_joined(google):
    person = UserFactory(email="Aliya@example.com".lower(), email_verified_at=timezone.now())

    assert sign_in(google).data["user"]["id"] == person.pk


def test_an_account_somebody_opened_with_an_email_they_never_proved_is_not_joined(google):
    UserFactory(email="aliya@example.com")

    response = sign_in(google)

    assert (response.status_code, response.data["code"]) == (409, "email_has_account")
    assert not UserSocialAuth.objects.exists()


@pytest.mark.parametrize("claim", [False, None, "true", "false", 1, 0])
def test_an_email_google_has_not_verified_opens_nothing(google, claim):
    UserFactory(email="aliya@example.com", email_verified_at=timezone.now())
    google.person["email_verified"] = claim

    assert refused(sign_in(google))


def test_an_email_whose_verification_google_does_not_mention_opens_nothing(google):
    del google.person["email_verified"]

    assert refused(sign_in(google))


def test_a_sign_in_that_was_not_begun_is_refused(google):
    code = google.consent(begin(APIClient()))

    assert refused(APIClient().post(FINISH, code))


def test_a_code_of_another_person_s_sign_in_cannot_be_pressed_on_a_victim(google):
    attacker, victim = APIClient(), APIClient()
    begin(victim)

    assert refused(victim.post(FINISH, google.consent(begin(attacker))))


def test_a_foreign_code_with_the_victim_s_own_state_fails_by_pkce(google):
    attacker, victim = APIClient(), APIClient()
    stolen = google.consent(begin(attacker))
    own = google.consent(begin(victim))

    assert refused(victim.post(FINISH, own | {"code": stolen["code"]}))


@pytest.mark.parametrize("state", ["x", "x" * 128, "\u00e9", "' OR 1=1 --", "google_oauth2_state_"])
def test_an_invented_state_is_refused(google, state):
    assert refused(sign_in(google, state=state))


@pytest.mark.parametrize("missing", ["state", "code"])
def test_without_state_or_code_the_request_is_malformed(google, missing):
    client = APIClient()
    sent = google.consent(begin(client))
    del sent[missing]

    response = client.post(FINISH, sent)

    assert response.status_code == 400
    assert response.data["errors"][0]["pointer"] == f"/{missing}"


def test_a_code_and_its_state_work_once(google):
    client = APIClient()
    sent = google.consent(begin(client))
    cookie = client.cookies["sessionid"].value
    assert client.post(FINISH, sent).status_code == 200
    UserSocialAuth.objects.all().delete()

    assert refused(client.post(FINISH, sent))
    client.cookies["sessionid"] = cookie
    assert refused(client.post(FINISH, sent))


def test_a_state_grows_too_old(google):
    client = APIClient()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sent = google.consent(begin(client))
        clock.shift(timedelta(minutes=31))

        assert refused(client.post(FINISH, sent))


LIES = {
    "for another client": {"aud": "client-2.apps.example"},
    "from another issuer": {"iss": "https://accounts.evil.example"},
    "expired": {"exp": 1},
    "issued long ago": {"iat": 1},
    "with another sign-in's nonce": {"nonce": "n" * 64},
    "without a nonce": {"nonce": None},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_an_id_token_not_meant_for_this_sign_in_is_refused(google, lie):
    google.lies = lie

    assert refused(sign_in(google))


def test_an_id_token_google_did_not_sign_is_refused(google):
    google.key = FOREIGN_KEY

    assert refused(sign_in(google))


FOREIGN_PAGES = [
    "https://evil.example/sign-in/google",
    "http://localhost:8888.evil.example/sign-in/google",
    "http://localhost:8888@evil.example/sign-in/google",
    "http://localhost:8888/sign-in/google/../../evil",
    "http://localhost:8888/sign-in/google?next=https://evil.example",
    "http://localhost:8888\\@evil.example",
    "//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "",
]


@pytest.mark.parametrize("page", FOREIGN_PAGES)
@pytest.mark.parametrize("name", ["redirect_uri", "next", "redirect_url"])
def test_nobody_else_chooses_where_google_returns_to(google, page, name):
    client = APIClient()

    asked = parse_qs(urlsplit(client.post(START, {name: page}).data.get("authorization_url", "")).query)
    finished = client.post(FINISH, google.consent(begin(client)) | {name: page})

    assert asked.get("redirect_uri", ["http://localhost:8888/sign-in/google"]) == [
        "http://localhost:8888/sign-in/google"
    ]
    assert finished.status_code == 400
    assert finished.data["errors"][0]["code"] == "unknown"


def test_a_blocked_person_does_not_come_in_by_google(google):
    sign_in(google)
    User.objects.update(is_active=False)

    assert sign_in(google).status_code == 401


def test_google_being_down_is_said_plainly(google):
    client = APIClient()
    sent = google.consent(begin(client))
    google.down = True

    assert refused(client.post(FINISH, sent))


def test_a_person_who_came_by_google_may_set_a_password_and_use_it(google):
    access = sign_in(google).data["access"]
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")

    assert client.post("/api/v1/auth/password/change/", {"new_password": PASSWORD}).status_code == 200

    login = APIClient().post("/api/v1/auth/login/", {"email": "aliya@example.com", "password": PASSWORD})
    assert login.status_code == 200


def test_the_spa_learns_whether_google_is_on(google, settings):
    assert APIClient().get(PROVIDERS).data["google"] == {"enabled": True}
    settings.SOCIAL_AUTH_GOOGLE_KEY = ""
    assert APIClient().get(PROVIDERS).data["google"] == {"enabled": False}


def test_without_a_client_id_there_is_no_google(settings):
    settings.SOCIAL_AUTH_GOOGLE_KEY = ""

    for response in (APIClient().post(START), APIClient().post(FINISH, {"code": "x", "state": "y"})):
        assert (response.status_code, response.data["code"]) == (404, "google_is_off")

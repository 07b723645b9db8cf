from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.models import TokenFamily
from delux.accounts.tests.factories import PASSWORD, UserFactory
from delux.notifications.models import Notification
from delux.notifications.services.warnings import warn_of_copied_tokens
from delux.testing import at_once

pytestmark = pytest.mark.django_db

REFRESH = "/api/v1/auth/token/refresh/"
LOGOUT = "/api/v1/auth/logout/"
ME = "/api/v1/auth/me/"
WEB = {"HTTP_X_DELUX_CLIENT": "web", "HTTP_ORIGIN": "http://testserver"}


def log_in(client=None, user=None, **extra):
    user = user or UserFactory()
    client = client or APIClient()
    return client.post("/api/v1/auth/login/", {"email": user.email, "password": PASSWORD}, **extra)


def refresh(token):
    return APIClient().post(REFRESH, {"refresh": token})


def works(access):
    return APIClient().get(ME, HTTP_AUTHORIZATION=f"Bearer {access}").status_code == 200


def test_each_refresh_answers_new_tokens_for_the_same_person():
    first = log_in()

    second = refresh(first.data["refresh"])

    assert second.status_code == 200
    assert second.data["user"] == first.data["user"]
    assert second.data["refresh"] != first.data["refresh"]
    assert works(second.data["access"])
    assert refresh(second.data["refresh"]).status_code == 200
    assert TokenFamily.objects.count() == 1


def test_refreshing_takes_two_queries(django_assert_num_queries):
    token = log_in().data["refresh"]

    with django_assert_num_queries(2):
        refresh(token)


def test_within_ten_seconds_the_same_token_gets_the_same_next_one():
    """A second tab, or a page left before its answer came: neither looks like a thief later."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = log_in().data["refresh"]
        following = refresh(token).data["refresh"]
        clock.shift(timedelta(seconds=10))

        late = refresh(token)

        assert late.status_code == 200
        assert late.data["refresh"] == following
        assert works(late.data["access"])
        clock.shift(timedelta(minutes=1))
        assert refresh(following).status_code == 200


@pytest.mark.parametrize("uses_between", [1, 2, 5])
def test_an_old_token_ends_the_family_whoever_holds_the_newest(uses_between):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        answer = log_in()
        stolen = answer.data["refresh"]
        for _ in range(uses_between):
            clock.shift(timedelta(minutes=1))
            answer = refresh(answer.data["refresh"])

        clock.shift(timedelta(seconds=11))
        reuse = refresh(stolen)

        assert (reuse.status_code, reuse.data["code"]) == (401, "refresh_token_reused")
        assert refresh(answer.data["refresh"]).status_code == 401
        assert not works(answer.data["access"])


def test_a_token_two_uses_old_ends_the_family_even_within_the_grace():
    stolen = log_in().data["refresh"]
    newest = refresh(refresh(stolen).data["refresh"]).data["refresh"]

    assert refresh(stolen).data["code"] == "refresh_token_reused"
    assert refresh(newest).status_code == 401


def test_other_sign_ins_of_the_person_go_on_after_a_reuse():
    user = UserFactory()
    stolen, other = log_in(user=user).data, log_in(user=user).data
    refresh(refresh(stolen["refresh"]).data["refresh"])
    refresh(stolen["refresh"])

    assert not works(other["access"])  # ended at once, all of them …
    renewed = refresh(other["refresh"])
    assert renewed.status_code == 200  # … and begun again where nothing was copied
    assert works(renewed.data["access"])


def test_the_person_is_told_of_a_reuse_once():
    user = UserFactory()
    stolen = log_in(user=user).data["refresh"]
    refresh(refresh(stolen).data["refresh"])
    refresh(stolen)

    for _ in range(2):
        warn_of_copied_tokens(now=timezone.now())

    assert Notification.objects.get(user=user).kind == "refresh_token_reused"


@pytest.mark.parametrize("guess", ["x", ".", "a.b", "{key}", "{key}.", "{key}.wrong", "é.ü", "x" * 100])
def test_what_was_never_issued_is_refused(guess):
    answer = log_in().data["refresh"]
    sent = guess.replace("{key}", "A" * 22)

    response = refresh(sent)

    assert (response.status_code, response.data["code"]) == (401, "invalid_refresh_token")
    assert refresh(answer).status_code == 200


def test_a_sign_in_ends_after_fourteen_days_however_much_it_was_used():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = log_in().data["refresh"]
        for _ in range(13):
            clock.shift(timedelta(days=1))
            token = refresh(token).data["refresh"]
        clock.shift(timedelta(days=1))

        assert refresh(token).status_code == 401


def test_a_blocked_person_gets_nothing_more():
    user = UserFactory()
    token = log_in(user=user).data["refresh"]
    user.is_active = False
    user.save()

    assert refresh(token).status_code == 401


def test_signing_out_ends_the_sign_in_at_once():
    answer = log_in().data

    assert APIClient().post(LOGOUT, {"refresh": answer["refresh"]}).status_code == 204

    assert refresh(answer["refresh"]).data["code"] == "invalid_refresh_token"
    assert not works(answer["access"])


@pytest.mark.parametrize("body", [{}, {"refresh": "a.b"}])
def test_signing_out_without_being_signed_in_is_no_error(body):
    assert APIClient().post(LOGOUT, body).status_code == 204


def test_the_browser_s_cookie_is_rotated_and_signing_out_deletes_it():
    client = APIClient()
    log_in(client, **WEB)
    first = client.cookies["delux_refresh"].value

    renewed = client.post(REFRESH, {}, **WEB)

    assert renewed.status_code == 200
    assert "refresh" not in renewed.data
    assert client.cookies["delux_refresh"].value != first
    out = client.post(LOGOUT, {}, **WEB)
    assert out.status_code == 204
    assert out.cookies["delux_refresh"]["max-age"] == 0
    assert client.post(REFRESH, {}, **WEB).status_code == 401


FOREIGN = {
    "another site": {"HTTP_X_DELUX_CLIENT": "web", "HTTP_ORIGIN": "https://evil.example"},
    "a site that begins like ours": {
        "HTTP_X_DELUX_CLIENT": "web",
        "HTTP_ORIGIN": "http://testserver.evil.example",
    },
    "ours before an at sign": {"HTTP_X_DELUX_CLIENT": "web", "HTTP_ORIGIN": "http://testserver@evil.example"},
    "a sandboxed frame": {"HTTP_X_DELUX_CLIENT": "web", "HTTP_ORIGIN": "null"},
    "no origin": {"HTTP_X_DELUX_CLIENT": "web"},
    "no header": {"HTTP_ORIGIN": "http://testserver"},
    "neither": {},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("address", [REFRESH, LOGOUT])
def test_the_cookie_works_from_our_own_pages_only(address, headers):
    client = APIClient()
    log_in(client, **WEB)

    response = client.post(address, {}, **headers)

    assert (response.status_code, response.data["code"]) == (403, "foreign_origin")
    assert client.post(REFRESH, {}, **WEB).status_code == 200


def test_a_form_of_another_site_cannot_even_be_read():
    client = APIClient()
    log_in(client, **WEB)

    assert client.post(LOGOUT, "x=1", content_type="application/x-www-form-urlencoded").status_code == 415


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", range(3))
def test_64_refreshes_at_once_get_one_next_token_and_raise_no_alarm(round_number):
    token = log_in().data["refresh"]

    answers = at_once(*[lambda: refresh(token)] * 64)

    assert [answer.status_code for answer in answers] == [200] * 64
    [following] = {answer.data["refresh"] for answer in answers}
    assert TokenFamily.objects.get().revoked_at is None
    assert refresh(following).status_code == 200

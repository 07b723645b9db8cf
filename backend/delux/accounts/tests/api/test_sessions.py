"""Where somebody is signed in: seen and ended by that person alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.models import TokenFamily
from delux.accounts.services.families import MOST_OPEN, open_family
from delux.accounts.tests.factories import PASSWORD, TokenFamilyFactory, UserFactory
from delux.accounts.user_agents import name_browser, name_system
from delux.testing import client_for

SESSIONS = "/api/v1/auth/sessions/"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def browser():
    """A browser signed in as a person, with the access token it was answered."""
    person, client = UserFactory(email="aliya@example.com"), APIClient()
    answer = client.post(
        "/api/v1/auth/login/",
        {"email": person.email, "password": PASSWORD},
        HTTP_X_DELUX_CLIENT="web",
        HTTP_USER_AGENT=ANDROID,
    )
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.data['access']}")
    client.person = person
    return client


@pytest.mark.django_db
def test_this_browser_is_marked_and_the_last_used_comes_first(browser, django_assert_num_queries):
    now = timezone.now()
    older = TokenFamilyFactory(user=browser.person, rotated_at=now - timedelta(days=2))
    TokenFamilyFactory(user=browser.person, revoked_at=now)
    TokenFamilyFactory(user=browser.person, expires_at=now)
    TokenFamilyFactory()

    with django_assert_num_queries(2):  # who asks, and their sign-ins
        first, second = browser.get(SESSIONS).data

    assert (first["browser"], first["system"], first["is_current"]) == ("Chrome", "Android", True)
    assert (second["id"], second["browser"], second["is_current"]) == (older.pk, "Firefox", False)


@pytest.mark.django_db
def test_with_more_than_fifty_sign_ins_the_one_used_longest_ago_ends(browser):
    now = timezone.now()
    for hours in range(1, MOST_OPEN + 1):
        TokenFamilyFactory(user=browser.person, rotated_at=now - timedelta(hours=hours))
    stranger = TokenFamilyFactory(rotated_at=now - timedelta(days=9))

    open_family(user=browser.person, user_agent=ANDROID, now=now)

    left = browser.get(SESSIONS).data
    assert len(left) == MOST_OPEN
    assert min(one["last_used_at"] for one in left) > now - timedelta(hours=MOST_OPEN - 1)
    stranger.refresh_from_db()
    assert stranger.revoked_at is None


@pytest.mark.django_db
def test_ending_one_leaves_the_others(browser):
    other = TokenFamilyFactory(user=browser.person)

    assert browser.delete(f"{SESSIONS}{other.pk}/").status_code == 204

    other.refresh_from_db()
    assert other.revoked_at is not None
    assert TokenFamily.objects.filter(user=browser.person, revoked_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_signing_out_everywhere_ends_this_one_too(browser):
    TokenFamilyFactory(user=browser.person)
    strangers = TokenFamilyFactory()

    answer = browser.delete(SESSIONS)

    assert answer.status_code == 204
    assert answer.cookies["delux_refresh"].value == ""
    assert list(TokenFamily.objects.filter(revoked_at__isnull=True)) == [strangers]
    assert browser.get("/api/v1/auth/me/").status_code == 401


@pytest.mark.django_db
def test_anothers_or_an_ended_sign_in_is_not_there():
    person = UserFactory()
    ended = TokenFamilyFactory(user=person, revoked_at=timezone.now())

    for family in (TokenFamilyFactory(), ended):
        assert client_for(person).delete(f"{SESSIONS}{family.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("user_agent", "browser", "system"),
    [
        (ANDROID, "Chrome", "Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
            "Safari",
            "iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge", "Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8",
            "Yandex Browser",
            "Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605.1.15", "Safari", "Mac"),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
    ],
)
def test_a_device_has_a_name_people_know(user_agent, browser, system):
    assert (name_browser(user_agent), name_system(user_agent)) == (browser, system)

"""Public answers are kept for a moment, and known again by those who have seen them."""

from time import monotonic

import pytest
from django.utils.timezone import now

from delux.core.api.caching import forget_public_reads
from delux.core.replica import reading_own_writes
from delux.events.models import Event
from delux.events.tests.factories import (
    EventFactory,
)
from delux.testing import client_for

pytestmark = pytest.mark.django_db

LIST = "/api/v1/events/"


@pytest.fixture
def kept(settings):
    settings.PUBLIC_READ_SECONDS = 60
    forget_public_reads()
    yield
    forget_public_reads()


def test_a_repeat_within_the_moment_costs_no_query(kept, django_assert_num_queries) -> None:
    event = EventFactory()
    first = client_for().get(LIST)

    with django_assert_num_queries(0):
        second = client_for().get(LIST)

    assert second.content == first.content
    assert second.json()["results"][0]["id"] == event.pk
    assert second["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in second["Vary"]


def test_who_has_seen_it_gets_304_until_it_changes(kept) -> None:
    EventFactory()
    seen = client_for().get(LIST)["ETag"]

    for sent in (seen, f'W/"other", W/{seen}', "*"):
        response = client_for().get(LIST, headers={"If-None-Match": sent})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", seen)
    forget_public_reads()
    EventFactory()
    assert client_for().get(LIST, headers={"If-None-Match": seen}).status_code == 200


def test_a_moment_later_the_answer_is_new(kept, monkeypatch) -> None:
    event = EventFactory()
    assert client_for().get(LIST).json()["count"] == 1
    Event.objects.filter(pk=event.pk).update(status="canceled", canceled_at=now())

    assert client_for().get(LIST).json()["count"] == 1
    later = monotonic() + 61
    monkeypatch.setattr("delux.core.api.caching.monotonic", lambda: later)
    assert client_for().get(LIST).json()["count"] == 0


def test_languages_and_queries_are_kept_apart(kept) -> None:
    EventFactory(category__name_ru="Бег", category__name_en="Running")

    def name(**headers):
        return client_for().get(LIST, headers=headers).json()["results"][0]["category"]["name"]

    assert (name(), name(accept_language="en"), name()) == ("Бег", "Running", "Бег")
    assert client_for().get(LIST, {"format": "online"}).json()["count"] == 0


def test_refusals_are_not_kept(kept) -> None:
    assert client_for().get(f"{LIST}soon/").status_code == 404
    EventFactory(slug="soon")

    assert client_for().get(f"{LIST}soon/").status_code == 200


def test_the_list_needs_no_token_and_does_not_look_at_one(kept) -> None:
    client = client_for()
    client.credentials(HTTP_AUTHORIZATION="Bearer forged")

    assert client.get(LIST).status_code == 200
    assert client.post(LIST, {}).status_code == 401


def test_unlimited_addresses_do_not_fill_the_memory(kept, monkeypatch) -> None:
    from delux.core.api import caching

    monkeypatch.setattr(caching, "_MOST_KEPT", 3)
    for page in range(1, 12):
        client_for().get(LIST, {"page": page})

    assert len(caching._kept) <= 3


def test_what_is_kept_for_strangers_is_not_what_somebody_gets_who_has_just_changed_it(kept) -> None:
    event = EventFactory(title="Night run")
    assert client_for().get(f"/api/v1/events/{event.slug}/").json()["title"] == "Night run"
    Event.objects.update(title="Dawn run")

    with reading_own_writes():
        own = client_for().get(f"/api/v1/events/{event.slug}/").json()["title"]

    assert own == "Dawn run"
    assert client_for().get(f"/api/v1/events/{event.slug}/").json()["title"] == "Night run"

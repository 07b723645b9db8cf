"""A page of an event or a product was opened: counted by day, and nothing else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from delux.crm.api import page_views
from delux.crm.models import DailyViews
from delux.crm.services.page_views import count_view
from delux.events.tests.factories import EventFactory
from delux.market.tests.factories import ProductFactory
from delux.testing import client_for

URL = "/api/v1/views/"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def nobody_was_here_this_minute() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def open_page(agent: str = PHONE, address: str = "192.0.2.1", **page: int):
    return APIClient().post(URL, page, HTTP_USER_AGENT=agent, REMOTE_ADDR=address)


def counted() -> dict[tuple[int | None, int | None], int]:
    return {(row.event_id, row.product_id): row.count for row in DailyViews.objects.all()}


@pytest.mark.django_db
def test_openings_of_one_page_on_one_day_are_one_row(django_assert_num_queries) -> None:
    event, product = EventFactory(), ProductFactory()

    open_page(event=event.pk)
    with django_assert_num_queries(4):  # the page; a transaction of one statement
        assert open_page(event=event.pk).status_code == 204
    open_page(product=product.pk)

    assert counted() == {(event.pk, None): 2, (None, product.pk): 1}


@pytest.mark.django_db
@pytest.mark.parametrize(("market", "day"), [("KZ", date(2026, 5, 11)), ("US", date(2026, 5, 10))])
def test_a_day_is_the_organizers(market: str, day: date) -> None:
    event = EventFactory(organizer__market=market)

    with time_machine.travel(datetime(2026, 5, 10, 20, tzinfo=UTC), tick=False):
        open_page(event=event.pk)

    row = DailyViews.objects.get()
    assert (row.day, row.organizer) == (day, event.organizer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/120",
        "TelegramBot (like TwitterBot)",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 HeadlessChrome/120",
        "python-requests/2.32",
        "curl/8.5.0",
    ],
)
def test_robots_are_answered_and_not_counted(agent: str) -> None:
    assert open_page(agent, event=EventFactory().pk).status_code == 204

    assert counted() == {}


@pytest.mark.django_db
def test_what_is_not_for_everybody_is_not_there() -> None:
    draft, hidden = EventFactory(draft=True), ProductFactory(is_active=False)

    for page in ({"event": draft.pk}, {"product": hidden.pk}, {"event": 10**9}):
        assert open_page(**page).status_code == 404

    assert counted() == {}


@pytest.mark.django_db
def test_one_page_is_named() -> None:
    event = EventFactory().pk

    for body in ({}, {"event": event, "product": 1}, {"event": 0}, {"event": event, "from": "x"}):
        assert open_page(**body).status_code == 400

    assert counted() == {}


@pytest.mark.django_db
def test_one_address_does_not_make_a_crowd(monkeypatch) -> None:
    monkeypatch.setattr(page_views, "A_MINUTE", 3)
    event = EventFactory().pk
    answers = [open_page(event=event) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [204] * 3 + [429] * 2
    assert answers[-1]["Retry-After"] == "60"
    assert open_page(event=event, address="192.0.2.2").status_code == 204
    assert counted() == {(event, None): 4}


@pytest.mark.django_db
def test_who_opened_it_is_kept_nowhere() -> None:
    """The columns of the table are all there is: a new one that could tell of a person fails here."""
    assert {field.name for field in DailyViews._meta.get_fields()} == {
        "id",
        "organizer",
        "event",
        "product",
        "day",
        "count",
    }


@pytest.mark.django_db(transaction=True)
def test_of_a_crowd_everybody_is_counted() -> None:
    event, at = EventFactory(), timezone.now()

    def look(_number: int) -> None:
        try:
            count_view(kind="event", page_id=event.pk, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(look, range(80)))

    assert counted() == {(event.pk, None): 80}


@pytest.mark.django_db
def test_a_signed_in_person_is_asked_nothing() -> None:
    event = EventFactory()

    assert client_for(event.organizer).post(URL, {"event": event.pk}).status_code == 204

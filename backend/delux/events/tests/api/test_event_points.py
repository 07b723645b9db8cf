from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from delux.events.selectors import catalogue
from delux.events.services.listing import refresh_listings
from delux.events.tests.factories import EventFactory, EventLocationFactory, TicketTypeFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

POINTS = "/api/v1/event-points/"
ALMATY = {"south": "43.1", "west": "76.7", "north": "43.4", "east": "77.1"}


def at(latitude, longitude, **fields):
    place = EventLocationFactory(latitude=Decimal(latitude), longitude=Decimal(longitude))
    return EventFactory(location=place, **fields)


def shown(**query) -> list[str]:
    response = client_for().get(POINTS, query)
    assert response.status_code == 200, response.content
    return [point["title"] for point in response.json()["results"]]


def test_a_point_says_where_when_and_for_how_much() -> None:
    event = at("43.238900", "76.945500", title="Medeu Night Run")
    TicketTypeFactory(event=event, price=Decimal("7000.00"))
    refresh_listings()

    answer = client_for().get(POINTS).json()

    assert answer["complete"] is True
    point = answer["results"][0]
    assert (point["slug"], point["title"], point["city"]) == (event.slug, "Medeu Night Run", "Almaty")
    assert (point["latitude"], point["longitude"]) == ("43.238900", "76.945500")
    assert (point["price_from"], point["currency"], point["is_free"]) == ("7000.00", "KZT", False)
    assert (point["start_datetime"][-1], point["timezone"]) == ("Z", "Asia/Almaty")


def test_only_what_lies_in_the_box_is_shown() -> None:
    at("43.238900", "76.945500", title="In Almaty")
    at("51.128200", "71.430700", title="In Astana")

    assert shown(**ALMATY) == ["In Almaty"]
    assert shown() == ["In Almaty", "In Astana"]


def test_what_is_nowhere_over_or_not_published_is_on_no_map() -> None:
    EventFactory()  # its place has no coordinates
    EventFactory(online=True)
    at("43.2", "76.9", draft=True)
    at("43.2", "76.9", canceled=True)
    at("43.2", "76.9", start_datetime=now() - timedelta(days=3))

    assert shown() == []


def test_the_lists_filters_hold_on_the_map() -> None:
    at("43.2", "76.9", title="Run", category__slug="run")
    at("43.2", "76.9", title="Yoga", category__slug="yoga")
    refresh_listings()

    assert shown(sport_type="run") == ["Run"]
    assert shown(q="yoga") == ["Yoga"]


def test_a_crowded_box_says_that_it_shows_only_a_part(monkeypatch) -> None:
    monkeypatch.setattr(catalogue, "MOST_POINTS", 2)
    for _ in range(3):
        at("43.2", "76.9")

    answer = client_for().get(POINTS).json()

    assert (len(answer["results"]), answer["complete"]) == (2, False)


def test_a_box_of_exactly_as_many_is_complete(monkeypatch) -> None:
    monkeypatch.setattr(catalogue, "MOST_POINTS", 2)
    for _ in range(2):
        at("43.2", "76.9")

    assert client_for().get(POINTS).json()["complete"] is True


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"south": "91"}, "/south"),
        ({"east": "-181"}, "/east"),
        ({"west": "abc"}, "/west"),
        ({"south": "44", "north": "43"}, "/north"),
        ({"west": "77", "east": "76"}, "/east"),
        ({"date_from": "2026-12-02", "date_to": "2026-12-01"}, "/date_to"),
    ],
)
def test_a_box_that_is_none_is_refused_by_name(query, field) -> None:
    response = client_for().get(POINTS, query)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [field]


@pytest.mark.parametrize("events", [1, 12])
def test_a_map_costs_one_query_however_many_events(events, django_assert_num_queries) -> None:
    for _ in range(events):
        at("43.2", "76.9")

    with django_assert_num_queries(1):
        assert len(shown(**ALMATY)) == events

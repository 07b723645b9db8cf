from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils.timezone import now

from delux.core.kept_figures import forget_figures
from delux.events.services.listing import refresh_listings
from delux.events.tests.factories import EventCategoryFactory, EventFactory, TicketTypeFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

FACETS = "/api/v1/event-facets/"


def counted(**query: object) -> dict:
    response = client_for().get(FACETS, query)
    assert response.status_code == 200, response.content
    return response.json()


def sports(**query: object) -> dict[str, int]:
    return {sport["slug"]: sport["count"] for sport in counted(**query)["sports"]}


def cities(**query: object) -> list[tuple[str, int]]:
    return [(city["value"], city["count"]) for city in counted(**query)["cities"]]


def formats(**query: object) -> dict[str, int]:
    return {row["value"]: row["count"] for row in counted(**query)["formats"]}


@pytest.fixture
def season() -> None:
    run, yoga = EventCategoryFactory(slug="run"), EventCategoryFactory(slug="yoga")
    EventFactory(title="Sprint", category=run, location__city="Almaty")
    EventFactory(title="Half", category=run, location__city="Astana")
    EventFactory(title="Stretch", category=yoga, location__city="almaty")
    EventFactory(title="Talk", category=yoga, online=True)
    refresh_listings()


@pytest.mark.usefixtures("season")
def test_each_choice_says_how_many_events_it_leaves() -> None:
    assert sports() == {"run": 2, "yoga": 2}
    assert [(city.lower(), count) for city, count in cities()] == [("almaty", 2), ("astana", 1)]
    assert formats() == {"offline": 3, "online": 1}
    assert counted()["free"] == 0


@pytest.mark.usefixtures("season")
def test_a_choice_is_counted_as_if_it_were_not_made_yet_and_the_others_were() -> None:
    assert sports(sport_type="run") == {"run": 2, "yoga": 2}
    assert [count for _, count in cities(sport_type="run")] == [1, 1]
    assert sports(city="ALMATY") == {"run": 1, "yoga": 1}
    assert formats(format="online", sport_type="yoga") == {"offline": 1, "online": 1}
    assert sports(q="talk") == {"run": 0, "yoga": 1}


def test_free_events_are_counted_whether_free_is_asked_for_or_not() -> None:
    TicketTypeFactory(event=EventFactory(), price="0.00")
    TicketTypeFactory(event=EventFactory(), price="500.00")
    refresh_listings()

    assert [counted(**query)["free"] for query in ({}, {"is_free": "true"}, {"is_free": "false"})] == [
        1,
        1,
        1,
    ]


def test_a_count_is_what_the_list_then_shows() -> None:
    run = EventCategoryFactory(slug="run")
    EventFactory(category=run)
    EventFactory(category=run, draft=True)
    EventFactory(category=run, canceled=True)
    EventFactory(category=run, start_datetime=now() - timedelta(days=3))

    listed = client_for().get("/api/v1/events/", {"sport_type": "run"}).json()["count"]

    assert sports()["run"] == listed == 1


@pytest.mark.parametrize(
    ("query", "field"), [({"format": "xx"}, "/format"), ({"price_min": "9", "price_max": "1"}, "/price_max")]
)
def test_a_filter_that_is_none_is_refused_by_name(query, field) -> None:
    response = client_for().get(FACETS, query)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [field]


@pytest.mark.parametrize("events", [1, 12])
def test_the_counts_cost_two_queries_however_many_events(events, django_assert_num_queries) -> None:
    for _ in range(events):
        EventFactory()

    with django_assert_num_queries(2):  # the counts; the names of sports
        counted(city="Almaty")


@pytest.fixture
def kept_figures(settings) -> Iterator[None]:
    settings.FIGURES_SECONDS = 30
    forget_figures()
    yield
    forget_figures()


def test_counts_are_kept_for_a_moment_and_apart_for_each_set_of_filters(kept_figures) -> None:
    run = EventCategoryFactory(slug="run")
    EventFactory(category=run)
    before = sports()
    EventFactory(category=run)

    assert sports() == before == {"run": 1}
    assert sports(format="offline") == {"run": 2}

"""The list of public events: what is in it, in which order, and what it costs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from delux.accounts.tests.factories import OrganizerFactory
from delux.events.services.listing import refresh_ended_prices, refresh_listings
from delux.events.tests.factories import (
    EventCategoryFactory,
    EventFactory,
    TicketTypeFactory,
)
from delux.testing import client_for

pytestmark = pytest.mark.django_db

LIST = "/api/v1/events/"


def found(**query):
    refresh_listings()
    response = client_for().get(LIST, query)
    assert response.status_code == 200, response.content
    return [card["title"] for card in response.json()["results"]]


def test_a_card_says_what_a_person_chooses_by() -> None:
    event = EventFactory(title="Medeu Night Run", category__slug="run", category__name_en="Running")
    TicketTypeFactory(event=event, price=Decimal("7000.00"), quantity_total=10, quantity_sold=4)
    TicketTypeFactory(event=event, price=Decimal("9000.00"), quantity_total=5, quantity_held=5)
    refresh_listings()

    card = client_for().get(LIST, {"lang": "en"}).json()["results"][0]

    assert card["title"] == "Medeu Night Run"
    assert card["category"] == {"slug": "run", "name": "Running"}
    assert card["city"] == "Almaty"
    assert card["timezone"] == "Asia/Almaty"
    assert card["organizer"] == {
        "display_name": event.organizer.display_name,
        "slug": event.organizer.slug,
        "verified": False,
    }
    assert (card["price_from"], card["currency"], card["is_free"]) == ("7000.00", "KZT", False)
    assert card["tickets_left"] == 6
    assert card["start_datetime"].endswith("Z")
    assert card["cover"] is None


def test_only_published_events_that_are_not_over_are_listed() -> None:
    shown = EventFactory()
    EventFactory(draft=True)
    EventFactory(canceled=True)
    EventFactory(finished=True)
    EventFactory(start_datetime=now() - timedelta(days=1), end_datetime=now() - timedelta(minutes=1))

    assert found() == [shown.title]


def test_an_event_going_on_is_still_listed() -> None:
    event = EventFactory(start_datetime=now() - timedelta(hours=1))

    assert found() == [event.title]


def test_an_events_capacity_bounds_what_is_left() -> None:
    event = EventFactory(capacity=10, places_taken=7)
    TicketTypeFactory(event=event, quantity_total=100, quantity_sold=7)

    assert client_for().get(LIST).json()["results"][0]["tickets_left"] == 3


def test_tickets_whose_sales_have_ended_do_not_count_as_left_nor_as_the_price() -> None:
    event = EventFactory()
    TicketTypeFactory(
        event=event, price=Decimal("1000.00"), sales_start=now() - timedelta(days=9), sales_end=now()
    )
    TicketTypeFactory(event=event, price=Decimal("5000.00"), quantity_total=8)
    refresh_listings()

    card = client_for().get(LIST).json()["results"][0]

    assert (card["tickets_left"], card["price_from"]) == (8, "5000.00")


def test_the_price_moves_on_when_the_early_birds_sales_end() -> None:
    event = EventFactory()
    early = TicketTypeFactory(event=event, price=Decimal("1000.00"), sales_end=now() + timedelta(days=1))
    TicketTypeFactory(event=event, price=Decimal("5000.00"))
    refresh_listings()
    assert client_for().get(LIST).json()["results"][0]["price_from"] == "1000.00"
    early.sales_start, early.sales_end = now() - timedelta(days=2), now() - timedelta(days=1)
    early.save()

    assert refresh_ended_prices(at=now()) == 1

    assert client_for().get(LIST).json()["results"][0]["price_from"] == "5000.00"
    assert refresh_ended_prices(at=now()) == 0


def test_past_events_are_listed_for_one_organizer_the_latest_first() -> None:
    host, day = OrganizerFactory(slug="tau"), timedelta(days=1)
    EventFactory(organizer=host, title="Ahead")
    EventFactory(organizer=host, canceled=True, start_datetime=now() - 9 * day)
    EventFactory(start_datetime=now() - 4 * day)
    EventFactory(organizer=host, title="Long ago", start_datetime=now() - 30 * day)
    EventFactory(organizer=host, title="The other day", finished=True)

    assert found(organizer="tau", when="past") == ["The other day", "Long ago"]
    assert found(organizer="tau", when="upcoming") == ["Ahead"]


def test_past_events_of_everybody_are_not_listed() -> None:
    response = client_for().get(LIST, {"when": "past"})

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == ["/organizer"]


@pytest.mark.parametrize(
    "q",
    [
        "марафон",
        "Марафоны",
        "марофон",
        "МАРАФОН алматы",
        "алмати марафон",
        "забег",
        "steppe",
        "двадцать",
        "жүгіру",
    ],
)
def test_words_typos_and_other_forms_find_the_event(q) -> None:
    running = EventCategoryFactory(name_ru="Забеги", name_kk="Жүгіру", name_ky="Чуркоо", name_en="Running")
    EventFactory(
        title="Алматы марафон",
        category=running,
        description="<p>Двадцать тысяч человек</p>",
        organizer__display_name="Steppe Runners",
        location__city="Алматы",
    )
    other = EventCategoryFactory(name_ru="Йога", name_en="Yoga")
    EventFactory(
        title="Утро на коврике", category=other, organizer__display_name="Lotus", location__city="Ош"
    )

    assert found(q=q) == ["Алматы марафон"]


@pytest.mark.parametrize(
    "q", ["велогонка", "<script>", "' OR 1=1 --", "%", "_", "\\", ":*", "&|!()", '"', "- -", "🏃"]
)
def test_what_nothing_is_like_finds_nothing_and_breaks_nothing(q) -> None:
    EventFactory(title="Утро на коврике")

    assert found(q=q) == []


def test_the_best_match_comes_first() -> None:
    running, other = EventCategoryFactory(), EventCategoryFactory(name_ru="Йога", name_en="Yoga")
    EventFactory(
        title="Morning yoga",
        description="<p>After your marathon</p>",
        category=other,
        start_datetime=now() + timedelta(days=1),
    )
    EventFactory(title="Marathon", category=running, start_datetime=now() + timedelta(days=9))

    assert found(q="marathon")[0] == "Marathon"
    assert found(q="marathon", ordering="start")[0] == "Morning yoga"


def test_filters_narrow_the_list() -> None:
    yoga = EventCategoryFactory(slug="yoga")
    online = EventFactory(online=True, category=yoga, title="Online yoga")
    osh = EventFactory(location__city="Ош", market="KG", title="Osh ride")
    everywhere = EventFactory(market="ALL", title="For all")
    TicketTypeFactory(event=everywhere, price=Decimal("0.00"))
    TicketTypeFactory(event=osh, price=Decimal("300.00"))
    TicketTypeFactory(event=online, price=Decimal("900.00"))

    assert found(sport_type="yoga") == ["Online yoga"]
    assert found(sport_type="chess") == []
    assert found(format="online") == ["Online yoga"]
    assert found(city="ош") == ["Osh ride"]
    assert found(is_free="true") == ["For all"]
    assert set(found(is_free="false")) == {"Osh ride", "Online yoga"}
    assert found(organizer=osh.organizer.slug) == ["Osh ride"]
    assert set(found(market="KG")) == {"Osh ride", "For all"}
    assert set(found(market="KZ")) == {"Online yoga", "For all"}
    assert found(price_min="300", price_max="300.00") == ["Osh ride"]
    assert set(found(price_max="300")) == {"For all", "Osh ride"}


def test_days_are_those_of_the_place() -> None:
    """23:30 UTC on the 9th is the 10th in Almaty and still the 9th in New York."""
    year = now().year + 1
    moment = datetime(year, 6, 9, 23, 30, tzinfo=UTC)
    EventFactory(title="Almaty", start_datetime=moment)
    EventFactory(title="New York", start_datetime=moment, timezone="America/New_York")

    assert found(date_from=f"{year}-06-10") == ["Almaty"]
    assert found(date_to=f"{year}-06-09") == ["New York"]
    assert found(date_from=f"{year}-06-09", date_to=f"{year}-06-10") == ["Almaty", "New York"]


def test_orderings() -> None:
    cheap = EventFactory(title="Cheap, late", start_datetime=now() + timedelta(days=9))
    dear = EventFactory(
        title="Dear, soon", start_datetime=now() + timedelta(days=2), published_at=now() - timedelta(1)
    )
    TicketTypeFactory(event=cheap, price=Decimal("10.00"))
    TicketTypeFactory(event=dear, price=Decimal("20.00"))
    EventFactory(
        title="Unpriced", start_datetime=now() + timedelta(days=3), published_at=now() - timedelta(2)
    )

    assert found() == found(ordering="start") == ["Dear, soon", "Unpriced", "Cheap, late"]
    assert found(ordering="-start") == ["Cheap, late", "Unpriced", "Dear, soon"]
    assert found(ordering="price") == ["Cheap, late", "Dear, soon", "Unpriced"]
    assert found(ordering="-price") == ["Dear, soon", "Cheap, late", "Unpriced"]
    assert found(ordering="newest") == ["Cheap, late", "Dear, soon", "Unpriced"]


def test_pages_follow_each_other_and_keep_the_filters() -> None:
    for day in range(1, 4):
        EventFactory(title=f"Day {day}", start_datetime=now() + timedelta(days=day))

    first = client_for().get(LIST, {"page_size": 2, "format": "offline"}).json()
    second = client_for().get(first["next"]).json()

    assert first["count"] == second["count"] == 3
    assert [card["title"] for card in first["results"]] == ["Day 1", "Day 2"]
    assert [card["title"] for card in second["results"]] == ["Day 3"]
    assert second["next"] is None
    assert client_for().get(second["previous"]).json()["results"] == first["results"]
    assert client_for().get(LIST, {"page": 9}).json()["results"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page_size": "1000000000"}, "page_size"),
        ({"page": "0"}, "page"),
        ({"ordering": "password"}, "ordering"),
        ({"format": "moon"}, "format"),
        ({"date_from": "yesterday"}, "date_from"),
        ({"date_from": "0001-01-01"}, "date_from"),
        ({"date_to": "9999-12-31"}, "date_to"),
        ({"date_from": "2027-06-02", "date_to": "2027-06-01"}, "date_to"),
        ({"price_min": "-1"}, "price_min"),
        ({"price_min": "NaN"}, "price_min"),
        ({"price_max": "1e400"}, "price_max"),
        ({"price_min": "5", "price_max": "4"}, "price_max"),
        ({"q": "x" * 10_000}, "q"),
        ({"city": "x" * 81}, "city"),
        ({"organizer": "no spaces"}, "organizer"),
        ({"is_free": "perhaps"}, "is_free"),
        ({"market": "MOON"}, "market"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(query, field) -> None:
    response = client_for().get(LIST, query)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [problem["pointer"] for problem in response.json()["errors"]] == [f"/{field}"]


def test_categories_are_named_in_the_readers_language() -> None:
    EventCategoryFactory(slug="run", name_ru="Бег", name_kk="Жүгіру", position=1)

    assert client_for().get("/api/v1/event-categories/?lang=kk").json() == [{"slug": "run", "name": "Жүгіру"}]
    assert client_for().get("/api/v1/event-categories/?lang=ky").json() == [{"slug": "run", "name": "Бег"}]


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_costs_as_many_queries_however_long(rows, django_assert_num_queries) -> None:
    organizer, category = OrganizerFactory(), EventCategoryFactory()
    for _ in range(rows):
        TicketTypeFactory.create_batch(2, event=EventFactory(organizer=organizer, category=category))

    refresh_listings()

    for query, cost in (
        ({}, 3),
        ({"q": "apple run"}, 4),
        ({"price_min": "1", "city": "Almaty", "ordering": "price"}, 3),
    ):
        with django_assert_num_queries(cost):
            response = client_for().get(LIST, {"page_size": 100} | query)
        assert len(response.json()["results"]) == rows

from datetime import timedelta

import pytest
from django.utils.timezone import now

from delux.accounts.tests.factories import UserFactory
from delux.crm.tests.api.bodies import PLACE, ticket
from delux.events.models import Event
from delux.events.tests.factories import (
    EventAttendeeFactory,
    EventCategoryFactory,
    EventFactory,
    TicketTypeFactory,
)
from delux.notifications.models import Notification
from delux.testing import client_for

pytestmark = pytest.mark.django_db

DESK = "/api/v1/crm/events/"


def body(**changes):
    EventCategoryFactory(slug="running") if not changes.pop("without_sport", False) else None
    return {
        "title": "Medeu Night Run",
        "description": "<p>Ten kilometres under the stars.</p>",
        "sport_type": "running",
        "format": "offline",
        "start_datetime": (now() + timedelta(days=30)).isoformat(),
        "end_datetime": (now() + timedelta(days=30, hours=4)).isoformat(),
        "timezone": "Asia/Almaty",
    } | changes


# --- From a draft to the list


def test_an_organizer_prepares_and_publishes_an_event(client) -> None:
    draft = client.post(DESK, body()).json()
    assert (draft["status"], draft["slug"], draft["market"]) == ("draft", "medeu-night-run", "KZ")
    assert {problem["pointer"] for problem in draft["missing"]} == {"/location", "/ticket_types"}
    address = f"{DESK}{draft['id']}/"

    assert client.put(f"{address}location/", PLACE).status_code == 200
    assert client.post(f"{address}ticket-types/", ticket()).json()["currency"] == "KZT"
    published = client.post(f"{address}publish/")

    assert published.status_code == 200, published.content
    assert (published.json()["status"], published.json()["missing"]) == ("published", [])
    card = client_for().get("/api/v1/events/").json()["results"][0]
    assert (card["slug"], card["city"], card["price_from"]) == ("medeu-night-run", "Almaty", "7000.00")


def test_publishing_says_everything_that_is_missing(client, organizer) -> None:
    event = EventFactory(draft=True, organizer=organizer, location=None, description="")
    online = EventFactory(draft=True, online=True, organizer=organizer, online_info=None)
    Event.objects.filter(pk=online.pk).update(start_datetime=now() - timedelta(days=1))
    TicketTypeFactory(event=online, sales_start=now() - timedelta(2), sales_end=now() - timedelta(1))

    refused = client.post(f"{DESK}{event.pk}/publish/")
    assert (refused.status_code, refused.json()["code"]) == (409, "event_not_ready")
    assert {(one["pointer"], one["code"]) for one in refused.json()["errors"]} == {
        ("/location", "missing"),
        ("/description", "missing"),
        ("/ticket_types", "missing"),
    }
    assert {
        (one["pointer"], one["code"]) for one in client.post(f"{DESK}{online.pk}/publish/").json()["errors"]
    } == {
        ("/online_info", "missing"),
        ("/start_datetime", "past"),
        ("/ticket_types", "past"),
    }


def test_an_event_is_published_once(client, organizer) -> None:
    event = EventFactory(organizer=organizer)

    response = client.post(f"{DESK}{event.pk}/publish/")

    assert (response.status_code, response.json()["code"]) == (409, "event_not_publishable")


def test_the_public_address_creates_the_same_draft(client) -> None:
    response = client.post("/api/v1/events/", body())

    assert (response.status_code, response.json()["status"]) == (201, "draft")
    assert client.get(f"{DESK}{response.json()['id']}/").json() == response.json()


def test_addresses_are_readable_in_every_language_and_unique(client) -> None:
    EventCategoryFactory(slug="running")
    titles = ["Қыс марафоны", "Ысык-Көл жарышы", "Щит и ёж", "2027", "日本", "Қыс марафоны"]

    slugs = [client.post(DESK, body(title=title, without_sport=True)).json()["slug"] for title in titles]

    assert slugs[:4] == ["qys-marafony", "ysyk-kol-zharyshy", "shchit-i-yozh", "event-2027"]
    assert slugs[4].startswith("event")
    assert slugs[5] == "qys-marafony-2"


def test_an_event_keeps_its_address_when_it_is_renamed(client, organizer) -> None:
    event = EventFactory(organizer=organizer)

    renamed = client.patch(f"{DESK}{event.pk}/", {"title": "Another name"}).json()

    assert (renamed["title"], renamed["slug"]) == ("Another name", event.slug)
    assert client_for().get("/api/v1/events/", {"q": "another"}).json()["count"] == 1


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>"],
)
def test_a_description_is_cleaned_before_it_is_stored(client, text) -> None:
    made = client.post(DESK, body(description=f"<p>Come</p>{text}")).json()
    changed = client.patch(f"{DESK}{made['id']}/", {"description": f"<p>Run</p>{text}"}).json()

    for stored in (made["description"], changed["description"], Event.objects.get().description):
        assert "alert" not in stored or "javascript" not in stored
        assert not any(danger in stored for danger in ("<script", "<img", "onerror", "javascript:"))
    assert changed["description"].startswith("<p>Run</p>")


def test_markup_in_a_title_is_plain_text(client) -> None:
    title = "<b>Bold</b> & <script>x</script>"

    assert client.post(DESK, body(title=title)).json()["title"] == title


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 10_000}, "title"),
        ({"title": "\u200b\u0007"}, "title"),
        ({"title": ["x"]}, "title"),
        ({"title": None}, "title"),
        ({"description": "x" * 10_001}, "description"),
        ({"sport_type": "no-such-sport"}, "sport_type"),
        ({"format": "moon"}, "format"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"start_datetime": "2020-01-01T00:00:00Z"}, "start_datetime"),
        ({"start_datetime": "0001-01-01T00:00:00+14:00"}, "start_datetime"),
        ({"end_datetime": "9999-12-31T23:59:59-12:00"}, "end_datetime"),
        ({"end_datetime": "2020-01-01T00:00:00Z"}, "end_datetime"),
        ({"start_datetime": "soon"}, "start_datetime"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10**30}, "capacity"),
        ({"capacity": 1.5}, "capacity"),
        ({"refund_until_hours": -1}, "refund_until_hours"),
        ({"refund_until_hours": 8761}, "refund_until_hours"),
        ({"market": "RU"}, "market"),
        ({"status": "published"}, "status"),
        ({"organizer": 1}, "organizer"),
        ({"is_free": True}, "is_free"),
        ({"slug": "mine"}, "slug"),
        ({"places_taken": 0}, "places_taken"),
    ],
)
def test_a_field_that_makes_no_sense_is_named_and_nothing_is_stored(client, changes, field) -> None:
    response = client.post(DESK, body(**changes))

    assert response.status_code == 400, response.content
    assert [problem["pointer"] for problem in response.json()["errors"]] == [f"/{field}"]
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "raw", [b"{", b"[]", b'"x"', b"null", b'{"title": "a\\u0000b"}', b"\xff\xfe", b'{"a":NaN}']
)
def test_a_body_that_is_not_an_object_is_refused(client, raw) -> None:
    response = client.post(DESK, raw, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


# --- Changing


def test_a_published_events_capacity_never_goes_below_its_people(client, organizer) -> None:
    event = EventFactory(organizer=organizer, places_taken=5)

    refused = client.patch(f"{DESK}{event.pk}/", {"capacity": 4})

    assert (refused.status_code, refused.json()["code"], refused.json()["taken"]) == (
        409,
        "capacity_below_taken",
        5,
    )
    assert client.patch(f"{DESK}{event.pk}/", {"capacity": 5}).json()["capacity"] == 5
    assert client.patch(f"{DESK}{event.pk}/", {"capacity": None}).json()["capacity"] is None


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (24, 0, 200),
        (24, 24, 200),
        (None, 168, 200),
        (24, 25, 409),
        (0, None, 409),
        (None, None, 200),
    ],
)
def test_a_refund_rule_sold_can_only_become_kinder(client, organizer, before, after, status) -> None:
    event = EventFactory(organizer=organizer, refund_until_hours=before, places_taken=1)

    answer = client.patch(f"{DESK}{event.pk}/", {"refund_until_hours": after})

    assert answer.status_code == status
    event.refresh_from_db()
    assert event.refund_until_hours == (after if status == 200 else before)


def test_a_refund_rule_nobody_bought_under_may_change_as_one_likes(client, organizer) -> None:
    event = EventFactory(organizer=organizer, refund_until_hours=0)

    assert client.patch(f"{DESK}{event.pk}/", {"refund_until_hours": None}).status_code == 200


def test_a_published_event_cannot_move_online_before_it_says_where(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    address = f"{DESK}{event.pk}/"

    assert client.patch(address, {"format": "online"}).json()["code"] == "place_missing"
    client.put(f"{address}online-info/", {"meeting_link": "https://meet.example.com/x"})
    assert client.patch(address, {"format": "online"}).json()["format"] == "online"


def test_a_past_start_can_be_neither_given_nor_corrected_into(client, organizer) -> None:
    event = EventFactory(organizer=organizer)

    refused = client.patch(f"{DESK}{event.pk}/", {"start_datetime": "2020-01-01T00:00:00Z"})
    assert refused.json()["errors"][0]["pointer"] == "/start_datetime"
    refused = client.patch(f"{DESK}{event.pk}/", {"end_datetime": (event.start_datetime).isoformat()})
    assert refused.json()["errors"][0]["pointer"] == "/end_datetime"


def test_a_running_event_can_still_be_described(client, organizer) -> None:
    event = EventFactory(organizer=organizer, start_datetime=now() - timedelta(hours=1))

    assert (
        client.patch(f"{DESK}{event.pk}/", {"description": "<p>Late entry by the lake</p>"}).status_code
        == 200
    )


@pytest.mark.parametrize("kind", ["canceled", "finished"])
def test_a_closed_event_cannot_be_changed(client, organizer, kind) -> None:
    event = EventFactory(organizer=organizer, **{kind: True})
    tickets = TicketTypeFactory(event=event, sales_end=now())
    address = f"{DESK}{event.pk}/"

    answers = [
        client.patch(address, {"title": "Other"}),
        client.put(f"{address}location/", PLACE),
        client.put(f"{address}online-info/", {"meeting_link": "https://meet.example.com/x"}),
        client.post(f"{address}ticket-types/", ticket()),
        client.patch(f"{address}ticket-types/{tickets.pk}/", {"name": "Other"}),
        client.delete(f"{address}ticket-types/{tickets.pk}/"),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "event_closed")] * 6


def test_a_draft_can_be_deleted_with_all_its_parts(client, organizer) -> None:
    draft = EventFactory(draft=True, organizer=organizer)
    TicketTypeFactory(event=draft)

    assert client.delete(f"{DESK}{draft.pk}/").status_code == 204

    assert not Event.objects.exists()
    assert not type(draft.location).objects.exists()


@pytest.mark.parametrize("kind", [{}, {"canceled": True}, {"finished": True}])
def test_an_event_people_have_seen_is_not_deleted(client, organizer, kind) -> None:
    event = EventFactory(organizer=organizer, **kind)

    response = client.delete(f"{DESK}{event.pk}/")

    assert (response.status_code, response.json()["code"]) == (409, "event_not_draft")
    assert Event.objects.filter(pk=event.pk).exists()


# --- Calling off


def test_canceling_stops_sales_and_tells_everyone_who_holds_a_ticket(client, organizer) -> None:
    event = EventFactory(organizer=organizer, title="Tulip Run")
    ticket_type = TicketTypeFactory(event=event)
    holder, twice, refunded = UserFactory.create_batch(3)
    EventAttendeeFactory(ticket_type=ticket_type, user=holder)
    EventAttendeeFactory.create_batch(2, ticket_type=ticket_type, user=twice)
    EventAttendeeFactory(ticket_type=ticket_type, user=refunded, status="refunded", voided_at=now())

    response = client.post(f"{DESK}{event.pk}/cancel/", {"reason": "A storm is forecast"})

    assert (response.status_code, response.json()["status"]) == (200, "canceled")
    told = Notification.objects.filter(kind="event_canceled")
    assert sorted(told.values_list("user", flat=True)) == sorted([holder.pk, twice.pk])
    assert "Tulip Run" in told.first().title + told.first().body
    offers = client_for().get(f"/api/v1/events/{event.slug}/tickets/").json()["ticket_types"]
    assert [offer["availability"] for offer in offers] == ["ended"]
    again = client.post(f"{DESK}{event.pk}/cancel/", {})
    assert (again.status_code, again.json()["code"]) == (409, "event_not_cancelable")
    assert told.count() == 2


def test_canceling_asks_payments_for_the_refunds(client, organizer, monkeypatch) -> None:
    event, asked = EventFactory(organizer=organizer), []
    monkeypatch.setattr("delux.crm.api.events.refund_event", lambda *, event_id: asked.append(event_id))

    client.post(f"{DESK}{event.pk}/cancel/", {})

    assert asked == [event.pk]


# --- Whose they are


def test_another_organizers_event_is_not_there(client) -> None:
    event = EventFactory()
    tickets = TicketTypeFactory(event=event)
    before = Event.objects.filter(pk=event.pk).values().get()
    address = f"{DESK}{event.pk}/"

    answers = [
        client.get(address),
        client.patch(address, {"title": "Mine now"}),
        client.delete(address),
        client.post(f"{address}publish/"),
        client.post(f"{address}cancel/", {}),
        client.get(f"{address}attendees/"),
        client.get(f"{address}ticket-types/"),
        client.post(f"{address}ticket-types/", ticket()),
        client.get(f"{address}ticket-types/{tickets.pk}/"),
        client.patch(f"{address}ticket-types/{tickets.pk}/", {"price": "0.00"}),
        client.delete(f"{address}ticket-types/{tickets.pk}/"),
        client.put(f"{address}location/", PLACE),
        client.put(f"{address}online-info/", {"meeting_link": "https://meet.example.com/x"}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert client.get(DESK).json()["count"] == 0
    assert Event.objects.filter(pk=event.pk).values().get() == before


def test_a_ticket_type_is_reached_through_its_own_event_alone(client, organizer) -> None:
    own, other = EventFactory.create_batch(2, organizer=organizer)
    tickets = TicketTypeFactory(event=other)

    for method in (client.get, client.delete):
        assert method(f"{DESK}{own.pk}/ticket-types/{tickets.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_desk_is_for_organizers(method) -> None:
    assert getattr(client_for(), method)(DESK).status_code == 401
    assert getattr(client_for(UserFactory()), method)(DESK).status_code == 403
    assert client_for(UserFactory()).post("/api/v1/events/", {}).status_code == 403


# --- Lists


def test_the_list_counts_tickets_and_people(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    first, second = TicketTypeFactory.create_batch(2, event=event, quantity_total=50, quantity_sold=3)
    EventAttendeeFactory(ticket_type=first, status="checked_in", checked_in_at=now())
    EventAttendeeFactory(ticket_type=second)
    EventFactory(organizer=organizer, draft=True, start_datetime=now() + timedelta(days=60))

    rows = client.get(DESK).json()["results"]

    assert [row["status"] for row in rows] == ["draft", "published"]
    assert (rows[1]["tickets_total"], rows[1]["tickets_sold"], rows[1]["checked_in"]) == (100, 6, 1)
    assert (rows[0]["tickets_total"], rows[0]["checked_in"]) == (0, 0)
    assert client.get(DESK, {"status": "draft"}).json()["count"] == 1


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_costs_as_many_queries_however_long(
    client, organizer, rows, django_assert_num_queries
) -> None:
    category = EventCategoryFactory()
    for _ in range(rows):
        TicketTypeFactory(event=EventFactory(organizer=organizer, category=category))

    with django_assert_num_queries(3):
        assert len(client.get(DESK, {"page_size": 100}).json()["results"]) == rows


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_guest_list_costs_as_many_queries_however_long(
    client, organizer, rows, django_assert_num_queries
) -> None:
    tickets = TicketTypeFactory(event__organizer=organizer)
    EventAttendeeFactory.create_batch(rows, ticket_type=tickets)

    with django_assert_num_queries(4):
        response = client.get(f"{DESK}{tickets.event_id}/attendees/", {"page_size": 100})
    assert len(response.json()["results"]) == rows


def test_guests_are_found_by_name_mail_phone_code_and_status(client, organizer) -> None:
    tickets = TicketTypeFactory(event__organizer=organizer)
    aigul = UserFactory(
        first_name="Айгүл", last_name="Сериккызы", email="aigul@example.com", phone="+77011112233"
    )
    one = EventAttendeeFactory(ticket_type=tickets, user=aigul, attendee_name="Guest of Aigul")
    two = EventAttendeeFactory(
        ticket_type=tickets, status="checked_in", checked_in_at=now(), attendee_name="Bob"
    )

    def found(**query):
        answer = client.get(f"{DESK}{tickets.event_id}/attendees/", query)
        assert answer.status_code == 200, answer.content
        return [row["id"] for row in answer.json()["results"]]

    assert found() == [two.pk, one.pk]
    for q in ("айгүл", "guest", "AIGUL@", "7701111", "айгүл серик", one.qr_code):
        assert found(q=q) == [one.pk]
    assert found(status="checked_in") == [two.pk]
    assert found(ticket_type=tickets.pk + 1) == []
    assert found(q="nobody") == []

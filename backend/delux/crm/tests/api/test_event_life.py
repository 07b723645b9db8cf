"""An organizer's event after its first draft: its sales, taken back, copied, called off with a preview."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from delux.accounts.tests.factories import UserFactory
from delux.crm.tests.factories import sell
from delux.events.models import Event, EventAttendee
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.orders.tests.factories import OrderFactory, OrderItemFactory, placed_order
from delux.payments.models import Refund
from delux.payments.services.refunds import refund_canceled_events
from delux.payments.tests.factories import pay
from delux.testing import client_for
from tests.world import picture

pytestmark = pytest.mark.django_db

DESK = "/api/v1/crm/events/"


# --- The list


def test_the_list_says_what_each_event_earned_and_sorts_by_it(client, organizer) -> None:
    rich, poor, none = (
        TicketTypeFactory(event__organizer=organizer, event__title=title, price=Decimal(price))
        for title, price in (("Rich", "900"), ("Poor", "50"), ("None", "10"))
    )
    sell(rich, quantity=3, refunded=1)
    sell(poor)
    sell(poor, quantity=2, refunded=2)

    rows = client.get(DESK, {"ordering": "-revenue"}).json()["results"]
    assert [(row["title"], row["revenue"], row["currency"]) for row in rows] == [
        ("Rich", "1800.00", "KZT"),
        ("Poor", "50.00", "KZT"),
        ("None", "0.00", "KZT"),
    ]
    titles = [row["title"] for row in client.get(DESK, {"ordering": "title"}).json()["results"]]
    assert titles == ["None", "Poor", "Rich"]
    assert client.get(DESK, {"ordering": "slug"}).status_code == 400
    assert none.event.title == "None"


def test_the_list_takes_as_many_queries_for_ten_events_as_for_one(
    client, organizer, django_assert_max_num_queries
) -> None:
    for ticket_type in TicketTypeFactory.create_batch(10, event__organizer=organizer):
        sell(ticket_type)

    with django_assert_max_num_queries(4):
        assert client.get(DESK, {"ordering": "-revenue"}).json()["count"] == 10


def test_figures_of_an_event_count_what_was_kept(client, organizer, django_assert_max_num_queries) -> None:
    event = EventFactory(organizer=organizer, capacity=150, places_taken=6)
    tickets = TicketTypeFactory(event=event, quantity_sold=5, quantity_held=1, price=Decimal(100))
    TicketTypeFactory(event=event, quantity_total=200)
    sell(tickets, quantity=3, refunded=1)
    sell(tickets, quantity=1, refunded=1)
    sell(organizer=organizer)  # of another event
    EventAttendeeFactory(ticket_type=tickets)
    EventAttendeeFactory(ticket_type=tickets, status="checked_in", checked_in_at=now())

    with django_assert_max_num_queries(8):
        figures = client.get(f"{DESK}{event.pk}/figures/").json()

    assert figures == {
        "currency": "KZT",
        "revenue": "200.00",
        "orders": 1,
        "tickets_total": 300,
        "tickets_sold": 5,
        "tickets_held": 1,
        "tickets_left": 144,
        "checked_in": 1,
        "expected": 1,
    }


# --- Changing


def test_an_event_does_not_end_before_its_tickets_sales(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    tickets = TicketTypeFactory(event=event, name="10 km", sales_end=event.end_datetime)
    address = f"{DESK}{event.pk}/"
    earlier = (event.end_datetime - timedelta(hours=1)).isoformat()

    refused = client.patch(address, {"end_datetime": earlier})

    assert refused.status_code == 400
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        ("/end_datetime", "before_sales_end")
    ]
    assert "10 km" in refused.json()["errors"][0]["detail"]
    client.patch(f"{address}ticket-types/{tickets.pk}/", {"sales_end": event.start_datetime.isoformat()})
    assert client.patch(address, {"end_datetime": earlier}).status_code == 200


def test_tickets_are_shown_in_the_order_the_organizer_gives(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    first, second, third = TicketTypeFactory.create_batch(3, event=event)
    address = f"{DESK}{event.pk}/ticket-types/"

    shown = client.put(f"{address}order/", {"order": [third.pk, first.pk, second.pk]})

    assert [one["id"] for one in shown.json()] == [third.pk, first.pk, second.pk]
    added = client.post(
        address,
        {
            "name": "Late",
            "price": "1.00",
            "quantity_total": 1,
            "sales_start": now().isoformat(),
            "sales_end": event.start_datetime.isoformat(),
        },
    ).json()
    assert [one["id"] for one in client.get(address).json()][-1] == added["id"]


def test_an_order_that_leaves_a_ticket_out_or_names_anothers_is_refused(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    first, second = TicketTypeFactory.create_batch(2, event=event)
    foreign = TicketTypeFactory()

    for order in (
        [first.pk],
        [first.pk, first.pk],
        [first.pk, foreign.pk],
        [first.pk, second.pk, foreign.pk],
        [],
    ):
        response = client.put(f"{DESK}{event.pk}/ticket-types/order/", {"order": order})
        assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "/order")


# --- Back to a draft


def test_a_published_event_nobody_has_a_ticket_of_becomes_a_draft_again(client, organizer) -> None:
    event = TicketTypeFactory(event__organizer=organizer).event

    hidden = client.post(f"{DESK}{event.pk}/unpublish/")

    assert (hidden.status_code, hidden.json()["status"], hidden.json()["published_at"]) == (
        200,
        "draft",
        None,
    )
    assert client_for().get(f"/api/v1/events/{event.slug}/").status_code == 404
    assert client.post(f"{DESK}{event.pk}/publish/").json()["status"] == "published"


def test_an_event_somebody_holds_or_buys_a_ticket_of_stays_published(client, organizer) -> None:
    guests = EventAttendeeFactory(ticket_type__event__organizer=organizer).ticket_type.event
    being_bought = TicketTypeFactory(event__organizer=organizer)
    placed_order(UserFactory(), {being_bought: 1})

    for event in (guests, being_bought.event):
        refused = client.post(f"{DESK}{event.pk}/unpublish/")
        assert (refused.status_code, refused.json()["code"]) == (409, "event_has_tickets")
        event.refresh_from_db()
        assert event.status == Event.Status.PUBLISHED


@pytest.mark.parametrize("kind", ["draft", "finished", "canceled"])
def test_only_a_published_event_goes_back(client, organizer, kind) -> None:
    event = EventFactory(organizer=organizer, **{kind: True})

    refused = client.post(f"{DESK}{event.pk}/unpublish/")

    assert (refused.status_code, refused.json()["code"]) == (409, "event_not_published")


def test_a_draft_that_was_once_sold_and_refunded_is_not_deleted(client, organizer) -> None:
    item = OrderItemFactory(ticket_type__event=EventFactory(organizer=organizer, draft=True))

    refused = client.delete(f"{DESK}{item.ticket_type.event_id}/")

    assert (refused.status_code, refused.json()["code"]) == (409, "event_in_use")
    assert Event.objects.filter(pk=item.ticket_type.event_id).exists()


# --- Copies


def test_a_copy_is_a_draft_with_the_same_content_on_the_same_weekday_and_hour(client, organizer) -> None:
    event = EventFactory(organizer=organizer, finished=True, capacity=50, timezone="America/New_York")
    tickets = TicketTypeFactory(
        event=event,
        quantity_sold=9,
        sales_start=event.start_datetime - timedelta(days=9),
        description="Medal",
    )
    client.post(f"{DESK}{EventFactory(organizer=organizer, draft=True).pk}/cover/")

    copy = client.post(f"{DESK}{event.pk}/duplicate/", headers={"Accept-Language": "en"})

    assert copy.status_code == 201, copy.content
    made = Event.objects.get(pk=copy.json()["id"])
    assert (made.title, made.status, made.places_taken) == (f"{event.title} (copy)", "draft", 0)
    assert made.slug != event.slug
    assert (made.description, made.capacity, made.category) == (event.description, 50, event.category)
    assert made.location_id != event.location_id
    assert (made.location.address, made.location.city) == (event.location.address, event.location.city)
    zone = ZoneInfo("America/New_York")
    was, will_be = (one.start_datetime.astimezone(zone) for one in (event, made))
    assert will_be > now()
    assert (will_be.weekday(), will_be.time()) == (was.weekday(), was.time())
    assert will_be - was <= timedelta(weeks=2)
    copied = made.ticket_types.get()
    assert (copied.name, copied.price, copied.quantity_total, copied.quantity_sold, copied.description) == (
        tickets.name,
        tickets.price,
        100,
        0,
        "Medal",
    )
    assert copied.sales_end == made.start_datetime
    assert client.get(f"{DESK}{made.pk}/").json()["missing"] == []


def test_a_copy_of_a_copy_says_so_once(client, organizer) -> None:
    event = EventFactory(organizer=organizer, draft=True, title="Night run (copy)")

    copy = client.post(f"{DESK}{event.pk}/duplicate/", headers={"Accept-Language": "en"})

    assert copy.json()["title"] == "Night run (copy)"


def test_a_copy_has_pictures_of_its_own(client, organizer) -> None:
    event = EventFactory(organizer=organizer, draft=True)
    client.post(f"{DESK}{event.pk}/cover/", {"file": picture()}, format="multipart")
    event.refresh_from_db()

    made = Event.objects.get(pk=client.post(f"{DESK}{event.pk}/duplicate/").json()["id"])
    assert made.cover_image not in ("", event.cover_image)
    client.delete(f"{DESK}{event.pk}/")

    assert default_storage.exists(f"{made.cover_image}-960.webp")


def test_a_copy_of_an_event_to_come_is_a_week_later_and_a_long_title_is_cut(client, organizer) -> None:
    event = EventFactory(organizer=organizer, title="x" * 160)

    copy = client.post(f"{DESK}{event.pk}/duplicate/").json()

    made = Event.objects.get(pk=copy["id"])
    assert made.start_datetime - event.start_datetime == timedelta(weeks=1)
    assert len(made.title) == 160


# --- Called off


def test_the_preview_says_what_canceling_then_does(client, organizer) -> None:
    tickets = TicketTypeFactory(event__organizer=organizer, price=Decimal(7000))
    aliya, timur, dana, guest = UserFactory.create_batch(4)
    for buyer, quantity in ((aliya, 2), (timur, 1), (dana, 1)):
        pay(placed_order(buyer, {tickets: quantity}))
    placed_order(UserFactory(), {tickets: 1})
    EventAttendeeFactory(ticket_type=tickets, user=guest)
    address = f"{DESK}{tickets.event_id}/cancel/"

    preview = client.get(f"{address}preview/").json()

    assert preview == {
        "currency": "KZT",
        "amount": "28000.00",
        "orders": 3,
        "unpaid_orders": 1,
        "people": 4,
        "tickets": 5,
    }
    assert client.post(address, {"reason": "A storm"}).status_code == 200
    assert refund_canceled_events(at=now(), event_id=tickets.event_id) == preview["orders"]
    assert sum(Refund.objects.values_list("amount", flat=True)) == Decimal(preview["amount"])
    voided = EventAttendee.objects.filter(ticket_type=tickets, voided_at__isnull=False)
    assert voided.count() == preview["tickets"]


def test_a_preview_changes_nothing_and_counts_nothing_of_others(client, organizer) -> None:
    event = EventFactory(organizer=organizer)
    pay(placed_order(UserFactory(), {TicketTypeFactory(): 1}))
    OrderFactory()

    preview = client.get(f"{DESK}{event.pk}/cancel/preview/").json()

    assert (preview["amount"], preview["orders"], preview["people"]) == ("0.00", 0, 0)
    event.refresh_from_db()
    assert event.status == Event.Status.PUBLISHED

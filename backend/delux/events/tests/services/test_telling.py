"""Who holds a ticket is told when what they planned by is no longer so."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now

from delux.accounts.tests.factories import UserFactory
from delux.events.models import Event
from delux.events.services.editing import set_location, update_event
from delux.events.services.publishing import cancel_event
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.notifications.models import Delivery, Notification

pytestmark = pytest.mark.django_db
NEW_START = now().replace(microsecond=0) + timedelta(days=40)
PLACE = {"country": "KZ", "city": "Almaty", "address": "Medeu rink"}


@pytest.fixture
def event() -> Event:
    return TicketTypeFactory(event__title="Tulip Run", event__timezone="Asia/Almaty").event


def holder_of(event: Event, **fields):
    return EventAttendeeFactory(ticket_type=event.ticket_types.get(), **fields).user


def change(event: Event, **changes) -> None:
    update_event(organizer=event.organizer, event_id=event.pk, at=now(), changes=changes)


def move(event: Event) -> None:
    change(event, start_datetime=NEW_START, end_datetime=NEW_START + timedelta(hours=3))


def test_another_time_is_told_to_each_holder_in_their_language_once(event) -> None:
    aigerim, ben = UserFactory(language="ru"), UserFactory(language="en")
    for person in (aigerim, aigerim, ben):
        holder_of(event, user=person)
    holder_of(event, status="refunded", voided_at=now())

    move(event)

    told = {row.user: row for row in Notification.objects.filter(kind="event_changed")}
    assert set(told) == {aigerim, ben}
    assert told[aigerim].title == "Другое время или место: Tulip Run"
    assert told[ben].title == "Another time or place: Tulip Run"
    assert str(NEW_START.astimezone(ZoneInfo(event.timezone)).year) in told[ben].body
    assert "place is now" not in told[ben].body
    assert Delivery.objects.filter(notification__in=told.values(), channel="email").count() == 2


def test_another_place_is_told_and_says_where(event) -> None:
    ben = holder_of(event, user=UserFactory(language="en"))

    set_location(organizer=event.organizer, event_id=event.pk, fields=PLACE)

    told = Notification.objects.get(kind="event_changed", user=ben)
    assert "The place is now Medeu rink, Almaty." in told.body
    assert "It now begins" not in told.body


def test_what_nobody_plans_by_is_told_to_nobody(event) -> None:
    holder_of(event)
    place = event.location

    change(event, title="Tulip Run 2027", description="<p>Come early.</p>")
    change(event, start_datetime=event.start_datetime, timezone=event.timezone)
    set_location(
        organizer=event.organizer,
        event_id=event.pk,
        fields={name: getattr(place, name) for name in PLACE} | {"latitude": "43.1", "longitude": "77.0"},
    )

    assert not Notification.objects.exists()


def test_each_change_is_told_even_one_back_to_what_was(event) -> None:
    holder_of(event)
    start, end = event.start_datetime, event.end_datetime

    move(event)
    change(event, start_datetime=start, end_datetime=end)
    move(event)

    assert Notification.objects.filter(kind="event_changed").count() == 3


def test_a_draft_tells_nobody() -> None:
    event = EventFactory(draft=True)
    holder_of(TicketTypeFactory(event=event).event)

    move(event)

    assert not Notification.objects.exists()


@pytest.mark.parametrize("kind", ["canceled", "changed"])
def test_many_holders_are_told_by_few_statements(event, kind, django_assert_max_num_queries) -> None:
    for _ in range(30):
        holder_of(event)

    with django_assert_max_num_queries(14):
        if kind == "changed":
            move(event)
        else:
            cancel_event(organizer=event.organizer, event_id=event.pk, at=now())

    assert Notification.objects.filter(kind=f"event_{kind}").count() == 30


def test_more_holders_than_go_into_one_statement_are_all_told(event, monkeypatch) -> None:
    monkeypatch.setattr("delux.events.services.telling._AT_ONCE", 4)
    for _ in range(10):
        holder_of(event)

    cancel_event(organizer=event.organizer, event_id=event.pk, at=now())

    assert Notification.objects.filter(kind="event_canceled").count() == 10

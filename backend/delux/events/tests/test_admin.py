import pytest

from delux.accounts.tests.factories import UserFactory
from delux.events.models import Event
from delux.events.services.listing import refresh_listings
from delux.events.tests.factories import EventAttendeeFactory, EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True), backend="delux.accounts.backends.PasswordBackend"
    )
    return client


def test_staff_look_at_events_and_tickets_and_never_see_what_admits(staff) -> None:
    ticket = EventAttendeeFactory(ticket_type__event__online=True)
    event = ticket.ticket_type.event

    for address in (
        "event/",
        f"event/{event.pk}/change/",
        "eventattendee/",
        f"eventattendee/{ticket.pk}/change/",
        "eventcategory/",
        f"eventcategory/{event.category_id}/change/",
    ):
        response = staff.get(f"/admin/events/{address}")
        assert response.status_code == 200, address
        assert ticket.qr_code.encode() not in response.content
        assert b"meet.example.com" not in response.content


def test_staff_change_nothing_of_an_event(staff) -> None:
    event = EventFactory()

    assert staff.post(f"/admin/events/event/{event.pk}/change/", {"title": "Other"}).status_code == 403
    assert staff.post(f"/admin/events/event/{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.get("/admin/events/event/add/").status_code == 403


def test_events_are_found_by_the_new_name_of_their_sport(staff) -> None:
    event = EventFactory()
    refresh_listings()

    response = staff.post(
        f"/admin/events/eventcategory/{event.category_id}/change/",
        {"slug": event.category.slug, "name_ru": "Скалолазание", "position": 0},
    )

    assert response.status_code == 302, response.content
    assert "скалолазание" in Event.objects.get().search_text

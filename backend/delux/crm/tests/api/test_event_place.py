import pytest

from delux.crm.tests.api.bodies import PLACE
from delux.events.tests.factories import EventFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

DESK = "/api/v1/crm/events/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "kz"}, "country"),
        ({"latitude": "91", "longitude": "0"}, "latitude"),
        ({"latitude": "43.1"}, "longitude"),
        ({"longitude": "77.1"}, "latitude"),
        ({"map_url": "javascript:alert(1)"}, "map_url"),
        ({"map_url": "ftp://example.com/"}, "map_url"),
        ({"city": ""}, "city"),
        ({"event": 1}, "event"),
    ],
)
def test_a_place_that_is_nowhere_is_refused(client, organizer, changes, field) -> None:
    event = EventFactory(organizer=organizer, draft=True, location=None)

    response = client.put(f"{DESK}{event.pk}/location/", PLACE | changes)

    assert response.status_code == 400, response.content
    assert [problem["pointer"] for problem in response.json()["errors"]] == [f"/{field}"]


def test_a_place_is_changed_in_place(client, organizer) -> None:
    event = EventFactory(organizer=organizer)

    client.put(
        f"{DESK}{event.pk}/location/", PLACE | {"city": "Astana", "latitude": "51.1", "longitude": "71.4"}
    )

    event.refresh_from_db()
    event.location.refresh_from_db()
    assert (event.location.city, str(event.location.latitude)) == ("Astana", "51.100000")
    assert type(event.location).objects.count() == 1
    assert client_for().get("/api/v1/events/", {"city": "astana"}).json()["count"] == 1


def test_an_online_event_needs_a_link(client, organizer) -> None:
    event = EventFactory(organizer=organizer)

    response = client.put(f"{DESK}{event.pk}/online-info/", {"access_instructions": "Just come"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/meeting_link"

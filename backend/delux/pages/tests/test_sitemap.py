from xml.etree.ElementTree import fromstring

import pytest

from delux.accounts.tests.factories import OrganizerFactory
from delux.events.tests.factories import EventFactory
from delux.market.tests.factories import ProductFactory
from delux.pages import sitemap

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(response) -> list[str]:
    assert response.status_code == 200
    return [node.text for node in fromstring(response.content).iter(f"{MAP}loc")]  # noqa: S314 our own


def everywhere(client) -> list[str]:
    pages = places(client.get("/sitemap.xml"))
    return [place for page in pages for place in places(client.get(page.removeprefix("https://delux.test")))]


def test_what_is_public_is_listed_and_what_is_not_is_not(client) -> None:
    event, product = EventFactory(), ProductFactory()
    hidden = [
        f"/events/{EventFactory(draft=True).slug}",
        f"/events/{EventFactory(finished=True).slug}",
        f"/shop/{ProductFactory(is_active=False).slug}",
        f"/organizers/{OrganizerFactory().slug}",
    ]

    listed = {place.removeprefix("https://delux.test") for place in everywhere(client)}

    assert {"/", "/events", "/shop", f"/events/{event.slug}", f"/shop/{product.slug}"} <= listed
    assert f"/organizers/{event.organizer.slug}" in listed
    assert not listed & set(hidden)


def test_pages_are_bounded_and_leave_nothing_out(client, monkeypatch) -> None:
    monkeypatch.setattr(sitemap, "PER_PAGE", 3)
    expected = {f"https://delux.test/events/{EventFactory().slug}" for _ in range(7)}

    pages = [page for page in places(client.get("/sitemap.xml")) if "events" in page]
    found = [places(client.get(page.removeprefix("https://delux.test"))) for page in pages]

    assert max(map(len, found)) <= 3
    assert {place for page in found for place in page} == expected


def test_a_page_costs_one_query_however_long(client, django_assert_num_queries) -> None:
    for _ in range(4):
        EventFactory()
    page = next(page for page in places(client.get("/sitemap.xml")) if "events" in page)

    with django_assert_num_queries(1):
        response = client.get(page.removeprefix("https://delux.test"))

    assert response.content.count(b"hreflang=") == 4 * response.content.count(b"<url>")
    assert b"<lastmod>" in response.content


@pytest.mark.parametrize("name", ["fixed-2", "people-1"])
def test_there_is_no_other_page(client, name) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_keep_out_of_what_is_a_persons_own(client) -> None:
    text = client.get("/robots.txt").content.decode()

    for path in ("/basket", "/checkout", "/crm", "/orders", "/tickets", "/profile", "/api/"):
        assert f"Disallow: {path}\n" in text
    assert "Disallow: /events" not in text
    assert "Sitemap: https://delux.test/sitemap.xml" in text

"""Pages as those see them who run no scripts: search engines, link previews, a person whose script failed."""

import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from delux.accounts.tests.factories import OrganizerFactory
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db
ROUTES = Path(__file__).parents[4] / "frontend" / "src" / "app" / "routes"


class Page(HTMLParser):
    """What a crawler reads of a page."""

    def __init__(self, response) -> None:
        super().__init__()
        self.title, self.meta, self.links, self.scripts, self.lang = "", {}, [], [], ""
        self._open = ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs) -> None:
        attrs, self._open = dict(attrs), tag
        if tag == "html":
            self.lang = attrs["lang"]
        elif tag == "meta" and "content" in attrs and "charset" not in attrs:
            self.meta[attrs.get("name") or attrs["property"]] = attrs["content"]
        elif tag == "link":
            self.links.append(attrs)
        elif tag == "script":
            self.scripts.append([attrs.get("type"), ""])

    def handle_data(self, data) -> None:
        if self._open == "title":
            self.title += data
        elif self._open == "script":
            self.scripts[-1][1] += data

    def handle_endtag(self, _tag) -> None:
        self._open = ""

    @property
    def data(self) -> list[dict]:
        return [json.loads(text) for kind, text in self.scripts if kind == "application/ld+json"]

    def link(self, rel, hreflang=None) -> str:
        return next(x["href"] for x in self.links if x["rel"] == rel and x.get("hreflang") == hreflang)


def test_an_event_introduces_itself(client) -> None:
    offer = TicketTypeFactory(
        event__title="Medeu Night Run", event__slug="medeu-night-run", price=Decimal("12000.00")
    )

    response = client.get("/events/medeu-night-run?lang=en")

    page = Page(response)
    assert (response.status_code, page.lang, page.title) == (200, "en", "Medeu Night Run · Delux")
    assert page.meta["og:title"] == "Medeu Night Run"
    assert "Almaty" in page.meta["description"]
    assert page.meta["og:image"].startswith("https://delux.test/cards/event/en/medeu-night-run/")
    assert page.meta["twitter:card"] == "summary_large_image"
    event, trail = page.data
    assert (event["@type"], event["name"]) == ("SportsEvent", "Medeu Night Run")
    assert event["location"]["address"]["addressLocality"] == "Almaty"
    assert [(one["price"], one["priceCurrency"], one["availability"]) for one in event["offers"]] == [
        ("12000.00", offer.currency, "https://schema.org/InStock")
    ]
    assert trail["itemListElement"][1]["item"] == "https://delux.test/events/medeu-night-run"


def test_a_product_introduces_itself(client) -> None:
    product = ProductFactory(title="Trail shoes", slug="trail-shoes")
    VariantFactory(product=product, price=Decimal("24990.00"), stock_quantity=3, size="42")
    VariantFactory(product=product, price=Decimal("26990.00"), stock_quantity=0, size="43")

    page = Page(client.get("/shop/trail-shoes", headers={"Accept-Language": "en"}))

    assert page.title == "Trail shoes · Delux"
    assert page.meta["og:type"] == "product"
    assert [(one["price"], one["availability"].rpartition("/")[2]) for one in page.data[0]["offers"]] == [
        ("24990.00", "InStock"),
        ("26990.00", "OutOfStock"),
    ]


def test_an_organizer_introduces_itself(client) -> None:
    profile = OrganizerFactory(display_name="Almaty Runners", bio="Every Sunday at eight.")

    page = Page(client.get(f"/organizers/{profile.slug}"))

    assert page.title == "Almaty Runners · Delux"
    assert "Every Sunday at eight." in page.meta["description"]


def test_a_page_names_itself_in_every_language_and_keeps_the_one_asked_for(client) -> None:
    EventFactory(slug="run")

    asked, unasked = Page(client.get("/events/run?lang=kk&utm_source=x")), Page(client.get("/events/run"))

    assert asked.link("canonical") == "https://delux.test/events/run?lang=kk"
    assert (
        unasked.link("canonical") == asked.link("alternate", "x-default") == "https://delux.test/events/run"
    )
    for code in ("ru", "kk", "ky", "en"):
        assert asked.link("alternate", code) == f"https://delux.test/events/run?lang={code}"
    assert (asked.lang, asked.meta["og:locale"]) == ("kk", "kk_KZ")


def test_what_an_organizer_types_stays_text(client) -> None:
    hostile = "</script></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)> \\1 <!--"
    EventFactory(slug="hostile", title=hostile, description=f"<p>{hostile}</p>")

    response = client.get("/events/hostile")

    page = Page(response)
    assert page.title == f"{hostile} · Delux"
    assert page.meta["og:title"] == page.data[0]["name"] == hostile
    assert [kind for kind, _ in page.scripts] == [*["application/ld+json"] * 2, *["application/json"] * 2]
    assert b"<img src=x" not in response.content
    scripts = re.search(r"script-src ([^;]*)", response["Content-Security-Policy"])[1].split()
    assert set(scripts) == {"'self'", "'wasm-unsafe-eval'"}


@pytest.mark.parametrize(
    "path",
    [
        "/events/none-such",
        "/shop/none-such",
        "/organizers/none-such",
        "/no/such/page",
        "/%00",
        "/events/%00",
        f"/events/{'x' * 300}",
        f"/events/{'9' * 40}",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client, path) -> None:
    response = client.get(path, headers={"Accept-Language": "en"})

    page = Page(response)
    assert (response.status_code, page.title) == (404, "Nothing at this address · Delux")
    assert page.meta["robots"] == "noindex"
    assert b'<div id="root">' in response.content


def test_a_draft_and_a_hidden_product_are_not_there(client) -> None:
    draft, hidden = EventFactory(draft=True), ProductFactory(is_active=False)

    assert client.get(f"/events/{draft.slug}").status_code == 404
    assert client.get(f"/shop/{hidden.slug}").status_code == 404


def test_a_canceled_event_says_so(client) -> None:
    event = EventFactory(canceled=True)

    page = Page(client.get(f"/events/{event.slug}?lang=en"))

    assert page.data[0]["eventStatus"] == "https://schema.org/EventCancelled"
    assert page.meta["description"].startswith("Canceled")


@pytest.mark.parametrize(
    "path", ["/basket", "/checkout", "/orders/DX-1", "/tickets", "/crm/orders", "/profile"]
)
def test_what_is_a_persons_own_is_not_for_search_engines(client, path) -> None:
    response = client.get(path)

    assert (response.status_code, Page(response).meta["robots"]) == (200, "noindex")


def test_every_route_of_the_site_has_its_page(client) -> None:
    """A route the browser application has and Django does not would answer 404 to whoever opens it."""
    event, product = EventFactory(slug="one"), ProductFactory(slug="one")
    profile = OrganizerFactory(slug="one")
    assert event.slug == product.slug == profile.slug
    paths = set()
    for file in ROUTES.glob("*.ts"):
        for path in re.findall(r'path: "([^"]+)"', file.read_text()):
            base = "/crm" if file.name.startswith("crm") else ""
            paths.add(base + re.sub(r"\$\w+", "one", path))
    assert {"/events/one", "/crm/orders/one"} <= paths

    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize("kinds", [1, 5])
def test_a_head_costs_what_its_api_costs(client, django_assert_num_queries, kinds) -> None:
    event, product = EventFactory(), ProductFactory()
    for _ in range(kinds):
        TicketTypeFactory(event=event)
        VariantFactory(product=product)

    for page, api, queries in (
        (f"/events/{event.slug}", f"/api/v1/events/{event.slug}/", 2),
        # The shelves are among them: kept for half a minute, but not in tests.
        (f"/shop/{product.slug}", f"/api/v1/products/{product.slug}/", 5),
    ):
        for address in (api, page):
            with django_assert_num_queries(queries):
                assert client.get(address).status_code == 200
    for page in ("/shop", "/orders", "/events?city=Almaty"):
        with django_assert_num_queries(0):
            client.get(page)


def test_a_page_seen_before_is_not_sent_again(client) -> None:
    event = EventFactory()
    first = client.get(f"/events/{event.slug}")

    again = client.get(f"/events/{event.slug}", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "no-cache"
    assert "Accept-Language" in first["Vary"]


def test_a_site_that_is_not_built_says_so(client, built_site) -> None:
    (built_site / "index.html").unlink()

    assert client.get("/").status_code == 503


def test_maps_are_told_where_their_pictures_are_only_where_there_are_some(client, settings) -> None:
    assert "map-tiles" not in Page(client.get("/events")).meta

    settings.MAP_TILES = 'https://tiles.example.com/{z}/{x}/{y}.png?"'

    assert Page(client.get("/events")).meta["map-tiles"] == 'https://tiles.example.com/{z}/{x}/{y}.png?"'

"""What is in a page before any script has run: words, pictures, and the answers its first view asks for."""

import gzip
import json
import re
from decimal import Decimal
from html import unescape

import pytest

from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import ProductFactory, ProductImageFactory, VariantFactory

pytestmark = pytest.mark.django_db
HOSTILE = "</script></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)> <!-- \\1"


def drawn(response) -> str:
    """Return what stands in #root."""
    return response.content.decode().split('<div id="root">')[1].split('<script type="application/json"')[0]


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def first_answers(response) -> dict:
    found = re.search(
        r'<script type="application/json" id="first-answers">(.*?)</script>', response.content.decode()
    )
    return json.loads(found[1])


@pytest.fixture
def race():
    event = EventFactory(
        title="Medeu Night Run", slug="medeu-night-run", description="<p>Up the <em>stairs</em>.</p>"
    )
    TicketTypeFactory(event=event, name="10 km", price=Decimal("12000.00"))
    return event


@pytest.fixture
def shoes():
    product = ProductFactory(title="Tempo shoes", slug="tempo-shoes")
    VariantFactory(product=product, price=Decimal("24990.00"), stock_quantity=3)
    return product


def test_an_event_is_read_without_a_script(client, race) -> None:
    page = drawn(client.get("/events/medeu-night-run?lang=en"))

    assert re.search(r"<h1[^>]*>Medeu Night Run</h1>", page)
    words = text(page)
    local = race.start_datetime.astimezone()
    assert str(local.year) in words
    for part in ("Almaty", "10 km ₸12,000", "Up the stairs ."):
        assert part in words


def test_a_product_is_read_without_a_script(client, shoes) -> None:
    page = drawn(client.get("/shop/tempo-shoes?lang=ru"))

    assert re.search(r"<h1[^>]*>Tempo shoes</h1>", page)
    assert "24 990 ₸" in text(page)
    assert f'href="/organizers/{shoes.organizer.slug}"' in page


def test_home_and_the_list_lead_to_events_without_a_script(client, race) -> None:
    for address in ("/", "/events"):
        page = drawn(client.get(address, headers={"Accept-Language": "kk"}))
        assert 'href="/events/medeu-night-run"' in page
        assert page.count("<h1") == 1
        assert "Іс-шаралар" in page


@pytest.mark.parametrize("address", ["/events/hostile", "/shop/hostile", "/", "/events"])
def test_what_people_type_stays_text_in_the_first_view(client, address) -> None:
    TicketTypeFactory(
        event=EventFactory(slug="hostile", title=HOSTILE, description=f"<p>{HOSTILE}</p>"), name="<b>x"
    )
    VariantFactory(product=ProductFactory(slug="hostile", title=HOSTILE, description=f"<p>{HOSTILE}</p>"))

    response = client.get(address)

    assert b"<img src=x" not in response.content
    assert b"<script>alert" not in response.content
    assert b"<b>x" not in response.content
    answer = first_answers(response)["answers"][0][1]
    assert (answer if "title" in answer else answer["results"][0])["title"] == HOSTILE


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/events/medeu-night-run", {("events", "detail"): "/api/v1/events/medeu-night-run/"}),
        ("/shop/tempo-shoes", {("products", "detail"): "/api/v1/products/tempo-shoes/"}),
        (
            "/",
            {
                ("events", "list"): "/api/v1/events/?page_size=7&market=KZ",
                ("products", "list"): "/api/v1/products/?page_size=10&market=KZ&in_stock=true",
                ("events", "categories"): "/api/v1/event-categories/",
            },
        ),
        (
            "/events",
            {
                ("events", "list"): "/api/v1/events/?market=KZ&page_size=24",
                ("events", "facets"): "/api/v1/event-facets/?market=KZ",
                ("events", "categories"): "/api/v1/event-categories/",
            },
        ),
    ],
)
def test_a_page_brings_what_the_api_answers(client, race, shoes, address, asked) -> None:
    first = first_answers(client.get(address, headers={"Accept-Language": "ru"}))

    assert first["language"] == "ru"
    brought = {tuple(key[:2]): answer for key, answer in first["answers"]}
    assert brought == {
        key: client.get(path, headers={"Accept-Language": "ru"}).json() for key, path in asked.items()
    }


def test_a_page_comes_in_the_language_and_the_market_chosen_before(client, race) -> None:
    client.cookies["delux.language"], client.cookies["delux.market"] = "ky", "US"

    chosen = client.get("/events", headers={"Accept-Language": "ru"})
    named = client.get("/events?lang=en")

    assert b'<html lang="ky" data-market="US">' in chosen.content
    assert first_answers(chosen)["answers"][0][0] == ["events", "list", {"market": "US", "page_size": 24}]
    assert first_answers(chosen)["answers"][0][1]["count"] == 0
    assert chosen["Content-Language"] == "ky"
    assert "Cookie" in chosen["Vary"]
    assert b'<html lang="en"' in named.content


def test_who_runs_no_scripts_is_told_in_their_language_what_needs_them(client, race) -> None:
    page = client.get("/events/medeu-night-run?lang=ru").content.decode()

    assert re.findall("<noscript>(.*?)</noscript>", page) == [
        "Чтобы покупать билеты и вещи, включите JavaScript. Читать эту страницу можно и без него."
    ]


def test_a_choice_nobody_offers_is_not_taken(client) -> None:
    client.cookies["delux.language"], client.cookies["delux.market"] = '"><script>', "ALL"

    assert b'<html lang="en" data-market="KZ">' in client.get("/", headers={"Accept-Language": "en"}).content


def test_a_list_with_filters_is_left_to_the_application(client, race) -> None:
    response = client.get("/events?city=Almaty")

    assert b'<div id="root"></div>' in response.content
    assert b"first-answers" not in response.content


def test_with_nothing_to_show_only_the_answers_come(client) -> None:
    response = client.get("/")

    assert b'<div id="root"></div>' in response.content
    assert first_answers(response)["answers"][0][1]["results"] == []


@pytest.mark.parametrize("number", [1, 5])
def test_a_first_view_costs_the_same_however_much_it_shows(client, django_assert_num_queries, number) -> None:
    for _ in range(number):
        TicketTypeFactory(event=EventFactory())
        ProductImageFactory(product=VariantFactory().product)
    for address, queries in (("/", 10), ("/events", 6)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_a_page_comes_compressed_and_is_known_again(client, race) -> None:
    sent = client.get("/events/medeu-night-run", headers={"Accept-Encoding": "gzip"})
    again = client.get(
        "/events/medeu-night-run", headers={"Accept-Encoding": "gzip", "If-None-Match": sent["ETag"]}
    )

    assert b"Medeu Night Run" in gzip.decompress(sent.content)
    assert again.status_code == 304


def test_a_page_names_the_files_it_needs_once(client, race, built_site) -> None:
    (built_site / ".vite" / "manifest.json").write_text(
        json.dumps(
            {
                "src/main.tsx": {
                    "file": "assets/main-1.js",
                    "imports": ["_kit.js"],
                    "css": ["assets/main-1.css"],
                },
                "_kit.js": {"file": "assets/kit-1.js", "imports": ["src/main.tsx"]},
                "src/app/pages/event-page.tsx": {
                    "file": "assets/event-page-1.js",
                    "imports": ["_kit.js"],
                    "css": ["assets/event-1.css"],
                },
                "src/locales/en/common.json": {"file": "assets/common-en.js"},
                "src/locales/en/events.json": {"file": "assets/events-en.js"},
                "src/locales/ru/events.json": {"file": "assets/events-ru.js"},
            }
        )
    )

    page = client.get("/events/medeu-night-run?lang=en").content.decode()

    files = json.loads(re.search(r'id="first-files">(.*?)</script>', page)[1])
    assert files["styles"] == ["/assets/main-1.css", "/assets/event-1.css"]
    names = ("main-1", "event-page-1", "common-en", "events-en", "kit-1")
    assert files["modules"] == [f"/assets/{name}.js" for name in names]

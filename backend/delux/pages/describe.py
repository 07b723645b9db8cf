"""What each public page says of itself. One head costs what the page's own API answer costs, no more."""

from datetime import datetime
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from delux.accounts.selectors.people import get_organizer
from delux.core.dates import word_moment
from delux.events.api import cards
from delux.events.selectors import catalogue
from delux.market.api.show import show_product
from delux.market.selectors.products import get_product_on_sale
from delux.notifications.wording import word_money
from delux.pages.first_view import view_event, view_events, view_home, view_product
from delux.pages.head import Head, absolute
from delux.pages.linked_data import event_data, organizer_data, product_data, trail_data
from delux.pages.pictures import EventCard, ProductCard, picture_path

_LONGEST = 200


def describe_home(*, market: str = "") -> Head:
    """``market``: whose events and gear the page opens with; "" where nothing of it is shown."""
    return Head(
        description=_("Find races, trainings and matches near you. Tickets and gear in one basket."),
        first=view_home(market=market) if market else None,
        path="/",
        data=[{"@type": "WebSite", "name": "Delux", "url": absolute("/")}],
    )


def describe_events(*, market: str = "") -> Head:
    """``market``: whose events the page opens with; "" where the address names filters."""
    return Head(
        first=view_events(market=market) if market else None,
        title=_("Events"),
        description=_(
            "Races, trainings and matches by sport, city, date and price. A ticket takes a minute."
        ),
        path="/events",
    )


def describe_shop() -> Head:
    return Head(
        title=_("Shop"),
        description=_("Gear for your sport from organizers and shops, in one basket with your tickets."),
        path="/shop",
    )


def describe_search() -> Head:
    return Head(title=_("Search"), description=_("Find events and gear on Delux."), indexed=False)


def describe_privacy() -> Head:
    return Head(
        title=_("What we store"),
        description=_(
            "Only what a ticket, a parcel or a refund needs; yours to download or delete at any time."
        ),
        path="/privacy",
    )


def describe_private() -> Head:
    """A page of a person's own: nothing of it is known here, and nobody should find it."""
    return Head(description=describe_home().description, indexed=False)


def describe_missing() -> Head:
    return Head(
        title=_("Nothing at this address"),
        description=_("The address may be mistyped, or what was here is gone."),
        indexed=False,
        status=404,
    )


def describe_event(*, slug: str, language: str, at: datetime) -> Head:
    """Return the head of an event's page.

    :raises NotFound: there is none, or it is a draft
    """
    event = load_event(slug=slug, at=at)
    about = _plain_text(event["description"])
    path = f"/events/{event['slug']}"
    picture = picture_path(event_card(event, language), kind="event", slug=event["slug"], language=language)
    when = word_moment(event["start_datetime"], event["timezone"])
    facts = [
        _("Canceled") if event["status"] == "canceled" else "",
        when,
        event["city"] or _("Online"),
        _word_price(event["price_from"], event["price_from"], event["currency"], language),
    ]
    description = _shorten(". ".join(part for part in facts if part), about)
    steps = [(_("Events"), "/events"), (event["title"], path)]
    return Head(
        title=event["title"],
        description=description,
        path=path,
        picture=picture,
        data=[
            event_data(event, path=path, description=description, picture=picture),
            trail_data(steps),
        ],
        first=view_event(_shown(event), ref=slug, about=about),
    )


def describe_product(*, slug: str, language: str) -> Head:
    """Return the head of a product's page.

    :raises NotFound: there is none, or it is not on sale
    """
    product = load_product(slug=slug)
    about = _plain_text(product["description"])
    path = f"/shop/{product['slug']}"
    card = product_card(product, language)
    picture = picture_path(card, kind="product", slug=product["slug"], language=language)
    facts = [card.brand, card.price]
    description = _shorten(". ".join(part for part in facts if part), about)
    shelves = [(shelf["name"], f"/shop?category={shelf['slug']}") for shelf in product["category_path"]]
    return Head(
        title=product["title"],
        description=description,
        path=path,
        picture=picture,
        kind="product",
        data=[
            product_data(product, path=path, description=description, picture=picture),
            trail_data([(_("Shop"), "/shop"), *shelves, (product["title"], path)]),
        ],
        first=view_product(_shown(product), ref=slug, about=about),
    )


def describe_organizer(*, slug: str) -> Head:
    """Return the head of an organizer's page.

    :raises NotFound: there is none, or its person is blocked
    """
    profile = get_organizer(slug=slug)
    path = f"/organizers/{profile.slug}"
    about = {"display_name": profile.display_name, "slug": profile.slug}
    return Head(
        title=profile.display_name,
        description=_shorten(profile.city, _plain_text(profile.bio)),
        path=path,
        kind="profile",
        data=[organizer_data(about)],
    )


def load_card(*, kind: str, slug: str, language: str, at: datetime) -> EventCard | ProductCard:
    """Return what the picture of an "event" or a "product" says now.

    :raises NotFound: nobody sees such a one
    """
    if kind == "event":
        return event_card(load_event(slug=slug, at=at), language)
    return product_card(load_product(slug=slug), language)


def load_event(*, slug: str, at: datetime) -> dict[str, Any]:
    """Return an event as its API answers, in the language in force."""
    event = catalogue.get_event_page(ref=slug)
    page = cards.page(event, catalogue.list_offers(event_id=event["id"]), at=at)
    return page | {"cover_key": event["cover_image"]}


def load_product(*, slug: str) -> dict[str, Any]:
    """Return a product as its API answers, in the language in force."""
    product = get_product_on_sale(ref=slug)
    pictures = sorted(product.images.all(), key=lambda image: not image.is_main)
    return show_product(product) | {"image_key": pictures[0].image if pictures else ""}


def event_card(event: dict[str, Any], language: str) -> EventCard:
    return EventCard(
        title=event["title"],
        kind=event["category"]["name"],
        start=event["start_datetime"].isoformat(),
        zone=event["timezone"],
        city=event["city"] or _("Online"),
        price=_word_price(event["price_from"], event["price_from"], event["currency"], language),
        note=_("Canceled") if event["status"] == "canceled" else "",
        cover=event["cover_key"],
    )


def product_card(product: dict[str, Any], language: str) -> ProductCard:
    prices = [variant["price"] for variant in product["variants"]]
    price = _word_price(min(prices), max(prices), product["currency"], language) if prices else ""
    return ProductCard(
        title=product["title"],
        brand=product["brand"]["name"] if product["brand"] else product["organizer"]["display_name"],
        shelf=product["category_path"][-1]["name"],
        price=price,
        note="" if product["in_stock"] else _("Sold out"),
        image=product["image_key"],
    )


def _word_price(low: Any, high: Any, currency: str, language: str) -> str:
    if low is None:
        return ""
    if not high:
        return _("Free")
    amount = word_money(low, currency, language)
    return amount if low == high else _("from %(amount)s") % {"amount": amount}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the keys of stored pictures, which the API shows nobody."""
    return {name: value for name, value in row.items() if name not in ("cover_key", "image_key")}


def _plain_text(html: str) -> str:
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def _shorten(facts: str, text: str) -> str:
    return Truncator(f"{facts}. {text}" if facts else text).chars(_LONGEST)

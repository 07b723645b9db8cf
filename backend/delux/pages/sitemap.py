"""What search engines are told of: an index, and pages of bounded size with each language's address."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.html import escape

from delux.accounts.models import OrganizerProfile
from delux.events.models import Event
from delux.market.models import Product
from delux.pages.head import LANGUAGES, absolute

# Each address stands in a page once a language; the protocol allows 50 000.
PER_PAGE = 2_000
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True)
class Section:
    """One kind of pages: where they are, and the rows behind them."""

    prefix: str
    rows: Callable[[], QuerySet[Any]]


def _organizers() -> QuerySet[OrganizerProfile]:
    events = Event.objects.public().filter(organizer=OuterRef("pk"))
    products = Product.objects.on_sale().filter(organizer=OuterRef("pk"))
    return OrganizerProfile.objects.filter(Exists(events) | Exists(products), user__is_active=True)


def _events() -> QuerySet[Event]:
    # What is over stays readable under its address, but nobody need be led there.
    return Event.objects.filter(status=Event.Status.PUBLISHED)


SECTIONS = {
    "events": Section("/events/", _events),
    "products": Section("/shop/", Product.objects.on_sale),
    "organizers": Section("/organizers/", _organizers),
}
_FIXED = ("/", "/events", "/shop")


def render_index() -> str:
    """Return the sitemap of sitemaps. Pages go by ranges of ids: a page's address keeps its meaning."""
    names = ["fixed-1"]
    for name, section in SECTIONS.items():
        last = section.rows().order_by("-pk").values_list("pk", flat=True).first() or 0
        names += [f"{name}-{number}" for number in range(1, last // PER_PAGE + 2 if last else 1)]
    places = "".join(f"<sitemap><loc>{absolute(f'/sitemap-{name}.xml')}</loc></sitemap>" for name in names)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_NAMESPACES}>{places}</sitemapindex>'


def render_page(name: str, number: int) -> str | None:
    """Return one sitemap; None where there is no such page."""
    if name == "fixed":
        return _render((path, None) for path in _FIXED) if number == 1 else None
    if name not in SECTIONS:
        return None
    section, first = SECTIONS[name], (number - 1) * PER_PAGE
    rows = section.rows().filter(pk__gte=first, pk__lt=first + PER_PAGE).order_by("pk")
    return _render((section.prefix + slug, at) for slug, at in rows.values_list("slug", "updated_at"))


def _render(places: Iterable[tuple[str, datetime | None]]) -> str:
    urls = "".join(line for path, changed in places for line in _lines(path, changed))
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_NAMESPACES}>{urls}</urlset>'


def _lines(path: str, changed: datetime | None) -> Iterator[str]:
    yield f"<url><loc>{escape(absolute(path))}</loc>"
    if changed:
        yield f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
    for code in LANGUAGES:
        yield f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(absolute(path, code))}"/>'
    yield "</url>"

"""The site's pages for browsers, search engines and link previews."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.decorators.vary import vary_on_cookie

from delux.core.errors import NotFound
from delux.core.markets import HOME_MARKETS, Market
from delux.core.replica import from_replica
from delux.pages import describe, guides, sitemap
from delux.pages.head import LANGUAGES, Head, Reader, absolute
from delux.pages.pictures import TooManyAtOnce, digest, draw_picture, picture_path, stored_picture
from delux.pages.shell import NotBuilt, render_page, shared_head

_YEAR, _HOUR = 365 * 24 * 3600, 3600
# Nothing there is for others, or to be found: no head, and not crawled.
PRIVATE = (
    "account", "addresses", "basket", "become-organizer", "checkout", "confirm-email", "crm", "dev",
    "forgot-password", "notifications", "orders", "password", "payment-methods", "profile", "reset-password",
    "security", "settings", "sign-in", "sign-up", "tickets", "unsubscribe", "wishlist",
)  # fmt: skip


def home(request: HttpRequest) -> HttpResponse:
    return _page(request, lambda reader: describe.describe_home(market=reader.market))


def events(request: HttpRequest) -> HttpResponse:
    # Filters are the application's to read; a link may name its language and where it was found.
    plain = all(name == "lang" or name.startswith("utm_") for name in request.GET)
    return _page(request, lambda reader: describe.describe_events(market=reader.market if plain else ""))


def event(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    return _page(request, lambda reader: describe.describe_event(slug=slug, language=reader.language, at=at))


def shop(request: HttpRequest) -> HttpResponse:
    return _page(request, lambda _: describe.describe_shop())


def product(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, lambda reader: describe.describe_product(slug=slug, language=reader.language))


def organizer(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, lambda _: describe.describe_organizer(slug=slug))


def search(request: HttpRequest) -> HttpResponse:
    return _page(request, lambda _: describe.describe_search())


def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, lambda _: describe.describe_privacy())


@conditional_page
def guide(request: HttpRequest, name: str = guides.FRONT) -> HttpResponse:
    """A guide for developers. It needs no script, and nothing of the browser application but its looks."""
    try:
        shown = guides.read_guide(name)
    except NotFound:
        return missing(request)
    everything = [guides.read_guide(each) for each in guides.NAMES]
    place = guides.NAMES.index(name)
    response = render(
        request,
        "pages/developers.html",
        {
            "guide": shown,
            "guides": everything,
            "before": everything[place - 1] if place else None,
            "after": everything[place + 1] if place + 1 < len(everything) else None,
            "canonical": absolute(shown.path),
            "place": "guides",
            "shared_head": shared_head(),
        },
    )
    response["Content-Language"], response["Cache-Control"] = "en", "no-cache"
    return response


def private(request: HttpRequest) -> HttpResponse:
    return _page(request, lambda _: describe.describe_private())


def missing(request: HttpRequest) -> HttpResponse:
    """Any other address: the site says in its own words that there is no such page."""
    return _page(request, lambda _: describe.describe_missing())


# Compressed here, as nothing in a page is secret: what is signed for is never in it.
@gzip_page
@vary_on_cookie
@conditional_page
def _page(request: HttpRequest, describe_it: Callable[[Reader], Head]) -> HttpResponse:
    reader = _reader(request)
    with translation.override(reader.language):
        try:
            head = from_replica(describe_it)(reader)
        except NotFound:
            head = describe.describe_missing()
        try:
            html = render_page(head, reader=reader)
        except NotBuilt:
            return HttpResponse("The browser application is not built yet: run `make run`.", status=503)
    response = HttpResponse(html, status=head.status)
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = reader.language
    return response


def _reader(request: HttpRequest) -> Reader:
    """The address goes before what was chosen on this device, and that before what the browser prefers."""
    asked = request.GET.get("lang") in LANGUAGES
    chosen = request.COOKIES.get("delux.language", "")
    language = chosen if chosen in LANGUAGES and not asked else request.LANGUAGE_CODE
    market = request.COOKIES.get("delux.market", "")
    if market not in HOME_MARKETS:
        market = Market.KG if language == "ky" else Market.KZ
    return Reader(language=language, market=str(market), asked=asked)


def card(_request: HttpRequest, kind: str, language: str, slug: str, name: str) -> HttpResponse:
    """The picture of an event or a product. Once drawn it costs no query and no drawing."""
    content = stored_picture(name)
    if content is None:
        try:
            with translation.override(language):
                content, moved_to = _draw(kind, language, slug, name, timezone.now())
        except NotFound:
            return HttpResponse(status=404)
        except TooManyAtOnce:
            return HttpResponse(status=503, headers={"Retry-After": "5"})
        if moved_to:
            return HttpResponseRedirect(moved_to)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _draw(kind: str, language: str, slug: str, name: str, at: datetime) -> tuple[bytes, str]:
    """Return the picture; where what it says has changed, nothing and the address of the new one."""
    what = describe.load_card(kind=kind, slug=slug, language=language, at=at)
    if digest(what, language) != name:
        return b"", picture_path(what, kind=kind, slug=slug, language=language)
    return draw_picture(what, language=language), ""


def robots(_request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: /{path}" for path in (*PRIVATE, "api/", "admin/")]
    # "/dev" would close it: the longer line counts.
    lines = [
        "User-agent: *",
        f"Allow: {guides.path_of(guides.FRONT)}",
        *closed,
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return _for_a_while(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


def sitemap_index(_request: HttpRequest) -> HttpResponse:
    return _for_a_while(HttpResponse(sitemap.render_index(), content_type="application/xml"))


def numbered_sitemap(_request: HttpRequest, name: str, number: str) -> HttpResponse:
    content = sitemap.render_page(name, int(number))
    if content is None:
        return HttpResponse(status=404)
    return _for_a_while(HttpResponse(content, content_type="application/xml"))


def _for_a_while(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={_HOUR}"
    return response

"""What of a page is there before the application runs: its first answers, and a plain picture of it.

The answers are the API's own, under the keys of the application's queries, so that its first view waits for
no second request. The picture is HTML in the application's own classes, so that little moves when the
application takes its place; it can be read, and its links followed, where no script runs at all.
Nothing of it depends on who is reading: a page is one for everybody in a language and a market.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import orjson
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext

from delux.core.api.renderers import dumps
from delux.core.dates import local_moment, word_month
from delux.core.errors import Unavailable
from delux.notifications.wording import word_money

Row = dict[str, Any]
Answer = tuple[list[Any], Any]

# As ui/heading.tsx: the display face lacks these letters, and the whole line changes its face.
_BEYOND_DISPLAY = re.compile("[әғқңөұүһ]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class FirstView:
    """``name`` is the page's in both halves of the product: its template here, its module there.

    ``texts`` are the namespaces its route loads, ``answers`` pairs of a query's key and what the API says,
    ``seen`` what the template draws; empty where only the answers help.
    """

    name: str
    texts: tuple[str, ...]
    answers: Sequence[Answer]
    seen: Row


def view_home(*, market: str) -> FirstView:
    events = ask("events/", page_size=7, market=market)
    gear = ask("products/", page_size=10, market=market, in_stock=True)
    sports = ask("event-categories/")
    cards = [_event_card(event) for event in events["results"]]
    return FirstView(
        name="home",
        texts=("events", "market"),
        answers=[
            (["events", "list", {"page_size": 7, "market": market}], events),
            (["products", "list", {"page_size": 10, "market": market, "in_stock": True}], gear),
            (["events", "categories"], sports),
        ],
        seen={"next": cards[0], "soon": cards[1:], "sports": sports} if cards else {},
    )


def view_events(*, market: str) -> FirstView:
    """The first page of the list as it stands without any filter."""
    events = ask("events/", market=market, page_size=24)
    facets = ask("event-facets/", market=market)
    sports = ask("event-categories/")
    cards = [_event_card(event) for event in events["results"]]
    return FirstView(
        name="events",
        texts=("events",),
        answers=[
            (["events", "list", {"market": market, "page_size": 24}], events),
            (["events", "facets", {"market": market}], facets),
            (["events", "categories"], sports),
        ],
        seen={"events": cards, "sports": facets["sports"]} if cards else {},
    )


def view_event(event: Row, *, ref: str, about: str) -> FirstView:
    """``event`` is an EventDetail, ``ref`` its name in the address, ``about`` its description untagged."""
    data = _plain(event)
    offers = [
        {
            "name": offer["name"],
            "note": offer["description"],
            "price": _price(offer["price"], offer),
            "open": offer["availability"] == "on_sale",
        }
        for offer in data["ticket_types"]
    ]
    more = {
        "offers": offers,
        "open": any(offer["open"] for offer in offers),
        "about": about,
        "where": data["location"],
    }
    return FirstView(
        name="event",
        texts=("events",),
        answers=[(["events", "detail", ref], data)],
        seen={"event": _event_card(data) | more},
    )


def view_product(product: Row, *, ref: str, about: str) -> FirstView:
    """``product`` is a ProductOutput, the rest as for an event."""
    data = _plain(product)
    variants = data["variants"]
    # What the page opens with: the first one in stock, else the first.
    opened = next((each for each in variants if each["in_stock"]), variants[0] if variants else None)
    seen = {
        "title": data["title"],
        "face": _face(data["title"]),
        "brand": (data["brand"] or {}).get("name", ""),
        "path": data["category_path"],
        "image": data["images"][0] if data["images"] else None,
        "alt": (data["images"][0]["alt"] if data["images"] else "") or data["title"],
        "more": data["images"] if len(data["images"]) > 1 else [],
        "price": _price(opened["price"], data) if opened else "",
        "about": about,
        "seller": data["organizer"],
    }
    return FirstView(
        name="product",
        texts=("market",),
        answers=[(["products", "detail", ref], data)],
        seen={"product": seen},
    )


def ask(endpoint: str, **query: Any) -> Any:
    """Return what the public API answers to a guest, in the language in force.

    Its view is called in this process: the answer is the one it keeps for a moment, whoever asked first.
    """
    # Booleans as the application writes them: the same address is the same kept answer.
    words = urlencode({name: str(value).lower() if value is True else value for name, value in query.items()})
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": f"/api/v1/{endpoint}",
            "QUERY_STRING": words,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.input": BytesIO(),
        }
    )
    request.LANGUAGE_CODE = get_language()
    found = resolve(request.path_info)
    response = found.func(request, *found.args, **found.kwargs)
    if response.status_code == 503:
        raise Unavailable
    if response.status_code != 200:
        raise RuntimeError(f"{endpoint} answered {response.status_code}")
    return orjson.loads(response.content)


def _plain(row: Row) -> Row:
    """Return a row as those read it who get it as JSON."""
    plain: Row = orjson.loads(dumps(row))
    return plain


def _event_card(event: Row) -> Row:
    start = local_moment(datetime.fromisoformat(event["start_datetime"]), event["timezone"])
    clock = start.strftime("%I:%M %p").lstrip("0") if get_language() == "en" else f"{start:%H:%M}"
    return {
        "slug": event["slug"],
        "title": event["title"],
        "face": _face(event["title"]),
        "sport": event["category"]["name"],
        "cover": event["cover"],
        "host": event["organizer"]["display_name"],
        "iso": event["start_datetime"],
        "weekday": format_date(start, "D"),
        "day": f"{start:%d}",
        "month": format_date(start, "M"),
        "date": f"{start.day} {word_month(start, event['timezone'])} {start.year}",
        "time": clock,
        "city": event["city"] or gettext("Online"),
        "price": "" if event["price_from"] is None else _price(event["price_from"], event, lowest=True),
    }


def _price(amount: str, thing: Row, *, lowest: bool = False) -> str:
    if amount == "0.00":
        return gettext("Free")
    words = _money(amount, thing["currency"])
    return gettext("from %(amount)s") % {"amount": words} if lowest else words


def _money(amount: str, currency: str) -> str:
    """Return the amount as lib/money.ts writes it; mails write English sums with the sign behind."""
    words = word_money(amount, currency, get_language() or "")
    if get_language() != "en" or currency == "USD":
        return words
    number = words.rpartition("\N{NO-BREAK SPACE}")[0]
    return f"₸{number}" if currency == "KZT" else f"{currency}\N{NO-BREAK SPACE}{number}"


def _face(text: str) -> str:
    return "full" if _BEYOND_DISPLAY.search(text) else ""

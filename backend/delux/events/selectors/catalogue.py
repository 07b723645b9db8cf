"""What everyone sees: the events ahead, one event's page, what is left of its tickets.

These are the most read rows of the product, so they leave as plain dictionaries of just the columns shown.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db.models import DateField, Exists, F, Func, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Lower

from delux.core.errors import NotFound
from delux.core.kept_query import KeptQuery
from delux.core.markets import Market
from delux.core.search import has_words_like, list_words, words_query
from delux.events.models import Event, EventCategory, TicketType

Row = dict[str, Any]

_CARD = (
    "id", "slug", "title", "format", "status", "start_datetime", "end_datetime", "timezone",
    "market", "cover_image", "price_from", "is_free", "capacity", "places_taken", "category__slug",
    "category__name_ru", "category__name_kk", "category__name_ky", "category__name_en",
    "location__city", "organizer__display_name", "organizer__slug", "organizer__verified",
    "organizer__market",
)  # fmt: skip
_PAGE = (
    *_CARD, "description", "location__country", "location__address", "location__map_url",
    "location__latitude", "location__longitude", "organizer__bio", "organizer__city",
    "organizer__logo", "refund_until_hours",
)  # fmt: skip
_POINT = (
    "id", "slug", "title", "start_datetime", "timezone", "price_from", "is_free", "organizer__market",
    "location__city", "location__latitude", "location__longitude",
)  # fmt: skip
_OFFER = (
    "id", "event_id", "name", "description", "price", "currency", "quantity_total", "quantity_held",
    "quantity_sold", "sales_start", "sales_end", "max_per_order",
)  # fmt: skip
_ORDERINGS: dict[str, tuple[Any, ...]] = {
    "start": ("start_datetime", "id"),
    "-start": ("-start_datetime", "-id"),
    "price": (F("price_from").asc(nulls_last=True), "id"),
    "-price": (F("price_from").desc(nulls_last=True), "-id"),
    "newest": ("-published_at", "-id"),
    "relevance": ("-relevance", "start_datetime", "id"),
}
_BIGINT_DIGITS = 18
# What one map shows at once; a reader of more than this many markers sees none of them.
MOST_POINTS = 300


class _LocalDate(Func):
    """The date of a moment where the event takes place."""

    template = "(%(expressions)s)::date"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


def list_events(
    *,
    at: datetime,
    q: str = "",
    sport_type: str = "",
    city: str = "",
    format: str = "",  # noqa: A002 the column's and the parameter's name
    is_free: bool | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    price_min: Decimal | None = None,
    price_max: Decimal | None = None,
    organizer: str = "",
    market: str = "",
    when: str = "upcoming",
    ordering: str = "",
) -> QuerySet[Event]:
    """Return the published events that are not over at ``at``; card_rows makes them rows.

    With ``when`` "past": those that are over, the latest first; canceled ones are in neither. ``market`` adds
    what is shown everywhere. Prices look for a ticket in that range still to be had. Dates are those of the
    place. Without ``ordering``: best match first where ``q`` is given, else soonest first.
    """
    if when == "past":
        over = (Event.Status.PUBLISHED, Event.Status.FINISHED)
        events: QuerySet[Event] = Event.objects.filter(status__in=over, end_datetime__lte=at)
        ordering = ordering or "-start"
    else:
        events = Event.objects.filter(status=Event.Status.PUBLISHED, end_datetime__gt=at)
    exact = {"category__slug": sport_type, "format": format, "organizer__slug": organizer}
    events = events.filter(**{column: value for column, value in exact.items() if value})
    if market:
        events = events.filter(market__in=(market, Market.ALL))
    if city:
        events = events.alias(city=Lower("location__city")).filter(city=city.lower())
    if is_free is not None:
        events = events.filter(is_free=is_free)
    if price_max is not None:
        events = events.filter(price_from__lte=price_max)
    if price_min is not None:
        offers = TicketType.objects.filter(event=OuterRef("pk"), sales_end__gt=at, price__gte=price_min)
        if price_max is not None:
            offers = offers.filter(price__lte=price_max)
        events = events.filter(Exists(offers))
    events = _between(events, date_from, date_to)
    if q:
        events = _matching(events, q)
        ordering = ordering or "relevance"
    return events.order_by(*_ORDERINGS[ordering or "start"])


def card_rows(events: QuerySet[Event]) -> QuerySet[Event, Row]:
    """Return what cards show of ``events``. Counting is for the events themselves: it needs no joins."""
    rows: QuerySet[Event, Row] = events.values(*_CARD)
    return rows


def point_rows(
    events: QuerySet[Event], *, south: Decimal, west: Decimal, north: Decimal, east: Decimal
) -> tuple[list[Row], bool]:
    """Return what a map shows of ``events`` in a box of degrees, soonest first, and whether that is all.

    Events without a known place are on no map.
    """
    inside = events.filter(
        location__latitude__range=(south, north), location__longitude__range=(west, east)
    ).order_by("start_datetime", "id")
    rows = list(inside.values(*_POINT)[: MOST_POINTS + 1])
    return rows[:MOST_POINTS], len(rows) <= MOST_POINTS


def list_offers(*, event_id: int) -> list[Row]:
    """Return what is on sale for an event, in the organizer's order."""
    return _OFFERS.read(event=event_id)


def count_left(*, event_ids: Collection[int], at: datetime) -> dict[int, int]:
    """Return how many tickets whose sales have not ended are left, for each event that has any."""
    left = Sum(F("quantity_total") - F("quantity_held") - F("quantity_sold"))
    offers = TicketType.objects.filter(event__in=event_ids, sales_end__gt=at).order_by()
    return dict(offers.values_list("event").annotate(left=left))


def get_event_page(*, ref: str) -> Row:
    """Return the row behind an event's page, by slug or by id.

    :raises NotFound: there is none, or it is a draft
    """
    return _get(ref, _PAGES)


def get_public_event(*, ref: str) -> Event:
    """Return an event everybody may look at, with its place, by slug or by id.

    :raises NotFound: there is none, or it is a draft
    """
    event_id = _get(ref, _STATES)["id"]
    return Event.objects.public().select_related("location").get(pk=event_id)


def get_event_offers(*, ref: str) -> tuple[Row, list[Row]]:
    """Return the facts of an event that decide on its tickets, and the tickets, by slug or by id.

    :raises NotFound: there is none, or it is a draft
    """
    event = _get(ref, _STATES)
    return event, list_offers(event_id=event["id"])


def list_categories() -> QuerySet[EventCategory]:
    """Return the kinds of sport in the order they are shown."""
    return EventCategory.objects.all()


def _by(columns: tuple[str, ...]) -> dict[str, KeptQuery]:
    """Return the queries that find one public event by its id and by its slug."""
    events = Event.objects.public().order_by().values(*columns)
    return {
        "id": KeptQuery(lambda ref: events.filter(pk=ref), ref=int),
        "slug": KeptQuery(lambda ref: events.filter(slug=ref), ref=str),
    }


_PAGES = _by(_PAGE)
_STATES = _by(("id", "status", "end_datetime", "capacity", "places_taken"))
_OFFERS = KeptQuery(
    lambda event: TicketType.objects.filter(event=event).order_by("position", "pk").values(*_OFFER),
    event=int,
)


def _get(ref: str, by: dict[str, KeptQuery]) -> Row:
    if ref.isdecimal() and ref.isascii():
        rows = by["id"].read(ref=int(ref)) if len(ref) <= _BIGINT_DIGITS else []
    else:
        rows = by["slug"].read(ref=ref)
    if not rows:
        raise NotFound
    return rows[0]


def _between(events: QuerySet[Event], date_from: date | None, date_to: date | None) -> QuerySet[Event]:
    if date_from is None and date_to is None:
        return events
    # The rough bounds, moments and not dates, let an index do most of the work: no zone is a day from UTC.
    events = events.alias(local_date=_LocalDate("start_datetime", "timezone"))
    if date_from is not None:
        events = events.filter(
            start_datetime__gte=_midnight(date_from) - timedelta(days=1), local_date__gte=date_from
        )
    if date_to is not None:
        events = events.filter(
            start_datetime__lt=_midnight(date_to) + timedelta(days=2), local_date__lte=date_to
        )
    return events


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _matching(events: QuerySet[Event], q: str) -> QuerySet[Event]:
    """Keep the events that have the words; if none has them all, those with words much like them."""
    words = list_words(q)
    if not words:
        return events.none().alias(relevance=Value(0))
    query = words_query(words)
    found = events.filter(search_words=query)
    if found.exists():
        return found.alias(relevance=SearchRank(F("search_words"), query))
    alike = events.filter(has_words_like(words, "search_text"))
    return alike.alias(relevance=TrigramWordSimilarity(" ".join(words), "search_text"))

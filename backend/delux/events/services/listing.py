"""What the public list reads, kept on the event's own row: cheapest price, free or not, words to find."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Lower, Now

from delux.core.kept_query import KeptUpdate
from delux.events.models import Event, TicketType

_BATCH = 500


def refresh_listings(*, event_ids: Collection[int] | None = None) -> int:
    """Bring price_from, is_free and search_text up to date, of all events by default; return how many.

    Every service that changes an event, its place or its ticket types ends with this.
    """
    if event_ids is None:
        event_ids = list(Event.objects.values_list("pk", flat=True))
    ids = sorted(event_ids)
    # In batches, as each statement has its time and holds its rows.
    return sum(_REFRESH.run(events=ids[start : start + _BATCH]) for start in range(0, len(ids), _BATCH))


def refresh_ended_prices(*, at: datetime) -> int:
    """Move price_from on where the cheapest ticket's sales have ended and dearer ones go on."""
    types = TicketType.objects.filter(event=OuterRef("pk"))
    going_on = types.filter(sales_end__gt=at)
    outdated = Event.objects.filter(
        Exists(going_on),
        ~Exists(going_on.filter(price=OuterRef("price_from"))),
        status=Event.Status.PUBLISHED,
    )
    return refresh_listings(event_ids=list(outdated.values_list("pk", flat=True)))


def _copies(events: list[int]) -> tuple[QuerySet[Event], dict[str, Any]]:
    types = TicketType.objects.filter(event=OuterRef("pk")).order_by("price")
    to_be_had = types.filter(sales_end__gt=Now())
    changes = {
        "price_from": Coalesce(Subquery(to_be_had.values("price")[:1]), Subquery(types.values("price")[:1])),
        "is_free": Exists(types) & ~Exists(types.filter(price__gt=0)),
        "search_text": Subquery(Event.objects.filter(pk=OuterRef("pk")).values_list(_words())),
        "updated_at": Now(),
    }
    return Event.objects.filter(pk__in=events), changes


def _words() -> Lower:
    parts: list[F | Value] = [F("title")]
    for source in ("category__name_ru", "category__name_kk", "category__name_ky", "category__name_en"):
        parts += [Value(" "), F(source)]
    parts += [Value(" "), F("organizer__display_name"), Value(" "), F("location__city")]
    return Lower(Concat(*parts, output_field=CharField()))


_REFRESH = KeptUpdate(_copies, events=list)

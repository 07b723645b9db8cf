"""The choices beside the filters of events, with what each would leave."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Expression, F, Min, QuerySet, TextField, Value
from django.db.models.functions import Cast, Lower

from delux.core.kept_figures import kept
from delux.events.models import Event
from delux.events.selectors.catalogue import list_events


@dataclass(frozen=True)
class FacetRow:
    """One choice beside the filters: its facet, value and label, and how many events it leaves."""

    facet: str
    value: str
    label: str
    count: int


def count_facets(*, at: datetime, filters: dict[str, Any]) -> list[FacetRow]:
    """Return the choices beside the filters with their counts, a moment old at most.

    ``filters`` are those of list_events. Each facet is counted as if its own filter were not set, so a
    visitor sees what another choice gives.
    """
    key = ("event facets", tuple(sorted(filters.items(), key=lambda item: item[0])))
    return kept(key, lambda: _count(at, filters))


def _count(at: datetime, filters: dict[str, Any]) -> list[FacetRow]:
    def events(*without: str) -> QuerySet[Event]:
        return list_events(
            at=at, **{name: value for name, value in filters.items() if name not in without}
        ).order_by()

    none = Value("")
    counted = [
        _facet("sport", events("sport_type"), F("category__slug"), none),
        # However its letters are written, a city is one.
        _facet("city", events("city").exclude(location=None), Lower("location__city"), Min("location__city")),
        _facet("format", events("format"), F("format"), none),
        _facet("free", events("is_free").filter(is_free=True), Value("true"), none),
    ]
    rows = counted[0].union(*counted[1:], all=True)  # one question for all four
    return [FacetRow(*row) for row in rows]


def _facet(
    facet: str, events: QuerySet[Event], value: Expression | F, label: Expression
) -> QuerySet[Any, tuple[str, str, str, int]]:
    counted: QuerySet[Any, tuple[str, str, str, int]] = (
        events.annotate(facet=Value(facet, output_field=TextField()))
        .values("facet")
        .annotate(value=Cast(value, TextField()), label=Cast(label, TextField()), count=Count("pk"))
        .values_list("facet", "value", "label", "count")
    )
    return counted

"""What the product tells Prometheus of itself.

What happens is counted where it happens (`metrics.py` of each app), once it is committed. What waits is rows:
it is read from them when Prometheus asks, as no process could count it, and all of them say the same.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from delux.core.kept_figures import kept

# A queue this long is a matter for somebody; how much longer it is need not be known, and counting costs.
MOST_COUNTED = 10_000
KEPT_SECONDS = 5

log = structlog.get_logger(__name__)


class Waiting(NamedTuple):
    """How many rows wait (``MOST_COUNTED`` at most), and how long ago the first should have been done."""

    rows: int
    late_seconds: float


class _Work(NamedTuple):
    rows: Callable[[datetime], QuerySet[Any]]
    due: str


_work: dict[str, _Work] = {}


def watch_work(name: str, rows: Callable[[datetime], QuerySet[Any]], *, due: str) -> None:
    """Show rows that wait to be worked on. ``due``, a column with an index, says when each is to be done."""
    _work[name] = _Work(rows, due)


def read_waiting(name: str, *, at: datetime) -> Waiting:
    rows, due = _work[name]
    first_ones = rows(at).order_by(due)[:MOST_COUNTED]
    found = first_ones.aggregate(count=Count("pk"), first=Min(due))
    first = found["first"]
    return Waiting(found["count"], max(0.0, (at - first).total_seconds()) if first else 0.0)


def count(counter: Counter, amount: float = 1, **labels: str) -> None:
    """Count something that this transaction does, if it does it. Labels have few values each, all known."""
    one = counter.labels(**labels) if labels else counter
    transaction.on_commit(lambda: one.inc(amount), robust=True)


def render_metrics() -> bytes:
    """Return everything Prometheus may know: of all processes of this machine, if they share a folder."""
    registry = REGISTRY
    if settings.PROMETHEUS_MULTIPROC_DIR:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry) + generate_latest(_FROM_ROWS)


class _FromRows(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = kept("waiting", self.read, seconds=KEPT_SECONDS)
        except DatabaseError as error:
            # The rest is of most use in that very moment.
            log.warning("metrics.database_failed", error=type(error).__name__)
            return
        rows = GaugeMetricFamily("delux_waiting_rows", "Rows that wait to be worked on", labels=["work"])
        late = GaugeMetricFamily(
            "delux_waiting_seconds", "For how long the first of them should have been done", labels=["work"]
        )
        for name, waiting in found.items():
            rows.add_metric([name], waiting.rows)
            late.add_metric([name], waiting.late_seconds)
        yield from (rows, late)

    def read(self) -> dict[str, Waiting]:
        at = timezone.now()
        return {name: read_waiting(name, at=at) for name in _work}


_FROM_ROWS = CollectorRegistry()
_FROM_ROWS.register(_FromRows())

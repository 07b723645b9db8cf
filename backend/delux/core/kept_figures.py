"""Figures about all that is on sale, kept in this process for a moment: they cost more than their page.

Counts beside filters and the tree of shelves may thus be ``FIGURES_SECONDS`` old. What is for sale, at
which price and whether it is in stock is read each time.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")

_MOST_KEPT = 2_000
_kept: dict[Hashable, tuple[float, Any]] = {}


def kept(key: Hashable, make: Callable[[], T], *, anew: bool = False, seconds: float | None = None) -> T:
    """Return what ``make`` gave for ``key`` a moment ago, or make it, if need be ``anew``.

    It is kept for ``seconds`` instead of FIGURES_SECONDS, and not at all where that is 0.
    """
    found = None if anew else _kept.get(key)
    now = time.monotonic()
    if found and found[0] > now:
        value: T = found[1]
        return value
    value = make()
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    if settings.FIGURES_SECONDS:
        _kept[key] = (now + (seconds or settings.FIGURES_SECONDS), value)
    return value


def forget_figures() -> None:
    """Drop what this process keeps; for tests, and for a demo that has just been re-created."""
    _kept.clear()

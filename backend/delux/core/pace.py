"""A bound on how often somebody may do what costs little and harms little.

Guesses at secrets are counted in rows instead (accounts.services.guessing).
"""

from contextlib import suppress

from django.core.cache import cache

MINUTE = 60


def within_pace(subject: str, *, a_minute: int) -> bool:
    """Count one act of ``subject``; tell whether it is within its number a minute.

    Each process counts for itself unless the cache is a shared one, so the bound is a rough one.
    """
    key = f"pace:{subject}"
    cache.add(key, 0, MINUTE)
    with suppress(ValueError):  # its minute ended in between
        return int(cache.incr(key)) <= a_minute
    return True

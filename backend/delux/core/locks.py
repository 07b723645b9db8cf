"""A queue in front of a hot row. See `docs/architecture.md`, "No oversell, and short locks"."""

import hashlib

from django.db import connection


def lock_hot_rows(*rows: tuple[str, int]) -> None:
    """Wait for one's turn at each of ``rows`` (kind, key), until the transaction ends.

    Many transactions that wait for one row's lock wake each other for nothing and collapse together; an
    advisory lock wakes one at a time. The keys are taken in one statement and one order, so two baskets
    with the same rows never wait for each other crosswise. It is a matter of speed: the conditional updates
    that follow are exact without it.
    """
    keys = sorted({_key(kind, key) for kind, key in rows})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def _key(kind: str, key: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"hot:{kind}:{key}".encode(), digest_size=8).digest(), signed=True)

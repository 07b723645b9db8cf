"""A repeated request takes effect once. See `docs/architecture.md`, "Retry is safe".

The key row and the effect commit together, so either both exist or neither does; refusals are not kept, since
they changed nothing and the next try may succeed.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from delux.core.api.renderers import dumps
from delux.core.errors import Invalid
from delux.core.faults import faultpoint
from delux.core.idempotency import KEPT_FOR, IdempotencyKeyReused, RequestInProgress
from delux.core.inserts import insert
from delux.core.kept_query import KeptObjects
from delux.core.models import IdempotencyKey


def read_key(request: Request) -> str:
    """Return the request's Idempotency-Key.

    :raises Invalid: it is missing, empty, longer than 255 characters or not printable ASCII
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > 255 or not key.isascii() or not key.isprintable():
        raise Invalid(
            _(
                "Send an Idempotency-Key header: 1 to 255 printable characters, "
                "a new one for each new intention."
            ),
        )
    return key


def body_hash(request: Request) -> str:
    """Return a digest that is equal for equal bodies, whatever the order of their fields."""
    return hashlib.sha256(dumps(request.data, sort=True)).hexdigest()


def once(request: Request, act: Callable[[], Response]) -> Response:
    """Run ``act`` in a transaction and keep its answer; a replay gets the kept answer, byte for byte.

    :raises RequestInProgress: a twin holds the key at this moment
    :raises IdempotencyKeyReused: the key came before with another body
    """
    scope, digest = _scope(request), body_hash(request)
    with transaction.atomic():
        lock = int.from_bytes(hashlib.blake2b(repr(scope).encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
            if not cursor.fetchone()[0]:
                raise RequestInProgress(extra={"retry_after": 1})
        if kept := _recall(scope, digest):
            return kept
        response = act()
        _keep(scope, digest, response)
        faultpoint("K0")
    faultpoint("K1")
    return response


def once_resumable(request: Request, act: Callable[[], Response], *, digest: str) -> Response:
    """Like ``once``, for an act that cannot be one transaction because it calls a provider in between.

    ``act`` itself must recognise the key and go on where an earlier try stopped. Of the answers to tries that
    finish together the first one kept is everybody's. ``digest`` stands for the body where a plain hash of it
    must not be stored.

    :raises IdempotencyKeyReused: the key came before with another body
    """
    scope = _scope(request)
    if kept := _recall(scope, digest):
        return kept
    response = act()
    try:
        _keep(scope, digest, response)
    except IntegrityError:
        return _recall(scope, digest) or response
    return response


def _scope(request: Request) -> dict[str, Any]:
    return {
        "actor_id": request.user.pk,
        "method": str(request.method),
        "path": request.path[:200],
        "key": read_key(request),
    }


_FIND = KeptObjects(
    lambda **scope: IdempotencyKey.objects.filter(**scope).only(
        "created_at", "body_hash", "status_code", "body"
    ),
    actor_id=int,
    method=str,
    path=str,
    key=str,
)


def _recall(scope: dict[str, Any], digest: str) -> "_Kept | None":
    kept = _FIND.first(**scope)
    if kept is None:
        return None
    if kept.created_at <= timezone.now() - KEPT_FOR:
        kept.delete()  # past its day and not yet swept
        return None
    if kept.body_hash != digest:
        raise IdempotencyKeyReused
    return _Kept(kept)


def _keep(scope: dict[str, Any], digest: str, response: Response) -> None:
    kept = IdempotencyKey(
        **scope, body_hash=digest, status_code=response.status_code, body=dumps(response.data)
    )
    insert([kept])


class _Kept(Response):
    """A kept answer: its bytes are sent as they were stored."""

    def __init__(self, kept: IdempotencyKey) -> None:
        super().__init__(status=kept.status_code, headers={"Idempotent-Replay": "true"})
        self._body = bytes(kept.body)

    @property
    def rendered_content(self) -> bytes:  # type: ignore[override] # DRF renders bytes too
        self["Content-Type"] = "application/json"
        return self._body


def forget_old_keys() -> int:
    """Delete keys past their day; return how many."""
    return IdempotencyKey.objects.filter(created_at__lte=timezone.now() - KEPT_FOR).delete()[0]

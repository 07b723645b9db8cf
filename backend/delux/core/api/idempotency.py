"""A repeated request takes effect once. See `docs/architecture.md`, "Retry is safe".

The key row and the effect commit together, so either both exist or neither does; refusals are not kept, since
they changed nothing and the next try may succeed.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from delux.core.api.renderers import dumps
from delux.core.errors import Conflict, Invalid, Unprocessable
from delux.core.models import IdempotencyKey

KEPT_FOR = timedelta(hours=24)


class RequestInProgress(Conflict):
    code = "request_in_progress"
    title = _("The same request is still being worked on. Try again in a second")


class IdempotencyKeyReused(Unprocessable):
    code = "idempotency_key_reused"
    title = _("This Idempotency-Key was used for a different request")


def read_key(request: Request) -> str:
    """Return the request's Idempotency-Key.

    :raises Invalid: it is missing, empty, longer than 255 characters or not printable ASCII
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > 255 or not key.isascii() or not key.isprintable():
        raise Invalid(
            _("Send an Idempotency-Key header: 1 to 255 printable characters, a new one for each new intention."),
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
    key, digest = read_key(request), body_hash(request)
    scope = {"actor_id": request.user.pk, "method": str(request.method), "path": request.path[:200], "key": key}
    with transaction.atomic():
        lock = int.from_bytes(hashlib.blake2b(repr(scope).encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
            if not cursor.fetchone()[0]:
                raise RequestInProgress(extra={"retry_after": 1})
        kept = IdempotencyKey.objects.filter(**scope, created_at__gt=timezone.now() - KEPT_FOR).first()
        if kept:
            if kept.body_hash != digest:
                raise IdempotencyKeyReused()
            return _Kept(kept)
        response = act()
        IdempotencyKey.objects.filter(**scope).delete()  # one that is past its day and not yet swept
        IdempotencyKey.objects.create(
            **scope, body_hash=digest, status_code=response.status_code, body=dumps(response.data)
        )
    return response


class _Kept(Response):
    """A kept answer: its bytes are sent as they were stored."""

    def __init__(self, kept: IdempotencyKey) -> None:
        super().__init__(status=kept.status_code, headers={"Idempotent-Replay": "true"})
        self._body = bytes(kept.body)

    @property
    def rendered_content(self) -> bytes:
        self["Content-Type"] = "application/json"
        return self._body


def forget_old_keys() -> int:
    """Delete keys past their day; return how many."""
    return IdempotencyKey.objects.filter(created_at__lte=timezone.now() - KEPT_FOR).delete()[0]

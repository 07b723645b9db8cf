"""Public reads: one answer for everybody, so it is kept for a moment and recognised when asked for again.

A rendered answer is kept in this process for PUBLIC_READ_SECONDS. Within that moment a repeat costs neither
a query nor the framework's dispatch, and a repeat that names the answer's ETag costs not even its bytes.
What an organizer publishes or sells out is therefore seen by everybody within a few such moments: one here,
one in nginx, which obeys the same header, and one in the reader's own cache (`Cache-Control: max-age`).
Nothing is decided on these answers; baskets and orders ask the rows.
"""

import hashlib
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.authentication import BaseAuthentication
from rest_framework.response import Response

from delux.core.api.views import View
from delux.core.replica import reads_own_writes

_MOST_KEPT = 512
_READS = ("GET", "HEAD")


# Language, address, and whether it is for people who changed something just now: theirs is of no replica.
_Key = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    etag: str
    stale_at: float


_kept: dict[_Key, _Answer] = {}


class PublicReadView(View):
    """An endpoint whose GET depends on the address and the language alone. It does not ask who is reading."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        request = getattr(self, "request", None)
        return [] if request is not None and request.method in _READS else super().get_authenticators()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in _READS:
            return super().dispatch(request, *args, **kwargs)
        # The language is set by LanguageMiddleware.
        key = (request.LANGUAGE_CODE, request.get_full_path(), reads_own_writes())
        answer = _kept.get(key)
        if answer is None or answer.stale_at <= monotonic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code != 200 or not isinstance(response, Response):
                return response
            answer = _keep(key, response.render().content)
        return _http(answer, request.headers.get("If-None-Match", ""))


def forget_public_reads() -> None:
    """Drop what this process keeps; for tests, and for a demo that has just been re-created."""
    _kept.clear()


def _keep(key: _Key, body: bytes) -> _Answer:
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    answer = _Answer(body, etag, monotonic() + settings.PUBLIC_READ_SECONDS)
    if settings.PUBLIC_READ_SECONDS:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()  # seldom, and everything in it is a second old at most
        _kept[key] = answer
    return answer


def _http(answer: _Answer, seen: str) -> HttpResponse:
    # Weak comparison (RFC 9110): `W/"x"` and a list of tags match too; its quotes keep a tag whole.
    unchanged = answer.etag in seen or seen.strip() == "*"
    response = (
        HttpResponse(status=304) if unchanged else HttpResponse(answer.body, content_type="application/json")
    )
    response["ETag"] = answer.etag
    response["Cache-Control"] = f"public, max-age={settings.PUBLIC_READ_SECONDS}"
    return response

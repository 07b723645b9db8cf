import re
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from csp.constants import UNSAFE_EVAL
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from delux.core import replica

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/v1/"
ADMIN = "/admin/"
OWN_WRITES_COOKIE = "delux_wrote"
WATCHED = ("/api/health/", "/metrics/")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class WatchersMiddleware:
    """Let balancers and Prometheus ask a machine by its own address: what they are told is of no host."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.host = urlsplit(settings.PUBLIC_URL).netloc

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(WATCHED):
            request.META["HTTP_HOST"] = self.host
        return self.get_response(request)


class RequestIdMiddleware:
    """Give each request an id (the caller's `X-Request-Id` if sane), in its logs and its answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-Id", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class OwnWritesMiddleware:
    """Where there is a replica, let people see what they have just changed themselves (core.replica).

    Whatever changes something leaves a cookie for a few seconds, so that any process of any machine knows.
    A program that sends a token and no cookies keeps none: it always reads what is there now.
    """

    def __init__(self, get_response: Handler) -> None:
        if replica.REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keeps_no_cookies = "Authorization" in request.headers and not request.COOKIES
        if keeps_no_cookies or OWN_WRITES_COOKIE in request.COOKIES:
            with replica.reading_own_writes():
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        view = getattr(request.resolver_match and request.resolver_match.func, "cls", None)
        if request.method not in ("GET", "HEAD", "OPTIONS") and getattr(view, "is_read_back", True):
            response.set_cookie(
                OWN_WRITES_COOKIE,
                "1",
                max_age=settings.OWN_WRITES_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


class LanguageMiddleware:
    """Answer in the language of `?lang=`, else of Accept-Language, else in Russian."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = (
            asked if asked in self.known else self.from_header(request.headers.get("Accept-Language", ""))
        )
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    def from_header(self, header: str) -> str:
        for part in header.lower().split(","):  # browsers send them best first
            language = part.split(";")[0].strip()[:2]
            if language in self.known:
                return language
        return settings.LANGUAGE_CODE


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The policy of pages. Data gets a stricter and constant one: putting a policy together takes 0.1 ms."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(API):
            response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
            return response
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN):
            # Alpine, which the staff's desk is drawn with, makes functions of what its templates say.
            parts.update = (parts.update or {}) | {"script-src": [UNSAFE_EVAL]}
        return parts


class PageMessagesMiddleware(MessageMiddleware):
    """Messages are for pages of the staff's desk; the API has none."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith(API):
            super().process_request(request)

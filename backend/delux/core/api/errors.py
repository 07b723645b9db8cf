"""One shape for every refusal: an RFC 9457 problem document. Domain errors get their status here alone."""

from collections.abc import Iterator
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from delux.core import errors

# PostgreSQL gave up rather than wait on: lock_not_available, deadlock_detected, query_canceled (its timeout).
_GAVE_UP = {"55P03", "40P01", "57014"}
# The connection broke (a pooler says so as well), the server is being stopped, died, is starting, or is full.
_AWAY = ("08", "57P01", "57P02", "57P03", "53300")

log = structlog.get_logger(__name__)

STATUS_OF: dict[type[errors.DomainError], int] = {
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Unprocessable: 422,
    errors.TooMany: 429,
    errors.Busy: 503,
    errors.Unavailable: 503,
}


def status_of(error: type[errors.DomainError]) -> int:
    """Return the HTTP status of a domain error: that of the kind it descends from."""
    return next(STATUS_OF[kind] for kind in error.__mro__ if kind in STATUS_OF)


def problem(
    request: Any,
    *,
    status: int,
    code: str,
    title: Any,
    detail: Any = "",
    problems: list[dict[str, Any]] | None = None,
    extra: dict[str, Any] | None = None,
) -> Response:
    """Build the response. The schema lists the codes of each operation."""
    extra = extra or {}
    response = Response(
        {
            "type": f"urn:delux:error:{code.replace('_', '-')}",
            "title": str(title),
            "status": status,
            "detail": str(detail or title),
            "code": code,
            "request_id": getattr(request, "request_id", ""),
            "errors": problems or [],
        }
        | extra,
        status=status,
        content_type="application/problem+json",
    )
    if "retry_after" in extra:
        response["Retry-After"] = str(extra["retry_after"])
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What nobody foresaw is left to Django, which logs it and answers 500."""
    request = context["request"]
    match error:
        case errors.DomainError():
            return problem(
                request,
                status=status_of(type(error)),
                code=error.code,
                title=error.title,
                detail=error.detail,
                problems=[
                    {"pointer": p.pointer, "code": p.code, "detail": str(p.detail)} | p.extra
                    for p in error.problems
                ],
                extra=error.extra,
            )
        case exceptions.ValidationError():
            found = list(_field_problems(error.detail))
            return problem(
                request,
                status=400,
                code="invalid",
                title=errors.Invalid.title,
                detail=found[0]["detail"] if len(found) == 1 else "",
                problems=found,
            )
        case OperationalError() if getattr(error.__cause__, "pgcode", None) in _GAVE_UP:
            # The transaction is rolled back, so the same request may simply come again.
            log.warning("database.gave_up", code=getattr(error.__cause__, "pgcode", None))
            return _come_again(request, errors.Busy, seconds=2)
        case _ if is_away(error):
            log.error("database.away", error=type(error).__name__, reason=str(error)[:200])
            return unavailable(request)
        case Http404():
            return problem(request, status=404, code="not_found", title=errors.NotFound.title)
        case PermissionDenied():
            return problem(request, status=403, code="forbidden", title=errors.Forbidden.title)
        case exceptions.APIException():
            code = {401: "unauthenticated", 403: "forbidden"}.get(error.status_code, str(error.get_codes()))
            title = {401: errors.Unauthenticated.title, 403: errors.Forbidden.title}.get(error.status_code)
            extra = {"retry_after": int(wait)} if (wait := getattr(error, "wait", None)) else None
            return problem(
                request,
                status=error.status_code,
                code=code,
                title=title or error.detail,
                detail=error.detail,
                extra=extra,
            )
    return None


def _field_problems(detail: Any, pointer: str = "") -> Iterator[dict[str, Any]]:
    """Flatten DRF's nested errors into pointers such as ``/lines/0/quantity``."""
    if isinstance(detail, dict):
        for name, nested in detail.items():
            step = "" if name in ("non_field_errors", "__all__") else f"/{name}"
            yield from _field_problems(nested, pointer + step)
    elif isinstance(detail, list):
        for index, nested in enumerate(detail):
            if isinstance(nested, dict | list):
                yield from _field_problems(nested, f"{pointer}/{index}")
            else:
                yield from _field_problems(nested, pointer)
    else:
        yield {"pointer": pointer or "/", "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def is_away(error: BaseException | None) -> bool:
    """Tell whether a request failed because there is no database to ask, or the connection to it was lost."""
    if isinstance(error, OperationalError):
        code = getattr(error.__cause__, "pgcode", None)  # none: nobody was there to give one
        return code is None or code.startswith(_AWAY)
    if isinstance(error, InterfaceError):
        # A lost connection; else it is a mistake of ours, such as reading from a closed cursor.
        return connection.connection is None or bool(connection.connection.closed)
    return isinstance(error, errors.Unavailable)


def unavailable(request: Any) -> Response:
    """Ask to come again. The request may have taken effect, and does so once under its Idempotency-Key."""
    return _come_again(request, errors.Unavailable, seconds=5)


def _come_again(request: Any, kind: type[errors.DomainError], *, seconds: int) -> Response:
    extra = {"retry_after": seconds}
    return problem(request, status=STATUS_OF[kind], code=kind.code, title=kind.title, extra=extra)


def server_error(request: Any) -> Response:
    """The last resort's words: nothing about the cause, and the id under which the log holds it."""
    return problem(
        request,
        status=500,
        code="server_error",
        title=_("Something broke on our side. Please try again in a moment"),
    )

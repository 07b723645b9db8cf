"""The base of every endpoint, and endpoints of no business: health, metrics."""

import hmac
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from prometheus_client import CONTENT_TYPE_LATEST
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from delux.core.api.errors import is_away, problem, server_error, unavailable
from delux.core.api.renderers import dumps
from delux.core.api.serializers import QuerySerializer, StrictSerializer
from delux.core.errors import DomainError, FieldProblem, Invalid
from delux.core.leaving import is_leaving
from delux.core.metrics import render_metrics


class View(APIView):
    """An endpoint. HTTP in, HTTP out: it reads the request, calls one service or selector, and answers.

    ``query_serializers`` and ``raises`` are by lower-case method; ``idempotent`` lists methods that take an
    Idempotency-Key. The OpenAPI schema is made from all three (core.api.schema).
    """

    query_serializers: ClassVar[dict[str, type[QuerySerializer]]] = {}
    raises: ClassVar[dict[str, Sequence[type[DomainError]]]] = {}
    idempotent: ClassVar[Sequence[str]] = ()
    # Whether whoever changes something here looks for it in what may come from a replica (core.replica).
    is_read_back: ClassVar[bool] = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if any("\0" in part for part in kwargs.values() if isinstance(part, str)):
            raise Http404  # PostgreSQL has no text with NUL in it
        if nul := [name for name, values in request.query_params.lists() if "\0" in "".join([name, *values])]:
            detail = _("Text may not contain the NUL character.")
            raise Invalid(
                problems=[FieldProblem(f"/{name}", "null_characters_not_allowed", detail) for name in nul]
            )
        self.query: dict[str, Any] = {}
        method = str(request.method).lower()
        if request.query_params or method in self.query_serializers:
            validator = _validator(self.query_serializers.get(method, QuerySerializer), get_language())
            self.query = validator.run_validation(request.query_params)

    def read(
        self, request: Request, serializer: type[StrictSerializer], *, partial: bool = False
    ) -> dict[str, Any]:
        """Return the validated body, or answer 400 naming the fields."""
        form = serializer(data=request.data, partial=partial, context={"request": request, "view": self})
        form.is_valid(raise_exception=True)
        body: dict[str, Any] = form.validated_data
        return body


@cache
def _validator(serializer: type[QuerySerializer], _language: str | None) -> QuerySerializer:
    """Return one serializer for all requests in a language, as making one is dear.

    Validating changes one thing in it: a refusal, once worded, keeps the language it was worded in.
    """
    return serializer()


class HealthOutput(serializers.Serializer):
    status = serializers.CharField()


class HealthView(View):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="health",
        summary="The process is alive",
        tags=["Service"],
        responses=HealthOutput,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        return Response({"status": "ok"})


class ReadyView(View):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="ready",
        summary="The process can serve: its database answers, and it is not about to end",
        tags=["Service"],
        responses={200: HealthOutput, 503: HealthOutput},
        auth=[],
    )
    def get(self, request: Request) -> Response:
        if is_leaving():
            return Response({"status": "leaving"}, status=503)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            return Response({"status": "database unreachable"}, status=503)
        return Response({"status": "ok"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for whoever knows METRICS_TOKEN; open where none is set and DEBUG is on."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if (settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), expected.encode())) or (
        not settings.METRICS_TOKEN and settings.DEBUG
    ):
        return HttpResponse(render_metrics(), content_type=CONTENT_TYPE_LATEST)
    raise Http404


@csrf_exempt  # the same answer whatever the method; there is nothing here to protect
def unknown_endpoint(request: HttpRequest) -> HttpResponse:
    """Answer in the API's own shape where no endpoint matches."""
    return _as_http(problem(request, status=404, code="not_found", title=_("There is no such endpoint")))


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer what Django itself refuses before any view: a strange host, thousands of parameters."""
    if request.path.startswith("/api/"):
        return _as_http(
            problem(request, status=400, code="bad_request", title=_("This request cannot be read"))
        )
    return HttpResponse("This request cannot be read.", status=400)


def handler500(request: HttpRequest) -> HttpResponse:
    away = is_away(sys.exception())
    if request.path.startswith("/api/"):
        return _as_http(unavailable(request) if away else server_error(request))
    words = "Something broke on our side. Please try again in a moment."
    if away:
        return HttpResponse(words, status=503, headers={"Retry-After": "5"})
    return HttpResponse(words, status=500)


def _as_http(response: Response) -> HttpResponse:
    kept = {name: response[name] for name in ("Retry-After",) if name in response}
    return HttpResponse(
        dumps(response.data),
        status=response.status_code,
        headers=kept | {"Content-Type": response.content_type or ""},
    )

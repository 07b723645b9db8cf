"""How endpoints describe themselves in OpenAPI: errors and parameters are declared once, on the view."""

import inspect
from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance, get_doc
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework.permissions import AllowAny

from delux.core import errors
from delux.core.api.errors import status_of
from delux.core.api.serializers import Problem, StrictSerializer
from delux.core.idempotency import IdempotencyKeyReused, RequestInProgress

_WORDS = {
    400: "The request is malformed; `errors` names the fields.",
    401: "No valid access token.",
    403: "Visible, but not allowed.",
    404: "Not there, or not yours.",
    409: "Not possible in the current state.",
    413: "The body is too large.",
    415: "The Content-Type is not accepted.",
    422: "The Idempotency-Key was used for another request.",
    429: "Too many attempts; Retry-After says when to come back.",
    503: "Too busy (nothing was changed), or away (something may have been): repeat after Retry-After"
    ", under the same Idempotency-Key; where there is none, look first.",
}


class DeluxSchema(AutoSchema):
    """Reads ``raises``, ``query_serializer`` and ``idempotent`` off core.api.views.View."""

    def get_description(self) -> str:  # type: ignore[override] # the library's own signature
        """Describe an operation by its method's or view's own docstring, never by the base class's."""
        method = getattr(self.view, self.method.lower(), None)
        return get_doc(method) or inspect.cleandoc(type(self.view).__doc__ or "")

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = []
        if query := getattr(self.view, "query_serializers", {}).get(self.method.lower()):
            parameters.append(query)
        if self._is_idempotent():
            parameters.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    location=OpenApiParameter.HEADER,
                    required=True,
                    type={"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
                    description="A new value for each new intention; a repeat gets the first answer.",
                )
            )
        return parameters

    def _is_idempotent(self) -> bool:
        return self.method in getattr(self.view, "idempotent", ())

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if direction == "request" and _is_strict(serializer):
            schema["additionalProperties"] = False
        return schema

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status, found in sorted(self._errors_by_status().items()):
            if str(status) not in bodies:
                response = OpenApiResponse(
                    Problem, description=_WORDS[status], examples=_examples(status, found)
                )
                bodies[str(status)] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    response, str(status), media_types=["application/problem+json"], direction=direction
                )
        return bodies

    def _errors_by_status(self) -> dict[int, list[type[errors.DomainError]]]:
        kinds: list[type[errors.DomainError]] = [
            errors.Invalid,
            errors.Unauthenticated,
            errors.Busy,
            errors.Unavailable,
        ]
        if not any(isinstance(permission, AllowAny) for permission in self.view.get_permissions()):
            kinds.append(errors.Forbidden)
        if "{" in self.path:
            kinds.append(errors.NotFound)
        if self._is_idempotent():
            kinds += [IdempotencyKeyReused, RequestInProgress]
        kinds += getattr(self.view, "raises", {}).get(self.method.lower(), ())
        by_status: dict[int, list[type[errors.DomainError]]] = {}
        for kind in kinds:
            by_status.setdefault(status_of(kind), []).append(kind)
        if self.method in ("POST", "PUT", "PATCH"):
            by_status.setdefault(413, []).append(errors.TooLarge)
            by_status.setdefault(415, [])
        return by_status


def _is_strict(serializer: Any) -> bool:
    return isinstance(force_instance(serializer), StrictSerializer)  # type: ignore[no-untyped-call]


def _examples(status: int, kinds: list[type[errors.DomainError]]) -> list[OpenApiExample]:
    return [
        OpenApiExample(
            kind.code,
            value={
                "type": f"urn:delux:error:{kind.code.replace('_', '-')}",
                "title": str(kind.title),
                "status": status,
                "detail": str(kind.title),
                "code": kind.code,
                "request_id": "5f0c2f6f3a1d4e0f9a7b",
                "errors": [],
            },
            response_only=True,
            status_codes=[str(status)],
        )
        for kind in kinds
    ]

"""The reference of the API, to read (Redoc) and to try (Swagger UI). Both come with packages of ours."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.utils import translation
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from delux.core.api.document import read_document
from delux.pages.shell import shared_head


class SchemaView(SpectacularAPIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def _get_schema_response(self, request: Request) -> Response:
        return Response(read_document(translation.get_language() or "en"))


class TryView(SpectacularSwaggerSplitView):
    """Swagger UI. Its script comes from an address of its own, so no script stands in the page."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    template_name = "pages/swagger.html"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no hints
        return _in_our_frame(response, "try")


# Redoc searches in a worker, which it makes of a text of its own.
@method_decorator(csp_update({"worker-src": [SELF, "blob:"]}), name="dispatch")
class ReferenceView(SpectacularRedocView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    template_name = "pages/redoc.html"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no hints
        return _in_our_frame(response, "reference")


def _in_our_frame(response: Response, place: str) -> Response:
    response.data |= {"place": place, "shared_head": shared_head(themed=False)}
    return response

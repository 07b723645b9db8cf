"""What the site says when somebody opens the page of an event or a product."""

import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from delux.core.api.serializers import IdField, StrictSerializer
from delux.core.api.views import View
from delux.core.client import client_address
from delux.core.errors import NotFound, TooMany
from delux.core.pace import MINUTE, within_pace
from delux.crm.selectors.page_views import Kind
from delux.crm.services.page_views import count_view

# Of one address: a whole stadium may stand behind it.
A_MINUTE = 240
# Those who read pages by machine and say so; the others run no script of ours, for the most part.
_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|headless|lighthouse|curl|wget|python|scrapy|facebookexternalhit",
    re.IGNORECASE,
)


class PageViewInput(StrictSerializer):
    """One of the two."""

    event = IdField(required=False)
    product = IdField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(_("Name an event or a product."), code="required")
        return attrs


class PageViewsView(View):
    """It asks for no account and looks at none: nobody is remembered."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    is_read_back = False
    raises = {"post": (NotFound, TooMany)}

    @extend_schema(
        operation_id="page_views_count",
        summary="Tell that the page of an event or a product was opened",
        description="Counted by day, without anything about who opened it; robots are left out.",
        tags=["Service"],
        request=PageViewInput,
        responses={204: None},
        auth=[],
        examples=[OpenApiExample("An event", value={"event": 12}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        page = self.read(request, PageViewInput)
        kind: Kind = "event" if "event" in page else "product"
        agent = request.headers.get("User-Agent", "")
        if not agent or _ROBOT.search(agent):
            return Response(status=204)
        if not within_pace(f"views:{client_address(request)}", a_minute=A_MINUTE):
            raise TooMany(extra={"retry_after": MINUTE})
        count_view(kind=kind, page_id=page[kind], at=timezone.now())
        return Response(status=204)

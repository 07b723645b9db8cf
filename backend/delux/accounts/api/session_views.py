"""Where I am signed in, and ending it."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api import browser
from delux.accounts.api.viewer import signed_in
from delux.accounts.models import TokenFamily
from delux.accounts.selectors.families import get_session, list_sessions
from delux.accounts.services.families import revoke_families
from delux.accounts.user_agents import name_browser, name_system
from delux.core.api.views import View


class SignInOutput(serializers.Serializer):
    """One sign-in on one device."""

    id = serializers.IntegerField()
    browser = serializers.CharField(help_text="Such as `Chrome`; empty for one that is not known.")
    system = serializers.CharField(help_text="Such as `Android`; empty for one that is not known.")
    started_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(help_text="To within the life of an access token.")
    is_current = serializers.BooleanField(help_text="This browser; always false for other clients.")


def sign_in_json(family: TokenFamily, *, current: str) -> dict[str, Any]:
    """Return what SignInOutput describes."""
    return {
        "id": family.pk,
        "browser": name_browser(family.user_agent),
        "system": name_system(family.user_agent),
        "started_at": family.created_at,
        "last_used_at": family.rotated_at,
        "is_current": family.key_hash == current,
    }


class SessionsView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="auth_sessions_list",
        summary="Where I am signed in",
        tags=["Account"],
        responses=SignInOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        current = browser.current_family(request)
        families = list_sessions(viewer=signed_in(request), at=timezone.now())
        return Response([sign_in_json(family, current=current) for family in families])

    @extend_schema(
        operation_id="auth_sessions_end_all",
        summary="Sign out everywhere, here too",
        tags=["Account"],
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        revoke_families(user=signed_in(request), now=timezone.now())
        response = Response(status=204)
        browser.forget_refresh(response)
        return response


class SessionView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="auth_sessions_end",
        summary="End one of my sign-ins",
        tags=["Account"],
        responses={204: None},
    )
    def delete(self, request: Request, session_id: int) -> Response:
        user, now = signed_in(request), timezone.now()
        revoke_families(user=user, now=now, only=get_session(viewer=user, session_id=session_id, at=now))
        return Response(status=204)

"""Whose news somebody does not want: by the link of a mail, without signing in, and in one's settings."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.core.api.views import View
from delux.notifications.selectors.silences import get_sender, is_silenced, list_silences
from delux.notifications.services.silencing import end_silence, hear_again, silence
from delux.notifications.silence_links import SilenceLink, read_silence_link


class UnsubscribeOutput(serializers.Serializer):
    organizer_name = serializers.CharField()
    organizer_slug = serializers.CharField()
    is_silenced = serializers.BooleanField(help_text="No more news of this organizer are sent.")


class SilenceOutput(serializers.Serializer):
    organizer_name = serializers.CharField()
    organizer_slug = serializers.CharField()
    created_at = serializers.DateTimeField()


class UnsubscribeView(View):
    """The address in the List-Unsubscribe header, which mail programs POST a form to; nothing reads it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="unsubscribe_get",
        summary="Whose news the link of a mail ends",
        tags=["Account"],
        responses=UnsubscribeOutput,
        auth=[],
    )
    def get(self, request: Request, silence_token: str) -> Response:
        return Response(_show(read_silence_link(silence_token)))

    @extend_schema(
        operation_id="unsubscribe",
        summary="No more news of this organizer",
        description="One click of a mail program (RFC 8058) comes here. Doing it again is no error.",
        tags=["Account"],
        request=None,
        responses=UnsubscribeOutput,
        auth=[],
    )
    def post(self, request: Request, silence_token: str) -> Response:
        link = read_silence_link(silence_token)
        get_sender(link)
        silence(link)
        return Response(_show(link))

    @extend_schema(
        operation_id="unsubscribe_undo",
        summary="News of this organizer after all",
        tags=["Account"],
        responses={200: UnsubscribeOutput},
        auth=[],
    )
    def delete(self, request: Request, silence_token: str) -> Response:
        link = read_silence_link(silence_token)
        hear_again(link)
        return Response(_show(link))


class SilencesView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="silences_list",
        summary="Organizers whose news I do not want",
        tags=["Account"],
        responses=SilenceOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(
            [
                {
                    "organizer_name": row.organizer.display_name,
                    "organizer_slug": row.organizer.slug,
                    "created_at": row.created_at,
                }
                for row in list_silences(viewer=signed_in(request))
            ]
        )


class SilenceView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="silences_end",
        summary="Hear of an organizer again",
        tags=["Account"],
        responses={204: None},
    )
    def delete(self, request: Request, organizer_slug: str) -> Response:
        end_silence(user=signed_in(request), organizer_slug=organizer_slug)
        return Response(status=204)


def _show(link: SilenceLink) -> dict[str, Any]:
    sender = get_sender(link)
    return {
        "organizer_name": sender.display_name,
        "organizer_slug": sender.slug,
        "is_silenced": is_silenced(link),
    }


urlpatterns = [
    path("unsubscribe/<str:silence_token>/", UnsubscribeView.as_view()),
    path("silences/", SilencesView.as_view()),
    path("silences/<str:organizer_slug>/", SilenceView.as_view()),
]

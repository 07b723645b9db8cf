from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.viewer import signed_in
from delux.core.api import pagination
from delux.core.api.views import View
from delux.notifications.api.serializers import (
    NotificationPage,
    NotificationsQuery,
    ReadAllInput,
    notifications_json,
)
from delux.notifications.selectors.notifications import get_notification, list_notifications
from delux.notifications.services.reading import mark_all_read, mark_read


class NotificationsView(View):
    permission_classes = (IsAuthenticated,)
    query_serializers: ClassVar = {"get": NotificationsQuery}

    @extend_schema(
        operation_id="notifications_list",
        summary="What I have been told",
        tags=["Account"],
        responses=NotificationPage,
    )
    def get(self, request: Request) -> Response:
        rows = list_notifications(viewer=signed_in(request), unread=self.query["unread"])
        return Response(pagination.page(request, rows, self.query, notifications_json))


class ReadNotificationView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="notifications_read",
        summary="Mark as read",
        description="Doing it again is no error.",
        tags=["Account"],
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, notification_id: int) -> Response:
        notification = get_notification(viewer=signed_in(request), notification_id=notification_id)
        mark_read(notification=notification, at=timezone.now())
        return Response(status=204)


class ReadAllView(View):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="notifications_read_all",
        summary="Mark all as read",
        description="Those up to the newest that was seen. Doing it again is no error.",
        tags=["Account"],
        request=ReadAllInput,
        responses={204: None},
        examples=[OpenApiExample("All on the screen", value={"up_to": 4217}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        up_to = self.read(request, ReadAllInput)["up_to"]
        mark_all_read(user=signed_in(request), up_to=up_to, at=timezone.now())
        return Response(status=204)

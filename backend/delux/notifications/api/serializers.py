from typing import Any

from rest_framework import serializers

from delux.core.api.serializers import PageQuery, StrictSerializer, page_of
from delux.notifications.kinds import ORGANIZERS_WORDS, Kind
from delux.notifications.mail import path_of
from delux.notifications.models import Notification


class NotificationsQuery(PageQuery):
    unread = serializers.BooleanField(required=False, default=False, help_text="Only what has not been read.")


class ReadAllInput(StrictSerializer):
    up_to = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        help_text="The newest that was seen; what came after it stays unread.",
    )


class NotificationOutput(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    title = serializers.CharField(help_text="In the language the person had when it was told.")
    body = serializers.CharField()
    sender = serializers.CharField(help_text="The organizer whose words these are, else empty.")
    path = serializers.CharField(help_text="The page of the product it leads to.")
    read_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


NotificationPage = page_of(NotificationOutput)


def notifications_json(rows: list[Notification]) -> list[dict[str, Any]]:
    """Return what NotificationOutput describes, for each row."""
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "title": row.title,
            "body": row.body,
            "sender": row.data["organizer_name"] if row.kind in ORGANIZERS_WORDS else "",
            "path": path_of(row),
            "read_at": row.read_at,
            "created_at": row.created_at,
        }
        for row in rows
    ]

from typing import Any

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from delux.notifications.models import Delivery, Invitation, Notification, Silence


class _ReadOnly:
    """Rows that only services write."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class DeliveryInline(_ReadOnly, TabularInline):
    model = Delivery
    fields = ("channel", "status", "attempts", "next_attempt_at", "sent_at", "error")
    extra = 0


@admin.register(Notification)
class NotificationAdmin(_ReadOnly, ModelAdmin):
    """What people were told, as they were told it."""

    list_display = ("user", "kind", "title", "created_at", "read_at")
    list_filter = ("kind", "created_at")
    search_fields = ("title", "dedupe_key", "user__email")
    list_select_related = ("user",)
    fields = (
        "user",
        "kind",
        "title",
        "body",
        "data",
        "dedupe_key",
        "created_at",
        "read_at",
    )
    inlines = (DeliveryInline,)


@admin.register(Invitation)
class InvitationAdmin(_ReadOnly, ModelAdmin):
    """What was mailed to addresses that need not have an account."""

    list_display = ("email", "kind", "title", "created_at")
    list_filter = ("kind",)
    search_fields = ("email", "dedupe_key")
    fields = ("email", "language", "kind", "title", "body", "dedupe_key", "created_at")
    inlines = (DeliveryInline,)


@admin.register(Delivery)
class DeliveryAdmin(_ReadOnly, ModelAdmin):
    """The post room: what is waiting, what was given up and why."""

    list_display = (
        "notification",
        "proof",
        "invitation",
        "code",
        "channel",
        "status",
        "attempts",
        "next_attempt_at",
        "sent_at",
        "error",
    )
    list_filter = ("status", "channel")
    search_fields = ("notification__user__email", "notification__title", "proof__email", "invitation__email")
    list_select_related = ("notification", "proof", "invitation", "code")
    fields = list_display


@admin.register(Silence)
class SilenceAdmin(_ReadOnly, ModelAdmin):
    """Who wants no more news of whom."""

    list_display = ("user", "organizer", "source", "created_at")
    search_fields = ("user__email", "organizer__display_name", "source")
    list_select_related = ("user", "organizer")
    fields = list_display

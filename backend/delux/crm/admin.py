from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from delux.crm.models import (
    CrmTask,
    CustomerNote,
    CustomerTag,
    DailyViews,
    Export,
    Mailing,
    MailingRecipient,
    TableImport,
)


@admin.register(CustomerNote)
class CustomerNoteAdmin(ModelAdmin):
    list_display = ("organizer", "customer", "author", "created_at")
    search_fields = ("organizer__display_name", "customer__email", "body")
    raw_id_fields = ("organizer", "customer", "author")
    list_select_related = ("organizer", "customer", "author")


@admin.register(CustomerTag)
class CustomerTagAdmin(ModelAdmin):
    list_display = ("name", "organizer", "customer")
    search_fields = ("name", "organizer__display_name", "customer__email")
    raw_id_fields = ("organizer", "customer")
    list_select_related = ("organizer", "customer")


@admin.register(CrmTask)
class CrmTaskAdmin(ModelAdmin):
    list_display = ("title", "organizer", "status", "priority", "due_at")
    list_filter = ("status", "priority")
    search_fields = ("title", "organizer__display_name", "customer__email")
    raw_id_fields = ("organizer", "customer", "order")
    readonly_fields = ("status", "done_at")
    list_select_related = ("organizer",)


class _Sent(ModelAdmin):
    """What organizers sent: to look at, as it was."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False


@admin.register(Mailing)
class MailingAdmin(_Sent):
    list_display = ("subject", "organizer", "status", "people_count", "silenced_count", "started_at")
    list_filter = ("status", "started_at")
    search_fields = ("subject", "organizer__display_name")
    list_select_related = ("organizer",)


@admin.register(MailingRecipient)
class MailingRecipientAdmin(_Sent):
    list_display = ("mailing", "user", "told_at")
    list_filter = ("told_at",)
    search_fields = ("mailing__subject", "user__email")
    list_select_related = ("mailing", "user")


@admin.register(DailyViews)
class DailyViewsAdmin(ModelAdmin):
    list_display = ("day", "organizer", "event", "product", "count")
    list_filter = ("day",)
    search_fields = ("organizer__display_name", "event__title", "product__title")
    list_select_related = ("organizer", "event", "product")
    readonly_fields = ("organizer", "event", "product", "day", "count")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False


@admin.register(TableImport)
class TableImportAdmin(_Sent):
    list_display = ("organizer", "kind", "file_name", "status", "rows_total", "bad_count", "created_at")
    list_filter = ("kind", "status", "created_at")
    search_fields = ("organizer__display_name", "file_name")
    list_select_related = ("organizer",)


@admin.register(Export)
class ExportAdmin(_Sent):
    list_display = ("organizer", "file_name", "status", "rows_done", "rows_total", "created_at")
    list_filter = ("status", "kind", "created_at")
    search_fields = ("organizer__display_name", "file_name")
    list_select_related = ("organizer",)

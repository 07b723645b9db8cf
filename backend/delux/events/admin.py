"""Staff name the kinds of sport and look at events; what organizers decide moves through services alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from delux.events.models import Event, EventAttendee, EventCategory, TicketTransfer, TicketType
from delux.events.services.listing import refresh_listings


class _ReadOnly:
    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


@admin.register(EventCategory)
class EventCategoryAdmin(ModelAdmin):
    list_display = ("slug", "name_ru", "name_kk", "name_ky", "name_en", "position")
    list_editable = ("position",)
    search_fields = ("slug", "name_ru", "name_kk", "name_ky", "name_en")

    def save_model(self, request: HttpRequest, obj: EventCategory, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:  # events are found by the names of their sport
            refresh_listings(event_ids=list(obj.events.values_list("pk", flat=True)))


class TicketTypeInline(_ReadOnly, TabularInline):
    model = TicketType
    extra = 0
    fields = (
        "name",
        "price",
        "currency",
        "quantity_total",
        "quantity_held",
        "quantity_sold",
        "sales_start",
        "sales_end",
    )
    readonly_fields = fields  # what is held and sold is not editable at all, so no form knows it


@admin.register(Event)
class EventAdmin(_ReadOnly, ModelAdmin):
    list_display = (
        "title",
        "organizer",
        "status",
        "format",
        "market",
        "start_datetime",
        "places_taken",
        "capacity",
    )
    list_filter = ("status", "format", "market", "category")
    list_select_related = ("organizer",)
    search_fields = ("title", "slug", "organizer__display_name")
    date_hierarchy = "start_datetime"
    exclude = ("search_text", "online_info")  # how to join is for those who paid
    inlines = (TicketTypeInline,)


@admin.register(EventAttendee)
class EventAttendeeAdmin(_ReadOnly, ModelAdmin):
    list_display = ("id", "attendee_name", "user", "ticket_type", "status", "checked_in_at", "created_at")
    list_filter = ("status",)
    list_select_related = ("user", "ticket_type")
    search_fields = ("attendee_name", "user__email", "ticket_type__event__title")
    exclude = ("qr_code",)  # whoever reads the code can walk in with it


@admin.register(TicketTransfer)
class TicketTransferAdmin(_ReadOnly, ModelAdmin):
    list_display = ("id", "ticket", "giver", "email", "taker", "status", "created_at", "decided_at")
    list_filter = ("status",)
    list_select_related = ("ticket", "giver", "taker")
    search_fields = ("email", "giver__email")
    exclude = ("old_code",)

from django.contrib import admin
from unfold.admin import ModelAdmin

from delux.crm.models import CrmTask, CustomerNote, CustomerTag


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

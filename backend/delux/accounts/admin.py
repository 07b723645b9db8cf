from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from delux.accounts.models import Address, OrganizerProfile, TokenFamily, User
from delux.accounts.services.families import revoke_families

admin.site.unregister(Group)  # rights are `is_staff` and ownership; nobody is in a group


class _ReadOnly:
    """Rows that only services write."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


_RECORD = ("date_joined", "last_login", "email_verified_at", "phone_verified_at", "token_version")


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    form, add_form, change_password_form = UserChangeForm, UserCreationForm, AdminPasswordChangeForm
    list_display = (
        "email",
        "phone",
        "first_name",
        "last_name",
        "market",
        "is_active",
        "is_staff",
        "date_joined",
    )
    list_filter = ("market", "language", "is_active", "is_staff")
    search_fields = ("email", "phone", "first_name", "last_name")
    ordering = ("-pk",)
    filter_horizontal = ()
    readonly_fields = (*_RECORD, "currency")
    fieldsets = (
        (None, {"fields": ("email", "phone", "password")}),
        (
            "About",
            {"fields": ("first_name", "last_name", "birthday", "city", "market", "currency", "language")},
        ),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Record", {"fields": _RECORD}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "password1", "password2")}),)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if "phone" in form.changed_data:
            obj.phone_verified_at = None
        super().save_model(request, obj, form, change)
        # A block or a new password ends every sign-in, so that unblocking does not bring an old one back.
        if change and {"is_active", "password"} & set(form.changed_data):
            revoke_families(user=obj, now=timezone.now())


@admin.register(OrganizerProfile)
class OrganizerProfileAdmin(ModelAdmin):
    list_display = ("display_name", "slug", "market", "city", "verified", "created_at")
    list_filter = ("verified", "market")
    search_fields = ("display_name", "slug", "user__email")
    autocomplete_fields = ("user",)
    # Everything sold is priced in the market's currency.
    readonly_fields = ("market", "created_at", "updated_at")


@admin.register(Address)
class AddressAdmin(ModelAdmin):
    list_display = ("recipient", "country", "city", "postal_code", "is_default")
    list_filter = ("country",)
    search_fields = ("recipient", "city", "user__email")
    autocomplete_fields = ("user",)


@admin.register(TokenFamily)
class TokenFamilyAdmin(_ReadOnly, ModelAdmin):
    """Who is signed in where. Sign-ins end by blocking the person."""

    list_display = ("user", "user_agent", "created_at", "rotated_at", "expires_at", "revoked_at", "reused_at")
    list_filter = ("revoked_at", "reused_at")
    search_fields = ("user__email",)
    list_select_related = ("user",)
    fields = list_display

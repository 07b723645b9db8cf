"""Staff look at money here; it moves only through the services."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from delux.core.errors import DomainError
from delux.payments.models import (
    MockCharge,
    MockRefund,
    Payment,
    Refund,
    RefundLine,
    RefundRequest,
    WebhookEvent,
)
from delux.payments.services.refunds import refund_order
from delux.payments.services.sending_refunds import retry_refund


class _ReadOnly:
    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class RefundInline(_ReadOnly, TabularInline):
    model = Refund
    fk_name = "payment"
    extra = 0
    fields = readonly_fields = (
        "created_at",
        "status",
        "amount",
        "currency",
        "organizer",
        "reason",
        "requested_by",
        "succeeded_at",
    )


class RefundLineInline(_ReadOnly, TabularInline):
    model = RefundLine
    extra = 0


@admin.register(Payment)
class PaymentAdmin(_ReadOnly, ModelAdmin):
    list_display = (
        "id",
        "order",
        "status",
        "amount",
        "refunded_amount",
        "currency",
        "provider",
        "card_last4",
        "created_at",
    )
    list_filter = ("status", "provider", "currency")
    search_fields = ("order__order_number", "provider_payment_id", "payer__email")
    list_select_related = ("order",)
    date_hierarchy = "created_at"
    exclude = ("idempotency_key", "request_hash")
    inlines = (RefundInline,)
    actions = ("give_all_back",)

    @admin.action(description=_("Give all that is left back to the buyer"), permissions=["refund"])
    def give_all_back(self, request: HttpRequest, payments: QuerySet[Payment]) -> None:
        for payment in payments.select_related("order"):
            try:
                refund_order(
                    order=payment.order,
                    organizer=None,
                    lines=None,
                    shipping=True,
                    reason=str(_("Refunded by Delux")),
                    requested_by=request.user,  # type: ignore[arg-type]  # the admin lets only people in
                    at=timezone.now(),
                )
            except DomainError as error:
                self.message_user(request, f"{payment.order}: {error}", messages.ERROR)

    def has_refund_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("payments.add_refund")


@admin.register(Refund)
class RefundAdmin(_ReadOnly, ModelAdmin):
    list_display = ("id", "payment", "status", "amount", "currency", "organizer", "attempts", "created_at")
    list_filter = ("status", "currency")
    search_fields = ("payment__order__order_number", "provider_refund_id")
    list_select_related = ("payment", "organizer")
    inlines = (RefundLineInline,)
    actions = ("try_again",)

    @admin.action(description=_("Ask the provider again for a refused refund"), permissions=["refund"])
    def try_again(self, request: HttpRequest, refunds: QuerySet[Refund]) -> None:
        for refund in refunds:
            try:
                retry_refund(refund=refund, requested_by=request.user, at=timezone.now())  # type: ignore[arg-type]
            except DomainError as error:
                self.message_user(request, f"{refund.pk}: {error}", messages.ERROR)

    def has_refund_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("payments.add_refund")


@admin.register(RefundRequest)
class RefundRequestAdmin(_ReadOnly, ModelAdmin):
    """What holders asked of organizers, and what came of it."""

    list_display = ("id", "asked_by", "organizer", "status", "created_at", "decided_at")
    list_filter = ("status",)
    search_fields = ("asked_by__email", "organizer__display_name")
    list_select_related = ("asked_by", "organizer")
    fields = (
        "ticket",
        "organizer",
        "asked_by",
        "status",
        "reason",
        "answer",
        "decided_by",
        "decided_at",
        "created_at",
    )


@admin.register(WebhookEvent)
class WebhookEventAdmin(_ReadOnly, ModelAdmin):
    list_display = (
        "id",
        "provider",
        "kind",
        "reference",
        "amount",
        "currency",
        "processed_at",
        "error",
        "created_at",
    )
    list_filter = ("provider", "kind", ("processed_at", admin.EmptyFieldListFilter))
    search_fields = ("event_id", "reference")


class MockRefundInline(_ReadOnly, TabularInline):
    model = MockRefund
    extra = 0


@admin.register(MockCharge)
class MockChargeAdmin(_ReadOnly, ModelAdmin):
    list_display = ("charge_id", "reference", "status", "amount", "refunded_amount", "currency", "settles_at")
    list_filter = ("status",)
    search_fields = ("charge_id", "reference")
    inlines = (MockRefundInline,)

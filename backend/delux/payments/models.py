"""Money in and out, and what providers tell us of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from delux.accounts.models import OrganizerProfile, User
from delux.core.models import BaseModel, agrees, status_check
from delux.core.money import ZERO, Currency, MoneyField
from delux.events.models import EventAttendee


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, viewer: User) -> Self:
        """Keep the viewer's own payments; sellers see refunds of their parts, never the payment."""
        return self.filter(payer=viewer)


class Payment(BaseModel):
    """One attempt to pay one order. Its id is the provider's idempotency key: asking twice charges once."""

    class Status(models.TextChoices):
        INITIATED = "initiated", "Initiated"
        SUCCEEDED = "succeeded", "Succeeded"
        FAILED = "failed", "Failed"
        REFUNDED = "refunded", "Refunded"

    NEXT: ClassVar[dict[str, set[str]]] = {
        Status.INITIATED: {Status.SUCCEEDED, Status.FAILED},
        Status.SUCCEEDED: {Status.REFUNDED},
        Status.FAILED: set(),
        Status.REFUNDED: set(),
    }

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="payments")
    # The order's buyer, repeated here so that one key of one person can mean one payment only.
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.INITIATED)
    amount = MoneyField()
    currency = models.CharField(max_length=3, choices=Currency.choices)
    refunded_amount = MoneyField(default=ZERO, editable=False)
    provider_payment_id = models.CharField(max_length=80, null=True, blank=True)
    card_brand = models.CharField(max_length=20, blank=True)
    card_last4 = models.CharField(max_length=4, blank=True)
    failure_code = models.CharField(max_length=40, blank=True)
    idempotency_key = models.CharField(max_length=255, blank=True)
    request_hash = models.CharField(
        max_length=64, blank=True, help_text="Keyed digest of the request behind the key"
    )
    # While a request talks to the provider it owns the payment until this time; a twin is told to wait.
    claimed_until = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            status_check(("initiated", "succeeded", "failed", "refunded"), "payment_status_known"),
            UniqueConstraint(fields=["provider", "provider_payment_id"], name="payment_provider_id_unique"),
            UniqueConstraint(
                fields=["order"], condition=~Q(status="failed"), name="payment_one_live_per_order"
            ),
            UniqueConstraint(
                fields=["payer", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="payment_key_once_per_payer",
            ),
            CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            CheckConstraint(
                condition=Q(refunded_amount__gte=0, refunded_amount__lte=F("amount")),
                name="payment_refunded_at_most_paid",
            ),
            CheckConstraint(
                condition=Q(status__in=["initiated", "failed"], paid_at__isnull=True)
                | Q(status__in=["succeeded", "refunded"], paid_at__isnull=False),
                name="payment_paid_at_agrees",
            ),
            CheckConstraint(condition=agrees("failed", "failed_at"), name="payment_failed_at_agrees"),
            CheckConstraint(
                condition=~Q(status="refunded") | Q(refunded_amount=F("amount")),
                name="payment_refunded_means_all",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(status="initiated"), name="payment_undecided"),
        ]


class Refund(BaseModel):
    """Money going back: the whole of a payment, or lines of its order."""

    class Status(models.TextChoices):
        INITIATED = "initiated", "Initiated"
        SUCCEEDED = "succeeded", "Succeeded"
        FAILED = "failed", "Failed"

    # A refused refund stays refused; staff asks again with a new one (services.sending_refunds.retry_refund).
    NEXT: ClassVar[dict[str, set[str]]] = {
        Status.INITIATED: {Status.SUCCEEDED, Status.FAILED},
        Status.SUCCEEDED: set(),
        Status.FAILED: set(),
    }

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    organizer = models.ForeignKey(
        "accounts.OrganizerProfile",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose part is given back; empty when Delux gives the whole back by itself",
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.INITIATED)
    amount = MoneyField()
    currency = models.CharField(max_length=3, choices=Currency.choices)
    reason = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    retry_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="retry"
    )
    provider_refund_id = models.CharField(max_length=80, null=True, blank=True, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=models.functions.Now())
    succeeded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            status_check(("initiated", "succeeded", "failed"), "refund_status_known"),
            CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
            CheckConstraint(condition=agrees("succeeded", "succeeded_at"), name="refund_succeeded_at_agrees"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(status="initiated"), name="refund_undecided")
        ]


class RefundLine(BaseModel):
    """How many of an order's line a refund gives back and for how much, or whose shipping."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    order_item = models.ForeignKey("orders.OrderItem", null=True, on_delete=models.PROTECT, related_name="+")
    fulfilment = models.ForeignKey("orders.Fulfilment", null=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    amount = MoneyField()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(quantity__gte=1, amount__gte=0), name="refund_line_positive"),
            CheckConstraint(
                condition=Q(order_item__isnull=False, fulfilment__isnull=True)
                | Q(order_item__isnull=True, fulfilment__isnull=False, quantity=1),
                name="refund_line_of_item_or_shipping",
            ),
            UniqueConstraint(fields=["refund", "order_item"], name="refund_line_once_per_item"),
            UniqueConstraint(fields=["fulfilment"], name="refund_line_shipping_once"),
        ]


class RefundRequestQuerySet(models.QuerySet["RefundRequest"]):
    def visible_to(self, organizer: OrganizerProfile) -> Self:
        """Keep what the organizer is asked."""
        return self.filter(organizer=organizer)

    def awaiting(self) -> Self:
        """Keep what is still to be decided: its ticket is good and in the hands of whoever asked."""
        return self.filter(
            status=RefundRequest.Status.OPEN,
            ticket__status=EventAttendee.Status.PAID,
            ticket__user=F("asked_by"),
        )


class RefundRequest(BaseModel):
    """A holder asks the organizer to take one ticket back, outside the event's own rule."""

    class Status(models.TextChoices):
        OPEN = "open", "To be decided"
        GRANTED = "granted", "Granted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    NEXT: ClassVar[dict[str, set[str]]] = {
        Status.OPEN: {Status.GRANTED, Status.DECLINED, Status.WITHDRAWN},
        Status.GRANTED: set(),
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
    }

    ticket = models.ForeignKey("events.EventAttendee", on_delete=models.PROTECT, related_name="+")
    organizer = models.ForeignKey("accounts.OrganizerProfile", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True, help_text="Why it was declined, for whoever asked")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RefundRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            status_check(("open", "granted", "declined", "withdrawn"), "refund_request_status_known"),
            UniqueConstraint(
                fields=["ticket"], condition=Q(status="open"), name="refund_request_one_open_per_ticket"
            ),
            CheckConstraint(
                condition=Q(status="open", decided_at__isnull=True)
                | ~Q(status="open") & Q(decided_at__isnull=False),
                name="refund_request_decided_at_agrees",
            ),
        ]


class WebhookEvent(BaseModel):
    """What a provider said, stored before it is acted on; each provider event counts once."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    # What it claims, to be compared with our payment before the provider is asked.
    reference = models.CharField(max_length=80)
    amount = MoneyField()
    currency = models.CharField(max_length=3)
    payload = models.JSONField()
    attempts = models.PositiveSmallIntegerField(default=0)
    processed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["provider", "event_id"], name="webhook_event_once")]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(processed_at__isnull=True),
                name="webhook_event_unprocessed",
            )
        ]


class MockCharge(BaseModel):
    """The mock provider's own memory, kept apart from Payment as a real provider's would be."""

    charge_id = models.CharField(max_length=80, unique=True)
    reference = models.CharField(
        max_length=80, unique=True, help_text="The caller's idempotency key: the payment's id"
    )
    amount = MoneyField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10)
    failure_code = models.CharField(max_length=40, blank=True)
    settles_at = models.DateTimeField(null=True, blank=True)
    refunded_amount = MoneyField(default=ZERO)

    class Meta:
        constraints = [
            status_check(("pending", "succeeded", "failed"), "mock_charge_status_known"),
            CheckConstraint(
                condition=Q(refunded_amount__lte=F("amount")), name="mock_charge_refunded_at_most_charged"
            ),
        ]
        indexes = [
            models.Index(fields=["settles_at"], condition=Q(status="pending"), name="mock_charge_pending")
        ]


class MockRefund(BaseModel):
    """A refund in the mock provider's memory: the same key gives the same money back once."""

    charge = models.ForeignKey(MockCharge, on_delete=models.CASCADE, related_name="refunds")
    key = models.CharField(
        max_length=80, unique=True, help_text="The caller's idempotency key: the refund's id"
    )
    amount = MoneyField()

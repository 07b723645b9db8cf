"""From basket to delivered: what was bought, of whom, and where each part stands."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from delux.accounts.models import OrganizerProfile, User
from delux.core.markets import Market
from delux.core.models import BaseModel, agrees, status_check
from delux.core.money import ZERO, Currency, MoneyField


class ItemType(models.TextChoices):
    PRODUCT = "product", "Gear"
    TICKET = "ticket", "Ticket"


# Exactly one of the two, and the type says which.
_ONE_TARGET = Q(item_type="product", variant__isnull=False, ticket_type__isnull=True) | Q(
    item_type="ticket", variant__isnull=True, ticket_type__isnull=False
)


class Cart(BaseModel):
    """A person's one basket; made when the first line is put into it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cart")


class CartItem(BaseModel):
    """A wish, not a promise: nothing is held until the order is placed."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="items")
    item_type = models.CharField(max_length=10, choices=ItemType.choices)
    variant = models.ForeignKey(
        "market.Variant", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    ticket_type = models.ForeignKey(
        "events.TicketType", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    quantity = models.PositiveIntegerField()
    # The price the buyer last saw, so that a change is shown and never silent; orders use today's price.
    seen_price = MoneyField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            CheckConstraint(condition=_ONE_TARGET, name="cart_item_one_target"),
            CheckConstraint(condition=Q(quantity__gte=1), name="cart_item_at_least_one"),
            UniqueConstraint(fields=["cart", "variant"], name="cart_item_variant_once"),
            UniqueConstraint(fields=["cart", "ticket_type"], name="cart_item_ticket_type_once"),
        ]


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, viewer: User) -> Self:
        """Keep the viewer's own orders; organizers see theirs in parts (FulfilmentQuerySet)."""
        return self.filter(user=viewer)

    def lapsed(self, at: datetime) -> Self:
        """Keep unpaid orders whose time to pay is over and whose payment is not being decided at ``at``."""
        return self.filter(
            Q(payment_in_flight_until__isnull=True) | Q(payment_in_flight_until__lte=at),
            status=Order.Status.PENDING_PAYMENT,
            expires_at__lte=at,
        )


class Order(BaseModel):
    """One purchase of one person: paid once, fulfilled in parts by each organizer."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        PENDING_PAYMENT = "pending_payment", "Awaiting payment"
        PAID = "paid", "Paid"
        CANCELED = "canceled", "Canceled"
        REFUNDED = "refunded", "Refunded"
        SHIPPED = "shipped", "Shipped"
        COMPLETED = "completed", "Completed"

    class PaymentStatus(models.TextChoices):
        UNPAID = "unpaid", "Unpaid"
        PAID = "paid", "Paid"
        REFUNDED = "refunded", "Refunded"

    class DeliveryType(models.TextChoices):
        NONE = "none", "Nothing to deliver"
        PICKUP = "pickup", "Pickup"
        DELIVERY = "delivery", "Delivery"

    class CancelReason(models.TextChoices):
        BUYER = "buyer", "By the buyer"
        EXPIRED = "expired", "Not paid in time"

    # Canceled leads to paid only for money that comes late (services.payment; docs/decisions/0010).
    NEXT: ClassVar[dict[str, set[str]]] = {
        Status.NEW: {Status.PENDING_PAYMENT, Status.PAID},
        Status.PENDING_PAYMENT: {Status.PAID, Status.CANCELED},
        Status.PAID: {Status.SHIPPED, Status.COMPLETED, Status.REFUNDED},
        Status.SHIPPED: {Status.COMPLETED, Status.REFUNDED},
        Status.COMPLETED: {Status.REFUNDED},
        Status.CANCELED: {Status.PAID},
        Status.REFUNDED: set(),
    }

    order_number = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders")
    market = models.CharField(max_length=3, choices=Market.choices)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NEW)
    payment_status = models.CharField(
        max_length=10, choices=PaymentStatus.choices, default=PaymentStatus.UNPAID
    )
    delivery_type = models.CharField(max_length=10, choices=DeliveryType.choices, default=DeliveryType.NONE)
    subtotal = MoneyField()
    discount = MoneyField(default=ZERO)
    shipping = MoneyField(default=ZERO)
    tax = MoneyField(default=ZERO)
    total_amount = MoneyField()
    # Payments' refunds keep it (services.refunding.note_refunded). It may pass the total: a second payment
    # that came too late goes back as well.
    refunded_amount = MoneyField(default=ZERO, editable=False)
    currency = models.CharField(max_length=3, choices=Currency.choices)
    expires_at = models.DateTimeField(null=True, blank=True)
    # A provider is being asked for the money: until then nobody cancels the order or gives its stock away.
    payment_in_flight_until = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.CharField(max_length=10, choices=CancelReason.choices, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            status_check(
                ("new", "pending_payment", "paid", "canceled", "refunded", "shipped", "completed"),
                "order_status_known",
            ),
            CheckConstraint(
                condition=Q(total_amount=F("subtotal") - F("discount") + F("shipping") + F("tax")),
                name="order_total_adds_up",
            ),
            CheckConstraint(
                condition=Q(
                    subtotal__gte=0, discount__gte=0, shipping__gte=0, tax__gte=0, total_amount__gte=0
                ),
                name="order_amounts_not_negative",
            ),
            CheckConstraint(condition=agrees("pending_payment", "expires_at"), name="order_unpaid_expires"),
            CheckConstraint(
                condition=Q(status__in=["new", "pending_payment", "canceled"], paid_at__isnull=True)
                | Q(status__in=["paid", "shipped", "completed", "refunded"], paid_at__isnull=False),
                name="order_paid_at_agrees",
            ),
            CheckConstraint(condition=agrees("canceled", "canceled_at"), name="order_canceled_at_agrees"),
            CheckConstraint(
                condition=Q(status="canceled", cancel_reason__in=["buyer", "expired"])
                | ~Q(status="canceled") & Q(cancel_reason=""),
                name="order_cancel_reason_agrees",
            ),
            CheckConstraint(condition=Q(refunded_amount__gte=0), name="order_refunded_not_negative"),
            CheckConstraint(condition=agrees("refunded", "refunded_at"), name="order_refunded_at_agrees"),
            CheckConstraint(condition=agrees("shipped", "shipped_at"), name="order_shipped_at_agrees"),
            CheckConstraint(condition=agrees("completed", "completed_at"), name="order_completed_at_agrees"),
            CheckConstraint(
                condition=Q(status__in=["new", "pending_payment", "canceled"], payment_status="unpaid")
                | Q(status__in=["paid", "shipped", "completed"], payment_status="paid")
                | Q(status="refunded", payment_status="refunded"),
                name="order_payment_status_agrees",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(status="pending_payment"), name="order_awaiting_payment"
            ),
            models.Index(fields=["user", "-created_at"], name="order_of_user"),
        ]

    def __str__(self) -> str:
        return self.order_number


class OrderItem(BaseModel):
    """A line of an order, frozen at purchase: title, options, picture and price as the buyer saw them."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    item_type = models.CharField(max_length=10, choices=ItemType.choices)
    variant = models.ForeignKey(
        "market.Variant", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ticket_type = models.ForeignKey(
        "events.TicketType", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organizer = models.ForeignKey("accounts.OrganizerProfile", on_delete=models.PROTECT, related_name="+")
    # No column: the seller's part of the order this line is in, joined by both keys without the order itself.
    part = models.ForeignObject(
        "orders.Fulfilment",
        from_fields=["order", "organizer"],
        to_fields=["order", "organizer"],
        on_delete=models.DO_NOTHING,
        related_name="lines",
    )
    quantity = models.PositiveIntegerField()
    refunded_quantity = models.PositiveIntegerField(default=0, editable=False)
    unit_price = MoneyField()
    total_price = MoneyField()
    title = models.CharField(max_length=160)
    options = models.JSONField(
        default=dict, help_text="What was chosen: size and colour, or ticket type and event start"
    )
    image = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            CheckConstraint(condition=_ONE_TARGET, name="order_item_one_target"),
            CheckConstraint(condition=Q(quantity__gte=1, unit_price__gte=0), name="order_item_positive"),
            CheckConstraint(
                condition=Q(total_price=F("unit_price") * F("quantity")), name="order_item_total_adds_up"
            ),
            CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity")), name="order_item_refunded_at_most_bought"
            ),
            UniqueConstraint(fields=["order", "variant"], name="order_item_variant_once"),
            UniqueConstraint(fields=["order", "ticket_type"], name="order_item_ticket_type_once"),
        ]
        indexes = [
            # With fulfilment_sold it answers an organizer's sums without touching either table.
            models.Index(
                fields=["organizer", "order"],
                include=[
                    "ticket_type",
                    "variant",
                    "item_type",
                    "quantity",
                    "refunded_quantity",
                    "unit_price",
                ],
                name="order_item_sums",
            )
        ]


class FulfilmentQuerySet(models.QuerySet["Fulfilment"]):
    def visible_to(self, organizer: OrganizerProfile) -> Self:
        """Keep the organizer's own parts, from when they are paid for."""
        return self.filter(organizer=organizer, opened_at__isnull=False)


class Fulfilment(BaseModel):
    """One organizer's part of an order: what it must hand over, and how far it is."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Awaiting payment"
        OPEN = "open", "To be fulfilled"
        PACKED = "packed", "Packed"
        SHIPPED = "shipped", "Shipped"
        COMPLETED = "completed", "Completed"
        CANCELED = "canceled", "Canceled"

    # A part of tickets alone is completed when it is paid; a pickup is packed, then completed.
    NEXT: ClassVar[dict[str, set[str]]] = {
        Status.WAITING: {Status.OPEN, Status.COMPLETED, Status.CANCELED},
        Status.OPEN: {Status.PACKED, Status.SHIPPED, Status.COMPLETED, Status.CANCELED},
        Status.PACKED: {Status.SHIPPED, Status.COMPLETED, Status.CANCELED},
        Status.SHIPPED: {Status.COMPLETED, Status.CANCELED},
        Status.COMPLETED: {Status.CANCELED},
        # Back from the dead with its order, when money comes late.
        Status.CANCELED: {Status.OPEN, Status.COMPLETED},
    }

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="fulfilments")
    organizer = models.ForeignKey(
        "accounts.OrganizerProfile", on_delete=models.PROTECT, related_name="fulfilments"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    has_gear = models.BooleanField()
    subtotal = MoneyField()
    shipping = MoneyField(default=ZERO, help_text="This organizer's part of the order's shipping")
    currency = models.CharField(max_length=3, choices=Currency.choices, help_text="The order's")
    tracking_number = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)

    objects = FulfilmentQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["order", "organizer"], name="fulfilment_one_part_per_organizer"),
            status_check(
                ("waiting", "open", "packed", "shipped", "completed", "canceled"), "fulfilment_status_known"
            ),
            CheckConstraint(
                condition=Q(status__in=["waiting", "canceled"]) | Q(opened_at__isnull=False),
                name="fulfilment_opened_at_agrees",
            ),
            CheckConstraint(condition=agrees("shipped", "shipped_at"), name="fulfilment_shipped_at_agrees"),
            CheckConstraint(
                condition=agrees("completed", "completed_at"), name="fulfilment_completed_at_agrees"
            ),
            CheckConstraint(
                condition=agrees("canceled", "canceled_at"), name="fulfilment_canceled_at_agrees"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organizer", "-opened_at", "-id"],
                condition=Q(opened_at__isnull=False),
                name="fulfilment_desk",
            ),
            models.Index(
                fields=["organizer", "currency", "opened_at"],
                include=["order"],
                condition=Q(opened_at__isnull=False),
                name="fulfilment_sold",
            ),
            models.Index(
                fields=["organizer", "created_at"],
                include=["currency", "opened_at"],
                name="fulfilment_placed",
            ),
            models.Index(
                fields=["organizer"],
                condition=Q(has_gear=True, status__in=["open", "packed"]),
                name="fulfilment_to_hand_over",
            ),
        ]


class ShippingAddress(BaseModel):
    """Where one order goes, as checked and frozen when it was placed."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="shipping_address")
    recipient = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=12)
    comment = models.CharField(max_length=300, blank=True)


class OrderStatusHistory(BaseModel):
    """Every change of an order's or a part's status after it was placed; never changed, never deleted."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="history")
    fulfilment = models.ForeignKey(
        Fulfilment, null=True, blank=True, on_delete=models.CASCADE, related_name="history"
    )
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "order status history"

"""What people are told. The row is written with the fact it tells of; its delivery follows (the outbox)."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q, UniqueConstraint

from delux.accounts.models import EmailProof, OrganizerProfile, User, VerificationCode
from delux.core.models import BaseModel, agrees, status_check
from delux.core.trace import current_request


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, viewer: User) -> "NotificationQuerySet":
        """What one person is told is nobody else's to read."""
        return self.filter(user=viewer)


class Notification(BaseModel):
    """One thing told to one person, once: ``dedupe_key`` names the fact, e.g. ``order-paid:17``."""

    class Priority(models.TextChoices):
        LOW = "low", "Low"
        NORMAL = "normal", "Normal"
        HIGH = "high", "High"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    priority = models.CharField(max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    read_at = models.DateTimeField(null=True, blank=True)
    dedupe_key = models.CharField(max_length=120)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["user", "dedupe_key"], name="notification_told_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="notification_of_user")]

    def __str__(self) -> str:
        return self.title


class Invitation(BaseModel):
    """One thing told by mail alone, to an address that need not be anybody's here; told once, as above."""

    email = models.EmailField()
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.title


# What a delivery may be of, one of them each.
ABOUT = ("notification", "proof", "invitation", "code")


def _one_of(*names: str) -> Q:
    """Tell that exactly one of the named fields is set."""
    ways = (Q(**{f"{name}__isnull": name != given for name in names}) for given in names)
    return reduce(or_, ways)


class Delivery(BaseModel):
    """A notification, an invitation, or what proves an e-mail or phone, on its way by one channel."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        SMS = "sms", "SMS"

    class Status(models.TextChoices):
        PENDING = "pending", "Pending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up"

    NEXT = {Status.PENDING: {Status.SENT, Status.FAILED}, Status.SENT: set(), Status.FAILED: {Status.PENDING}}

    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    proof = models.ForeignKey(
        EmailProof, on_delete=models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, related_name="delivery", null=True, blank=True
    )
    code = models.OneToOneField(
        VerificationCode, on_delete=models.CASCADE, related_name="delivery", null=True, blank=True
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=models.functions.Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(
        max_length=64, blank=True, editable=False, default=current_request, db_default=""
    )

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            UniqueConstraint(fields=["notification", "channel"], name="delivery_once_per_channel"),
            UniqueConstraint(fields=["proof", "channel"], name="delivery_of_proof_once_per_channel"),
            models.CheckConstraint(condition=_one_of(*ABOUT), name="delivery_of_one_of_four"),
            status_check(("pending", "sent", "failed"), "delivery_status_known"),
            models.CheckConstraint(condition=agrees("sent", "sent_at"), name="delivery_sent_has_time"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(status="pending"), name="delivery_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"


class SilenceQuerySet(models.QuerySet["Silence"]):
    def visible_to(self, viewer: User) -> "SilenceQuerySet":
        """Whom somebody does not want to hear of is for that person to see."""
        return self.filter(user=viewer)


class Silence(BaseModel):
    """A person who wants no more news of an organizer. What they must know of their tickets still comes."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="silences")
    organizer = models.ForeignKey(OrganizerProfile, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=120, blank=True, help_text="dedupe_key of what made them say so")

    objects = SilenceQuerySet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["user", "organizer"], name="silence_once")]
        indexes = [models.Index(fields=["organizer", "source"], name="silence_by_source")]

    def __str__(self) -> str:
        return f"{self.user_id} / {self.organizer_id}"

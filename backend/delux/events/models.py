"""Events, the tickets on sale for them and the people they admit."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Left, Lower

from delux.accounts.models import OrganizerProfile, User
from delux.core.markets import Market
from delux.core.models import BaseModel, TranslatedName, agrees, status_check
from delux.core.money import Currency, MoneyField
from delux.core.search import SEARCH_CONFIG


class EventCategory(TranslatedName, BaseModel):
    """A kind of sport; the API's ``sport_type`` is its slug."""

    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "event categories"
        ordering = ["position", "pk"]


class EventLocation(BaseModel):
    """Where an offline event takes place."""

    country = models.CharField(max_length=2)
    city = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    map_url = models.URLField(blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="event_location_on_earth",
            )
        ]
        indexes = [models.Index(Lower("city"), name="event_location_city")]


class EventOnlineInfo(BaseModel):
    """How to join an online event. Only people holding a paid ticket see it."""

    stream_url = models.URLField(blank=True)
    meeting_link = models.URLField(blank=True)
    access_instructions = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(stream_url="", meeting_link=""), name="event_online_info_has_a_link")
        ]


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """What everyone may look at; drafts are their organizer's alone."""
        return self.exclude(status=Event.Status.DRAFT)

    def owned_by(self, organizer: OrganizerProfile) -> Self:
        """What ``organizer`` holds or prepares: the scope of every read and write at its desk."""
        return self.filter(organizer=organizer)


class Event(BaseModel):
    """Something people come to. What it needs to be seen is a constraint, not a convention."""

    class Format(models.TextChoices):
        OFFLINE = "offline", "At a place"
        ONLINE = "online", "Online"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        FINISHED = "finished", "Finished"
        CANCELED = "canceled", "Canceled"

    NEXT = {
        Status.DRAFT: {Status.PUBLISHED},
        # Back to a draft only while nobody holds a ticket.
        Status.PUBLISHED: {Status.DRAFT, Status.FINISHED, Status.CANCELED},
        Status.FINISHED: set(),
        Status.CANCELED: set(),
    }

    organizer = models.ForeignKey(
        "accounts.OrganizerProfile", on_delete=models.PROTECT, related_name="events"
    )
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    description = models.TextField(max_length=20_000, blank=True, help_text="A safe subset of HTML")
    category = models.ForeignKey(EventCategory, on_delete=models.PROTECT, related_name="events")
    format = models.CharField(max_length=10, choices=Format.choices, default=Format.OFFLINE)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    start_datetime = models.DateTimeField()
    end_datetime = models.DateTimeField()
    timezone = models.CharField(max_length=40, help_text="IANA name")
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="People over all ticket types")
    # Held and sold over all ticket types; moves with them, by conditional updates only.
    places_taken = models.PositiveIntegerField(default=0, editable=False)
    is_free = models.BooleanField(default=False)
    refund_until_hours = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Hours before the start until which tickets are given back by oneself; empty: by asking",
    )
    cover_image = models.CharField(
        max_length=80, blank=True, help_text="Key of a stored picture (core.images)"
    )
    market = models.CharField(max_length=3, choices=Market.choices, default=Market.KZ)
    location = models.OneToOneField(
        EventLocation, null=True, blank=True, on_delete=models.PROTECT, related_name="event"
    )
    online_info = models.OneToOneField(
        EventOnlineInfo, null=True, blank=True, on_delete=models.PROTECT, related_name="event"
    )
    # Taken from other tables, so that the public list reads one; services.listing writes them, and is_free.
    price_from = MoneyField(
        null=True, blank=True, editable=False, help_text="Of the cheapest ticket still to be had"
    )
    search_text = models.TextField(
        blank=True, editable=False, help_text="Title, sport, city and organizer, lower case"
    )
    # What it is called counts for more than how its description begins. Stored, because making it anew for
    # each row that a search looks at costs seconds.
    search_words = models.GeneratedField(
        expression=SearchVector("search_text", weight="A", config=SEARCH_CONFIG)
        + SearchVector(Left("description", 1000), weight="D", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            status_check(("draft", "published", "finished", "canceled"), "event_status_known"),
            CheckConstraint(
                condition=Q(start_datetime__lt=F("end_datetime")), name="event_starts_before_it_ends"
            ),
            CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(places_taken__lte=F("capacity")),
                name="event_never_overfull",
            ),
            CheckConstraint(
                condition=Q(status="draft")
                | Q(format="offline", location__isnull=False)
                | Q(format="online", online_info__isnull=False),
                name="event_shown_only_with_its_place",
            ),
            CheckConstraint(
                condition=Q(status="draft", published_at__isnull=True)
                | Q(published_at__isnull=False) & ~Q(status="draft"),
                name="event_published_at_agrees",
            ),
            CheckConstraint(condition=agrees("finished", "finished_at"), name="event_finished_at_agrees"),
            CheckConstraint(condition=agrees("canceled", "canceled_at"), name="event_canceled_at_agrees"),
        ]
        indexes = [
            # The public list and its count are answered by this one without touching the table.
            models.Index(
                fields=["start_datetime", "id"],
                include=["end_datetime", "market"],
                condition=Q(status="published"),
                name="event_upcoming",
            ),
            models.Index(fields=["price_from", "id"], condition=Q(status="published"), name="event_by_price"),
            GinIndex(fields=["search_words"], name="event_words"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="event_trigrams"),
            models.Index(fields=["organizer", "-start_datetime"], name="event_of_organizer"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def refund_until(self) -> datetime | None:
        """Until when a ticket is given back without asking; None: the organizer is asked."""
        return refund_until(self.start_datetime, self.refund_until_hours)


def refund_until(start: datetime, hours: int | None) -> datetime | None:
    """Return the moment ``hours`` before ``start``."""
    return None if hours is None else start - timedelta(hours=hours)


class TicketType(BaseModel):
    """One kind of ticket on sale for an event: its price, its stock, its sales window."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="ticket_types")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    price = MoneyField()
    currency = models.CharField(max_length=3, choices=Currency.choices)
    quantity_total = models.PositiveIntegerField()
    quantity_held = models.PositiveIntegerField(default=0, editable=False)
    quantity_sold = models.PositiveIntegerField(default=0, editable=False)
    sales_start = models.DateTimeField()
    sales_end = models.DateTimeField()
    max_per_order = models.PositiveSmallIntegerField(default=10)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            UniqueConstraint("event", Lower("name"), name="ticket_type_name_unique_per_event"),
            CheckConstraint(condition=Q(price__gte=0), name="ticket_type_price_not_negative"),
            CheckConstraint(condition=Q(sales_start__lt=F("sales_end")), name="ticket_type_sales_window"),
            CheckConstraint(condition=Q(max_per_order__gte=1), name="ticket_type_at_least_one_per_order"),
            # Holds and sales are conditional updates; this still stands if one ever forgets its condition.
            CheckConstraint(
                condition=Q(quantity_held__gte=0, quantity_sold__gte=0)
                & Q(quantity_total__gte=F("quantity_held") + F("quantity_sold")),
                name="ticket_type_never_oversold",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttendeeQuerySet(models.QuerySet["EventAttendee"]):
    def held_by(self, user: User) -> Self:
        """The tickets of one person."""
        return self.filter(user=user)


class EventAttendee(BaseModel):
    """One admission: one person, once. ``order_item`` is empty for guests the organizer lets in."""

    class Status(models.TextChoices):
        RESERVED = "reserved", "Reserved"
        PAID = "paid", "Valid"
        CANCELED = "canceled", "Canceled"
        REFUNDED = "refunded", "Refunded"
        CHECKED_IN = "checked_in", "Checked in"

    NEXT = {
        Status.RESERVED: {Status.PAID, Status.CANCELED},
        Status.PAID: {Status.CHECKED_IN, Status.REFUNDED, Status.CANCELED},
        Status.CHECKED_IN: {Status.REFUNDED},
        Status.CANCELED: set(),
        Status.REFUNDED: set(),
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendances")
    ticket_type = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="attendees")
    # The one key that points up a layer, by name; events code never follows it (docs/architecture.md).
    order_item = models.ForeignKey(
        "orders.OrderItem", null=True, blank=True, on_delete=models.PROTECT, related_name="attendees"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RESERVED)
    qr_code = models.CharField(
        max_length=160, unique=True, help_text="Signed and unguessable (services.ticket_codes)"
    )
    attendee_name = models.CharField(max_length=120, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True, help_text="When it was canceled or refunded")

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        constraints = [
            status_check(("reserved", "paid", "canceled", "refunded", "checked_in"), "attendee_status_known"),
            CheckConstraint(
                condition=agrees("checked_in", "checked_in_at"), name="attendee_checked_in_at_agrees"
            ),
            CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(status__in=["checked_in", "refunded"]),
                name="attendee_not_checked_in_before_time",
            ),
            CheckConstraint(
                condition=Q(status__in=["canceled", "refunded"], voided_at__isnull=False)
                | ~Q(status__in=["canceled", "refunded"]) & Q(voided_at__isnull=True),
                name="attendee_voided_at_agrees",
            ),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="attendee_of_user")]


class TicketTransfer(BaseModel):
    """A ticket offered to whoever proves an e-mail; taken, it changes its holder, its code and its name."""

    class Status(models.TextChoices):
        OFFERED = "offered", "Offered"
        ACCEPTED = "accepted", "Taken"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"
        EXPIRED = "expired", "Out of time"

    NEXT = {
        Status.OFFERED: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN, Status.EXPIRED},
        Status.ACCEPTED: set(),
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
        Status.EXPIRED: set(),
    }

    ticket = models.ForeignKey(EventAttendee, on_delete=models.PROTECT, related_name="transfers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(help_text="In lower case, whether it has an account or not")
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    old_code = models.CharField(
        max_length=160, null=True, blank=True, unique=True, help_text="The giver's, which admits nobody now"
    )
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            status_check(
                ("offered", "accepted", "declined", "withdrawn", "expired"), "ticket_transfer_status_known"
            ),
            UniqueConstraint(
                fields=["ticket"], condition=Q(status="offered"), name="ticket_transfer_one_open_per_ticket"
            ),
            CheckConstraint(
                condition=Q(status="accepted", taker__isnull=False, old_code__isnull=False)
                | ~Q(status="accepted") & Q(taker__isnull=True, old_code__isnull=True),
                name="ticket_transfer_taken_agrees",
            ),
            CheckConstraint(
                condition=Q(status="offered", decided_at__isnull=True)
                | ~Q(status="offered") & Q(decided_at__isnull=False),
                name="ticket_transfer_decided_at_agrees",
            ),
        ]
        indexes = [
            models.Index(fields=["email"], condition=Q(status="offered"), name="ticket_transfer_incoming"),
            models.Index(
                fields=["expires_at"], condition=Q(status="offered"), name="ticket_transfer_running_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.email}"

"""The organizer's own words about its customers and its work."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

from delux.core.models import BaseModel, agrees, status_check


class CustomerNote(BaseModel):
    """What an organizer wants to remember about a customer; no other organizer sees it."""

    organizer = models.ForeignKey(
        "accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="customer_notes"
    )
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField(max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["organizer", "customer", "-created_at"], name="note_of_customer")]


class CustomerTag(BaseModel):
    """A word an organizer files a customer under; no other organizer sees it."""

    organizer = models.ForeignKey(
        "accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="customer_tags"
    )
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            UniqueConstraint("organizer", "customer", Lower("name"), name="customer_tag_once"),
        ]
        indexes = [models.Index("organizer", Lower("name"), "customer", name="customers_of_tag")]

    def __str__(self) -> str:
        return self.name


class CrmTask(BaseModel):
    """Something an organizer means to do, perhaps about a customer or an order."""

    class Status(models.TextChoices):
        TODO = "todo", "To do"
        IN_PROGRESS = "in_progress", "In progress"
        DONE = "done", "Done"

    class Priority(models.TextChoices):
        LOW = "low", "Low"
        NORMAL = "normal", "Normal"
        HIGH = "high", "High"

    organizer = models.ForeignKey("accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=160)
    description = models.TextField(max_length=4000, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.TODO)
    priority = models.CharField(max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.ForeignKey(
        "orders.Order", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            status_check(("todo", "in_progress", "done"), "task_status_known"),
            CheckConstraint(condition=agrees("done", "done_at"), name="task_done_at_agrees"),
        ]
        indexes = [models.Index(fields=["organizer", "status", "due_at"], name="task_board")]


class Mailing(BaseModel):
    """One text to many: to customers, who may have had enough of news, or to holders of tickets to ``event``,
    who are always told.

    Whom it is for is said by the narrowing fields until it is sent; then by its recipients.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENDING = "sending", "On its way"
        SENT = "sent", "Sent"

    class Attendance(models.TextChoices):
        CHECKED_IN = "checked_in", "Checked in"
        EXPECTED = "expected", "Not checked in"

    NEXT = {Status.DRAFT: {Status.SENDING}, Status.SENDING: {Status.SENT}, Status.SENT: set()}

    organizer = models.ForeignKey(
        "accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="mailings"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=5000, help_text="Plain text")
    # Of customers: those the list finds by these words and this tag.
    search = models.CharField(max_length=100, blank=True)
    tag = models.CharField(max_length=40, blank=True)
    # Of holders: tickets of this kind, used or not.
    event = models.ForeignKey(
        "events.Event", null=True, blank=True, on_delete=models.CASCADE, related_name="mailings"
    )
    ticket_type = models.ForeignKey(
        "events.TicketType", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    attendance = models.CharField(max_length=10, choices=Attendance.choices, blank=True)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    people_count = models.PositiveIntegerField(default=0, help_text="Told, by mail or in the product alone")
    mails_count = models.PositiveIntegerField(default=0, help_text="Of them, those who have an e-mail")
    silenced_count = models.PositiveIntegerField(default=0, help_text="Left out: they want no news")
    mails_sent = models.PositiveIntegerField(default=0)
    mails_failed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            status_check(("draft", "sending", "sent"), "mailing_status_known"),
            CheckConstraint(
                condition=Q(status="draft", started_at__isnull=True)
                | ~Q(status="draft") & Q(started_at__isnull=False),
                name="mailing_started_at_agrees",
            ),
            CheckConstraint(condition=agrees("sent", "sent_at"), name="mailing_sent_at_agrees"),
            CheckConstraint(
                condition=Q(event__isnull=True, ticket_type__isnull=True, attendance="")
                | Q(event__isnull=False, search="", tag=""),
                name="mailing_to_customers_or_holders",
            ),
        ]
        indexes = [
            models.Index(fields=["organizer", "-created_at"], name="mailing_of_organizer"),
            models.Index(fields=["started_at"], condition=Q(status="sending"), name="mailing_on_its_way"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def key(self) -> str:
        """What the notifications of this mailing are known by (their dedupe_key)."""
        return f"mailing:{self.pk}"


class MailingRecipient(BaseModel):
    """Somebody a mailing is for: written when it is sent, ``told_at`` once their notification is there."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # Two presses of one button, two workers at one row: nobody is told twice.
        constraints = [UniqueConstraint(fields=["mailing", "user"], name="mailing_recipient_once")]
        indexes = [
            models.Index(fields=["mailing", "id"], condition=Q(told_at__isnull=True), name="mailing_untold"),
        ]


class DailyViews(models.Model):
    """How often the page of an event or of a product was opened on one day, by the clock of its organizer's
    market. It says nothing about who opened it.
    """

    organizer = models.ForeignKey("accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("events.Event", null=True, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("market.Product", null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "daily views"
        constraints = [
            CheckConstraint(
                condition=Q(event__isnull=False, product__isnull=True)
                | Q(event__isnull=True, product__isnull=False),
                name="daily_views_of_one_page",
            ),
            UniqueConstraint(
                fields=["event", "day"], condition=Q(event__isnull=False), name="daily_views_once_an_event"
            ),
            UniqueConstraint(
                fields=["product", "day"],
                condition=Q(product__isnull=False),
                name="daily_views_once_a_product",
            ),
        ]
        indexes = [models.Index(fields=["organizer", "day"], include=["count"], name="daily_views_of_desk")]


class TableImport(BaseModel):
    """A table of goods, or of customers: first compared with what is there, then, when its owner says so,
    applied.

    The file is private (core.private_files), and goes with the row after a few days.
    """

    class Kind(models.TextChoices):
        GOODS = "goods", "Goods"
        CUSTOMERS = "customers", "Tags and notes of customers"

    class Status(models.TextChoices):
        CHECKING = "checking", "Being compared"
        CHECKED = "checked", "Waits for its owner"
        APPLYING = "applying", "Being applied"
        DONE = "done", "Applied"
        REFUSED = "refused", "Nothing was changed"
        FAILED = "failed", "Failed"

    NEXT = {
        Status.CHECKING: {Status.CHECKED, Status.FAILED},
        Status.CHECKED: {Status.APPLYING},
        Status.APPLYING: {Status.DONE, Status.REFUSED, Status.FAILED},
        Status.DONE: set(),
        Status.REFUSED: set(),
        Status.FAILED: set(),
    }

    organizer = models.ForeignKey("accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GOODS, db_default="goods")
    language = models.CharField(max_length=2, help_text="Of the words in it and about it")
    file = models.CharField(max_length=120, blank=True, help_text="Key of its rows in the private storage")
    file_name = models.CharField(max_length=200)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When a worker last took it up")
    finished_at = models.DateTimeField(null=True, blank=True)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CHECKING)
    skip_bad = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    sample = models.JSONField(default=list)
    seen = models.JSONField(default=dict, help_text="Stock by variant, as it was compared with")

    class Meta:
        db_table = "crm_goodsimport"  # as it was called when there were tables of goods alone
        constraints = [
            status_check(
                ("checking", "checked", "applying", "done", "refused", "failed"), "import_status_known"
            ),
            CheckConstraint(condition=agrees("done", "finished_at"), name="import_finished_at_agrees"),
        ]
        indexes = [
            models.Index(fields=["organizer", "-created_at"], name="import_of_organizer"),
            models.Index(fields=["created_at"], name="import_age"),
        ]


class Export(BaseModel):
    """A list of the desk that is too long to be answered at once, written to a file by the worker.

    The file is private (core.private_files), whole once it is ready, and goes with the row after a few days.
    """

    class Status(models.TextChoices):
        WRITING = "writing", "Being written"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    NEXT = {Status.WRITING: {Status.READY, Status.FAILED}, Status.READY: set(), Status.FAILED: set()}

    organizer = models.ForeignKey("accounts.OrganizerProfile", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=12, help_text="Which list: a key of selectors.tables.TABLES")
    filters = models.JSONField(default=dict, help_text="As the list's own address has them")
    language = models.CharField(max_length=2, help_text="Of the words in it")
    file_type = models.CharField(max_length=4)
    divider = models.CharField(max_length=1, default=",")
    has_mark = models.BooleanField(default=True, help_text="CSV begins with a byte order mark")
    file = models.CharField(
        max_length=120, blank=True, help_text="Its key in the private storage, noted before it is there"
    )
    file_name = models.CharField(max_length=200)
    rows_total = models.PositiveIntegerField()
    rows_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When a worker was last at it")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WRITING)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            status_check(("writing", "ready", "failed"), "export_status_known"),
            CheckConstraint(condition=agrees("ready", "finished_at"), name="export_finished_at_agrees"),
            CheckConstraint(condition=~Q(status="ready", file=""), name="export_ready_has_a_file"),
        ]
        indexes = [
            models.Index(fields=["organizer", "-created_at"], name="export_of_organizer"),
            models.Index(fields=["expires_at"], name="export_age"),
        ]

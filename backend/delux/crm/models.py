"""The organizer's own words about its customers and its work."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, UniqueConstraint
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

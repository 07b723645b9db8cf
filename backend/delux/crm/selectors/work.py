"""An organizer's notes and tasks."""

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound
from delux.crm.models import CrmTask, CustomerNote

TASK_ORDERINGS: dict[str, tuple[str | OrderBy, str]] = {
    "due_at": (F("due_at").asc(nulls_last=True), "pk"),
    "-due_at": (F("due_at").desc(nulls_last=True), "-pk"),
    "-done_at": (F("done_at").desc(nulls_last=True), "-pk"),
    "-created_at": ("-created_at", "-pk"),
    "created_at": ("created_at", "pk"),
}


def list_notes(*, organizer: OrganizerProfile, customer: User) -> QuerySet[CustomerNote]:
    """Return what the organizer noted about a customer, latest first."""
    notes = CustomerNote.objects.filter(organizer=organizer, customer=customer)
    return notes.select_related("author").order_by("-created_at", "-pk")


def list_tasks(
    *,
    organizer: OrganizerProfile,
    search: str = "",
    status: str = "",
    is_open: bool | None = None,
    priority: str = "",
    customer_id: int | None = None,
    order_id: int | None = None,
    due_after: datetime | None = None,
    due_before: datetime | None = None,
    ordering: str = "due_at",
) -> QuerySet[CrmTask]:
    """Return the organizer's tasks with the customer and order they are about."""
    tasks = CrmTask.objects.filter(organizer=organizer).select_related("customer", "order")
    if search:
        tasks = tasks.filter(title__icontains=search)
    if status:
        tasks = tasks.filter(status=status)
    if is_open is not None:
        done = Q(status=CrmTask.Status.DONE)
        tasks = tasks.filter(~done if is_open else done)
    if priority:
        tasks = tasks.filter(priority=priority)
    if customer_id is not None:
        tasks = tasks.filter(customer=customer_id)
    if order_id is not None:
        tasks = tasks.filter(order=order_id)
    if due_after is not None:
        tasks = tasks.filter(due_at__gte=due_after)
    if due_before is not None:
        tasks = tasks.filter(due_at__lt=due_before)
    return tasks.order_by(*TASK_ORDERINGS[ordering])


def get_task(*, organizer: OrganizerProfile, task_id: int) -> CrmTask:
    """Return one of the organizer's tasks.

    :raises NotFound: it is not there, or another's
    """
    task = list_tasks(organizer=organizer).filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task

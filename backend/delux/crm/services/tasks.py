"""An organizer's to-do list. A task moves freely between its statuses; ``done_at`` follows."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.errors import Invalid, NotFound
from delux.crm.models import CrmTask
from delux.crm.selectors.people import get_customer
from delux.orders.models import Fulfilment


@transaction.atomic
def create_task(*, organizer: OrganizerProfile, at: datetime, **fields: Any) -> CrmTask:
    """Add a task; ``fields`` are columns of CrmTask.

    :raises Invalid: the customer or the order named is not this organizer's
    """
    _check_links(organizer, fields)
    task = CrmTask(organizer=organizer, **fields)
    task.done_at = at if task.status == CrmTask.Status.DONE else None
    task.save()
    return task


@transaction.atomic
def update_task(*, organizer: OrganizerProfile, task_id: int, at: datetime, **fields: Any) -> None:
    """Change the fields given. Moving to done notes the time, moving back forgets it.

    :raises NotFound: the organizer has no such task
    :raises Invalid: the customer or the order named is not this organizer's
    """
    # Locked, so that two moves at once cannot leave a status and a time that disagree.
    task = CrmTask.objects.select_for_update().filter(organizer=organizer, pk=task_id).first()
    if task is None:
        raise NotFound
    _check_links(organizer, fields)
    for name, value in fields.items():
        setattr(task, name, value)
    if task.status != CrmTask.Status.DONE:
        task.done_at = None
    elif task.done_at is None:
        task.done_at = at
    task.save()


@transaction.atomic
def delete_task(*, organizer: OrganizerProfile, task_id: int) -> None:
    """Delete a task for good.

    :raises NotFound: the organizer has no such task
    """
    deleted, _by_model = CrmTask.objects.filter(organizer=organizer, pk=task_id).delete()
    if not deleted:
        raise NotFound


def _check_links(organizer: OrganizerProfile, fields: dict[str, Any]) -> None:
    if (customer_id := fields.get("customer_id")) is not None:
        try:
            get_customer(organizer=organizer, customer_id=customer_id)
        except NotFound:
            raise Invalid.field("customer_id", _("You have no such customer."), code="unknown") from None
    parts = Fulfilment.objects.visible_to(organizer)
    if (order_id := fields.get("order_id")) is not None and not parts.filter(order=order_id).exists():
        raise Invalid.field("order_id", _("You have no such order."), code="unknown")

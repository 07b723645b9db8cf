from celery import shared_task
from django.utils import timezone

from delux.crm.services import exports, sending, table_imports


@shared_task(name="crm.push_mailings")
def push_mailings() -> None:
    sending.push_mailings(now=timezone.now())


@shared_task(name="crm.work_on_imports")
def work_on_imports() -> None:
    table_imports.work_on_imports(now=timezone.now())


@shared_task(name="crm.forget_old_imports")
def forget_old_imports() -> None:
    table_imports.forget_old_imports(now=timezone.now())


# Longer than other tasks may take: a million rows are written in minutes.
@shared_task(name="crm.work_on_exports", time_limit=3600)
def work_on_exports() -> None:
    exports.work_on_exports()


@shared_task(name="crm.forget_old_exports")
def forget_old_exports() -> None:
    exports.forget_old_exports(now=timezone.now())

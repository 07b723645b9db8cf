from celery import shared_task
from django.utils import timezone

from delux.crm.services import goods_imports, sending


@shared_task(name="crm.push_mailings")
def push_mailings() -> None:
    sending.push_mailings(now=timezone.now())


@shared_task(name="crm.work_on_imports")
def work_on_imports() -> None:
    goods_imports.work_on_imports(now=timezone.now())


@shared_task(name="crm.forget_old_imports")
def forget_old_imports() -> None:
    goods_imports.forget_old_imports(now=timezone.now())

from celery import shared_task
from django.utils import timezone

from delux.crm.services.sending import push_mailings as push


@shared_task(name="crm.push_mailings")
def push_mailings() -> None:
    push(now=timezone.now())

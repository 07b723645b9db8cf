from celery import shared_task
from django.utils import timezone

from delux.orders.services import cancelling


@shared_task(name="orders.expire_orders")
def expire_orders() -> None:
    cancelling.expire_orders(timezone.now())

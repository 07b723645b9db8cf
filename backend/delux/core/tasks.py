from celery import shared_task

from delux.core.api import idempotency


@shared_task(name="core.forget_old_keys")
def forget_old_keys() -> None:
    idempotency.forget_old_keys()

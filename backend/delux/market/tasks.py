from celery import shared_task

from delux.market.services import shelf


@shared_task(name="market.count_sales")
def count_sales() -> None:
    shelf.count_sales()

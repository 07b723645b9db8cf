from celery import shared_task
from django.utils import timezone

from delux.events.services import listing, publishing, transfers


@shared_task(name="events.finish_past_events")
def finish_past_events() -> None:
    publishing.finish_past_events(at=timezone.now())
    listing.refresh_ended_prices(at=timezone.now())
    transfers.expire_offers(at=timezone.now())

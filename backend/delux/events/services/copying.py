"""A new draft out of an event that was held before."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from delux.accounts.models import OrganizerProfile
from delux.core.images import copy_image, delete_image
from delux.events.models import Event, TicketType
from delux.events.selectors.organizing import get_event
from delux.events.services.editing import Part, save_new_event
from delux.events.services.listing import refresh_listings

WEEK = timedelta(weeks=1)


def duplicate_event(*, organizer: OrganizerProfile, event_id: int, at: datetime) -> Event:
    """Make a draft with the texts, place, picture and tickets of an event, whatever became of that.

    It starts on the same weekday at the same hour of its own clock: a week later, or as many weeks later as
    bring it into the future. Sales begin and end as long before it as they did.

    :raises NotFound: not there, or another organizer's
    """
    source = get_event(organizer=organizer, event_id=event_id)
    cover = copy_image(source.cover_image)
    try:
        return _copy(source, cover=cover, weeks=_weeks_ahead(source, at))
    except BaseException:
        delete_image(cover)
        raise


@transaction.atomic
def _copy(source: Event, *, cover: str, weeks: int) -> Event:
    zone = ZoneInfo(source.timezone)

    def later(moment: datetime) -> datetime:
        return _shifted(moment, zone, weeks)

    suffix = gettext(" (copy)")
    event = save_new_event(
        Event(
            organizer=source.organizer,
            title=source.title.removesuffix(suffix)[: 160 - len(suffix)] + suffix,
            description=source.description,
            category=source.category,
            format=source.format,
            start_datetime=later(source.start_datetime),
            end_datetime=later(source.end_datetime),
            timezone=source.timezone,
            capacity=source.capacity,
            refund_until_hours=source.refund_until_hours,
            cover_image=cover,
            market=source.market,
            location=_anew(source.location),
            online_info=_anew(source.online_info),
        )
    )
    TicketType.objects.bulk_create(
        TicketType(
            event=event,
            name=one.name,
            description=one.description,
            price=one.price,
            currency=one.currency,
            quantity_total=one.quantity_total,
            sales_start=later(one.sales_start),
            sales_end=later(one.sales_end),
            max_per_order=one.max_per_order,
            position=one.position,
        )
        for one in source.ticket_types.all()
    )
    refresh_listings(event_ids=[event.pk])
    return event


def _weeks_ahead(event: Event, at: datetime) -> int:
    zone, weeks = ZoneInfo(event.timezone), max(1, (at - event.start_datetime) // WEEK)
    while _shifted(event.start_datetime, zone, weeks) <= at:
        weeks += 1
    return weeks


def _shifted(moment: datetime, zone: ZoneInfo, weeks: int) -> datetime:
    """Move a moment by whole weeks on the zone's clock, which may have been put forward meanwhile."""
    return moment.astimezone(zone) + weeks * WEEK


def _anew(part: Part | None) -> Part | None:
    """Save a second row of the same content."""
    if part is None:
        return None
    own = {"id", "created_at", "updated_at"}
    values = type(part).objects.filter(pk=part.pk).values().get()
    copied = type(part)(**{name: value for name, value in values.items() if name not in own})
    copied.save()
    return copied

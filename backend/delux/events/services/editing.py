"""An organizer prepares an event: its texts, times, place and cover."""

from datetime import datetime
from typing import IO, Any, TypeVar
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.errors import Conflict, Invalid
from delux.core.images import COVER, delete_image, store_image
from delux.core.richtext import clean_html
from delux.core.slugs import unique_slug
from delux.events.models import Event, EventCategory, EventLocation, EventOnlineInfo
from delux.events.selectors.organizing import lock_event
from delux.events.services.listing import refresh_listings
from delux.events.services.telling import tell_of_changes, whereabouts

Part = TypeVar("Part", EventLocation, EventOnlineInfo)


class EventClosed(Conflict):
    code = "event_closed"
    title = _("This event is over or canceled and can no longer be changed")


class EventNotDraft(Conflict):
    code = "event_not_draft"
    title = _("Only a draft can be deleted. Cancel the event instead")


class EventInUse(Conflict):
    code = "event_in_use"
    title = _("People have bought tickets of this event, so its record stays")


class CapacityBelowTaken(Conflict):
    code = "capacity_below_taken"
    title = _("More people than that already have a ticket")


class RefundRuleSold(Conflict):
    code = "refund_rule_sold"
    title = _("Tickets were sold under this rule, so it can only become kinder to those who hold them")


class PlaceMissing(Conflict):
    code = "place_missing"
    title = _("Say where it takes place before the format is changed")


def create_event(*, organizer: OrganizerProfile, at: datetime, fields: dict[str, Any]) -> Event:
    """Create a draft. ``fields`` are those of the API's EventInput; the market defaults to the organizer's.

    :raises Invalid: unknown category or time zone, or times that cannot be
    """
    values = _checked(fields)
    event = Event(organizer=organizer, **{"market": organizer.market} | values)
    _check_times(event, at)
    return save_new_event(event)


def save_new_event(event: Event) -> Event:
    """Save an event under an address of its own, made of its title."""
    for _attempt in range(2):
        event.slug = unique_slug(Event.objects.all(), event.title, fallback="event")
        try:
            with transaction.atomic():
                event.save(force_insert=True)
                refresh_listings(event_ids=[event.pk])
        except IntegrityError as error:  # a namesake was saved in the same moment: its slug is visible now
            if "slug" not in str(error):
                raise
        else:
            return event
    raise Conflict(_("Please try again."))


@transaction.atomic
def update_event(
    *, organizer: OrganizerProfile, event_id: int, at: datetime, changes: dict[str, Any]
) -> Event:
    """Change a draft or a published event; its address stays as it was first published under.

    Who holds a ticket is told of another time or place.

    :raises EventClosed: it is over or canceled
    :raises CapacityBelowTaken: fewer places than people who hold one
    :raises RefundRuleSold: stricter about giving tickets back than when they were sold
    :raises PlaceMissing: published, and the new format's place was never said
    :raises Invalid: unknown category or time zone, times that cannot be, or a ticket on sale after the end
    """
    event = lock_open_event(organizer=organizer, event_id=event_id)
    values, before, hours_before = _checked(changes), whereabouts(event), event.refund_until_hours
    for name, value in values.items():
        setattr(event, name, value)
    if values.keys() & {"start_datetime", "end_datetime"}:
        _check_times(event, at)
        _check_sales_end(event)
    if event.capacity is not None and event.capacity < event.places_taken:
        raise CapacityBelowTaken(extra={"taken": event.places_taken})
    if event.places_taken and _is_stricter(event.refund_until_hours, than=hours_before):
        raise RefundRuleSold
    if event.status != Event.Status.DRAFT and not has_place(event):
        raise PlaceMissing
    event.save(update_fields=[*values, "updated_at"])
    refresh_listings(event_ids=[event.pk])
    tell_of_changes(event=event, before=before)
    return event


@transaction.atomic
def delete_draft(*, organizer: OrganizerProfile, event_id: int) -> None:
    """Delete a draft and all that belongs to it.

    :raises EventNotDraft: people have seen it, and may hold tickets
    :raises EventInUse: it was published once, and an order names its tickets
    """
    event = lock_event(organizer=organizer, event_id=event_id)
    if event.status != Event.Status.DRAFT:
        raise EventNotDraft
    location, online_info, cover = event.location, event.online_info, event.cover_image
    try:
        with transaction.atomic():
            event.delete()
    except ProtectedError:
        raise EventInUse from None
    for part in (location, online_info):
        if part is not None:
            part.delete()
    transaction.on_commit(lambda: delete_image(cover))


@transaction.atomic
def set_location(*, organizer: OrganizerProfile, event_id: int, fields: dict[str, Any]) -> EventLocation:
    """Say where an event takes place, or say it anew; who holds a ticket is told of another place."""
    event = lock_open_event(organizer=organizer, event_id=event_id)
    before = whereabouts(event)
    location = event.location = _said_anew(event.location or EventLocation(), fields)
    event.save(update_fields=["location", "updated_at"])
    refresh_listings(event_ids=[event.pk])
    tell_of_changes(event=event, before=before)
    return location


@transaction.atomic
def set_online_info(*, organizer: OrganizerProfile, event_id: int, fields: dict[str, Any]) -> EventOnlineInfo:
    """Say how to join an event online; only holders of a paid ticket are shown it.

    :raises Invalid: neither a stream nor a meeting link
    """
    if not fields.get("stream_url") and not fields.get("meeting_link"):
        raise Invalid.field("meeting_link", _("Give a meeting link or a stream address."), code="required")
    event = lock_open_event(organizer=organizer, event_id=event_id)
    info = _said_anew(event.online_info or EventOnlineInfo(), fields)
    Event.objects.filter(pk=event.pk).update(online_info=info)
    return info


def set_cover(*, organizer: OrganizerProfile, event_id: int, file: IO[bytes]) -> Event:
    """Give an event its picture; the files of the one it replaces are deleted.

    :raises BadImage: not a picture we take
    :raises TooLarge: over 10 MB
    """
    lock_open_event_briefly(organizer=organizer, event_id=event_id)
    key = store_image(
        file, COVER
    )  # seconds for a large picture: outside the transaction, which holds the row
    try:
        with transaction.atomic():
            event = lock_open_event(organizer=organizer, event_id=event_id)
            replaced, event.cover_image = event.cover_image, key
            event.save(update_fields=["cover_image", "updated_at"])
            transaction.on_commit(lambda: delete_image(replaced))
    except BaseException:
        delete_image(key)
        raise
    return event


def lock_open_event(*, organizer: OrganizerProfile, event_id: int) -> Event:
    """Return an event that may still be changed, locked until the transaction ends.

    :raises NotFound: not there, or another organizer's
    :raises EventClosed: it is over or canceled
    """
    event = lock_event(organizer=organizer, event_id=event_id)
    if event.status in (Event.Status.FINISHED, Event.Status.CANCELED):
        raise EventClosed
    return event


@transaction.atomic
def lock_open_event_briefly(*, organizer: OrganizerProfile, event_id: int) -> None:
    """Refuse early what would be refused after the work."""
    lock_open_event(organizer=organizer, event_id=event_id)


def has_place(event: Event) -> bool:
    """Tell whether the event says where it is: an address, or a link for one online."""
    return (event.location_id if event.format == Event.Format.OFFLINE else event.online_info_id) is not None


def _said_anew(part: Part, fields: dict[str, Any]) -> Part:
    for name, value in fields.items():
        setattr(part, name, value)
    part.save()
    return part


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Turn the API's fields into the model's, cleaned."""
    values = dict(fields)
    if "sport_type" in values:
        slug = values.pop("sport_type")
        values["category"] = EventCategory.objects.filter(slug=slug).first()
        if values["category"] is None:
            raise Invalid.field("sport_type", _("There is no such kind of sport."), code="unknown")
    if "timezone" in values and values["timezone"] not in available_timezones():
        raise Invalid.field(
            "timezone", _("There is no such time zone; an example is Asia/Almaty."), code="unknown"
        )
    if "description" in values:
        values["description"] = clean_html(values["description"])
    return values


def _is_stricter(hours: int | None, *, than: int | None) -> bool:
    """Tell whether tickets are given back for a shorter time; to have to ask is the strictest."""
    return than is not None and (hours is None or hours > than)


def _check_times(event: Event, at: datetime) -> None:
    if event.end_datetime <= event.start_datetime:
        raise Invalid.field("end_datetime", _("It must end after it starts."))
    if event.start_datetime <= at:
        raise Invalid.field("start_datetime", _("It must start in the future."))


def _check_sales_end(event: Event) -> None:
    """Refuse an end before which some ticket's sales have not ended."""
    outlives = event.ticket_types.filter(sales_end__gt=event.end_datetime).order_by("-sales_end").first()
    if outlives is not None:
        words = _("“%(ticket)s” would be on sale after the event ends. End its sales earlier first.")
        raise Invalid.field("end_datetime", words % {"ticket": outlives.name}, code="before_sales_end")

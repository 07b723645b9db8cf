"""Everybody who holds a ticket is told when the event is called off, or happens at another time or place."""

from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.functional import lazy

from delux.accounts.models import User
from delux.core.dates import word_moment
from delux.events.calendar import place_of
from delux.events.models import Event, EventAttendee
from delux.events.selectors.organizing import HOLDS
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import Message, notify_all

_AT_ONCE = 500
Whereabouts = tuple[datetime, str, str, tuple[str, str, str] | None]


def tell_holders(*, event: Event, kind: Kind, context: dict[str, Any], dedupe_key: str) -> None:
    """Tell each person who holds a ticket, once; so many people a statement."""
    attendees = EventAttendee.objects.filter(ticket_type__event=event, status__in=HOLDS)
    holders = User.objects.filter(pk__in=attendees.values("user")).order_by("pk")
    about = {"event_title": event.title, "event_slug": event.slug} | context
    messages = (Message(holder, kind, about, dedupe_key) for holder in holders.iterator(_AT_ONCE))
    while some := list(islice(messages, _AT_ONCE)):
        notify_all(some)


def whereabouts(event: Event) -> Whereabouts:
    """Return what people plan by: when it begins, by which clock, and where."""
    place = event.location if event.format == Event.Format.OFFLINE else None
    where = (place.country, place.city, place.address) if place else None
    return event.start_datetime, event.timezone, event.format, where


def tell_of_changes(*, event: Event, before: Whereabouts) -> None:
    """Tell holders of a published event what is not as it was ``before``; nothing when all is."""
    start, zone, *place_before = before
    if event.status != Event.Status.PUBLISHED or whereabouts(event) == before:
        return
    context: dict[str, Any] = {}
    if (event.start_datetime, event.timezone) != (start, zone):
        context["starts"] = _moment_in_words(event.start_datetime, event.timezone)
    if list(whereabouts(event)[2:]) != place_before:
        context["place"] = _place_in_words(event)
    key = f"event-changed:{event.pk}:{event.updated_at:%Y%m%d%H%M%S%f}"
    tell_holders(event=event, kind=Kind.EVENT_CHANGED, context=context, dedupe_key=key)


# Put into words when they are read out, in each recipient's own language.
_moment_in_words = lazy(word_moment, str)
_place_in_words = lazy(place_of, str)

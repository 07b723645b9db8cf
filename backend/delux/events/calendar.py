"""An event as a calendar entry (RFC 5545)."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from delux.core.dates import local_moment
from delux.events.models import Event


def event_calendar(event: Event, *, ticket_id: int | None = None, is_void: bool = False) -> bytes:
    """Return a calendar of one entry, its times in the event's own zone.

    Wherever it is fetched the entry has the same UID, so a calendar keeps one; a later change has a higher
    SEQUENCE, so the calendar takes it. A canceled event, or a ticket that is void, is an entry called off.
    """
    called_off = is_void or event.status == Event.Status.CANCELED
    entry = Entry()
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    entry.add("sequence", int((event.updated_at - event.created_at).total_seconds()) + int(called_off))
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", local_moment(event.start_datetime, event.timezone))
    entry.add("dtend", local_moment(event.end_datetime, event.timezone))
    entry.add("summary", event.title)
    entry.add("location", place_of(event))
    page = f"/tickets/{ticket_id}" if ticket_id else f"/events/{event.slug}"
    entry.add("url", settings.PUBLIC_URL + page)
    words = _("Your ticket: %(url)s") if ticket_id else _("Details: %(url)s")
    entry.add("description", words % {"url": settings.PUBLIC_URL + page})
    if event.location and event.location.latitude is not None and event.location.longitude is not None:
        entry.add("geo", (float(event.location.latitude), float(event.location.longitude)))
    entry.add("status", "CANCELLED" if called_off else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Delux//Delux//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if called_off else "PUBLISH")
    calendar.add_component(entry)
    # The zone's rules round the event are enough; without bounds they would fill a page.
    years = timedelta(days=366)
    calendar.add_missing_timezones(
        first_date=(event.start_datetime - years).date(), last_date=(event.end_datetime + years).date()
    )
    content: bytes = calendar.to_ical()
    return content


def place_of(event: Event) -> str:
    """Return where people go, in one line."""
    if event.location is None:
        return _("Online")
    return ", ".join(part for part in (event.location.address, event.location.city) if part)

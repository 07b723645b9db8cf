"""Events as JSON for their organizer."""

from datetime import datetime
from typing import Any

from delux.core.images import image_urls
from delux.events.models import Event, EventLocation, EventOnlineInfo, TicketType
from delux.events.services.publishing import list_missing

Row = dict[str, Any]


def show_event(event: Event, *, at: datetime) -> Row:
    """Return the CrmEventOutput."""
    missing = list_missing(event=event, at=at) if event.status == Event.Status.DRAFT else []
    return {
        "id": event.pk,
        "slug": event.slug,
        "title": event.title,
        "description": event.description,
        "category": {"slug": event.category.slug, "name": event.category.name},
        "format": event.format,
        "status": event.status,
        "start_datetime": event.start_datetime,
        "end_datetime": event.end_datetime,
        "timezone": event.timezone,
        "capacity": event.capacity,
        "places_taken": event.places_taken,
        "is_free": event.is_free,
        "refund_until_hours": event.refund_until_hours,
        "market": event.market,
        "cover": image_urls(event.cover_image),
        "location": event.location and show_location(event.location),
        "online_info": event.online_info and show_online_info(event.online_info),
        "ticket_types": [show_ticket_type(ticket_type) for ticket_type in event.ticket_types.all()],
        "missing": [{"pointer": one.pointer, "code": one.code, "detail": one.detail} for one in missing],
        "published_at": event.published_at,
        "finished_at": event.finished_at,
        "canceled_at": event.canceled_at,
        "created_at": event.created_at,
        "updated_at": event.updated_at,
    }


def show_event_row(event: Any, *, currency: str) -> Row:
    """Return the CrmEventRowOutput of an event with its numbers; its revenue is in ``currency``."""
    return {
        "id": event.pk,
        "slug": event.slug,
        "title": event.title,
        "category": {"slug": event.category.slug, "name": event.category.name},
        "format": event.format,
        "status": event.status,
        "start_datetime": event.start_datetime,
        "end_datetime": event.end_datetime,
        "timezone": event.timezone,
        "city": event.location.city if event.location else None,
        "cover": image_urls(event.cover_image),
        "tickets_total": event.tickets_total,
        "tickets_sold": event.tickets_sold,
        "checked_in": event.checked_in,
        "revenue": event.revenue,
        "currency": currency,
    }


def show_ticket_type(ticket_type: TicketType) -> Row:
    """Return the TicketTypeOutput."""
    return {
        "id": ticket_type.pk,
        "name": ticket_type.name,
        "description": ticket_type.description,
        "price": ticket_type.price,
        "currency": ticket_type.currency,
        "quantity_total": ticket_type.quantity_total,
        "quantity_held": ticket_type.quantity_held,
        "quantity_sold": ticket_type.quantity_sold,
        "sales_start": ticket_type.sales_start,
        "sales_end": ticket_type.sales_end,
        "max_per_order": ticket_type.max_per_order,
        "position": ticket_type.position,
    }


def show_location(location: EventLocation) -> Row:
    """Return the EventPlaceOutput."""
    return {
        "country": location.country,
        "city": location.city,
        "address": location.address,
        "map_url": location.map_url,
        "latitude": location.latitude,
        "longitude": location.longitude,
    }


def show_online_info(info: EventOnlineInfo) -> Row:
    """Return the OnlineInfoOutput."""
    return {
        "stream_url": info.stream_url,
        "meeting_link": info.meeting_link,
        "access_instructions": info.access_instructions,
    }


def show_attendee(attendee: Any) -> Row:
    """Return the AttendeeOutput of an attendee of ``organizing.list_attendees``."""
    return {
        "id": attendee.pk,
        "attendee_name": attendee.attendee_name,
        "customer": None if attendee.is_passed_on else attendee.user_id,
        "name": attendee.user.desk_name,
        "email": attendee.user.email,
        "phone": attendee.user.phone,
        "ticket_type": attendee.ticket_type.name,
        "status": attendee.status,
        "checked_in_at": attendee.checked_in_at,
        "created_at": attendee.created_at,
    }

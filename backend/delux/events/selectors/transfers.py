"""Tickets on their way from one person to another."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from delux.accounts.models import User
from delux.events.models import Event, EventAttendee, TicketTransfer


def offers_to(person: User) -> QuerySet[TicketTransfer]:
    """Return every offer ever made to a person's e-mail; none until they have proven that it is theirs."""
    if not person.email or not person.email_verified_at:
        return TicketTransfer.objects.none()
    return TicketTransfer.objects.filter(email=person.email)


def list_offers(*, person: User, at: datetime) -> QuerySet[TicketTransfer]:
    """Return the tickets a person may take at ``at``, the one to be decided soonest first."""
    return (
        offers_to(person)
        .filter(_can_be_taken(at))
        .select_related(
            "giver", "ticket__ticket_type__event__location", "ticket__ticket_type__event__organizer"
        )
        .order_by("expires_at", "pk")
    )


def get_open_offer(*, ticket: EventAttendee, at: datetime) -> TicketTransfer | None:
    """Return the offer by which somebody may take a ticket at ``at``, if its holder made one."""
    if ticket.status != EventAttendee.Status.PAID:
        return None
    return TicketTransfer.objects.filter(
        ticket=ticket, giver=ticket.user_id, status=TicketTransfer.Status.OFFERED, expires_at__gt=at
    ).first()


def list_lapsed_offers(*, at: datetime) -> QuerySet[TicketTransfer]:
    """Return open offers that nobody can take any more, the oldest first."""
    return (
        TicketTransfer.objects.filter(~_can_be_taken(at), status=TicketTransfer.Status.OFFERED)
        .select_related("giver", "ticket__ticket_type__event")
        .order_by("pk")
    )


def list_replaced_codes(*, event: Event) -> QuerySet[TicketTransfer, str]:
    """Return the codes of an event's tickets that changed hands: each was replaced by another."""
    taken = TicketTransfer.objects.filter(ticket__ticket_type__event=event, old_code__isnull=False)
    return taken.order_by("pk").values_list("old_code", flat=True)  # type: ignore[return-value]  # none is null


def _can_be_taken(at: datetime) -> Q:
    return Q(
        status=TicketTransfer.Status.OFFERED,
        expires_at__gt=at,
        ticket__status=EventAttendee.Status.PAID,
        ticket__user=F("giver"),
        ticket__ticket_type__event__status__in=[Event.Status.PUBLISHED, Event.Status.FINISHED],
    )

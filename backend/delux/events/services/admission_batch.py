"""What a door did without a network, told once there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from delux.accounts.models import OrganizerProfile, User
from delux.events.models import Event, EventAttendee
from delux.events.selectors.organizing import get_event
from delux.events.services import admission

ADMITTED = "admitted"


@dataclass(frozen=True)
class Scan:
    """Somebody let in at a door: by a code, or by a ticket found by name; and when, by the device's clock."""

    at: datetime
    code: str | None = None
    ticket_id: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What came of a scan: ``admitted``, or the code of the refusal, and the ticket where it is theirs."""

    result: str
    ticket: dict[str, Any] | None


@transaction.atomic
def check_in_batch(
    *, organizer: OrganizerProfile, event_id: int, scans: Sequence[Scan], by: User, now: datetime
) -> list[Verdict]:
    """Mark tickets used as of when a door without a network let people in; a verdict for each scan, in order.

    Safe to repeat: a ticket used by ``by`` at exactly the time of the scan was used by this very scan. Four
    queries, however many scans, and one more where a code is not known.

    :raises NotFound: the event is not there, or another organizer's
    """
    event = get_event(organizer=organizer, event_id=event_id)
    tickets = (
        EventAttendee.objects.filter(
            Q(qr_code__in=[scan.code for scan in scans if scan.code])
            | Q(pk__in=[scan.ticket_id for scan in scans if scan.ticket_id]),
            ticket_type__event__organizer=organizer,
        )
        .select_related("user", "ticket_type__event", "checked_in_by")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    by_code: dict[str, EventAttendee] = {}
    by_id: dict[int, EventAttendee] = {}
    for ticket in tickets:
        by_code[ticket.qr_code] = by_id[ticket.pk] = ticket
    strange = [scan.code for scan in scans if scan.code and scan.code not in by_code]
    replaced = admission.replaced_by(organizer=organizer, codes=strange) if strange else {}
    used: dict[int, EventAttendee] = {}
    verdicts = []
    for scan in scans:
        found = by_code.get(scan.code) if scan.code else by_id.get(scan.ticket_id or 0)
        result = _judge(found, scan, event=event, by=by)
        if scan.code in replaced:
            found, result = replaced[scan.code], admission.TicketReplaced.code
        if found and result == ADMITTED and found.status == EventAttendee.Status.PAID:
            found.status, found.checked_in_at, found.checked_in_by = (
                EventAttendee.Status.CHECKED_IN,
                scan.at,
                by,
            )
            found.updated_at = now
            used[found.pk] = found
        verdicts.append(Verdict(result, admission.describe_admission(found) if found else None))
    fields = ["status", "checked_in_at", "checked_in_by", "updated_at"]
    EventAttendee.objects.bulk_update(used.values(), fields)
    return verdicts


def _judge(ticket: EventAttendee | None, scan: Scan, *, event: Event, by: User) -> str:
    if ticket is None:
        return admission.UnknownCode.code
    if ticket.ticket_type.event_id != event.pk:
        return admission.WrongEvent.code
    if ticket.status == EventAttendee.Status.PAID and event.status != Event.Status.CANCELED:
        return ADMITTED
    if admission.is_used_by(ticket, by=by, at=scan.at):
        return ADMITTED
    return admission.refusal_of(ticket).code

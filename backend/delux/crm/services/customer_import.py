"""Tags and notes of customers from a table. It adds to people who are customers already, and nobody else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.sheet_columns import Columns, Fault, Line
from delux.core.sheets import Table
from delux.crm.models import CustomerNote, CustomerTag
from delux.crm.selectors.tags import list_tags, tags_of
from delux.orders.models import Fulfilment

COLUMNS = Columns(Path(__file__).parent.parent / "customer_columns.toml", needed=("email", "tags"))
MOST_TAGS = 20
_LONGEST_TAG = CustomerTag.name.field.max_length or 0
_AT_ONCE = 2000


@dataclass
class Addition:
    """What a line adds to a customer: tags they do not have, and a note unless it is there word for word."""

    line: int
    customer: User
    had: list[str]
    tags: list[str]
    note: str


@dataclass
class Plan:
    """What a table would add. Rows with a fault are not among the additions; ``same`` would add nothing."""

    additions: list[Addition] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


def plan_import(*, organizer: OrganizerProfile, table: Table) -> Plan:
    """Compare a table with what the organizer knows of its customers; nothing is written.

    An e-mail of somebody who has not bought of the organizer is a fault, whether they have an account or not.

    :raises BadTable: the columns are not those of customers
    """
    lines = list(_read_lines(table))
    emails = {line.values["email"] for line in lines if "email" in line.values}
    customers = _customers(organizer, emails)
    tags = tags_of(organizer=organizer, customers=[customer.pk for customer in customers.values()])
    notes = {
        (note.customer_id, note.body)
        for note in CustomerNote.objects.filter(
            organizer=organizer, body__in={line.values["note"] for line in lines if "note" in line.values}
        ).only("customer_id", "body")
    }
    spelling = {row["lower"]: row["spelling"] for row in list_tags(organizer=organizer)}
    plan, seen = Plan(), dict[str, int]()
    for line in lines:
        email = line.values.get("email", "")
        if email in seen:
            line.fault("email", _("This e-mail stands in row %(number)s too.") % {"number": seen[email]})
        elif email:
            seen[email] = line.number
        customer = customers.get(email)
        if customer is None and not line.faults:
            line.fault("email", _("Nobody with this e-mail has bought of you."))
        if customer is not None and not line.faults:
            _compare(line, customer, tags.get(customer.pk, []), notes, spelling, plan)
        plan.faults += line.faults
    return plan


def write_plan(*, organizer: OrganizerProfile, author: User | None, plan: Plan) -> None:
    """Add what a plan says; belongs in the transaction that made the plan. Repeated, it adds no tag twice."""
    CustomerTag.objects.bulk_create(
        [
            CustomerTag(organizer=organizer, customer=one.customer, name=name)
            for one in plan.additions
            for name in one.tags
        ],
        batch_size=_AT_ONCE,
        # Another device may have added the same one by now: it is there, which is what was asked.
        ignore_conflicts=True,
    )
    CustomerNote.objects.bulk_create(
        [
            CustomerNote(organizer=organizer, customer=one.customer, author=author, body=one.note)
            for one in plan.additions
            if one.note
        ],
        batch_size=_AT_ONCE,
    )


def _compare(
    line: Line,
    customer: User,
    had: list[str],
    notes: set[tuple[int, str]],
    spelling: dict[str, str],
    plan: Plan,
) -> None:
    theirs = {name.lower() for name in had}
    fresh = [
        # A tag in use keeps its spelling, and so does one that an earlier row brings.
        spelling.setdefault(name.lower(), name)
        for name in line.values.get("tags", [])
        if name.lower() not in theirs
    ]
    if len(had) + len(fresh) > MOST_TAGS:
        line.fault("tags", _("A customer may have %(number)s tags at most.") % {"number": MOST_TAGS})
        return
    note = line.values.get("note", "")
    note = "" if (customer.pk, note) in notes else note
    if fresh or note:
        plan.additions.append(Addition(line.number, customer, had, fresh, note))
    else:
        plan.same += 1


def _customers(organizer: OrganizerProfile, emails: set[str]) -> dict[str, User]:
    """Return the organizer's customers with these e-mails, by e-mail in lower case."""
    bought = Fulfilment.objects.visible_to(organizer).filter(order__user=OuterRef("pk"))
    people = User.objects.alias(lower=Lower("email")).filter(Exists(bought), lower__in=emails)
    return {(one.email or "").lower(): one for one in people.only("email", "first_name", "last_name")}


def _read_lines(table: Table) -> Iterator[Line]:
    places = COLUMNS.find(table)
    for number, cells in table.rows:
        line = Line(number, {})
        email = cells[places["email"]].lower()
        if not email:
            line.fault("email", _("This must be filled in."))
        elif "\0" in email:
            line.fault("email", _("Nobody with this e-mail has bought of you."))
        else:
            line.values["email"] = email
        _read_tags(line, cells[places["tags"]])
        note = cells[places["note"]] if "note" in places else ""
        if "\0" in note:
            line.fault("note", _("This text cannot be kept."))
        elif note:
            line.values["note"] = note
        yield line


def _read_tags(line: Line, text: str) -> None:
    """Read the tags of a cell, divided by commas or semicolons; case does not tell two apart."""
    names = {name.lower(): name for name in map(str.strip, re.split("[,;]", text)) if name}
    if any(len(name) > _LONGEST_TAG for name in names):
        line.fault("tags", _("A tag may have %(number)s characters at most.") % {"number": _LONGEST_TAG})
    elif not all(name.isprintable() for name in names):
        line.fault("tags", _("This text cannot be kept."))
    elif names:
        line.values["tags"] = list(names.values())

"""Tables of goods and of customers from the desk: taken in, compared, applied.

See `docs/decisions/0018-tables-of-goods.md`.
"""

from datetime import datetime, timedelta
from io import BytesIO
from typing import IO

import structlog
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.claims import claim_each
from delux.core.errors import Conflict, Unavailable
from delux.core.private_files import drop_file, keep_file, new_key, open_file
from delux.core.queue import enqueue
from delux.core.sheets import MAX_BYTES, BadTable, Table, read_table
from delux.crm.models import TableImport
from delux.crm.selectors.table_imports import get_import
from delux.crm.services.import_kinds import KINDS, Outcome, RefusedError

log = structlog.get_logger(__name__)
# A worker that died leaves its work behind; after so long another may take it up.
LEASE = timedelta(minutes=6)
SHOWN_FAULTS = 500
UNFINISHED = 3
KEPT = timedelta(days=7)


class ImportNotReady(Conflict):
    code = "import_not_ready"
    title = _("This table cannot be applied: it is not compared yet, or it was applied already")


class HasBadRows(Conflict):
    code = "has_bad_rows"
    title = _("Some rows have mistakes. Mend the file, or choose to leave those rows out")


class NothingToChange(Conflict):
    code = "nothing_to_change"
    title = _("This table changes nothing")


class TooManyFiles(Conflict):
    code = "too_many_files"
    title = _("Other tables of yours are still being worked on. Wait until one is finished")


def take_table(
    *, organizer: OrganizerProfile, author: User, kind: str, file: IO[bytes], name: str, language: str
) -> TableImport:
    """Keep a table and have it compared. What cannot be a table is refused at once.

    :raises TooLarge: more than 5 MB
    :raises BadTable: no table, or not one of this kind
    :raises TooManyFiles: three others are still being worked on
    :raises Unavailable: files cannot be kept at the moment
    """
    busy = (TableImport.Status.CHECKING, TableImport.Status.APPLYING)
    if TableImport.objects.filter(organizer=organizer, status__in=busy).count() >= UNFINISHED:
        raise TooManyFiles
    table = read_table(file.read(MAX_BYTES + 1))
    KINDS[TableImport.Kind(kind)].columns.find(table)
    if not table.rows:
        raise BadTable.at_file(_("The table has no rows below its header."))
    # The key before its file: whatever dies on the way, what is stored goes with this row. It is claimed
    # until the file is there.
    taken = TableImport.objects.create(
        organizer=organizer,
        author=author,
        kind=kind,
        language=language,
        file=new_key("imports"),
        file_name=name[:200],
        rows_total=len(table.rows),
        claimed_at=timezone.now(),
    )
    try:
        keep_file(BytesIO(table.dump()), key=taken.file)
    except BaseException:
        taken.status, taken.finished_at = TableImport.Status.FAILED, timezone.now()
        taken.save(update_fields=["status", "finished_at", "updated_at"])
        raise
    with transaction.atomic():
        taken.claimed_at = None
        taken.save(update_fields=["claimed_at", "updated_at"])
        enqueue("crm.work_on_imports")
    return taken


def confirm_import(*, organizer: OrganizerProfile, kind: str, import_id: int, skip_bad: bool) -> TableImport:
    """Have a compared table applied. Safe to repeat: one that is being applied is returned as it is.

    :raises NotFound: not this organizer's
    :raises ImportNotReady: it is not compared yet, or it ended already
    :raises HasBadRows: rows have mistakes, and they are not to be left out
    :raises NothingToChange: no row would change anything
    """
    with transaction.atomic():
        work = get_import(organizer=organizer, kind=kind, import_id=import_id, lock=True)
        if work.status in (TableImport.Status.APPLYING, TableImport.Status.DONE):
            return work
        if work.status != TableImport.Status.CHECKED:
            raise ImportNotReady
        if work.bad_count and not skip_bad:
            raise HasBadRows
        if not work.new_count + work.changed_count:
            raise NothingToChange
        work.status, work.skip_bad, work.claimed_at = TableImport.Status.APPLYING, skip_bad, None
        work.save(update_fields=["status", "skip_bad", "claimed_at", "updated_at"])
        enqueue("crm.work_on_imports")
    return work


def work_on_imports(*, now: datetime) -> None:
    """Compare or apply every table that waits for it; one worker at a time is at each."""
    steps = (TableImport.Status.CHECKING, TableImport.Status.APPLYING)
    waiting = TableImport.objects.select_related("organizer", "author").filter(status__in=steps)
    for work in claim_each(waiting, lease=LEASE):
        with translation.override(work.language):
            _work(work, now)


def _work(work: TableImport, now: datetime) -> None:
    try:
        with open_file(work.file) as file:
            table = Table.load(file.read())
        if work.status == TableImport.Status.CHECKING:
            _check(work, table)
        else:
            _apply(work, table, now)
    except Unavailable:
        log.warning("import.storage_away", work=work.pk)  # the claim ends by itself, and somebody tries again
    except Exception as error:
        # Whatever broke, its owner must not wait for ever: the state says so, the log says what.
        log.exception("import.failed", work=work.pk, error=type(error).__name__)
        work.status, work.finished_at = TableImport.Status.FAILED, now
        work.save()


def _check(work: TableImport, table: Table) -> None:
    outcome = KINDS[TableImport.Kind(work.kind)].compare(work, table)
    _note(work, outcome)
    work.seen = outcome.seen or {}
    work.status = TableImport.Status.CHECKED
    work.save()


def _apply(work: TableImport, table: Table, now: datetime) -> None:
    with transaction.atomic():
        try:
            outcome = KINDS[TableImport.Kind(work.kind)].apply(work, table)
            work.status = TableImport.Status.DONE
        except RefusedError as refused:
            outcome, work.status = refused.outcome, TableImport.Status.REFUSED
        _note(work, outcome)
        work.finished_at = now
        # Together with what it changes: a worker that dies before this has changed nothing.
        work.save()


def _note(work: TableImport, outcome: Outcome) -> None:
    work.new_count, work.changed_count, work.same_count = outcome.new, outcome.changed, outcome.same
    work.bad_count = outcome.bad
    work.faults = [vars(fault) for fault in outcome.faults[:SHOWN_FAULTS]]
    work.sample = outcome.sample


def forget_old_imports(*, now: datetime) -> int:
    """Delete tables taken in days ago, with their files; return how many. What they did stays."""
    old = TableImport.objects.filter(created_at__lt=now - KEPT).values_list("pk", "file")
    for _pk, key in old:
        drop_file(key)
    TableImport.objects.filter(pk__in=[pk for pk, _key in old]).delete()
    return len(old)

"""Lists of the desk as files. A long one is written by the worker.

See `docs/decisions/0020-long-exports-are-made-by-the-worker.md`.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.claims import claim_each
from delux.core.errors import Conflict, NotFound, Unavailable
from delux.core.locks import lock_hot_rows
from delux.core.private_files import drop_file, keep_file, new_key, open_file
from delux.core.queue import enqueue
from delux.core.replica import each_in_time, from_replica_that_caught_up
from delux.core.spreadsheets import XLSX_ROWS, Cell, CsvForm, stream_csv, write_xlsx
from delux.crm.models import Export
from delux.crm.selectors.exports import get_export
from delux.crm.selectors.tables import TABLES, Table
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import notify

log = structlog.get_logger(__name__)
AT_ONCE = 5000
UNFINISHED = 3
KEPT = timedelta(days=7)
# A claim is renewed with every thousand rows; only putting a whole file away takes longer than these do.
LEASE = timedelta(minutes=5)
PROGRESS = 1000
# What kills a worker each time would otherwise kill it for ever.
ATTEMPTS = 3


class TooManyExports(Conflict):
    code = "too_many_exports"
    title = _("Other files of yours are still being made. Wait until one is ready")


class TooLongForExcel(Conflict):
    code = "too_long_for_excel"
    title = _("An Excel sheet has a million rows at most. Narrow the list down, or choose CSV")


class ExportNotReady(Conflict):
    code = "export_not_ready"
    title = _("This file is not ready")


@dataclass(frozen=True)
class FileForm:
    """What file is wanted: CSV of some form, or XLSX."""

    file_type: str
    csv: CsvForm


def write_at_once(*, table: Table, form: FileForm) -> Iterator[bytes] | IO[bytes]:
    """Return a table as the bytes of a CSV, made as they are read, or as a whole XLSX to be closed."""
    if form.file_type == "csv":
        return stream_csv(table.header, table.rows(), form.csv)
    return write_xlsx(table.title, table.header, table.rows())


def name_file(table: Table, form: FileForm, at: datetime) -> str:
    return f"{table.name}-{at.astimezone(table.zone):%Y-%m-%d}.{form.file_type}"


def start_export(*, author: User, table: Table, rows: int, form: FileForm, language: str) -> Export:
    """Have a long table written by the worker. Repeated while that goes on, it returns the same export.

    ``rows`` is how many the table has now; ``language`` that of its words.

    :raises TooLongForExcel: more rows than a sheet has
    :raises TooManyExports: three others are still being made
    """
    if form.file_type == "xlsx" and rows >= XLSX_ROWS:
        raise TooLongForExcel
    wish = {
        "organizer": table.organizer,
        "kind": table.kind,
        "filters": dict(table.filters),
        "file_type": form.file_type,
        "divider": form.csv.divider,
        "has_mark": form.csv.has_mark,
        "language": language,
    }
    with transaction.atomic():
        lock_hot_rows(("exports", table.organizer.pk))
        unfinished = Export.objects.filter(organizer=table.organizer, status=Export.Status.WRITING)
        if same := unfinished.filter(**wish).first():
            return same
        if unfinished.count() >= UNFINISHED:
            raise TooManyExports
        now = timezone.now()
        work = Export.objects.create(
            **wish,
            author=author,
            file_name=name_file(table, form, now),
            rows_total=rows,
            expires_at=now + KEPT,
        )
        enqueue("crm.work_on_exports")
    return work


def open_export(*, organizer: OrganizerProfile, export_id: int, at: datetime) -> tuple[Export, IO[bytes]]:
    """Return a file that is ready with its row; whoever sends it closes it.

    :raises NotFound: another organizer's, or gone: files are kept for seven days
    :raises ExportNotReady: it is being written, or that failed
    """
    work = get_export(organizer=organizer, export_id=export_id)
    if work.expires_at <= at:
        raise NotFound
    if work.status != Export.Status.READY:
        raise ExportNotReady
    try:
        return work, open_file(work.file)
    except FileNotFoundError:
        raise NotFound from None


def work_on_exports() -> None:
    """Write every file that waits for it; one worker at a time is at each."""
    waiting = Export.objects.select_related("organizer", "author").filter(status=Export.Status.WRITING)
    for work in claim_each(waiting, lease=LEASE):
        _write(work)


class _ClaimLostError(Exception):
    """This worker stood still for so long that another took its work up."""


def _write(work: Export) -> None:
    """Write a file from its beginning, however far somebody came before, and show it once it is whole."""
    try:
        drop_file(work.file)  # what a worker left that died between storing it and saying so
        work.file = new_key("exports")
        if work.attempts >= ATTEMPTS:
            raise RuntimeError("every worker at it died")
        _note(work, file=work.file, attempts=F("attempts") + 1, rows_done=0)
        with translation.override(work.language):
            table = TABLES[work.kind](work.organizer, work.filters)
            _store(work, table)
            _finish(work)
    except _ClaimLostError:
        log.warning("export.claim_lost", work=work.pk)
        _drop(work)
    except Unavailable:
        log.warning("export.storage_away", work=work.pk)  # the claim ends by itself, and somebody tries again
    except Exception as error:
        # Whatever broke, its owner must not wait for ever: the state says so, the log says what.
        log.exception("export.failed", work=work.pk, error=type(error).__name__)
        # Its file stays noted: what cannot be deleted now is when the row goes.
        _mine(work).update(status=Export.Status.FAILED, finished_at=timezone.now())
        _drop(work)


def _drop(work: Export) -> None:
    try:
        drop_file(work.file)
    except (OSError, Unavailable):
        log.warning("export.file_left", work=work.pk, file=work.file)


@from_replica_that_caught_up
def _store(work: Export, table: Table) -> None:
    rows = _counted(work, table)
    if work.file_type == "xlsx":
        with closing(write_xlsx(table.title, table.header, rows)) as file:
            keep_file(file, key=work.file)
        return
    with TemporaryFile() as file:
        for line in stream_csv(table.header, rows, CsvForm(work.divider, work.has_mark)):
            file.write(line)
        file.seek(0)
        keep_file(file, key=work.file)


def _counted(work: Export, table: Table) -> Iterator[list[Cell]]:
    """Pass the rows on, noting how many were."""
    work.rows_done = 0
    for row in each_in_time(iter(table.rows())):
        yield row
        work.rows_done += 1
        if work.rows_done % PROGRESS == 0:
            _note(work, rows_done=work.rows_done)


@transaction.atomic
def _finish(work: Export) -> None:
    now = timezone.now()
    _note(
        work,
        status=Export.Status.READY,
        rows_done=work.rows_done,
        rows_total=work.rows_done,  # what came or went since it was asked for is in it, or is not
        finished_at=now,
        expires_at=now + KEPT,
    )
    if work.author is not None:
        notify(
            recipient=work.author,
            kind=Kind.EXPORT_READY,
            context={"file_name": work.file_name},
            dedupe_key=f"export-ready:{work.pk}",
        )


def _note(work: Export, **changes: Any) -> None:
    """Write down how far it is and renew the claim.

    :raises _ClaimLostError: it is another worker's by now
    """
    now = timezone.now()
    if not _mine(work).update(claimed_at=now, **changes):
        raise _ClaimLostError
    work.claimed_at = now


def _mine(work: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=work.pk, status=Export.Status.WRITING, claimed_at=work.claimed_at)


def forget_old_exports(*, now: datetime) -> int:
    """Delete files made days ago, with their rows; return how many."""
    old = Export.objects.filter(expires_at__lte=now).values_list("pk", "file")
    for _pk, key in old:
        drop_file(key)
    Export.objects.filter(pk__in=[pk for pk, _key in old]).delete()
    return len(old)

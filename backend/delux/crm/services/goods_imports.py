"""Tables of goods from the desk: taken in, compared, applied.

See `docs/decisions/0018-tables-of-goods.md`.
"""

from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any

import structlog
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.claims import claim_each
from delux.core.errors import Conflict
from delux.core.private_files import drop_file, keep_file, open_file
from delux.core.queue import enqueue
from delux.core.sheets import MAX_BYTES, BadTable, Table, read_table
from delux.crm.models import GoodsImport
from delux.crm.selectors.goods_imports import get_import
from delux.market.services.goods_import import HasFaultsError, Plan, apply_import, plan_import
from delux.market.services.sheet_rows import find_columns

log = structlog.get_logger(__name__)
# A worker that died leaves its work behind; after so long another may take it up.
LEASE = timedelta(minutes=6)
SHOWN_FAULTS, SHOWN_ROWS = 500, 100
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
    *, organizer: OrganizerProfile, author: User, file: IO[bytes], name: str, language: str
) -> GoodsImport:
    """Keep a table of goods and have it compared. What cannot be a table is refused at once.

    :raises TooLarge: more than 5 MB
    :raises BadTable: no table, or not one of goods
    :raises TooManyFiles: three others are still being worked on
    """
    busy = (GoodsImport.Status.CHECKING, GoodsImport.Status.APPLYING)
    if GoodsImport.objects.filter(organizer=organizer, status__in=busy).count() >= UNFINISHED:
        raise TooManyFiles
    table = read_table(file.read(MAX_BYTES + 1))
    find_columns(table)
    if not table.rows:
        raise BadTable.at_file(_("The table has no rows below its header."))
    key = keep_file(BytesIO(table.dump()), folder="imports")
    with transaction.atomic():
        taken = GoodsImport.objects.create(
            organizer=organizer,
            author=author,
            language=language,
            file=key,
            file_name=name[:200],
            rows_total=len(table.rows),
        )
        enqueue("crm.work_on_imports")
    return taken


def confirm_import(*, organizer: OrganizerProfile, import_id: int, skip_bad: bool) -> GoodsImport:
    """Have a compared table applied. Safe to repeat: one that is being applied is returned as it is.

    :raises NotFound: not this organizer's
    :raises ImportNotReady: it is not compared yet, or it ended already
    :raises HasBadRows: rows have mistakes, and they are not to be left out
    :raises NothingToChange: no row would change anything
    """
    with transaction.atomic():
        work = get_import(organizer=organizer, import_id=import_id, lock=True)
        if work.status in (GoodsImport.Status.APPLYING, GoodsImport.Status.DONE):
            return work
        if work.status != GoodsImport.Status.CHECKED:
            raise ImportNotReady
        if work.bad_count and not skip_bad:
            raise HasBadRows
        if not work.new_count + work.changed_count:
            raise NothingToChange
        work.status, work.skip_bad, work.claimed_at = GoodsImport.Status.APPLYING, skip_bad, None
        work.save(update_fields=["status", "skip_bad", "claimed_at", "updated_at"])
        enqueue("crm.work_on_imports")
    return work


def work_on_imports(*, now: datetime) -> None:
    """Compare or apply every table that waits for it; one worker at a time is at each."""
    steps = (GoodsImport.Status.CHECKING, GoodsImport.Status.APPLYING)
    waiting = GoodsImport.objects.select_related("organizer").filter(status__in=steps)
    for work in claim_each(waiting, lease=LEASE):
        with translation.override(work.language):
            _work(work, now)


def _work(work: GoodsImport, now: datetime) -> None:
    try:
        with open_file(work.file) as file:
            table = Table.load(file.read())
        if work.status == GoodsImport.Status.CHECKING:
            _check(work, table)
        else:
            _apply(work, table, now)
    except Exception as error:
        # Whatever broke, its owner must not wait for ever: the state says so, the log says what.
        log.exception("import.failed", work=work.pk, error=type(error).__name__)
        work.status, work.finished_at = GoodsImport.Status.FAILED, now
        work.save()


def _check(work: GoodsImport, table: Table) -> None:
    plan = plan_import(organizer=work.organizer, table=table)
    _note(work, plan)
    work.seen = {change.variant.pk: change.variant.stock_quantity for change in plan.changes}
    work.status = GoodsImport.Status.CHECKED
    work.save()


def _apply(work: GoodsImport, table: Table, now: datetime) -> None:
    seen = {int(key): stock for key, stock in work.seen.items()}
    with transaction.atomic():
        try:
            plan = apply_import(organizer=work.organizer, table=table, seen=seen, skip_bad=work.skip_bad)
            work.status = GoodsImport.Status.DONE
        except HasFaultsError as refused:
            plan, work.status = refused.plan, GoodsImport.Status.REFUSED
        _note(work, plan)
        work.finished_at = now
        # Together with the goods: a worker that dies before this has changed nothing.
        work.save()


def _note(work: GoodsImport, plan: Plan) -> None:
    work.new_count, work.changed_count, work.same_count = len(plan.newcomers), len(plan.changes), plan.same
    work.bad_count = plan.bad_lines
    work.faults = [vars(fault) for fault in plan.faults[:SHOWN_FAULTS]]
    work.sample = _sample(plan)


def _sample(plan: Plan) -> list[dict[str, Any]]:
    """Return the first rows that change something, as the screen shows them: amounts as text."""
    rows = [
        _shown(
            row.line,
            "variant" if row.product else "product",
            row.values["sku_code"],
            row.title,
            {name: (None, row.values[name]) for name in ("price", "stock_quantity")},
        )
        for row in plan.newcomers[:SHOWN_ROWS]
    ]
    rows += [
        _shown(
            row.line,
            "change",
            row.variant.sku_code,
            plan.titles[row.variant.product_id],
            {name: (row.before[name], after) for name, after in row.after.items()},
        )
        for row in plan.changes[:SHOWN_ROWS]
    ]
    return sorted(rows, key=lambda row: row["line"])[:SHOWN_ROWS]


def _shown(
    line: int, kind: str, sku_code: str, title: str, cells: dict[str, tuple[Any, Any]]
) -> dict[str, Any]:
    return {
        "line": line,
        "kind": kind,
        "sku_code": sku_code,
        "title": title,
        "cells": [
            {"column": name, "before": None if before is None else str(before), "after": str(after)}
            for name, (before, after) in cells.items()
        ],
    }


def forget_old_imports(*, now: datetime) -> int:
    """Delete tables taken in days ago, with their files; return how many. What they did stays."""
    old = GoodsImport.objects.filter(created_at__lt=now - KEPT).values_list("pk", "file")
    for _pk, key in old:
        drop_file(key)
    GoodsImport.objects.filter(pk__in=[pk for pk, _key in old]).delete()
    return len(old)

"""What each kind of table does with its rows; how tables are taken in and worked on is table_imports'."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from delux.core.sheet_columns import Columns, Fault
from delux.core.sheets import Table
from delux.crm.models import TableImport
from delux.crm.services import customer_import
from delux.market.services import goods_import, sheet_rows

SHOWN_ROWS = 100


@dataclass(frozen=True)
class Outcome:
    """What a table would do, or has done. ``sample`` is its first rows that change something, for people.

    ``seen`` is what it was compared with, where that must not have moved when it is applied.
    """

    changed: int
    same: int
    faults: list[Fault]
    sample: list[dict[str, Any]]
    new: int = 0
    seen: dict[int, int] | None = None

    @property
    def bad(self) -> int:
        return len({fault.line for fault in self.faults})


class RefusedError(Exception):
    """The table was to be applied as a whole, and some rows cannot be; ``outcome`` says which."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(f"{outcome.bad} rows")


@dataclass(frozen=True)
class ImportKind:
    """Its columns; how it is compared, which writes nothing; how it is applied, in a transaction."""

    columns: Columns
    compare: Callable[[TableImport, Table], Outcome]
    apply: Callable[[TableImport, Table], Outcome]


def _compare_goods(work: TableImport, table: Table) -> Outcome:
    return _goods(goods_import.plan_import(organizer=work.organizer, table=table))


def _apply_goods(work: TableImport, table: Table) -> Outcome:
    seen = {int(key): stock for key, stock in work.seen.items()}
    try:
        plan = goods_import.apply_import(
            organizer=work.organizer, table=table, seen=seen, skip_bad=work.skip_bad
        )
    except goods_import.HasFaultsError as refused:
        raise RefusedError(_goods(refused.plan)) from None
    return _goods(plan)


def _goods(plan: goods_import.Plan) -> Outcome:
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
    return Outcome(
        new=len(plan.newcomers),
        changed=len(plan.changes),
        same=plan.same,
        faults=plan.faults,
        sample=sorted(rows, key=lambda row: row["line"])[:SHOWN_ROWS],
        seen={change.variant.pk: change.variant.stock_quantity for change in plan.changes},
    )


def _compare_customers(work: TableImport, table: Table) -> Outcome:
    return _customers(customer_import.plan_import(organizer=work.organizer, table=table))


def _apply_customers(work: TableImport, table: Table) -> Outcome:
    plan = customer_import.plan_import(organizer=work.organizer, table=table)
    if plan.faults and not work.skip_bad:
        raise RefusedError(_customers(plan))
    customer_import.write_plan(organizer=work.organizer, author=work.author, plan=plan)
    return _customers(plan)


def _customers(plan: customer_import.Plan) -> Outcome:
    rows = []
    for one in plan.additions[:SHOWN_ROWS]:
        cells: dict[str, tuple[Any, Any]] = {}
        if one.tags:
            cells["tags"] = (None, ", ".join([*one.had, *one.tags]))
        if one.note:
            cells["note"] = (None, one.note)
        rows.append(_shown(one.line, "change", one.customer.email or "", one.customer.get_full_name(), cells))
    return Outcome(changed=len(plan.additions), same=plan.same, faults=plan.faults, sample=rows)


def _shown(line: int, kind: str, key: str, title: str, cells: dict[str, tuple[Any, Any]]) -> dict[str, Any]:
    """Return a row as the screen shows it: amounts as text."""
    return {
        "line": line,
        "kind": kind,
        "key": key,
        "title": title,
        "cells": [
            {"column": name, "before": None if before is None else str(before), "after": str(after)}
            for name, (before, after) in cells.items()
        ],
    }


KINDS = {
    TableImport.Kind.GOODS: ImportKind(sheet_rows.COLUMNS, _compare_goods, _apply_goods),
    TableImport.Kind.CUSTOMERS: ImportKind(customer_import.COLUMNS, _compare_customers, _apply_customers),
}

"""What a migration may do to a shop that is open: docs/decisions/0028-expand-then-contract.md."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.contrib.postgres.operations import ValidateConstraint
from django.db import connection
from django.db.migrations import CreateModel, Migration, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SQUAWK = Path(sys.executable).with_name("squawk")
# Of style, or said for all at once by the command `migrate`: bounds, and what happens to a half-done one.
NOT_ASKED = (
    "prefer-bigint-over-int,prefer-bigint-over-smallint,prefer-identity,prefer-text-field,prefer-timestamp-tz,"
    "prefer-robust-stmts,require-lock-timeout,require-statement-timeout"
)


def broken_rules(migration: Migration, before: ProjectState) -> dict[str, str]:
    """Return the rules ``migration`` breaks, each with what is to be said of it, but those it answers for.

    It does so by ``answers``: {rule: why that is harmless here, and since which release, if it takes away}.
    """
    broken = dict(_irreversible(migration.operations)) | dict(_half_done(migration))
    broken |= dict(_out_of_sight(migration.operations)) | dict(_too_much_at_once(migration.operations))
    sql = _sql(migration, before.clone())
    found = subprocess.run(
        [
            SQUAWK,
            "--reporter",
            "json",
            "--pg-version",
            "15",
            "--exclude",
            NOT_ASKED,
            "--stdin-filepath",
            "sql",
        ],
        input=sql,
        capture_output=True,
        text=True,
        check=False,
    )
    for each in json.loads(found.stdout):
        broken.setdefault(each["rule_name"], f"{each['message']} {each.get('help') or ''}")
    answers = getattr(migration, "answers", {})
    for rule in answers.keys() - broken.keys():
        broken[f"needless answer: {rule}"] = "It is not broken."
    return {rule: what for rule, what in broken.items() if not answers.get(rule)}


def _sql(migration: Migration, state: ProjectState) -> str:
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state, editor, collect_sql=True)
    lines = editor.collected_sql
    return "\n".join(["BEGIN;", *lines, "COMMIT;"] if migration.atomic else lines)


def _irreversible(operations: Iterable[Operation]) -> Iterable[tuple[str, str]]:
    for operation in operations:
        if not operation.reversible:
            yield "irreversible", f"{operation} has no way back."


def _out_of_sight(operations: Iterable[Operation]) -> Iterable[tuple[str, str]]:
    for operation in operations:
        if isinstance(operation, RunPython | RunSQL):
            yield "runs-code", "Nobody but its author knows how long it takes, and what it locks."
        if isinstance(operation, RunSQL) and "squawk-ignore" in f"{operation.sql}{operation.reverse_sql}":
            yield "silences-the-linter", "Say why in `answers`, where it is seen."


def _too_much_at_once(operations: Sequence[Operation]) -> Iterable[tuple[str, str]]:
    """What is locked stays locked until the end of the transaction, whatever else is done in it."""
    long = [each for each in operations if isinstance(each, RunPython | RunSQL | ValidateConstraint)]
    if long and len(operations) > 1:
        yield "one-thing", f"{long[0]} may take long: it belongs into a migration of its own."
    made = {each.name_lower for each in operations if isinstance(each, CreateModel)}
    tables = {each.model_name_lower for each in operations if hasattr(each, "model_name_lower")}
    if len(tables - made) > 1:
        yield "two-tables", "The first one is locked while the second is waited for: one table each."


def _half_done(migration: Migration) -> Iterable[tuple[str, str]]:
    if not migration.atomic and len(migration.operations) > 1:
        yield (
            "half-done",
            "Outside a transaction a migration does one thing: else a part of it may be repeated.",
        )

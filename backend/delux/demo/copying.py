"""Rows into PostgreSQL by COPY, several times faster than INSERT."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model

CHUNK = 20_000
Row = dict[str, Any]


def copy_rows(model: type[Model], rows: Iterable[Row]) -> None:
    """Append ``rows``, dicts with the same keys (foreign keys as ids), to the model's table.

    Fields that the rows do not name get the default that saving a model would give them.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return
    fields = [_field(model, name) for name in first]
    constants = {
        field: field.get_default() for field in model._meta.concrete_fields if _needs_default(field, fields)
    }
    names = ", ".join(f'"{field.column}"' for field in [*fields, *constants])
    tail = "".join("\t" + _text(value) for value in constants.values()) + "\n"
    statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor:
        for chunk in _chunks(first, remaining):
            lines = ("\t".join(map(_text, row.values())) + tail for row in chunk)
            cursor.copy_expert(statement, StringIO("".join(lines)))


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _needs_default(field: "Field[Any, Any]", named: list[Any]) -> bool:
    if field in named or field.generated:
        return False
    return not field.null and not field.has_db_default() and not field.primary_key


def _chunks(first: Row, rest: Iterator[Row]) -> Iterator[list[Row]]:
    chunk = [first, *islice(rest, CHUNK - 1)]
    while chunk:
        yield chunk
        chunk = list(islice(rest, CHUNK))


def _text(value: Any) -> str:
    """One value in COPY's text format (PostgreSQL manual, COPY, "Text Format")."""
    match value:
        case None:
            return r"\N"
        case bool():
            return "t" if value else "f"
        case str():
            if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
                return (
                    value.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")
                )
            return value
        case date():
            return value.isoformat()
        case dict() | list():
            return _text(json.dumps(value, ensure_ascii=False))
        case _:
            return str(value)


def product_models() -> list[type[Model]]:
    """Every table of the product itself."""
    return [model for model in apps.get_models() if model.__module__.startswith("delux.")]


def empty_everything() -> None:
    """Delete all rows of the product and what hangs on them, and start the ids from one again."""
    names = ", ".join(f'"{model._meta.db_table}"' for model in product_models())
    with connection.cursor() as cursor:
        # Foreign keys are checked at commit; those of an earlier filling in this transaction are checked now.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def catch_up_sequences() -> None:
    """Let the next id follow the largest one that COPY wrote."""
    with connection.cursor() as cursor:
        for model in product_models():
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1),"
                f' max(id) IS NOT NULL) FROM "{table}"'
            )


def set_counters(table: str, rows: list[Row]) -> None:
    """Set whole-number columns of many rows, each a dict with its ``id``, by one join."""
    if not rows:
        return
    columns = [name for name in rows[0] if name != "id"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE tally ({', '.join(f'{name} bigint' for name in rows[0])})")
        lines = ("\t".join(map(str, row.values())) + "\n" for row in rows)
        cursor.copy_expert("COPY tally FROM STDIN", StringIO("".join(lines)))
        pairs = ", ".join(f"{name} = tally.{name}" for name in columns)
        cursor.execute(f"UPDATE {table} SET {pairs} FROM tally WHERE tally.id = {table}.id")
        cursor.execute("DROP TABLE tally")


def analyse() -> None:
    """Give the planner the new figures at once, rather than when autovacuum comes by."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

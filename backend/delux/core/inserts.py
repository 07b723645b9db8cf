"""INSERT without composing a query, for the hottest paths, where composing costs more than inserting."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=Model)
_AT_ONCE = 2000


def insert(rows: Iterable[M]) -> list[M]:
    """Store new objects of one model with the keys and times the database gave them.

    As with `bulk_create`, no signal is sent and `save` is not called.
    """
    rows = list(rows)
    for start in range(0, len(rows), _AT_ONCE):
        _insert(rows[start : start + _AT_ONCE])
    return rows


def _insert(rows: Sequence[Model]) -> None:
    table, fields, given_back = _shape(type(rows[0]))
    places, values = [], []
    for row in rows:
        prepared = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        places.append(f"({', '.join('DEFAULT' if _is_default(one) else '%s' for one in prepared)})")
        values += [one for one in prepared if not _is_default(one)]
    columns, returned = (", ".join(f'"{one.column}"' for one in names) for names in (fields, given_back))
    sql = f'INSERT INTO "{table}" ({columns}) VALUES {", ".join(places)} RETURNING {returned}'  # noqa: S608 our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for row, made in zip(rows, cursor.fetchall(), strict=True):
            for field, value in zip(given_back, made, strict=True):
                setattr(row, field.attname, value)
            row._state.adding, row._state.db = False, "default"  # noqa: SLF001 as Django's own inserts do


@cache
def _shape(model: type[Model]) -> "tuple[str, list[Field[Any, Any]], list[Field[Any, Any]]]":
    meta = model._meta  # noqa: SLF001 Django documents it as the models' API
    fields = [field for field in meta.concrete_fields if not field.primary_key and not field.generated]
    given_back = [field for field in meta.concrete_fields if field.primary_key or field.has_db_default()]
    return meta.db_table, fields, given_back


def _is_default(value: Any) -> bool:
    return isinstance(value, DatabaseDefault)

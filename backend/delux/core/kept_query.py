"""Statements whose SQL Django composes once: for the hottest paths, where composing costs more than running.

What is kept is built from ordinary querysets, with a marker standing for each argument; a run puts the values
in the markers' places. Nothing but the arguments may differ between runs.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import NotSupportedError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

from delux.core.replica import read_connection

Row = dict[str, Any]
M = TypeVar("M", bound=Model)


class _Arranged:
    """A statement: its SQL, the argument for each place (None: there is none), and what stands there then."""

    def __init__(self, sql: str, places: tuple[str | None, ...], constants: tuple[Any, ...]) -> None:
        self._sql, self._constants = sql, constants
        self._arguments = [place for place in places if place is not None]
        self._places = places
        self._name = f"kept_{next(_numbers)}"
        self._given = f" ({', '.join(['%s'] * len(self._arguments))})" if self._arguments else ""

    def execute(self, cursor: Any, values: Row) -> None:
        """Run the statement, which the server plans once for each connection where settings allow it."""
        if settings.PREPARE_STATEMENTS:
            self._execute_prepared(cursor, [values[name] for name in self._arguments])
        else:
            filled = zip(self._places, self._constants, strict=True)
            cursor.execute(self._sql, [one if place is None else values[place] for place, one in filled])

    def _execute_prepared(self, cursor: Any, arguments: list[Any]) -> None:
        try:
            cursor.execute(f"EXECUTE {self._prepare(cursor.db)}{self._given}", arguments)
        except NotSupportedError:
            # A column got another type meanwhile, and the server keeps to the old answer for good: under a
            # new name every connection plans it anew. A transaction is lost, though; its next try will do.
            self._name = f"kept_{next(_numbers)}"
            if cursor.db.in_atomic_block:
                raise
            cursor.execute(f"EXECUTE {self._prepare(cursor.db)}{self._given}", arguments)

    def _prepare(self, on: BaseDatabaseWrapper) -> str:
        """Have the server plan the statement, unless this connection did; return its name."""
        on.ensure_connection()
        known, name = _prepared.setdefault(on.connection, set()), self._name
        if name in known:
            return name
        numbers = count(1)
        # Constants stay in the text, so that the planner can prove that a partial index serves.
        with on.wrap_database_errors, on.connection.cursor() as raw:
            written = tuple(
                raw.mogrify("%s", [one]).decode() if place is None else f"${next(numbers)}"
                for place, one in zip(self._places, self._constants, strict=True)
            )
            raw.execute(f"PREPARE {name} AS {self._sql % written}")
        known.add(name)
        return name


_numbers = count(1)
# What each connection has prepared; it is forgotten with the connection.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class _Kept:
    """``build`` gets a marker for each of ``types``: int, str, datetime, or list (ids, in an ``__in``)."""

    def __init__(self, build: Callable[..., Any], **types: type) -> None:
        self._build, self._types = build, types
        self._markers = {name: _marker(number, kind) for number, (name, kind) in enumerate(types.items())}

    def _from_markers(self) -> Any:
        given = {
            name: [marker] if self._types[name] is list else marker for name, marker in self._markers.items()
        }
        return self._build(**given)

    def _arrange(self, sql: str, parameters: tuple[Any, ...]) -> _Arranged:
        by_marker = {marker: name for name, marker in self._markers.items()}
        places = tuple(by_marker.get(one) if type(one) in _KINDS else None for one in parameters)
        if missing := self._types.keys() - set(places):
            raise ValueError(f"The statement has no place for {sorted(missing)}: {parameters}")
        if list in self._types.values():
            sql = sql.replace(" IN (%s)", " = ANY(%s)")
        return _Arranged(sql, places, parameters)


class KeptQuery(_Kept):
    """Rows of a `.values()` query over plain columns. They come as the driver gives them."""

    def read(self, **values: Any) -> list[Row]:
        """Run the query; return each row by its columns' names."""
        names = self._compiled[1]
        return [dict(zip(names, row, strict=True)) for row in self.tuples(**values)]

    def tuples(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run the query; return the rows in the order of its columns."""
        with read_connection().cursor() as cursor:
            self._compiled[0].execute(cursor, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    @cached_property
    def _compiled(self) -> tuple[_Arranged, tuple[str, ...]]:
        query = self._from_markers().query
        return self._arrange(*query.sql_with_params()), (*query.values_select, *query.annotation_select)


class KeptObjects(_Kept, Generic[M]):
    """Objects of a queryset of a model, `only`, `select_related` and locks included; no annotations."""

    def __init__(self, build: Callable[..., QuerySet[M]], **types: type) -> None:
        super().__init__(build, **types)

    def read(self, **values: Any) -> list[M]:
        """Run the query; return its objects."""
        compiler, arranged, init_list, converters = self._compiled
        on = read_connection()
        with on.cursor() as cursor:
            arranged.execute(cursor, values)
            rows: Iterable[Any] = cursor.fetchall()
        if converters:
            rows = compiler.apply_converters(rows, converters)
        info = compiler.klass_info
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        related = get_related_populators(info, compiler.select, on.alias)  # type: ignore[call-arg]  # Django 6's stub
        found: list[M] = []
        for row in rows:
            one = info["model"].from_db(on.alias, init_list, row[start:end])
            for populator in related:
                populator.populate(row, one)
            found.append(one)
        return found

    def first(self, **values: Any) -> M | None:
        """Run the query; return its first object."""
        return next(iter(self.read(**values)), None)

    @cached_property
    def _compiled(self) -> tuple[SQLCompiler, _Arranged, list[str], Any]:
        compiler = self._from_markers().query.get_compiler("default")
        arranged = self._arrange(*compiler.as_sql())
        places = compiler.klass_info["select_fields"]
        columns = [compiler.select[place][0] for place in places]
        converters = compiler.get_converters([expression for expression, *_ in compiler.select])
        return compiler, arranged, [column.target.attname for column in columns], converters


class KeptUpdate(_Kept):
    """An UPDATE: ``build`` returns the queryset of the rows and what their fields become."""

    def run(self, **values: Any) -> int:
        """Run it; return how many rows it changed."""
        with connection.cursor() as cursor:
            self._compiled.execute(cursor, values)
            changed: int = cursor.rowcount
        return changed

    @cached_property
    def _compiled(self) -> _Arranged:
        rows, changes = self._from_markers()
        query = rows.order_by().query.chain(UpdateQuery)
        query.add_update_values(changes)
        return self._arrange(*query.get_compiler("default").as_sql())


_KINDS = (int, str, datetime)


def _marker(number: int, kind: type) -> Any:
    """Return a value nobody else would put into a statement."""
    if kind in (int, list):
        return 2_147_483_000 + number  # fits every kind of whole number but the small one
    if kind is str:
        return f"\ue000{number}"
    if kind is datetime:
        return datetime(1, 2, 3, tzinfo=UTC) + timedelta(microseconds=number)
    raise TypeError(f"No marker for {kind}.")

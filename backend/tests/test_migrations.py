"""Every new migration may run while people buy, and with the release before it still at work."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.migrations import broken_rules

# The last ones of the time before any shop was open; those that follow are held to the rules.
BEFORE_THE_FIRST_RELEASE = {
    "accounts": "0005_check_email_proofs",
    "core": "0002_trigrams",
    "crm": "0008_table_imports",
    "events": "0005_ticket_transfers",
    "market": "0003_stored_search_words",
    "notifications": "0007_check_deliveries_again",
    "orders": "0006_placed_by_day",
    "payments": "0003_refund_requests",
}


@pytest.fixture(scope="module")
def loader(django_db_setup: None, django_db_blocker: Any) -> Iterator[MigrationLoader]:
    """Outside a transaction, where some operations refuse to be; of the database they are only looked at."""
    with django_db_blocker.unblock():
        yield MigrationLoader(connection, replace_migrations=False)


@pytest.fixture(scope="module")
def today(loader: MigrationLoader) -> ProjectState:
    return loader.project_state()


def test_every_migration_may_run_while_people_buy_with_the_release_before_it(loader: MigrationLoader) -> None:
    broken = {
        f"{app}.{name}": rules
        for (app, name), migration in loader.disk_migrations.items()
        if type(migration).__module__.startswith("delux.") and name > BEFORE_THE_FIRST_RELEASE.get(app, "")
        if (rules := broken_rules(migration, loader.project_state((app, name), at_end=False)))
    }

    assert broken == {}


def change(name: str, *operations: Any, atomic: bool = True, **more: Any) -> migrations.Migration:
    made = type("Migration", (migrations.Migration,), {"operations": [*operations], "atomic": atomic, **more})
    return made(name, "orders")


def check(*, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(total_amount__gte=0), name=name)


@pytest.mark.parametrize(
    "migration",
    [
        change("a_column", migrations.AddField("order", "gift_note", models.TextField(null=True))),
        change("a_column_the_database_fills", migrations.AddField(
            "order", "gift_note", models.TextField(db_default=""))),
        change("an_index", AddIndexConcurrently(
            "order", models.Index(fields=["total_amount"], name="order_total")), atomic=False),
        change("a_constraint", AddConstraintNotValid("order", check(name="order_not_negative"))),
        change("a_fill_that_is_answered_for", migrations.RunPython(print, print), answers={
            "runs-code": "Ten rows of the staff's own."}),
        change("a_constraint_checked_later", ValidateConstraint("order", "order_number_unique")),
        change("a_table", migrations.CreateModel("Gift", [
            ("id", models.BigAutoField(primary_key=True)),
            ("order", models.ForeignKey("orders.Order", models.CASCADE)),
            ("code", models.CharField(max_length=20, unique=True)),
        ])),
        change("a_column_nobody_reads", migrations.RemoveField("order", "cancel_reason"), answers={
            "ban-drop-column": "Nothing reads or writes it since 1.3."}),
    ],
    ids=lambda migration: migration.name,
)  # fmt: skip
def test_what_adds_to_the_tables_is_let_through(migration: migrations.Migration, today: ProjectState) -> None:
    assert broken_rules(migration, today) == {}


@pytest.mark.parametrize(
    ("rule", "migration"),
    [
        ("adding-required-field", change("no_default", migrations.RunSQL(
            "ALTER TABLE orders_order ADD COLUMN gift_note text NOT NULL",
            "ALTER TABLE orders_order DROP COLUMN gift_note"))),
        # What Django makes of a default of Python's: old code, which knows nothing of the column, is refused.
        ("ban-drop-default", change("pythons_default", migrations.AddField(
            "order", "gift_note", models.TextField(default="")))),
        ("adding-not-nullable-field", change("not_null", migrations.AlterField(
            "order", "paid_at", models.DateTimeField()))),
        ("require-concurrent-index-creation", change("an_index", migrations.AddIndex(
            "order", models.Index(fields=["total_amount"], name="order_total")))),
        ("require-concurrent-index-deletion", change("an_index_less", migrations.RemoveIndex(
            "fulfilment", "fulfilment_placed"))),
        ("constraint-missing-not-valid", change("a_constraint", migrations.AddConstraint(
            "order", check(name="order_not_negative")))),
        ("constraint-missing-not-valid", change(
            "both_at_once", AddConstraintNotValid("order", check(name="order_not_negative")),
            ValidateConstraint("order", "order_not_negative"))),
        ("ban-drop-column", change("a_column_less", migrations.RemoveField("order", "cancel_reason"))),
        ("ban-drop-column", change("no_reason", migrations.RemoveField("order", "cancel_reason"), answers={
            "ban-drop-column": ""})),
        ("ban-drop-table", change("a_table_less", migrations.DeleteModel("CartItem"))),
        ("renaming-column", change("a_name", migrations.RenameField("order", "cancel_reason", "reason"))),
        ("renaming-table", change("a_tables_name", migrations.RenameModel("Order", "Purchase"))),
        ("changing-column-type", change("a_type", migrations.AlterField(
            "order", "order_number", models.IntegerField()))),
        ("irreversible", change("no_way_back", migrations.RunPython(print))),
        ("runs-code", change("a_fill", migrations.RunSQL("UPDATE orders_order SET buyer_note = ''", ""))),
        ("runs-code", change("pythons_fill", migrations.RunPython(print, print))),
        ("silences-the-linter", change("hush", migrations.RunSQL(
            "-- squawk-ignore ban-drop-table\nDROP TABLE orders_cartitem", ""), answers={
            "runs-code": "It is quick."})),
        ("one-thing", change(
            "a_column_and_its_fill", migrations.AddField("order", "gift_note", models.TextField(null=True)),
            migrations.RunPython(print, print), answers={"runs-code": "It is quick."})),
        ("two-tables", change(
            "two", migrations.AddField("order", "gift_note", models.TextField(null=True)),
            migrations.AddField("fulfilment", "gift_note", models.TextField(null=True)))),
        ("half-done", change(
            "two_steps",
            AddIndexConcurrently("order", models.Index(fields=["total_amount"], name="one")),
            AddIndexConcurrently("order", models.Index(fields=["total_amount"], name="two")), atomic=False)),
        ("needless answer: ban-drop-table", change("says_too_much", migrations.AddField(
            "order", "gift_note", models.TextField(null=True)), answers={"ban-drop-table": "Because."})),
    ],
    ids=lambda each: getattr(each, "name", each),
)  # fmt: skip
def test_what_would_stop_a_shop_or_the_release_before_is_seen(
    rule: str, migration: migrations.Migration, today: ProjectState
) -> None:
    assert rule in broken_rules(migration, today)

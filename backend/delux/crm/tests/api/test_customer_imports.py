"""A table of customers: tags and notes for people who have bought of the organizer, and for nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from delux.accounts.models import User
from delux.accounts.tests.factories import UserFactory
from delux.crm.models import CustomerNote, CustomerTag, TableImport
from delux.crm.services.table_imports import work_on_imports
from delux.crm.tests.factories import TableImportFactory, sell
from delux.orders.models import Fulfilment, Order

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/customer-imports/"
ENGLISH = {"Accept-Language": "en"}


def upload(client, *lines: str, header: str = "E-mail;Tags;Note"):
    file = SimpleUploadedFile("customers.csv", "\n".join([header, *lines]).encode(), "text/csv")
    return client.post(URL, {"file": file}, format="multipart", headers=ENGLISH)


def compared(client, *lines: str, **given) -> dict:
    answer = upload(client, *lines, **given)
    assert answer.status_code == 201, answer.json()
    work_on_imports(now=timezone.now())
    return client.get(f"{URL}{answer.json()['id']}/").json()


def applied(client, table: dict, **options) -> dict:
    answer = client.post(f"{URL}{table['id']}/confirm/", options)
    assert answer.status_code == 200, answer.json()
    work_on_imports(now=timezone.now())
    return client.get(f"{URL}{table['id']}/").json()


def tags(person: User) -> list[str]:
    return sorted(CustomerTag.objects.filter(customer=person).values_list("name", flat=True))


@pytest.fixture
def zere(organizer) -> User:
    person = UserFactory(first_name="Zere", last_name="Serik", email="zere@example.com")
    sell(organizer=organizer, customer=person)
    return person


def test_tags_and_a_note_are_added_when_told_to_and_none_is_taken_away(client, organizer, zere) -> None:
    CustomerTag.objects.create(organizer=organizer, customer=zere, name="Club")

    table = compared(client, "ZERE@example.com;club, Volunteer;Runs with a pram")

    assert (table["status"], table["changed_count"], table["bad_count"]) == ("checked", 1, 0)
    assert table["sample"] == [
        {
            "line": 2,
            "kind": "change",
            "key": "zere@example.com",
            "title": "Zere Serik",
            "cells": [
                {"column": "tags", "before": None, "after": "Club, Volunteer"},
                {"column": "note", "before": None, "after": "Runs with a pram"},
            ],
        }
    ]
    assert tags(zere) == ["Club"]  # nothing yet

    assert applied(client, table)["status"] == "done"
    assert tags(zere) == ["Club", "Volunteer"]
    note = CustomerNote.objects.get()
    assert (note.body, note.author, note.organizer) == ("Runs with a pram", organizer.user, organizer)

    again = compared(client, "zere@example.com;VOLUNTEER;Runs with a pram")
    assert (again["changed_count"], again["same_count"]) == (0, 1)


def test_strangers_are_told_apart_by_nothing_and_never_added(client, zere) -> None:
    UserFactory(email="has.an.account@example.com")
    buyer_elsewhere = UserFactory(email="buys.elsewhere@example.com")
    sell(customer=buyer_elsewhere)

    table = compared(
        client,
        "nobody@example.com;Club;",
        "has.an.account@example.com;Club;",
        "buys.elsewhere@example.com;Club;",
    )

    assert [(fault["line"], fault["column"]) for fault in table["faults"]] == [
        (2, "email"),
        (3, "email"),
        (4, "email"),
    ]
    assert {fault["detail"] for fault in table["faults"]} == {"Nobody with this e-mail has bought of you."}
    assert not User.objects.filter(email="nobody@example.com").exists()


def test_one_mistake_stops_everything_unless_bad_rows_are_left_out(client, zere) -> None:
    lines = ("zere@example.com;Club;", "nobody@example.com;Club;")
    table = compared(client, *lines)
    refused = client.post(f"{URL}{table['id']}/confirm/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "has_bad_rows")
    assert tags(zere) == []

    assert applied(client, table, skip_bad=True)["status"] == "done"
    assert tags(zere) == ["Club"]


def test_somebody_who_is_no_customer_any_more_when_it_is_applied_stops_it(client, zere) -> None:
    """The control is the test of adding: with the customer there, the same table is applied."""
    table = compared(client, "zere@example.com;Club;")
    Fulfilment.objects.update(opened_at=None, status="waiting")

    done = applied(client, table)

    assert (done["status"], done["bad_count"]) == ("refused", 1)
    assert tags(zere) == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([";Club;"], (2, "email")),
        (["zere@example.com;A;", "Zere@Example.com;B;"], (3, "email")),
        ([f"zere@example.com;{'x' * 41};"], (2, "tags")),
        ([f'zere@example.com;"{",".join(f"t{n}" for n in range(21))}";'], (2, "tags")),
    ],
)
def test_a_mistake_is_named_by_line_and_column(client, zere, lines, where) -> None:
    table = compared(client, *lines)

    assert [(fault["line"], fault["column"]) for fault in table["faults"]] == [where]


def test_tags_keep_the_spelling_they_have(client, organizer, zere) -> None:
    other = UserFactory(email="other@example.com")
    sell(organizer=organizer, customer=other)
    CustomerTag.objects.create(organizer=organizer, customer=other, name="Trail Club")

    applied(client, compared(client, "zere@example.com;trail club, New One;", "other@example.com;NEW one;"))

    assert tags(zere) == ["New One", "Trail Club"]
    assert tags(other) == ["New One", "Trail Club"]


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ky"])
def test_the_file_of_customers_can_be_sent_back_and_so_can_the_template(
    client, organizer, zere, language
) -> None:
    CustomerTag.objects.create(organizer=organizer, customer=zere, name="Club")
    spoken = {"Accept-Language": language}
    exported = client.post("/api/v1/crm/exports/customers/", {"divider": ";"}, headers=spoken).getvalue()
    sent = client.post(URL, {"file": SimpleUploadedFile("c.csv", exported)}, format="multipart")
    assert sent.status_code == 201, sent.json()
    work_on_imports(now=timezone.now())
    table = client.get(f"{URL}{sent.json()['id']}/").json()
    assert (table["same_count"], table["faults"]) == (1, [])

    template = client.get(f"{URL}template/", headers=spoken).getvalue()
    refused = client.post(
        URL, {"file": SimpleUploadedFile("c.xlsx", template)}, format="multipart", headers=ENGLISH
    )
    assert "no rows" in refused.json()["detail"]  # every column was found


def test_a_table_without_its_columns_is_refused_at_once(client) -> None:
    refused = upload(client, "a@example.com;x", header="E-mail;Club")

    assert (refused.status_code, refused.json()["code"]) == (400, "bad_table")
    assert "Tags" in refused.json()["detail"]
    assert not TableImport.objects.exists()


def test_each_kind_of_table_is_found_at_its_own_address_by_its_own_organizer(client, organizer) -> None:
    mine = TableImportFactory(organizer=organizer, kind="customers")
    goods, strange = TableImportFactory(organizer=organizer), TableImportFactory(kind="customers")

    assert [row["id"] for row in client.get(URL).json()["results"]] == [mine.pk]
    for other in (goods, strange):
        assert client.get(f"{URL}{other.pk}/").status_code == 404
        assert client.post(f"{URL}{other.pk}/confirm/", {}).status_code == 404
    assert client.get(f"/api/v1/crm/goods-imports/{mine.pk}/").status_code == 404


def test_five_hundred_rows_cost_as_few_statements_as_ten(
    client, organizer, django_assert_max_num_queries
) -> None:
    at = timezone.now()
    people = User.objects.bulk_create(User(email=f"r{n}@example.com", password="!") for n in range(500))
    orders = Order.objects.bulk_create(
        Order(
            order_number=f"T-{person.pk}",
            user=person,
            market="KZ",
            currency="KZT",
            subtotal=0,
            total_amount=0,
            status="completed",
            payment_status="paid",
            paid_at=at,
            completed_at=at,
        )
        for person in people
    )
    Fulfilment.objects.bulk_create(
        Fulfilment(
            order=order,
            organizer=organizer,
            status="completed",
            has_gear=False,
            subtotal=0,
            currency="KZT",
            opened_at=at,
            completed_at=at,
        )
        for order in orders
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # the server does so by itself, but not within a transaction that made the rows
    for rows in (10, 500):
        table = compared(
            client, *(f"r{n}@example.com;Club {rows}, Wave {n % 7};Of {rows}" for n in range(rows))
        )
        client.post(f"{URL}{table['id']}/confirm/", {})
        with django_assert_max_num_queries(20):
            work_on_imports(now=at)
        assert CustomerTag.objects.filter(name=f"Club {rows}").count() == rows
        assert CustomerNote.objects.filter(body=f"Of {rows}").count() == rows

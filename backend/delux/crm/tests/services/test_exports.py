"""Long files: made by the worker, whole or not at all, kept for a week, their organizer's alone."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from openpyxl import load_workbook

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.errors import Unavailable
from delux.crm.api import exports as api
from delux.crm.models import CustomerTag, Export
from delux.crm.selectors.tables import CustomersTable
from delux.crm.services import exports as service
from delux.crm.services.exports import forget_old_exports, work_on_exports
from delux.crm.tests.factories import ExportFactory, sell
from delux.events.models import EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.notifications.models import Delivery, Notification
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/exports/"


@pytest.fixture
def organizer() -> OrganizerProfile:
    return OrganizerFactory()


@pytest.fixture
def client(organizer):
    return client_for(organizer)


@pytest.fixture
def long(organizer, monkeypatch) -> list[str]:
    """Five customers, where three are too many to be answered at once; their e-mails."""
    monkeypatch.setattr(api, "AT_ONCE", 2)
    monkeypatch.setattr(service, "PROGRESS", 2)
    people = [UserFactory() for _ in range(5)]
    for person in people:
        sell(organizer=organizer, customer=person)
    return sorted(person.email for person in people)


def ask(client, kind="customers", **form) -> dict:
    answer = client.post(f"{URL}{kind}/", form, headers={"Accept-Language": "en"})
    assert answer.status_code == 202, answer.getvalue()
    return answer.json()


def look(client, export: dict) -> dict:
    return client.get(f"{URL}{export['id']}/").json()


def download(client, export: dict) -> bytes:
    answer = client.get(f"{URL}{export['id']}/file/")
    assert answer.status_code == 200
    return answer.getvalue()


def emails_in(content: bytes) -> list[str]:
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    return sorted(row[1] for row in list(rows)[1:])


@pytest.fixture(autouse=True)
def _empty_storage() -> None:
    for name in stored_files():
        storages["private"].delete(f"exports/{name}")


def stored_files() -> list[str]:
    storage = storages["private"]
    return storage.listdir("exports")[1] if storage.exists("exports") else []


def test_five_thousand_rows_are_answered_at_once_and_one_more_goes_to_the_worker(client, organizer) -> None:
    tickets = TicketTypeFactory(event__organizer=organizer)
    holder = UserFactory()
    EventAttendee.objects.bulk_create(
        EventAttendee(ticket_type=tickets, user=holder, attendee_name=f"Runner {n}", qr_code=f"code-{n}")
        for n in range(5001)
    )
    kind = f"attendees/{tickets.event_id}"

    export = ask(client, kind)
    assert (export["status"], export["rows_done"], export["rows_total"]) == ("writing", 0, 5001)
    work_on_exports()

    assert look(client, export)["status"] == "ready"
    rows = list(csv.reader(StringIO(download(client, export).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [f"Runner {n}" for n in reversed(range(5001))]

    EventAttendee.objects.filter(qr_code="code-0").delete()
    answer = client.post(f"{URL}{kind}/", {})
    assert answer.status_code == 200
    assert answer.getvalue().count(b"\n") == 5001


def test_a_long_file_is_in_the_form_and_words_that_were_wished(client, long, organizer) -> None:
    sheet, text = ask(client, file_type="xlsx"), ask(client, divider=";", has_mark=False)
    CustomerTag.objects.create(organizer=organizer, customer=UserFactory(), name="Club")
    work_on_exports()

    assert download(client, text).startswith(b"Name;E-mail;Tags")
    rows = load_workbook(BytesIO(download(client, sheet))).active.iter_rows(values_only=True)
    assert sorted(row[1] for row in list(rows)[1:]) == long


def test_its_author_is_told_once_without_a_word_of_what_is_in_it(client, long, organizer) -> None:
    export = ask(client)
    work_on_exports()
    work_on_exports()

    told = Notification.objects.get(user=organizer.user)
    assert (told.kind, told.data) == ("export_ready", {"file_name": export["file_name"]})
    assert not [email for email in long if email in told.title + told.body]
    assert Delivery.objects.filter(notification=told).count() == 1


class KilledError(BaseException):
    """What no handler catches: the process is gone."""


def die_after(monkeypatch, rows: int) -> None:
    whole = CustomersTable.rows

    def cut(table: CustomersTable) -> Iterator[list]:
        for number, row in enumerate(whole(table)):
            if number == rows:
                raise KilledError
            yield row

    monkeypatch.setattr(CustomersTable, "rows", cut)


def lapse() -> None:
    Export.objects.update(claimed_at=timezone.now() - service.LEASE * 2)


def test_a_worker_killed_in_the_middle_leaves_no_half_and_another_begins_anew(
    client, long, monkeypatch
) -> None:
    export = ask(client)
    with monkeypatch.context() as dying:
        die_after(dying, rows=3)
        with pytest.raises(KilledError):
            work_on_exports()
    halfway = look(client, export)
    assert (halfway["status"], halfway["rows_done"]) == ("writing", 2)
    refused = client.get(f"{URL}{export['id']}/file/")
    assert (refused.status_code, refused.json()["code"]) == (409, "export_not_ready")

    work_on_exports()  # the dead one's claim still holds
    assert look(client, export)["status"] == "writing"
    lapse()
    work_on_exports()

    done = look(client, export)
    assert (done["status"], done["rows_done"], done["rows_total"]) == ("ready", 5, 5)
    assert len(stored_files()) == 1
    assert emails_in(download(client, export)) == long


def test_a_file_stored_by_a_worker_that_died_before_saying_so_is_not_left_behind(
    client, long, monkeypatch
) -> None:
    export = ask(client)
    with monkeypatch.context() as dying:
        dying.setattr(service, "_finish", lambda _work: (_ for _ in ()).throw(KilledError))
        with pytest.raises(KilledError):
            work_on_exports()
    assert len(stored_files()) == 1
    lapse()
    work_on_exports()

    assert len(stored_files()) == 1
    assert emails_in(download(client, export)) == long


def test_a_worker_that_stood_still_gives_way_to_the_one_that_took_over(client, long, monkeypatch) -> None:
    export = ask(client)
    whole = CustomersTable.rows

    def slow(table: CustomersTable) -> Iterator[list]:
        monkeypatch.setattr(CustomersTable, "rows", whole)
        for number, row in enumerate(whole(table)):
            if number == 1:
                lapse()
                work_on_exports()  # another worker does it all
            yield row

    monkeypatch.setattr(CustomersTable, "rows", slow)
    work_on_exports()

    assert look(client, export)["status"] == "ready"
    assert len(stored_files()) == 1
    assert emails_in(download(client, export)) == long
    assert Notification.objects.count() == 1


def test_what_kills_every_worker_is_given_up(client, long, monkeypatch) -> None:
    export = ask(client)
    die_after(monkeypatch, rows=1)
    for _ in range(service.ATTEMPTS):
        lapse()
        with pytest.raises(KilledError):
            work_on_exports()
    lapse()
    work_on_exports()

    assert look(client, export)["status"] == "failed"
    assert stored_files() == []


def test_what_breaks_at_work_is_said_and_leaves_no_file(client, long, monkeypatch) -> None:
    def broken(_table: CustomersTable) -> Iterator[list]:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(CustomersTable, "rows", broken)
    export = ask(client)
    work_on_exports()

    assert look(client, export)["status"] == "failed"
    assert client.get(f"{URL}{export['id']}/file/").status_code == 409
    assert stored_files() == []
    assert not Notification.objects.exists()


def test_the_same_wish_again_is_the_same_export_and_only_three_are_made_at_once(client, long) -> None:
    first = ask(client)
    assert ask(client)["id"] == first["id"]
    others = [ask(client, divider=";"), ask(client, file_type="xlsx")]
    assert len({first["id"], *(one["id"] for one in others)}) == service.UNFINISHED

    refused = client.post(f"{URL}customers/", {"has_mark": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_exports")

    work_on_exports()
    assert ask(client, has_mark=False)["id"] not in [first["id"], *(one["id"] for one in others)]


def test_more_rows_than_a_sheet_has_are_refused_as_excel_alone(client, long, monkeypatch) -> None:
    monkeypatch.setattr(service, "XLSX_ROWS", 5)

    refused = client.post(f"{URL}customers/", {"file_type": "xlsx"})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_long_for_excel")
    assert ask(client, file_type="csv")["status"] == "writing"


def test_another_organizer_finds_nothing(client, long) -> None:
    export = ask(client)
    work_on_exports()
    stranger = client_for(OrganizerFactory())

    assert stranger.get(f"{URL}{export['id']}/").status_code == 404
    assert stranger.get(f"{URL}{export['id']}/file/").status_code == 404
    assert stranger.get(URL).json()["count"] == 0
    assert client.get(URL).json()["results"][0]["id"] == export["id"]


def test_a_file_goes_after_seven_days_from_being_ready(client, long) -> None:
    export = ask(client)
    Export.objects.update(expires_at=timezone.now())
    work_on_exports()
    ready = timezone.now()
    assert forget_old_exports(now=ready + timedelta(days=6, hours=23)) == 0
    assert emails_in(download(client, export)) == long

    assert forget_old_exports(now=ready + timedelta(days=7)) == 1

    assert stored_files() == []
    assert client.get(f"{URL}{export['id']}/file/").status_code == 404


def test_a_file_past_its_day_is_not_handed_out_even_before_it_is_deleted(client, organizer) -> None:
    export = ExportFactory(organizer=organizer)
    assert client.get(f"{URL}{export.pk}/file/").status_code == 200
    Export.objects.update(expires_at=timezone.now())

    assert client.get(f"{URL}{export.pk}/file/").status_code == 404


def test_many_exports_are_listed_in_as_few_queries_as_one(
    client, organizer, django_assert_max_num_queries
) -> None:
    ExportFactory.create_batch(10, organizer=organizer)

    with django_assert_max_num_queries(4):
        assert len(client.get(URL).json()["results"]) == 10


def test_what_breaks_while_files_cannot_be_deleted_is_said_and_its_file_goes_later(
    client, long, monkeypatch
) -> None:
    store = service._store

    def broken_at_first(work: Export, table: CustomersTable) -> None:
        monkeypatch.setattr(service, "_store", store)
        raise RuntimeError("the disk is full")

    def away(key: str) -> None:
        if key:
            raise Unavailable

    broken_one, other = ask(client), ask(client, divider=";")
    monkeypatch.setattr(service, "_store", broken_at_first)
    monkeypatch.setattr(service, "drop_file", away)
    work_on_exports()

    assert [look(client, each)["status"] for each in (broken_one, other)] == ["failed", "ready"]
    assert Export.objects.get(pk=broken_one["id"]).file

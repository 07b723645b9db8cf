"""The desk's lists as files answered at once: what is in them, in which words, in which form."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from delux.accounts.tests.factories import UserFactory
from delux.core.spreadsheets import XLSX
from delux.crm.models import CustomerTag, Export
from delux.crm.services.table_imports import work_on_imports
from delux.crm.tests.factories import sell
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.market.tests.factories import ProductFactory, VariantFactory
from delux.orders.tests.factories import placed_order
from delux.payments.tests.factories import pay
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/exports/"
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def export(client, kind: str, *, language="en", form=None, **query):
    address = f"{URL}{kind}/?" + "&".join(f"{name}={value}" for name, value in query.items())
    response = client.post(address, form or {}, headers={"Accept-Language": language})
    assert response.status_code == 200, response.json()
    return response, response.getvalue()


def lines_of(client, kind: str, **given) -> list[list[str]]:
    _, content = export(client, kind, **given)
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def event(organizer):
    return EventFactory(organizer=organizer, slug="apple-run", timezone="America/New_York")


def attendees(event, **given) -> list[list[str]]:
    return lines_of(client_for(event.organizer), f"attendees/{event.pk}", **given)


def test_attendees_have_times_by_the_events_clock_and_money_as_it_was_paid(client, event) -> None:
    tickets = TicketTypeFactory(event=event, name="10 km", price="7000.00")
    order = placed_order(
        UserFactory(email="aliya@example.com", first_name="Aliya", last_name=""), {tickets: 1}
    )
    pay(order)
    tickets.attendees.update(
        status="checked_in", checked_in_at=datetime(2027, 6, 12, 14, 30, tzinfo=UTC), attendee_name=""
    )
    tickets.price = "9000.00"
    tickets.save()

    response, _ = export(client, f"attendees/{event.pk}")
    header, row = attendees(event)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="apple-run-20')
    assert header[0] == "Name"
    assert header[5] == "Ticket price, KZT"
    assert header[8] == "Checked in, America/New_York time"
    assert (row[0], row[1], row[3]) == ("Aliya", "aliya@example.com", "10 km")
    assert row[4:7] == ["Checked in", "7000.00", order.order_number]
    assert row[8] == "2027-06-12 10:30"


def test_columns_and_statuses_are_in_the_organizers_language(event) -> None:
    EventAttendeeFactory(ticket_type__event=event)

    header, row = attendees(event, language="ru")

    assert header[0] == "Имя"
    assert row[4] == "Действителен"


def test_a_name_that_is_a_formula_stays_a_name(client, event) -> None:
    EventAttendeeFactory(ticket_type__event=event, attendee_name="=HYPERLINK(A1)", user__phone="+77010000001")

    _, row = attendees(event)
    assert (row[0], row[2]) == ("'=HYPERLINK(A1)", "'+77010000001")

    response, content = export(client, f"attendees/{event.pk}", form={"file_type": "xlsx"})
    assert response["Content-Type"] == XLSX
    cell = load_workbook(BytesIO(content)).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(A1)", "s", True)


def test_the_file_holds_what_the_filters_leave(event) -> None:
    one, two = TicketTypeFactory.create_batch(2, event=event)
    EventAttendeeFactory(ticket_type=one, attendee_name="Aliya")
    EventAttendeeFactory(ticket_type=two, attendee_name="Timur")
    EventAttendeeFactory(attendee_name="Somebody else's")

    assert {row[0] for row in attendees(event)[1:]} == {"Aliya", "Timur"}
    assert [row[0] for row in attendees(event, q="tim")[1:]] == ["Timur"]
    assert [row[0] for row in attendees(event, ticket_type=two.pk)[1:]] == ["Timur"]
    assert attendees(event, status="refunded")[1:] == []


def test_orders_are_whole_filtered_and_sorted_as_the_list_is(client, organizer) -> None:
    zere = UserFactory(first_name="Zere", last_name="Serik", email="zere@example.com")
    ticket = TicketTypeFactory(event__organizer=organizer, price=Decimal(5000))
    early = sell(ticket, customer=zere, quantity=2, refunded=1, at=MAY)
    late = sell(ticket, at=JUNE)
    sell(at=JUNE)  # another organizer's

    header, *rows = lines_of(client, "orders")

    assert [row[0] for row in rows] == [late.order.order_number, early.order.order_number]
    assert dict(zip(header, rows[1], strict=True)) == {
        "Order": early.order.order_number,
        "What": early.title,
        "Pieces": "2",
        "Customer": "Zere Serik",
        "E-mail": "zere@example.com",
        "Paid, Asia/Almaty time": "2026-05-01 05:00",
        "Way of delivery": "Tickets",
        "Status": "Completed",
        "Tracking number": "",
        "Refunded amount": "5000.00",
        "Total amount": "10000.00",
        "Currency": "KZT",
    }
    assert [row[0] for row in lines_of(client, "orders", q="zere")[1:]] == [early.order.order_number]
    assert lines_of(client, "orders", ordering="paid_at")[1][0] == early.order.order_number
    assert len(lines_of(client, "orders", date_from="2026-05-15")[1:]) == 1
    refused = client.post(f"{URL}orders/?date_from=2026-06-01&date_to=2026-05-01", {})
    assert refused.json()["errors"][0]["pointer"] == "/date_to"


def test_order_lines_name_what_was_chosen_and_never_anothers_goods(client, organizer) -> None:
    variant = VariantFactory(product__organizer=organizer, sku_code="CAP-1", price=Decimal(100))
    line = sell(variant, quantity=3, refunded=1, delivery_type="pickup")
    line.options = {"size": "M", "colour": "Red"}
    line.save()
    sell(order=line.order)  # another seller's part of the same order

    header, *rows = lines_of(client, "order-lines")

    assert len(rows) == 1
    row = dict(zip(header, rows[0], strict=True))
    assert (row["SKU"], row["Chosen"], row["Pieces"], row["Pieces refunded"]) == ("CAP-1", "M, Red", "3", "1")
    assert (row["Price of one"], row["Total amount"]) == ("100.00", "300.00")
    assert lines_of(client, "order-lines", status="shipped")[1:] == []


def test_customers_come_with_their_tags(client, organizer) -> None:
    aliya = UserFactory(first_name="Aliya", last_name="Serik")
    sell(organizer=organizer, customer=aliya, at=JUNE)
    sell(organizer=organizer, at=MAY)
    for name in ("Volunteer", "Club"):
        CustomerTag.objects.create(organizer=organizer, customer=aliya, name=name)
    CustomerTag.objects.create(organizer=EventFactory().organizer, customer=aliya, name="Not ours")

    header, *rows = lines_of(client, "customers")

    assert rows[0][0] == "Aliya Serik"
    assert len(rows) == 2
    assert dict(zip(header, rows[0], strict=True))["Tags"] == "Club, Volunteer"
    assert [row[0] for row in lines_of(client, "customers", tag="club")[1:]] == ["Aliya Serik"]


@pytest.mark.parametrize("form", [{"file_type": "xlsx"}, {"divider": ";"}, {}])
@pytest.mark.parametrize("language", ["en", "ru", "kk", "ky"])
def test_a_file_of_goods_sent_back_changes_nothing(client, organizer, form, language) -> None:
    product = ProductFactory(organizer=organizer, title="=Running; cap")
    VariantFactory(product=product, sku_code="CAP-1", price=Decimal("9900.50"), original_price=Decimal(10000))
    VariantFactory(product=product, sku_code="CAP-2", size="M", is_active=False)
    VariantFactory()  # another organizer's

    response, content = export(client, "goods", form=form, language=language)
    name = f"goods.{form.get('file_type', 'csv')}"
    sent = client.post(
        "/api/v1/crm/goods-imports/", {"file": SimpleUploadedFile(name, content)}, format="multipart"
    )
    assert sent.status_code == 201, sent.json()
    work_on_imports(now=timezone.now())

    table = client.get(f"/api/v1/crm/goods-imports/{sent.json()['id']}/").json()
    assert (table["rows_total"], table["same_count"], table["faults"]) == (2, 2, [])
    assert response["Content-Disposition"].startswith('attachment; filename="goods-20')


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ({}, b"\xef\xbb\xbfName,E-mail"),
        ({"divider": ";"}, b"\xef\xbb\xbfName;E-mail"),
        ({"divider": ";", "has_mark": False}, b"Name;E-mail"),
    ],
)
def test_a_csv_is_written_as_it_was_wished(client, organizer, form, beginning) -> None:
    sell(TicketTypeFactory(event__organizer=organizer, price=Decimal("1500.50")))

    _, content = export(client, "customers", form=form)

    assert content.startswith(beginning)
    assert (b"1500,50" in content) == (form.get("divider") == ";")


def test_what_no_file_can_be_is_refused_by_name(client) -> None:
    for field, value in {"file_type": "pdf", "divider": "|", "has_mark": "perhaps", "rows": 5}.items():
        refused = client.post(f"{URL}customers/", {field: value})
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["pointer"] == f"/{field}"
    assert client.post(f"{URL}customers/?page=2", {}).status_code == 400


def test_twelve_rows_take_no_more_queries_than_one(client, organizer, django_assert_max_num_queries) -> None:
    event = EventFactory(organizer=organizer)
    for _ in range(12):
        sell(TicketTypeFactory(event=event))
        VariantFactory(product__organizer=organizer)
    EventAttendeeFactory.create_batch(12, ticket_type__event=event)

    for kind in ("orders", "order-lines", "customers", "goods", f"attendees/{event.pk}"):
        with django_assert_max_num_queries(8):
            assert len(lines_of(client, kind)) == 13
    assert not Export.objects.exists()

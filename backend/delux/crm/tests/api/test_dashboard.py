from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.crm.selectors.sales import zone_of
from delux.crm.tests.factories import CrmTaskFactory, DailyViewsFactory, sell, unpaid_part
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.market.tests.factories import ProductFactory, VariantFactory
from delux.orders.models import Fulfilment
from delux.orders.tests.factories import placed_order
from delux.payments.models import Refund
from delux.payments.tests.factories import pay
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/dashboard/"
NOON = datetime(2026, 5, 10, 7, tzinfo=UTC)  # twelve o'clock in Almaty


def dashboard(organizer, **query):
    response = client_for(organizer).get(URL, query)
    assert response.status_code == 200, response.json()
    return response.json()


def may(organizer, **query):
    return dashboard(organizer, date_from="2026-05-01", date_to="2026-05-31", **query)


def found_today(organizer) -> date:
    return timezone.now().astimezone(zone_of(organizer)).date()


def test_revenue_orders_and_tickets_are_of_paid_lines_net_of_refunds() -> None:
    organizer = OrganizerFactory()
    ticket = TicketTypeFactory(event__organizer=organizer, price=Decimal(5000))
    shoes = VariantFactory(product__organizer=organizer, price=Decimal("24990.00"))
    sold = sell(ticket, quantity=3, refunded=1, at=NOON, shipping=Decimal(0))
    sell(shoes, order=sold.order, at=NOON)
    sell(shoes, quantity=2, refunded=2, at=NOON)
    unpaid_part(organizer)

    found = may(organizer)

    assert found["currency"] == "KZT"
    assert {name: found["totals"][name] for name in ("revenue", "orders", "tickets_sold", "goods_sold")} == {
        "revenue": "34990.00",
        "orders": 1,
        "tickets_sold": 2,
        "goods_sold": 1,
    }


def test_every_day_of_the_period_is_there_and_quiet_days_are_zero() -> None:
    organizer = OrganizerFactory()
    sell(organizer=organizer, at=NOON)

    days = may(organizer)["days"]

    assert [day["date"] for day in days] == [f"2026-05-{number:02}" for number in range(1, 32)]
    assert {day["date"]: day["revenue"] for day in days if day["orders"]} == {"2026-05-10": "5000.00"}
    assert days[0] == {
        "date": "2026-05-01",
        "views": 0,
        "orders_placed": 0,
        "orders_paid": 0,
        "revenue": "0.00",
        "refunded": "0.00",
        "orders": 0,
        "tickets_sold": 0,
        "goods_sold": 0,
        "check_ins": 0,
    }


@pytest.mark.parametrize(
    ("market", "day"), [("KZ", "2026-05-11"), ("KG", "2026-05-11"), ("US", "2026-05-10")]
)
def test_a_day_begins_at_midnight_of_the_organizers_market(market: str, day: str) -> None:
    organizer = OrganizerFactory(market=market)
    sell(organizer=organizer, at=datetime(2026, 5, 10, 20, tzinfo=UTC))

    assert [found["date"] for found in may(organizer)["days"] if found["orders"]] == [day]


def test_the_period_before_is_as_long_and_counted_alike() -> None:
    organizer = OrganizerFactory()
    sell(organizer=organizer, at=NOON)
    sell(organizer=organizer, at=NOON - timedelta(days=30), quantity=2)
    sell(organizer=organizer, at=NOON - timedelta(days=60), quantity=7)

    found = may(organizer)

    assert found["totals"]["tickets_sold"] == 1
    assert found["previous"] == {
        "date_from": "2026-03-31",
        "date_to": "2026-04-30",
        "views": 0,
        "orders_placed": 1,
        "orders_paid": 1,
        "revenue": "10000.00",
        "refunded": "0.00",
        "orders": 1,
        "tickets_sold": 2,
        "goods_sold": 0,
        "check_ins": 0,
    }


def test_openings_orders_placed_and_those_of_them_paid_are_counted_by_the_day_they_began() -> None:
    organizer = OrganizerFactory()
    event = EventFactory(organizer=organizer)
    product = ProductFactory(organizer=organizer)
    DailyViewsFactory(event=event, day=date(2026, 5, 10), count=40)
    DailyViewsFactory(product=product, day=date(2026, 5, 10), count=2)
    DailyViewsFactory(event=event, day=date(2026, 4, 30), count=7)
    DailyViewsFactory(day=date(2026, 5, 10), count=100)
    sell(organizer=organizer, at=NOON, refunded=1)
    Fulfilment.objects.filter(pk=unpaid_part(organizer).pk).update(created_at=NOON)
    late = sell(organizer=organizer, at=NOON + timedelta(days=40)).part
    Fulfilment.objects.filter(pk=late.pk).update(created_at=NOON + timedelta(days=1))

    found = may(organizer)

    funnel = ("views", "orders_placed", "orders_paid")
    assert [found["totals"][name] for name in funnel] == [42, 3, 2]
    assert [found["days"][9][name] for name in funnel] == [42, 2, 1]
    assert [found["days"][10][name] for name in funnel] == [0, 1, 1]
    assert [found["previous"][name] for name in funnel] == [7, 0, 0]


def test_another_organizers_sales_are_never_counted_even_in_a_shared_order() -> None:
    mine, other = OrganizerFactory(), OrganizerFactory()
    item = sell(organizer=mine, at=NOON)
    sell(organizer=other, order=item.order, quantity=4, at=NOON)

    assert may(mine)["totals"]["tickets_sold"] == 1
    assert may(other)["totals"]["tickets_sold"] == 4


def test_sales_in_a_currency_the_organizer_left_are_not_added_to_the_one_it_counts_in() -> None:
    organizer = OrganizerFactory(market="US")
    sell(organizer=organizer, at=NOON)
    organizer.market = "KZ"
    organizer.save()

    assert may(organizer)["totals"]["revenue"] == "0.00"


def test_check_ins_are_counted_on_the_day_they_happened() -> None:
    organizer = OrganizerFactory()
    EventAttendeeFactory(ticket_type__event__organizer=organizer, status="checked_in", checked_in_at=NOON)
    EventAttendeeFactory(ticket_type__event__organizer=organizer)
    EventAttendeeFactory(status="checked_in", checked_in_at=NOON)

    found = may(organizer)

    assert found["totals"]["check_ins"] == 1
    assert found["days"][9]["check_ins"] == 1


@pytest.mark.parametrize(("status", "counted"), [("initiated", "4000.00"), ("failed", "0.00")])
def test_what_was_given_back_counts_on_its_own_day_unless_the_provider_refused(status, counted) -> None:
    tickets = TicketTypeFactory(price=Decimal(4000))
    organizer = tickets.event.organizer
    order = placed_order(things={tickets: 2})
    pay(order)
    client_for(organizer).post(
        f"/api/v1/crm/orders/{order.pk}/refund/",
        {"lines": [{"item_id": order.items.get().pk, "quantity": 1}]},
        headers={"Idempotency-Key": "key-1"},
    )
    assert Refund.objects.update(status=status, created_at=NOON) == 1

    found = may(organizer)

    assert found["totals"]["refunded"] == found["days"][9]["refunded"] == counted
    assert may(OrganizerFactory())["totals"]["refunded"] == "0.00"


def test_attendance_is_of_valid_tickets_to_events_that_began_in_the_period() -> None:
    tickets = TicketTypeFactory(
        event__start_datetime=NOON,
        event__end_datetime=NOON + timedelta(hours=2),
        sales_start=NOON - timedelta(days=30),
    )
    EventAttendeeFactory(ticket_type=tickets, status="checked_in", checked_in_at=NOON)
    EventAttendeeFactory.create_batch(2, ticket_type=tickets)
    EventAttendeeFactory(ticket_type=tickets, status="refunded", voided_at=NOON)
    EventAttendeeFactory(ticket_type__event__organizer=tickets.event.organizer)

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        found = may(tickets.event.organizer)

    assert found["attendance"] == {"tickets": 3, "came": 1}


def test_tickets_left_are_over_upcoming_events_and_capped_by_capacity() -> None:
    organizer = OrganizerFactory()
    open_event = EventFactory(organizer=organizer)
    TicketTypeFactory(event=open_event, quantity_total=100, quantity_sold=30, quantity_held=5)
    TicketTypeFactory(event=open_event, quantity_total=10)
    small = EventFactory(organizer=organizer, capacity=40, places_taken=38)
    TicketTypeFactory(event=small, quantity_total=100, quantity_sold=38)
    TicketTypeFactory(event__organizer=organizer, event__draft=True)
    long_ago = timezone.now() - timedelta(days=20)
    TicketTypeFactory(event__organizer=organizer, event__finished=True, sales_start=long_ago)

    found = dashboard(organizer)

    assert found["tickets_left"] == 65 + 10 + 2
    assert {
        event["id"]: (event["tickets_sold"], event["tickets_left"]) for event in found["upcoming_events"]
    } == {
        open_event.pk: (30, 75),
        small.pk: (38, 2),
    }


def test_best_sellers_are_events_and_products_by_revenue_over_all_their_variants() -> None:
    organizer = OrganizerFactory()
    shoes = VariantFactory(product__organizer=organizer, price=Decimal(100), product__title="Trail shoes")
    wider = VariantFactory(product=shoes.product, price=Decimal(100))
    ticket = TicketTypeFactory(event__organizer=organizer, price=Decimal(150), event__title="Night run")
    sell(shoes, at=NOON)
    sell(wider, at=NOON)
    sell(ticket, at=NOON)
    sell(TicketTypeFactory(event__organizer=organizer), refunded=1, at=NOON)

    best = may(organizer)["best_sellers"]

    assert [(row["item_type"], row["id"], row["title"], row["quantity"], row["revenue"]) for row in best] == [
        ("product", shoes.product_id, "Trail shoes", 2, "200.00"),
        ("ticket", ticket.event_id, "Night run", 1, "150.00"),
    ]


def test_low_stock_is_what_is_free_and_on_sale_scarcest_first() -> None:
    organizer = OrganizerFactory()
    free = VariantFactory(product__organizer=organizer, stock_quantity=4, held_quantity=0)
    held = VariantFactory(product__organizer=organizer, stock_quantity=9, held_quantity=8)
    VariantFactory(product__organizer=organizer, stock_quantity=6)
    VariantFactory(product__organizer=organizer, stock_quantity=0, is_active=False)
    VariantFactory(product__organizer=organizer, stock_quantity=0, product__is_active=False)
    VariantFactory(stock_quantity=0)

    found = dashboard(organizer)

    assert found["low_stock_count"] == 2
    assert [(row["variant_id"], row["left"]) for row in found["low_stock"]] == [(held.pk, 1), (free.pk, 4)]


def test_work_to_do_counts_open_tasks_and_gear_that_has_to_leave() -> None:
    organizer = OrganizerFactory()
    now = timezone.now()
    CrmTaskFactory(organizer=organizer, due_at=now - timedelta(hours=1))
    CrmTaskFactory(organizer=organizer, due_at=now + timedelta(hours=1), status="in_progress")
    CrmTaskFactory(organizer=organizer, status="done", done_at=now)
    CrmTaskFactory()
    sell(VariantFactory(product__organizer=organizer))
    sell(organizer=organizer)

    found = dashboard(organizer)

    assert found["tasks"] == {"open": 2, "overdue": 1}
    assert found["parts_to_fulfil"] == 1


@time_machine.travel(datetime(2026, 5, 10, 20, tzinfo=UTC), tick=False)
def test_thirty_days_to_today_in_the_market_are_shown_unless_said_otherwise() -> None:
    found = dashboard(OrganizerFactory())["totals"]

    assert (found["date_from"], found["date_to"]) == ("2026-04-12", "2026-05-11")


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("date_from", "expected_end"),
    [("2026-05-01", "2026-05-10"), ("2026-06-01", "2026-06-01"), ("2020-01-01", "2020-12-31")],
)
def test_an_open_end_is_today_within_the_longest_period(date_from: str, expected_end: str) -> None:
    found = dashboard(OrganizerFactory(), date_from=date_from)["totals"]

    assert (found["date_from"], found["date_to"]) == (date_from, expected_end)


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ({"date_from": "2026-05-02", "date_to": "2026-05-01"}, "/date_to", "wrong_order"),
        ({"date_from": "2025-01-01", "date_to": "2026-01-02"}, "/date_to", "too_long"),
        ({"date_from": "0001-01-01"}, "/date_from", "out_of_range"),
        ({"date_to": "9999-12-31"}, "/date_to", "out_of_range"),
        ({"date_from": "yesterday"}, "/date_from", "invalid"),
        ({"days": "7"}, "/days", "unknown"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(query: dict[str, str], pointer: str, code: str) -> None:
    response = client_for(OrganizerFactory()).get(URL, query)

    assert response.status_code == 400
    assert [(problem["pointer"], problem["code"]) for problem in response.json()["errors"]] == [
        (pointer, code)
    ]


def test_the_longest_period_is_a_leap_year() -> None:
    found = dashboard(OrganizerFactory(), date_from="2024-01-01", date_to="2024-12-31")

    assert len(found["days"]) == 366
    assert found["previous"]["date_from"] == str(date(2024, 1, 1) - timedelta(days=366))


def test_the_figures_of_one_event_are_its_tickets_refunds_and_entries_alone() -> None:
    tickets = TicketTypeFactory(price=Decimal(4000), name="10 km")
    event, organizer = tickets.event, tickets.event.organizer
    kids = TicketTypeFactory(event=event, price=Decimal(1000), name="Kids")
    other = TicketTypeFactory(event__organizer=organizer, price=Decimal(9000))
    order = placed_order(things={tickets: 2, other: 1})
    pay(order)
    lines = [{"item_id": item.pk, "quantity": 1} for item in order.items.all()]
    client_for(organizer).post(
        f"/api/v1/crm/orders/{order.pk}/refund/", {"lines": lines}, headers={"Idempotency-Key": "key-1"}
    )
    sell(kids, quantity=3)
    sell(VariantFactory(product__organizer=organizer))
    EventAttendeeFactory(ticket_type=kids, status="checked_in", checked_in_at=timezone.now())
    EventAttendeeFactory(ticket_type=other, status="checked_in", checked_in_at=timezone.now())
    CrmTaskFactory(organizer=organizer)
    DailyViewsFactory(event=event, day=found_today(organizer), count=9)
    DailyViewsFactory(event=other.event, day=found_today(organizer), count=4)

    found = dashboard(organizer, event=event.pk)

    shown = {name: value for name, value in found["totals"].items() if not name.startswith("date_")}
    assert shown == {
        "views": 9,
        "orders_placed": 2,
        "orders_paid": 2,
        "revenue": "7000.00",
        "refunded": "4000.00",
        "orders": 2,
        "tickets_sold": 4,
        "goods_sold": 0,
        "check_ins": 1,
    }
    assert [(row["title"], row["id"], row["quantity"]) for row in found["best_sellers"]] == [
        ("10 km", event.pk, 1),
        ("Kids", event.pk, 3),
    ]
    assert [row["id"] for row in found["upcoming_events"]] == [event.pk]
    assert (found["tasks"]["open"], found["parts_to_fulfil"]) == (1, 1)
    whole = dashboard(organizer)["totals"]
    assert (whole["refunded"], whole["views"], whole["orders_placed"]) == ("13000.00", 13, 3)


def test_several_kinds_of_ticket_are_one_event_among_the_best_sellers() -> None:
    tickets = TicketTypeFactory(price=Decimal(4000))
    kids = TicketTypeFactory(event=tickets.event, price=Decimal(1000))
    sell(tickets, at=NOON)
    sell(kids, quantity=2, at=NOON)

    best = may(tickets.event.organizer)["best_sellers"]

    assert [(row["title"], row["quantity"], row["revenue"]) for row in best] == [
        (tickets.event.title, 3, "6000.00")
    ]


@pytest.mark.parametrize("which", ["another's", "nobody's"])
def test_an_event_that_is_not_ones_own_is_refused_by_name(which: str) -> None:
    event = EventFactory().pk if which == "another's" else 10**9

    response = client_for(OrganizerFactory()).get(URL, {"event": event})

    assert response.status_code == 400
    assert [(problem["pointer"], problem["code"]) for problem in response.json()["errors"]] == [
        ("/event", "does_not_exist")
    ]


def test_one_event_takes_one_query_more(django_assert_num_queries) -> None:
    item = sell()
    client = client_for(item.organizer)

    with django_assert_num_queries(10):
        client.get(URL, {"event": item.ticket_type.event_id})


def test_only_organizers_have_a_dashboard() -> None:
    assert client_for().get(URL).status_code == 401
    assert client_for(UserFactory()).get(URL).status_code == 403


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_dashboard_takes_nine_queries_whatever_was_sold(rows: int, django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    ticket = TicketTypeFactory(event__organizer=organizer)
    for _ in range(rows):
        sell(ticket)
    client = client_for(organizer)

    with django_assert_num_queries(9):
        client.get(URL)

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import NotSupportedError, connection, transaction
from django.db.models import F

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.inserts import insert
from delux.core.kept_query import KeptObjects, KeptQuery, KeptUpdate
from delux.notifications.models import Notification

pytestmark = pytest.mark.django_db


def test_one_query_answers_for_every_value() -> None:
    one, other = OrganizerFactory(shipping_price=Decimal("12.50")), OrganizerFactory()
    rows = OrganizerProfile.objects.values("slug", "shipping_price", "user__email", "created_at")
    by_slug = KeptQuery(lambda slug: rows.filter(slug=slug), slug=str)

    assert by_slug.read(slug=one.slug) == list(rows.filter(slug=one.slug))
    assert by_slug.read(slug=other.slug) == list(rows.filter(slug=other.slug))
    assert by_slug.read(slug="'; DROP TABLE events_event; --") == []


def test_a_list_of_keys_may_have_any_length() -> None:
    people = UserFactory.create_batch(3)
    some = KeptQuery(lambda ids: User.objects.filter(pk__in=ids).order_by("pk").values("email"), ids=list)

    assert some.tuples(ids=[people[0].pk, people[2].pk]) == [(people[0].email,), (people[2].email,)]
    assert some.tuples(ids=[]) == []


def test_objects_come_as_the_queryset_would_give_them(django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    by_slug = KeptObjects(
        lambda slug: (
            OrganizerProfile.objects.filter(slug=slug).select_related("user").only("slug", "user__email")
        ),
        slug=str,
    )
    by_slug.read(slug="warm")

    with django_assert_num_queries(1):
        found = by_slug.first(slug=organizer.slug)
        assert found == organizer
        assert found.user.email == organizer.user.email
    assert found.get_deferred_fields() >= {"bio", "city"}
    assert by_slug.first(slug="nobody") is None


def test_an_update_changes_the_rows_it_is_asked_to_and_tells_how_many() -> None:
    one, other = OrganizerFactory(), OrganizerFactory()
    price = one.shipping_price
    raise_by = KeptUpdate(
        lambda slug, amount, at: (
            OrganizerProfile.objects.filter(slug=slug, created_at__gt=at),
            {"shipping_price": F("shipping_price") + amount, "city": slug},
        ),
        slug=str,
        amount=int,
        at=datetime,
    )

    assert raise_by.run(slug=one.slug, amount=7, at=datetime(2020, 1, 1, tzinfo=UTC)) == 1
    assert raise_by.run(slug=one.slug, amount=7, at=datetime(2999, 1, 1, tzinfo=UTC)) == 0

    one.refresh_from_db()
    assert (one.shipping_price, one.city) == (price + 7, one.slug)
    assert OrganizerProfile.objects.get(pk=other.pk).city == other.city


def test_an_argument_without_a_place_is_refused() -> None:
    forgetful = KeptQuery(
        lambda slug, **_rest: OrganizerProfile.objects.filter(slug=slug).values("id"), slug=str, city=str
    )

    with pytest.raises(ValueError, match="no place for"):
        forgetful.read(slug="x", city="y")


def test_inserted_objects_know_their_keys_and_times() -> None:
    reader = UserFactory()
    rows = [
        Notification(user=reader, kind="order_paid", title="№", data={"n": number}, dedupe_key=str(number))
        for number in range(3)
    ]

    insert(rows)

    assert list(Notification.objects.order_by("pk")) == rows
    stored = Notification.objects.get(pk=rows[1].pk)
    assert (stored.data, stored.created_at) == ({"n": 1}, rows[1].created_at)
    assert insert([]) == []


@pytest.mark.parametrize("prepared", [True, False])
def test_a_pooler_that_changes_connections_is_served_without_kept_plans(settings, prepared: bool) -> None:
    settings.PREPARE_STATEMENTS = prepared
    city = f"100 % Астана {prepared}"  # another test's statement may still be on this connection
    organizer = OrganizerFactory(city=city)
    by_city = KeptQuery(
        lambda slug: OrganizerProfile.objects.filter(slug=slug, city=city).values("id"), slug=str
    )

    assert by_city.tuples(slug=organizer.slug) == [(organizer.pk,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [city])
        assert cursor.fetchone() == (1 if prepared else 0,)


def widen(type_: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE accounts_organizerprofile ALTER COLUMN city TYPE {type_}")


def city_by_slug() -> KeptQuery:
    return KeptQuery(lambda slug: OrganizerProfile.objects.filter(slug=slug).values("city"), slug=str)


@pytest.mark.django_db(transaction=True)
def test_a_column_that_got_another_type_costs_one_transaction_at_most() -> None:
    organizer, kept = OrganizerFactory(city="Astana"), city_by_slug()
    assert kept.tuples(slug=organizer.slug) == [("Astana",)]

    length = OrganizerProfile._meta.get_field("city").max_length
    widen("text")
    try:
        with pytest.raises(NotSupportedError), transaction.atomic():
            kept.tuples(slug=organizer.slug)
        assert kept.tuples(slug=organizer.slug) == [("Astana",)]
    finally:
        widen(f"varchar({length})")

    assert kept.tuples(slug=organizer.slug) == [("Astana",)]

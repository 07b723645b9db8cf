from decimal import Decimal

import pytest

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory
from delux.core.kept_query import KeptQuery

pytestmark = pytest.mark.django_db


def test_one_query_answers_for_every_value() -> None:
    one, other = OrganizerFactory(shipping_price=Decimal("12.50")), OrganizerFactory()
    rows = OrganizerProfile.objects.values("slug", "shipping_price", "user__email", "created_at")
    by_slug = KeptQuery(lambda slug: rows.filter(slug=slug), marker="any")

    assert by_slug.read(one.slug) == list(rows.filter(slug=one.slug))
    assert by_slug.read(other.slug) == list(rows.filter(slug=other.slug))
    assert by_slug.read("'; DROP TABLE events_event; --") == []


def test_a_marker_that_is_not_alone_is_refused() -> None:
    twice = KeptQuery(
        lambda slug: OrganizerProfile.objects.filter(slug=slug, city=slug).values("id"), marker="any"
    )

    with pytest.raises(ValueError, match="exactly once"):
        twice.read("x")

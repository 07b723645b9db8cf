from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from delux.core import metrics
from delux.core.metrics import read_waiting, render_metrics
from delux.notifications.models import Delivery
from delux.notifications.tests.factories import NotificationFactory

WORK = ["holds", "mail", "payments", "refunds", "sms", "webhooks"]


@pytest.mark.django_db
def test_what_waits_is_shown_with_one_question_for_each_kind(django_assert_num_queries) -> None:
    at = timezone.now()
    for late in (-60, 5, 40):
        Delivery.objects.create(
            notification=NotificationFactory(),
            channel=Delivery.Channel.EMAIL,
            next_attempt_at=at - timedelta(seconds=late),
        )

    with django_assert_num_queries(len(WORK)):
        page = render_metrics().decode()

    assert sorted(metrics._work) == WORK
    assert 'delux_waiting_rows{work="mail"} 3.0' in page
    assert 'delux_waiting_rows{work="sms"} 0.0' in page
    assert read_waiting("mail", at=at).late_seconds == 40


@pytest.mark.django_db
def test_a_queue_is_not_counted_to_its_end(monkeypatch) -> None:
    monkeypatch.setattr(metrics, "MOST_COUNTED", 2)
    for _ in range(3):
        Delivery.objects.create(notification=NotificationFactory(), channel=Delivery.Channel.EMAIL)

    assert read_waiting("mail", at=timezone.now()).rows == 2


def test_with_the_database_away_the_rest_is_still_told(monkeypatch) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(metrics, "read_waiting", away)

    page = render_metrics().decode()

    assert "delux_waiting" not in page
    assert "delux_stock_refusals_total" in page

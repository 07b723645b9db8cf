import threading

import pytest
from django.db import connection, transaction

from delux.core.locks import lock_hot_rows


@pytest.mark.django_db(transaction=True)
def test_one_transaction_at_a_time_passes_a_hot_row() -> None:
    passed: list[str] = []

    def follower() -> None:
        try:
            with transaction.atomic():
                lock_hot_rows(("event", 2), ("event", 1))
                passed.append("second")
        finally:
            connection.close()

    with transaction.atomic():
        lock_hot_rows(("event", 1), ("variant", 1))
        thread = threading.Thread(target=follower)
        thread.start()
        thread.join(timeout=0.3)
        assert thread.is_alive()
        passed.append("first")
    thread.join(timeout=5)

    assert passed == ["first", "second"]


@pytest.mark.django_db
def test_rows_of_other_kinds_and_keys_do_not_wait(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        lock_hot_rows(("event", 1), ("variant", 1), ("event", 1))
    with django_assert_num_queries(0):
        lock_hot_rows()

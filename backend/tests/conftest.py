from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.world import World, make_world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-examples",
        type=int,
        default=4,
        help="requests made up for each operation, kind of data and actor",
    )


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """One world for the tests of a module: who asks the API takes its effect back (``tests.calls``)."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)

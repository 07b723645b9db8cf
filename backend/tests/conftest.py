from collections.abc import Iterator

import pytest
from django.core.management import call_command

from tests.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """One stored world for the tests of a module, each of which takes back what it does to it."""
    with django_db_blocker.unblock():
        made = make_world()
    yield made
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)

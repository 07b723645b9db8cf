"""Whose desk it is."""

import pytest
from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory
from delux.testing import client_for


@pytest.fixture
def organizer() -> OrganizerProfile:
    return OrganizerFactory()


@pytest.fixture
def client(organizer: OrganizerProfile) -> APIClient:
    return client_for(organizer)

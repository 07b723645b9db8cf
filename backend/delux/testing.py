"""What tests of every app share."""

from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.services.access_tokens import issue_access_token


def client_for(person: User | OrganizerProfile | None = None) -> APIClient:
    """Return an API client signed in as ``person`` by a real access token; anonymous for nobody."""
    client = APIClient()
    if person is not None:
        user = person if isinstance(person, User) else person.user
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_access_token(user)}")
    return client

"""The person behind a request, for views whose permission classes have already let them in."""

from django.http import HttpRequest
from rest_framework.request import Request

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import Forbidden, Unauthenticated


def signed_in(request: Request) -> User:
    """Return the person signed in.

    :raises Unauthenticated: nobody is
    """
    if not isinstance(request.user, User):
        raise Unauthenticated
    return request.user


def organizer_of(request: Request) -> OrganizerProfile:
    """Return the profile the signed-in person sells under; it came with the person, so this costs no query.

    :raises Forbidden: they are not an organizer
    """
    profile: OrganizerProfile | None = getattr(signed_in(request), "organizer_profile", None)
    if profile is None:
        raise Forbidden
    return profile


def plain_request(request: Request) -> HttpRequest:
    """Return Django's own request, which carries the session."""
    return request._request  # noqa: SLF001 DRF offers no public name for it

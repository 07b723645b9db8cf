"""Reads of people and of those who sell.

A person is read with their profile before every signed-in request.
"""

import re

from django.db.models import Q
from django.db.models.functions import Lower

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound
from delux.core.kept_query import KeptObjects

# A word of digits with what people write between them
NUMBER = re.compile(r"[+\d().\u2010-\u2015-]*\d[\d().\u2010-\u2015-]*")

_LARGEST_KEY = 2**63 - 1


def get_signed_in(*, user_id: int, token_version: int) -> User | None:
    """Return the person an access token speaks for with their organizer profile, in one query.

    None when they are gone or blocked, or when a newer version made their tokens worthless.
    """
    if not 0 < user_id <= _LARGEST_KEY:
        return None
    return _SIGNED_IN.first(user_id=user_id, token_version=token_version)


def get_by_email(email: str) -> User | None:
    """Return the person with this e-mail, whatever its case, with their organizer profile; blocked or not."""
    return _BY_EMAIL.first(email=email.lower())


def get_organizer(*, slug: str) -> OrganizerProfile:
    """Return a public profile; one whose person is blocked is not shown.

    :raises NotFound: there is none
    """
    profile = OrganizerProfile.objects.filter(slug=slug, user__is_active=True).first()
    if profile is None:
        raise NotFound
    return profile


_WITH_PROFILE = User.objects.select_related("organizer_profile").order_by()
_SIGNED_IN = KeptObjects(
    lambda user_id, token_version: _WITH_PROFILE.filter(
        pk=user_id, is_active=True, token_version=token_version
    ),
    user_id=int,
    token_version=int,
)
# In lower case, as the unique index has it.
_BY_EMAIL = KeptObjects(
    lambda email: _WITH_PROFILE.alias(lower_email=Lower("email")).filter(lower_email=email), email=str
)


def word_matches(word: str, *, person: str = "") -> Q:
    """Return the condition that ``word`` is part of a person's name, e-mail or phone as it may be written.

    ``person`` is the way from the rows asked to the person, such as ``order__user``.
    """
    prefix = f"{person}__" if person else ""
    found = Q()
    for name in ("first_name", "last_name", "email"):
        found |= Q(**{f"{prefix}{name}__icontains": word})
    if NUMBER.fullmatch(word):
        found |= Q(**{f"{prefix}phone__contains": re.sub(r"\D", "", word)})
    return found

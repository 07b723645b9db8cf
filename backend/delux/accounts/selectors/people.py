"""Reads of people and of those who sell.

A person is read with their profile before every signed-in request, so this is written for speed: where a
request's own work is a millisecond, composing the same SQL from a queryset each time cost more than running
it. Here it is composed once, from the models' own fields.
"""

from functools import cache
from typing import Any

from django.db import connection

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound

_PERSON, _PROFILE = User._meta, OrganizerProfile._meta  # noqa: SLF001 Django documents it as the models' API
_PERSONS_FIELDS = [field.attname for field in _PERSON.concrete_fields]
_PROFILES_FIELDS = [field.attname for field in _PROFILE.concrete_fields]
_LARGEST_KEY = 2**63 - 1


def get_signed_in(*, user_id: int, token_version: int) -> User | None:
    """Return the person an access token speaks for with their organizer profile, in one query.

    None when they are gone or blocked, or when a newer version made their tokens worthless.
    """
    if not 0 < user_id <= _LARGEST_KEY:
        return None
    return _read_person("u.id = %s AND u.is_active AND u.token_version = %s", user_id, token_version)


def get_by_email(email: str) -> User | None:
    """Return the person with this e-mail, whatever its case, with their organizer profile; blocked or not."""
    return _read_person("lower(u.email) = %s", email.lower())  # as the unique index has it


def get_organizer(*, slug: str) -> OrganizerProfile:
    """Return a public profile; one whose person is blocked is not shown.

    :raises NotFound: there is none
    """
    profile = OrganizerProfile.objects.filter(slug=slug, user__is_active=True).first()
    if profile is None:
        raise NotFound
    return profile


def _read_person(condition: str, *parameters: Any) -> User | None:
    with connection.cursor() as cursor:
        cursor.execute(_compose(condition), parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    user = User.from_db("default", _PERSONS_FIELDS, row[: len(_PERSONS_FIELDS)])
    profile = None
    if row[len(_PERSONS_FIELDS)] is not None:
        profile = OrganizerProfile.from_db("default", _PROFILES_FIELDS, row[len(_PERSONS_FIELDS) :])
        _PROFILE.get_field("user").set_cached_value(profile, user)
    _PERSON.get_field("organizer_profile").set_cached_value(user, profile)
    return user


@cache
def _compose(condition: str) -> str:
    columns = [f'u."{field.column}"' for field in _PERSON.concrete_fields]
    columns += [f'p."{field.column}"' for field in _PROFILE.concrete_fields]
    return (
        f"SELECT {', '.join(columns)} FROM {_PERSON.db_table} u"  # noqa: S608 our own names, not a client's
        f" LEFT JOIN {_PROFILE.db_table} p ON p.user_id = u.id WHERE {condition}"
    )

"""Refresh tokens: opaque, single-use, chained into a family per sign-in."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import TokenFamily, User
from delux.accounts.selectors.families import get_family, list_sessions
from delux.core.errors import Unauthenticated
from delux.core.queue import wake

GRACE = timedelta(seconds=10)
# More devices than anyone has; a program that signs in anew each time does not pile them up.
MOST_OPEN = 50


class InvalidRefreshToken(Unauthenticated):
    code = "invalid_refresh_token"
    title = _("Your sign-in has ended. Please sign in again")


class RefreshTokenReused(Unauthenticated):
    code = "refresh_token_reused"
    title = _("This sign-in was used from two places and has been ended. Please sign in again")


@dataclass(frozen=True)
class Refreshed:
    """Whose sign-in goes on, and its next token."""

    user: User
    refresh: str


def open_family(*, user: User, user_agent: str, now: datetime) -> str:
    """Begin a family for a sign-in that has just succeeded; return its first refresh token.

    A person has MOST_OPEN at once: beyond them those used longest ago end. Their access tokens live out
    their minutes, as nothing is wrong with them.
    """
    key, secret = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
    TokenFamily.objects.create(
        user=user,
        key_hash=_hash(key),
        current_hash=_hash(secret),
        rotated_at=now,
        expires_at=now + settings.REFRESH_FAMILY_LIFETIME,
        user_agent=user_agent[:200],
    )
    surplus = list_sessions(viewer=user, at=now).values("pk")[MOST_OPEN:]
    TokenFamily.objects.filter(pk__in=surplus).update(revoked_at=now, updated_at=now)
    return f"{key}.{secret}"


def refresh_family(*, token: str, now: datetime) -> Refreshed:
    """Exchange a refresh token for the next one of its family.

    For GRACE the same token gets the same answer: a second tab came with it, or the first answer was lost as
    its page was left. Without the next token such a browser would look like a thief ten seconds later.

    :raises InvalidRefreshToken: not ours, ended, revoked, or its person is blocked
    :raises RefreshTokenReused: it was exchanged before; the family is revoked and its person told
    """
    key, _, secret = token.partition(".")
    following = _successor(token)
    # The database picks one winner among any number of tabs that come with the same token.
    won = TokenFamily.objects.filter(
        key_hash=_hash(key), current_hash=_hash(secret), revoked_at__isnull=True, expires_at__gt=now
    ).update(previous_hash=F("current_hash"), current_hash=_hash(following), rotated_at=now, updated_at=now)
    family = get_family(key_hash=_hash(key))
    if family is None or family.revoked_at or family.expires_at <= now or not family.user.is_active:
        raise InvalidRefreshToken
    if won or (family.previous_hash == _hash(secret) and now - family.rotated_at <= GRACE):
        return Refreshed(family.user, f"{key}.{following}")
    _revoke_copied(family, now)
    raise RefreshTokenReused


def revoke_family(*, token: str, now: datetime) -> None:
    """Sign out: end the family of a refresh token; an unknown token ends nothing and is no error."""
    family = get_family(key_hash=key_hash_of(token))
    if family and not family.revoked_at:
        revoke_families(user=family.user, now=now, only=family)


def key_hash_of(token: str) -> str:
    """Return what the family of a refresh token is found by."""
    return _hash(token.partition(".")[0])


@transaction.atomic
def revoke_families(*, user: User, now: datetime, only: TokenFamily | None = None) -> None:
    """End a person's sign-ins, all or ``only`` one, and with them every access token in use.

    Access tokens do not say which family they came from, so all are made worthless; a family that goes on
    gets its next one without anybody noticing.
    """
    families = TokenFamily.objects.filter(user=user, revoked_at__isnull=True)
    if only:
        families = families.filter(pk=only.pk)
    families.update(revoked_at=now, updated_at=now)
    User.objects.filter(pk=user.pk).update(token_version=F("token_version") + 1, updated_at=now)
    user.refresh_from_db(fields=["token_version"])


def forget_ended_families(*, now: datetime) -> int:
    """Delete families a week after their end, when every warning about them was sent; return how many."""
    return TokenFamily.objects.filter(expires_at__lte=now - timedelta(days=7)).delete()[0]


@transaction.atomic
def _revoke_copied(family: TokenFamily, now: datetime) -> None:
    if TokenFamily.objects.filter(pk=family.pk, revoked_at__isnull=True).update(
        revoked_at=now, reused_at=now
    ):
        revoke_families(user=family.user, now=now, only=family)
        wake("notifications.deliver_pending")


def _successor(token: str) -> str:
    """Return the secret after that of ``token``: always the same, and nobody's guess without our key."""
    digest = salted_hmac("delux.refresh", token, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()

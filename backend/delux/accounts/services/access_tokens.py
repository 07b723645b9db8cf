"""Access tokens: short-lived, signed, carried by each request and never stored."""

from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import Token

from delux.accounts.models import User
from delux.core.errors import Unauthenticated

AUDIENCE = "delux-api"
ISSUER = "delux"


class InvalidToken(Unauthenticated):
    code = "invalid_token"
    title = _("Your sign-in has ended. Please sign in again")


@dataclass(frozen=True)
class AccessClaims:
    """Whom a token speaks for, the version of their sign-ins it was issued under, and its end (Unix time)."""

    user_id: int
    token_version: int
    expires_at: int


class AccessToken(Token):
    """HS256 alone is accepted, so neither `alg: none` nor a swapped algorithm can pass."""

    token_type = "access"  # noqa: S105 the name of the kind of token
    lifetime = settings.ACCESS_TOKEN_LIFETIME

    def get_token_backend(self) -> TokenBackend:
        return _backend(settings.SECRET_KEY)


def issue_access_token(user: User) -> str:
    """Return a token that opens the API for ``user`` for ACCESS_TOKEN_LIFETIME."""
    token = AccessToken()
    token["sub"] = str(user.pk)
    token["ver"] = user.token_version
    return str(token)


def read_access_token(raw: str) -> AccessClaims:
    """Return what a token says, its signature, kind, audience, issuer and time being right.

    :raises InvalidToken: anything about it is not
    """
    try:
        claims = _verified_claims(raw, settings.SECRET_KEY)
    except (TokenError, KeyError, ValueError):
        raise InvalidToken from None
    if claims.expires_at <= timezone.now().timestamp():
        raise InvalidToken
    return claims


@lru_cache(maxsize=4096)
def _verified_claims(raw: str, _key: str) -> AccessClaims:
    """Check a token once for all the requests it comes with: of what makes it good only time changes.

    The key is there to be remembered by: under another one the token is checked anew.
    """
    payload = AccessToken(raw).payload  # type: ignore[arg-type]  # the library's hint omits str
    return AccessClaims(
        user_id=int(payload["sub"]), token_version=int(payload["ver"]), expires_at=int(payload["exp"])
    )


@cache
def _backend(key: str) -> TokenBackend:
    return TokenBackend("HS256", signing_key=key, audience=AUDIENCE, issuer=ISSUER)

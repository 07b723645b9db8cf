"""Sign in with Google: the authorization code flow of social-auth, with our own rule about who is who."""

from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from social_core.exceptions import SocialAuthBaseException
from social_django.utils import load_backend, load_strategy

from delux.accounts.models import User
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.families import open_family
from delux.accounts.services.newcomers import make_newcomer
from delux.core.errors import Conflict, NotFound, Unauthenticated
from delux.core.markets import Market

log = structlog.get_logger(__name__)


class GoogleIsOff(NotFound):
    code = "google_is_off"
    title = _("Signing in with Google is not set up here")


class GoogleSignInFailed(Unauthenticated):
    code = "google_sign_in_failed"
    title = _("Google did not confirm this sign-in. Please begin again")


class EmailHasAccount(Conflict):
    code = "email_has_account"
    title = _("There is an account with this e-mail. Please sign in with its password")


def is_on() -> bool:
    """Tell whether a client id is set."""
    return bool(settings.SOCIAL_AUTH_GOOGLE_KEY)


def return_address() -> str:
    """Return the only page Google may send people back to."""
    return f"{settings.PUBLIC_URL}/sign-in/google"


def begin_google_sign_in(*, request: HttpRequest) -> str:
    """Return the address at Google to go to; its state, nonce and PKCE verifier are bound to the session.

    :raises GoogleIsOff: no client id is set
    """
    return str(_backend(request).auth_url())


def finish_google_sign_in(
    *,
    request: HttpRequest,
    code: str,
    state: str,
    market: Market,
    language: str,
    user_agent: str,
    now: datetime,
) -> tuple[User, str]:
    """Trade Google's code for a person, a new one if need be; return them and their first refresh token.

    :raises GoogleIsOff: no client id is set
    :raises GoogleSignInFailed: not begun in this session, used before, or refused by Google
    :raises EmailHasAccount: a person has this e-mail without having proven that it is theirs
    """
    backend = _backend(request)
    backend.data = {"code": code, "state": state}
    try:
        user = backend.complete(market=market, language=language)
    except SocialAuthBaseException as error:
        log.info("google.refused", error=type(error).__name__, reason=getattr(error, "code", ""))
        raise GoogleSignInFailed from None
    finally:
        request.session.flush()
    if not isinstance(user, User) or not user.is_active:
        raise GoogleSignInFailed
    return user, open_family(user=user, user_agent=user_agent, now=now)


def find_or_register(
    *_args: Any,
    details: dict[str, Any],
    market: Market,
    language: str,
    user: User | None = None,
    **_kwargs: Any,
) -> dict[str, Any]:
    """Step of the pipeline: who is this Google account, whose e-mail Google says is verified?

    An account with the same e-mail is theirs only if that e-mail was proven here too: anybody could have
    registered it with a password of their own and waited for its owner to come by Google.

    :raises EmailHasAccount: it was not
    """
    if user:  # this Google account has signed in before
        return {"is_new": False}
    email = details["email"].lower()
    known = get_by_email(email)
    if known:
        if known.email_verified_at is None:
            raise EmailHasAccount
        return {"user": known, "is_new": False}
    user = make_newcomer(
        email=email,
        email_verified_at=timezone.now(),
        first_name=(details.get("first_name") or "")[:80],
        last_name=(details.get("last_name") or "")[:80],
        market=market,
        language=language,
    )
    if user is None:
        raise EmailHasAccount
    return {"user": user, "is_new": True}


def _backend(request: HttpRequest) -> Any:
    if not is_on():
        raise GoogleIsOff
    strategy = load_strategy(request)  # type: ignore[no-untyped-call]
    return load_backend(strategy, "google", redirect_uri=return_address())  # type: ignore[no-untyped-call]

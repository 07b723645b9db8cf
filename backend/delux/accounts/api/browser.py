"""What differs for a browser: a cookie no script can read holds its refresh token, behind a CSRF wall."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.serializers import me_json
from delux.accounts.models import User
from delux.accounts.services.access_tokens import issue_access_token
from delux.accounts.services.families import InvalidRefreshToken, key_hash_of
from delux.core.errors import Forbidden

DEVICE_LIFETIME = 180 * 24 * 3600
_DEVICE_SALT = "delux.device"


class ForeignOrigin(Forbidden):
    code = "foreign_origin"
    title = _("This request did not come from our own pages")


def is_browser(request: Request) -> bool:
    """Tell whether our SPA asks: no other site's page can set this header without our leave."""
    return request.headers.get("X-Delux-Client") == "web"


def session_response(
    request: Request, *, user: User, refresh: str, status: int = 200, remember: bool = False
) -> Response:
    """Answer a sign-in or its renewal as SessionOutput; ``remember`` makes the browser a known one."""
    body: dict[str, Any] = {"access": issue_access_token(user), "user": me_json(user)}
    if not is_browser(request):
        body["refresh"] = refresh
    response = Response(body, status=status, headers={"Cache-Control": "no-store"})
    if is_browser(request):
        lifetime = int(settings.REFRESH_FAMILY_LIFETIME.total_seconds())
        _set_cookie(response, _cookie_name("refresh"), refresh, lifetime)
        if remember:
            names = [name for name in (user.email, user.phone if user.phone_verified_at else None) if name]
            known = (read_device(request, account=name) for name in names)
            device = next(filter(None, known), "") or secrets.token_urlsafe(16)
            value = signing.dumps([[_account(name) for name in names], device], salt=_DEVICE_SALT)
            _set_cookie(response, _cookie_name("device"), value, DEVICE_LIFETIME)
    return response


def read_refresh(request: Request, *, sent: str | None) -> str:
    """Return the refresh token: the one in the body, else the cookie's.

    :raises InvalidRefreshToken: there is neither
    :raises ForeignOrigin: the cookie came with a request that is not our own page's
    """
    if sent:
        return sent
    token = request.COOKIES.get(_cookie_name("refresh"))
    if not token:
        raise InvalidRefreshToken
    _check_own_page(request)
    return token


def current_family(request: Request) -> str:
    """Return the hash of the family this browser's refresh cookie belongs to; empty where there is none."""
    token = request.COOKIES.get(_cookie_name("refresh"), "")
    return key_hash_of(token) if token else ""


def read_device(request: Request, *, account: str) -> str:
    """Return the mark of a browser that has signed in to an account before; empty for a stranger.

    ``account`` is the e-mail, or the number in E.164, that one signs in to it with.
    """
    try:
        accounts, device = signing.loads(
            request.COOKIES.get(_cookie_name("device"), ""), salt=_DEVICE_SALT, max_age=DEVICE_LIFETIME
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    # Browsers that signed in before there were phones hold the one name itself.
    known = [accounts] if isinstance(accounts, str) else accounts
    return str(device) if _account(account) in known else ""


def forget_refresh(response: Response) -> None:
    """Delete the refresh cookie; the browser stays a known one."""
    _set_cookie(response, _cookie_name("refresh"), "", 0)


def _check_own_page(request: Request) -> None:
    """Browsers say where a POST comes from; another site can neither change that nor add our header."""
    origin = request.headers.get("Origin", "")
    ours = {urlsplit(settings.PUBLIC_URL).netloc, request.get_host()}
    if not is_browser(request) or urlsplit(origin).netloc not in ours:
        raise ForeignOrigin


def _account(name: str) -> str:
    return salted_hmac(_DEVICE_SALT, name.lower(), algorithm="sha256").hexdigest()


def _is_secure() -> bool:
    return bool(settings.PUBLIC_URL.startswith("https://"))


def _cookie_name(purpose: str) -> str:
    # `__Host-` makes browsers refuse the cookie of another host or without TLS; plain http has no such.
    return f"__Host-{purpose}" if _is_secure() else f"delux_{purpose}"


def _set_cookie(response: Response, name: str, value: str, max_age: int) -> None:
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=_is_secure(), httponly=True, samesite="Strict"
    )

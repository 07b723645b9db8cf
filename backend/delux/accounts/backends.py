"""How Django itself signs people in: Google's backend for the API, and the form of the staff's admin."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from social_core.backends.google_openidconnect import GoogleOpenIdConnect

from delux.accounts.models import User
from delux.accounts.services.guessing import TooManyGuesses
from delux.accounts.services.sign_in import WrongCredentials, check_credentials
from delux.core.client import client_address


class PasswordBackend(ModelBackend):
    """The admin's sign-in, under the same limits on guessing as the API's."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_kwargs: Any,
    ) -> User | None:
        if request is None or not username or password is None:
            return None
        try:
            return check_credentials(
                email=username.strip().lower(),
                password=password,
                address=client_address(request),
                device="",
                now=timezone.now(),
            )
        except (WrongCredentials, TooManyGuesses):
            raise PermissionDenied from None


class Google(GoogleOpenIdConnect):  # type: ignore[type-arg]  # generic in the library's own checks alone
    """Google by OpenID Connect: state, PKCE and nonce are kept in the session and used once."""

    name = "google"

    def user_data(self, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        """The claims of the ID token, whose signature, audience, issuer, time and nonce were just checked."""
        claims = dict(self.id_token or {})
        self.validate_email_verified(claims)
        return claims

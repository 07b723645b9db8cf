"""Who sends this request: read from the Bearer token, in one query."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from delux.accounts.models import User
from delux.accounts.selectors.people import get_signed_in
from delux.accounts.services.access_tokens import InvalidToken, read_access_token


class AccessTokenAuthentication(BaseAuthentication):
    """No token is an anonymous request; a bad one is refused everywhere, public endpoints included.

    A client thus learns at once that its token has ended instead of being shown a stranger's view.
    """

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        claims = read_access_token(token.strip())
        user = get_signed_in(user_id=claims.user_id, token_version=claims.token_version)
        if user is None:
            raise InvalidToken
        return user, token

    def authenticate_header(self, _request: Request) -> str:
        return 'Bearer realm="api"'


class AccessTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers by being defined
    """Gives Swagger UI its Authorize button."""

    target_class = AccessTokenAuthentication
    name = "accessToken"

    def get_security_definition(self, _auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Paste `access` of `POST /api/v1/auth/login/` here; it is good for 5 minutes.",
        }

from rest_framework.authentication import BaseAuthentication


class AccessTokenAuthentication(BaseAuthentication):
    """Reads the Bearer access token."""

    def authenticate(self, request):
        return None

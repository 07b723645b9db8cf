from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class IsOrganizer(BasePermission):
    """Signed in and selling. Which events, goods and orders they reach is for the selectors to say."""

    def has_permission(self, request: Request, _view: APIView) -> bool:
        return getattr(request.user, "organizer_profile", None) is not None

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Nobody(BasePermission):
    """The default of the whole API: an endpoint whose author forgot to decide lets nobody in."""

    def has_permission(self, request: Request, view: Any) -> bool:  # DRF's views import this module
        return False

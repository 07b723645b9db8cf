from django.db.models import QuerySet

from delux.accounts.models import Address, User
from delux.core.errors import NotFound


def list_addresses(*, viewer: User) -> QuerySet[Address]:
    """Return the saved addresses ``viewer`` may see, the default first, then the newest."""
    return Address.objects.visible_to(viewer).order_by("-is_default", "-pk")


def get_address(*, viewer: User, address_id: int) -> Address:
    """Return one of the addresses ``viewer`` may see.

    :raises NotFound: it is not there or somebody else's
    """
    address = list_addresses(viewer=viewer).filter(pk=address_id).first()
    if address is None:
        raise NotFound
    return address

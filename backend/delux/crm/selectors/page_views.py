"""Whose a public page is."""

from typing import Literal

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.events.models import Event
from delux.market.models import Product

Kind = Literal["event", "product"]


def get_page_owner(*, kind: Kind, page_id: int) -> OrganizerProfile:
    """
    :raises NotFound: everybody would be told that there is no such page
    """
    pages = Event.objects.public() if kind == "event" else Product.objects.on_sale()
    page = pages.filter(pk=page_id).select_related("organizer").only("organizer__market").first()
    if page is None:
        raise NotFound
    return page.organizer

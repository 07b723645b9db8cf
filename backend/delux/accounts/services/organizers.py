"""Begin to sell, and say how one does."""

from decimal import Decimal
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile, User
from delux.core.constraints import violated
from delux.core.errors import Conflict
from delux.core.images import AVATAR, replace_image
from delux.core.slugs import unique_slug

EDITABLE = ("display_name", "bio", "city", "instagram", "shipping_price", "pickup_address")


class AlreadyOrganizer(Conflict):
    code = "already_organizer"
    title = _("You are an organizer already")


class TryAgain(Conflict):
    code = "try_again"
    title = _("Somebody took this name at the same moment. Please try again")


def become_organizer(
    *,
    user: User,
    display_name: str,
    bio: str = "",
    city: str = "",
    instagram: str = "",
    shipping_price: Decimal = Decimal("0.00"),
    pickup_address: str = "",
) -> OrganizerProfile:
    """Open the profile a person sells under, in the market they live in; staff verify it later.

    :raises AlreadyOrganizer: they have one
    :raises TryAgain: a namesake took the address of the page meanwhile
    """
    try:
        with transaction.atomic():
            return OrganizerProfile.objects.create(
                user=user,
                slug=unique_slug(OrganizerProfile.objects.all(), display_name, fallback="organizer"),
                market=user.market,
                display_name=display_name,
                bio=bio,
                city=city or user.city,
                instagram=instagram,
                shipping_price=shipping_price,
                pickup_address=pickup_address,
            )
    except IntegrityError as error:
        raise (AlreadyOrganizer if "user_id" in violated(error) else TryAgain) from None


def update_organizer(*, organizer: OrganizerProfile, changes: dict[str, Any]) -> OrganizerProfile:
    """Change fields of EDITABLE; the page keeps its address."""
    fields = [name for name in EDITABLE if name in changes]
    for name in fields:
        setattr(organizer, name, changes[name])
    if fields:
        organizer.save(update_fields=[*fields, "updated_at"])
    return organizer


def set_logo(*, organizer: OrganizerProfile, file: IO[bytes]) -> OrganizerProfile:
    """Give an organizer its picture; the files of the one it replaces are deleted.

    :raises BadImage: not a picture we take
    :raises TooLarge: over 10 MB
    """
    replace_image(organizer, "logo", file, AVATAR)
    return organizer

"""What people say about themselves."""

from datetime import datetime
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.accounts.services.addresses import parse_phone
from delux.accounts.services.guessing import count_try, limits_of_phone
from delux.accounts.services.phone_sign_in import phone_taken
from delux.accounts.services.phones import BadPhone, at_phone
from delux.core.constraints import violated
from delux.core.errors import Invalid
from delux.core.images import AVATAR, point_at_image, replace_image
from delux.core.markets import CURRENCY_OF, Market

EDITABLE = ("first_name", "last_name", "phone", "market", "language", "birthday", "city")


class PhoneNeeded(Invalid):
    code = "phone_needed"
    title = _("Without an e-mail, the phone number must stay, or be changed by a code sent to the new one")


def update_profile(*, user: User, changes: dict[str, Any], now: datetime) -> User:
    """Change fields of EDITABLE; with the market goes its currency. A phone is read as dialled in the market.

    A new number is where they may be called, no way to sign in before `confirm_phone`.

    :raises BadPhone: there is no such number
    :raises PhoneNeeded: the one there is is all that the person can be reached by
    :raises PhoneTaken: it is another person's
    :raises TooManyGuesses: numbers were tried too often
    """
    fields = [name for name in EDITABLE if name in changes]
    if "phone" in fields:
        phone = _read_phone(changes["phone"], user=user, country=changes.get("market", user.market))
        if phone and phone != user.phone:  # the answer tells whether somebody has the number
            count_try(limits_of_phone(user_id=user.pk), now=now)
        if phone != user.phone:
            user.phone_verified_at = None
        changes = changes | {"phone": phone}
    for name in fields:
        setattr(user, name, changes[name])
    if "market" in fields:
        user.currency = CURRENCY_OF[Market(user.market)]
        fields.append("currency")
    if "phone" in fields:
        fields.append("phone_verified_at")
    try:
        with transaction.atomic():
            if fields:
                user.save(update_fields=[*fields, "updated_at"])
    except IntegrityError as error:
        if violated(error) != "user_phone_unique":
            raise
        raise phone_taken() from None
    return user


def set_avatar(*, user: User, file: IO[bytes]) -> User:
    """Give a person their picture; the files of the one it replaces are deleted.

    :raises BadImage: not a picture we take
    :raises TooLarge: over 10 MB
    """
    replace_image(user, "avatar", file, AVATAR)
    return user


def remove_avatar(*, user: User) -> User:
    """Take a person's picture away; doing it again is no error."""
    point_at_image(user, "avatar", "")
    return user


def _read_phone(phone: str | None, *, user: User, country: str) -> str | None:
    number = parse_phone(phone, country=country) if phone else None
    if phone and number is None:
        raise BadPhone(problems=[at_phone(BadPhone)])
    if number != user.phone and not user.email:
        raise PhoneNeeded(problems=[at_phone(PhoneNeeded)])
    return number

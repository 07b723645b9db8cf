"""Where things are sent: each market's rules for an address, and a person's saved ones."""

import re
from typing import Any

import phonenumbers
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import Address, User
from delux.core.errors import Conflict, FieldProblem, Invalid

US_STATES = frozenset(
    {
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
        "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
        "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
        "AS", "GU", "MP", "PR", "VI",
    }
)  # fmt: skip
_POSTAL_CODE: dict[str, tuple[re.Pattern[str], str | Promise]] = {
    # Kazakhstan is moving from six digits to codes such as A10F5K3; both are delivered.
    "KZ": (
        re.compile(r"[0-9]{6}|[A-Z][0-9]{2}[A-Z][0-9][A-Z][0-9]"),
        _("Six digits, such as 050000, or a code such as A10F5K3."),
    ),
    "KG": (re.compile(r"[0-9]{6}"), _("Six digits, such as 720001.")),
    "US": (re.compile(r"[0-9]{5}(-[0-9]{4})?"), _("A ZIP code, such as 10001 or 10001-1234.")),
}


MOST_ADDRESSES = 20


class BadAddress(Invalid):
    code = "bad_address"
    title = _("Please check the address")


def check_address(
    *,
    market: str,
    country: str,
    region: str,
    city: str,
    street: str,
    postal_code: str,
    recipient: str,
    phone: str,
    within: str = "",
) -> dict[str, str]:
    """Return the address as it is stored: codes in capitals, the phone in E.164.

    Delivery stays within the market. ``within`` goes before each pointer, such as ``/shipping_address``.

    :raises BadAddress: one problem for each field that is wrong
    """
    region, postal_code = region.strip(), postal_code.strip().upper()
    problems: dict[str, tuple[str, str | Promise]] = {}
    for name, value in {"recipient": recipient, "city": city, "street": street}.items():
        if not value.strip():
            problems[name] = ("blank", _("This is needed."))
    if country != market or country not in _POSTAL_CODE:
        problems["country"] = (
            "other_market",
            _("Delivery goes to addresses in the country of the purchase."),
        )
    else:
        pattern, hint = _POSTAL_CODE[country]
        if not pattern.fullmatch(postal_code):
            problems["postal_code"] = ("bad_postal_code", hint)
        if country == "US":
            region = region.upper()
            if region not in US_STATES:
                problems["region"] = ("bad_state", _("The two letters of the state, such as NY."))
    number = parse_phone(phone, country=country)
    if number is None:
        problems["phone"] = (
            "bad_phone",
            _("A phone number with its country code, such as +7 701 234 56 78."),
        )
    if problems or number is None:
        raise BadAddress(
            problems=[
                FieldProblem(pointer=f"{within}/{name}", code=code, detail=detail)
                for name, (code, detail) in problems.items()
            ]
        )
    return {
        "recipient": recipient.strip(),
        "phone": number,
        "country": country,
        "region": region,
        "city": city.strip(),
        "street": street.strip(),
        "postal_code": postal_code,
    }


def parse_phone(phone: str, *, country: str) -> str | None:
    """Return a phone number in E.164, read as dialled in ``country``; None if there is no such number."""
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class TooManyAddresses(Conflict):
    code = "too_many_addresses"
    title = _("You have as many saved addresses as there may be. Please delete one first")


@transaction.atomic
def save_address(
    *, user: User, fields: dict[str, Any], is_default: bool = False, address: Address | None = None
) -> Address:
    """Save a new address of a person, or new contents of ``address``; a new default replaces the old.

    The first one is the default whether asked for or not.

    :raises BadAddress: a field is wrong
    :raises TooManyAddresses: the person has MOST_ADDRESSES
    """
    checked = check_address(market=fields["country"], **fields)
    User.objects.select_for_update().only("pk").get(pk=user.pk)  # two tabs saving at once do so in turn
    others = user.addresses.exclude(pk=address.pk) if address else user.addresses.all()
    if address is None:
        if others.count() >= MOST_ADDRESSES:
            raise TooManyAddresses
        address = Address(user=user)
    address.is_default = is_default or not others.filter(is_default=True).exists()
    if address.is_default:
        others.filter(is_default=True).update(is_default=False)
    for name, value in checked.items():
        setattr(address, name, value)
    address.save()
    return address


@transaction.atomic
def delete_address(*, address: Address) -> None:
    """Delete an address; if it was the default, the newest of the others takes its place."""
    user = User.objects.select_for_update().only("pk").get(pk=address.user_id)
    address.delete()
    if address.is_default and (newest := user.addresses.order_by("-pk").first()):
        newest.is_default = True
        newest.save(update_fields=["is_default", "updated_at"])

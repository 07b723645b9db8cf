"""Which numbers Delux sends codes to."""

import phonenumbers
from django.utils.translation import gettext_lazy as _

from delux.accounts.services.addresses import parse_phone
from delux.core.errors import FieldProblem, Invalid
from delux.core.markets import HOME_MARKETS

# A number in the USA does not tell whether it is a mobile one.
_TAKES_SMS = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


class BadPhone(Invalid):
    code = "bad_phone"
    title = _("A phone number with its country code, such as +7 701 234 56 78.")


class PhoneElsewhere(Invalid):
    code = "phone_elsewhere"
    title = _(
        "We send codes to mobile numbers of Kazakhstan, Kyrgyzstan and the USA. Use your e-mail instead"
    )


def read_mobile(phone: str, *, country: str) -> str:
    """Return a number that takes our SMS in E.164, read as dialled in ``country``.

    :raises BadPhone: there is no such number
    :raises PhoneElsewhere: it is no mobile one of a market we sell in
    """
    number = parse_phone(phone, country=country)
    if number is None:
        raise BadPhone(problems=[at_phone(BadPhone)])
    parsed = phonenumbers.parse(number)
    if (
        phonenumbers.region_code_for_number(parsed) not in HOME_MARKETS
        or phonenumbers.number_type(parsed) not in _TAKES_SMS
    ):
        raise PhoneElsewhere(problems=[at_phone(PhoneElsewhere)])
    return number


def at_phone(error: type[Invalid]) -> FieldProblem:
    """Return what points at the field ``phone``."""
    return FieldProblem(pointer="/phone", code=error.code, detail=error.title)

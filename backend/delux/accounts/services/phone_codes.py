"""Codes by SMS. See `docs/decisions/0019-signing-in-by-phone.md`."""

import secrets
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import VerificationCode
from delux.accounts.services.guessing import (
    TooManyGuesses,
    count_try,
    limits_of_sms_cost,
    limits_of_sms_sender,
)
from delux.accounts.services.phones import read_mobile
from delux.accounts.services.proofs import answer
from delux.core.errors import NotFound
from delux.core.locks import lock_hot_rows
from delux.core.queue import wake

log = structlog.get_logger(__name__)

LIFETIME = timedelta(minutes=5)
# How many codes a number is sent in an hour and in a day: those strangers ask for, and those asked for by a
# browser that has signed in with it before, whom strangers thus cannot use up. Together 5 and 10.
_SENDS = {
    False: ((timedelta(hours=1), 3), (timedelta(days=1), 6)),
    True: ((timedelta(hours=1), 2), (timedelta(days=1), 4)),
}
_MARK = "sms."


class PhoneIsOff(NotFound):
    code = "phone_is_off"
    title = _("Codes by SMS are not set up here. Use your e-mail instead")


def is_on() -> bool:
    """Tell whether SMS can be sent."""
    return bool(settings.SMS_URL)


def is_phone_challenge(challenge: str) -> bool:
    """Tell whether the code of a challenge went out by SMS, rather than by mail."""
    return challenge.startswith(_MARK)


def send_phone_code(
    *,
    purpose: VerificationCode.Purpose,
    phone: str,
    country: str,
    language: str,
    address: str,
    is_known_browser: bool = False,
    now: datetime,
) -> VerificationCode:
    """Have a code sent to ``phone``, whether it has an account or not: nothing here looks.

    Only the newest code of a number is good. The SMS itself is made from the row by the worker.

    :raises PhoneIsOff: no SMS can be sent here
    :raises BadPhone: there is no such number
    :raises PhoneElsewhere: it is no mobile one of a market we sell in
    :raises TooManyGuesses: this number, its neighbours, this address of the network, or all of Delux has been
        sent as many as may be
    """
    if not is_on():
        raise PhoneIsOff
    number = read_mobile(phone, country=country)
    # One after the other: what a nearer limit refuses must not use up those that others share.
    count_try(limits_of_sms_sender(address=address), now=now)
    _check_sends(number, is_known_browser=is_known_browser, now=now)
    try:
        count_try(limits_of_sms_cost(phone=number, a_day=settings.SMS_PER_DAY), now=now)
    except TooManyGuesses:
        log.warning("sms.too_many", block=number[:-4])
        raise
    with transaction.atomic():
        lock_hot_rows(("phone", int(number)))
        _check_sends(number, is_known_browser=is_known_browser, now=now)
        VerificationCode.objects.filter(phone=number, used_at__isnull=True).update(
            used_at=now, updated_at=now
        )
        code = VerificationCode.objects.create(
            purpose=purpose,
            phone=number,
            key=f"{_MARK}{secrets.token_urlsafe(16)}",
            language=language,
            from_known_browser=is_known_browser,
            expires_at=now + LIFETIME,
        )
        wake("notifications.deliver_sms")
    return code


def check_phone_code(
    *, challenge: str, code: str, purpose: VerificationCode.Purpose, now: datetime
) -> VerificationCode:
    """Return the code sent by SMS that ``code`` is, to be used up by ``spend``; every try counts.

    :raises CodeOver: used, too old, tried five times, never sent, or another was sent since
    :raises WrongCode: another code; ``extra["tries_left"]`` says how often one may still try
    """
    return answer(VerificationCode.objects.filter(key=challenge, purpose=purpose), code=code, now=now)


def _check_sends(phone: str, *, is_known_browser: bool, now: datetime) -> None:
    """Refuse a number that was sent its share. Rows are counted, so it holds over any hour and any day."""
    for window, allowed in _SENDS[is_known_browser]:
        sent = VerificationCode.objects.filter(
            phone=phone, from_known_browser=is_known_browser, expires_at__gt=now - window + LIFETIME
        ).order_by("-expires_at")
        ends = list(sent.values_list("expires_at", flat=True)[:allowed])
        if len(ends) == allowed:
            again = ends[-1] - LIFETIME + window
            raise TooManyGuesses(extra={"retry_after": max(1, int((again - now).total_seconds()))})

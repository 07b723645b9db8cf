"""An SMS made from its row: a code, or the way to what was paid for."""

from datetime import datetime
from math import ceil
from typing import cast

from django.conf import settings

from delux.accounts.models import VerificationCode
from delux.accounts.services.proofs import code_of
from delux.core.sms import Sms
from delux.notifications.mail import path_of
from delux.notifications.models import Delivery, Notification
from delux.notifications.wording import word_sms

_A_DAY = 24 * 60


class TooLate(Exception):
    """What was to be sent is of no use any more."""


def compose_sms(delivery: Delivery, *, at: datetime) -> Sms:
    """Return the SMS of a delivery.

    :raises TooLate: the code is used, over, or not the newest; or nobody is at that number any more
    """
    return _of_code(delivery.code, at) if delivery.code else _of_notification(delivery.notification)


def _of_code(code: VerificationCode, at: datetime) -> Sms:
    if code.used_at or code.expires_at <= at:
        raise TooLate
    return Sms(
        to=code.phone,
        text=word_sms("code", language=code.language, values={"code": code_of(code)}),
        minutes=ceil((code.expires_at - at).total_seconds() / 60),
    )


def _of_notification(notification: Notification | None) -> Sms:
    told = cast("Notification", notification)  # by the constraint delivery_of_one_of_four
    if not told.user.phone or not told.user.phone_verified_at:
        raise TooLate
    link = f"{settings.PUBLIC_URL}{path_of(told)}"
    values = {"order_number": told.data["order_number"], "link": link}
    text = word_sms(told.kind, language=told.user.language, values=values)
    return Sms(to=told.user.phone, text=text, minutes=_A_DAY)

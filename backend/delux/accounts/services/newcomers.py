"""People who come without a password: by a code from a mail or SMS, or by Google."""

from django.db import IntegrityError, transaction

from delux.accounts.models import User
from delux.core.constraints import violated
from delux.core.markets import CURRENCY_OF, Market


def make_newcomer(*, market: Market, **fields: object) -> User | None:
    """Make an account that has no password; None where its e-mail or phone was taken at this very moment."""
    user = User(market=market, currency=CURRENCY_OF[market], **fields)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        if violated(error) not in ("user_email_unique", "user_phone_unique"):
            raise
        return None
    return user

"""Become a person Delux knows. See `docs/decisions/0008-registration-and-known-emails.md`."""

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import EmailProof, User
from delux.accounts.services.families import open_family
from delux.accounts.services.guessing import TooManyGuesses, count_try, limits_of_registration
from delux.accounts.services.passwords import check_new_password
from delux.accounts.services.proofs import send_proof
from delux.core.constraints import violated
from delux.core.errors import Conflict, FieldProblem
from delux.core.markets import CURRENCY_OF, Market


class EmailTaken(Conflict):
    code = "email_taken"
    title = _("There is an account with this e-mail. Please sign in")


def register(
    *,
    email: str,
    password: str,
    first_name: str,
    last_name: str,
    market: Market,
    language: str,
    address: str,
    user_agent: str,
    now: datetime,
) -> tuple[User, str]:
    """Create an account and sign it in; return the person and the first refresh token.

    A mail asks them to confirm the address; nothing waits for that.

    :raises WeakPassword: the password breaks a rule
    :raises EmailTaken: the e-mail has an account
    :raises TooManyGuesses: this address has registered too often
    """
    user = User(
        email=email.lower(),
        first_name=first_name,
        last_name=last_name,
        market=market,
        language=language,
        currency=CURRENCY_OF[market],
    )
    check_new_password(password, user=user, field="password")
    count_try(limits_of_registration(address=address), now=now)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
            refresh = open_family(user=user, user_agent=user_agent, now=now)
    except IntegrityError as error:
        if violated(error) != "user_email_unique":
            raise
        raise EmailTaken(
            problems=[FieldProblem(pointer="/email", code=EmailTaken.code, detail=EmailTaken.title)]
        ) from None
    with suppress(TooManyGuesses):  # they can ask for it again in a while
        send_proof(
            purpose=EmailProof.Purpose.CONFIRM_EMAIL,
            email=email,
            language=language,
            address=address,
            device="",
            now=now,
        )
    return user, refresh

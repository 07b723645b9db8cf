"""Sign in, or become a person Delux knows, with the code from a mail."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from delux.accounts.models import EmailProof, User
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.families import open_family, revoke_families
from delux.accounts.services.guessing import count_try, forgive, limits_of_proof
from delux.accounts.services.newcomers import make_newcomer
from delux.accounts.services.proofs import CodeOver, check_code, spend
from delux.core.markets import Market


def sign_in_by_code(
    *,
    challenge: str,
    code: str,
    first_name: str,
    market: Market,
    language: str,
    address: str,
    is_known_browser: Callable[[str], bool],
    user_agent: str,
    now: datetime,
) -> tuple[User, str]:
    """Sign in whoever has the code mailed for ``challenge``; an e-mail without an account gets one.

    ``first_name``, ``market`` and ``language`` are for a new account. ``is_known_browser`` tells whether this
    browser has signed in to an e-mail's account before (see ``_take_over``).

    :raises CodeOver: the code was used, is too old, was tried too often, or its account is blocked
    :raises WrongCode: another code
    :raises TooManyGuesses: this address of the network has tried too many
    """
    limits = limits_of_proof(address=address)
    count_try(limits, now=now)
    proof = check_code(challenge=challenge, code=code, now=now)
    forgive(limits)
    with transaction.atomic():
        if not spend(proof, now=now):
            raise CodeOver
        user = get_by_email(proof.email) or _register(
            proof, first_name=first_name, market=market, language=language, now=now
        )
        if not user.is_active:
            raise CodeOver
        if user.email_verified_at is None:
            _take_over(user, keeps_password=is_known_browser(proof.email), now=now)
        return user, open_family(user=user, user_agent=user_agent, now=now)


def _register(proof: EmailProof, *, first_name: str, market: Market, language: str, now: datetime) -> User:
    user = make_newcomer(
        email=proof.email,
        email_verified_at=now,
        first_name=first_name,
        market=market,
        language=language,
    )
    # Two codes for one new address were brought back at once: the second signs in to what the first made.
    known = user or get_by_email(proof.email)
    if known is None:
        raise CodeOver
    return known


def _take_over(user: User, *, keeps_password: bool, now: datetime) -> None:
    """Note that the address is proven, and shut out whoever may have registered it before its owner came.

    Until now anybody could have made this account and still know its password. A browser that has signed in
    to it before is its owner's own.
    """
    user.email_verified_at = now
    if not keeps_password:
        user.set_unusable_password()
        revoke_families(user=user, now=now)
    user.save(update_fields=["email_verified_at", "password", "updated_at"])

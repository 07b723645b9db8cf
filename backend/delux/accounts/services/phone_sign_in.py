"""Sign in, or become a person Delux knows, with the code from an SMS; and the number of one it knows."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User, VerificationCode
from delux.accounts.services.families import open_family
from delux.accounts.services.guessing import count_try, forgive, limits_of_proof
from delux.accounts.services.newcomers import make_newcomer
from delux.accounts.services.phone_codes import check_phone_code
from delux.accounts.services.proofs import CodeOver, spend
from delux.core.constraints import violated
from delux.core.errors import Conflict, FieldProblem
from delux.core.markets import Market, market_of_phone


class PhoneTaken(Conflict):
    code = "phone_taken"
    title = _("There is another account with this phone number")


def phone_taken() -> PhoneTaken:
    """Return the refusal that points at the field ``phone``."""
    return PhoneTaken(
        problems=[FieldProblem(pointer="/phone", code=PhoneTaken.code, detail=PhoneTaken.title)]
    )


def sign_in_by_phone(
    *,
    challenge: str,
    code: str,
    first_name: str,
    language: str,
    address: str,
    is_known_browser: Callable[[str], bool],
    user_agent: str,
    now: datetime,
) -> tuple[User, str]:
    """Sign in whoever has the code sent for ``challenge``; a number without an account gets one.

    ``first_name`` and ``language`` are for a new account; its market is the number's. ``is_known_browser``
    tells whether this browser has signed in to an e-mail's account before (see ``_owner``).

    :raises CodeOver: the code was used, is too old, was tried too often, or its account is blocked
    :raises WrongCode: another code
    :raises TooManyGuesses: this address of the network has tried too many
    """
    proof = _prove(challenge, code, VerificationCode.Purpose.SIGN_IN, address=address, now=now)
    with transaction.atomic():
        if not spend(proof, now=now):
            raise CodeOver
        user = _owner(proof.phone, is_known_browser=is_known_browser, now=now) or _register(
            proof, first_name=first_name, language=language, now=now
        )
        if not user.is_active:
            raise CodeOver
        return user, open_family(user=user, user_agent=user_agent, now=now)


def confirm_phone(*, user: User, challenge: str, code: str, address: str, now: datetime) -> User:
    """Make the number the code went to this person's own, in place of the one they had.

    :raises CodeOver: the code was used, is too old, or was tried too often
    :raises WrongCode: another code
    :raises PhoneTaken: somebody else signs in with this number
    :raises TooManyGuesses: this address of the network has tried too many
    """
    proof = _prove(challenge, code, VerificationCode.Purpose.CONFIRM_PHONE, address=address, now=now)
    with transaction.atomic():
        if not spend(proof, now=now):
            raise CodeOver
        holder = _holder(proof.phone)
        if holder and holder != user:
            if _is_proven(holder):
                raise phone_taken()
            _take_away(holder, now=now)
        user.phone, user.phone_verified_at = proof.phone, now
        try:
            with transaction.atomic():
                user.save(update_fields=["phone", "phone_verified_at", "updated_at"])
        except IntegrityError as error:
            if violated(error) != "user_phone_unique":
                raise
            raise phone_taken() from None
    return user


def _prove(
    challenge: str, code: str, purpose: VerificationCode.Purpose, *, address: str, now: datetime
) -> VerificationCode:
    limits = limits_of_proof(address=address)
    count_try(limits, now=now)
    proof = check_phone_code(challenge=challenge, code=code, purpose=purpose, now=now)
    forgive(limits)
    return proof


def _owner(phone: str, *, is_known_browser: Callable[[str], bool], now: datetime) -> User | None:
    """Return whose number it is, now that somebody has shown that they hold it.

    Anybody can write a number into their profile. Where that is all there is, the number's owner is not let
    into that account, whose maker would see what they buy: it loses the number. A browser that has signed in
    to it before is its maker's own, who has now proven the number.
    """
    user = _holder(phone)
    if user is None or user.phone_verified_at:
        return user
    if not _is_proven(user) and not is_known_browser(user.email or ""):
        _take_away(user, now=now)
        return None
    user.phone_verified_at = now
    user.save(update_fields=["phone_verified_at", "updated_at"])
    return user


def _holder(phone: str) -> User | None:
    return User.objects.select_for_update(of=("self",)).filter(phone=phone).first()


def _is_proven(user: User) -> bool:
    """Tell whether the number is the person's: proven, or all that they can be reached by."""
    return user.phone_verified_at is not None or user.email is None


def _take_away(user: User, *, now: datetime) -> None:
    User.objects.filter(pk=user.pk).update(phone=None, updated_at=now)


def _register(proof: VerificationCode, *, first_name: str, language: str, now: datetime) -> User:
    user = make_newcomer(
        phone=proof.phone,
        phone_verified_at=now,
        first_name=first_name,
        market=market_of_phone(proof.phone) or Market.KZ,
        language=language,
    )
    if user is None:  # somebody wrote the number into their profile: they may not keep it
        raise CodeOver
    return user

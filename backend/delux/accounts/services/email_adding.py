"""An e-mail for somebody who came by phone."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import EmailProof, User
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.guessing import count_try, forgive, limits_of_proof
from delux.accounts.services.proofs import CodeOver, check_code, send_proof, spend
from delux.accounts.services.registration import EmailTaken
from delux.core.constraints import violated
from delux.core.errors import Conflict


class EmailSet(Conflict):
    code = "email_set"
    title = _("This account has an e-mail already")


def send_email_code(*, user: User, email: str, address: str, now: datetime) -> EmailProof:
    """Have a code mailed that makes ``email`` the person's own; whether it has an account is not looked at.

    :raises EmailSet: they have one
    :raises TooManyGuesses: this e-mail, or this address of the network, has been mailed too often
    """
    if user.email:
        raise EmailSet
    return send_proof(
        purpose=EmailProof.Purpose.ADD_EMAIL,
        email=email,
        language=user.language,
        address=address,
        device="",
        now=now,
    )


def add_email(*, user: User, challenge: str, code: str, address: str, now: datetime) -> User:
    """Make the e-mail the code went to this person's own.

    :raises EmailSet: they have one
    :raises CodeOver: the code was used, is too old, or was tried too often
    :raises WrongCode: another code
    :raises EmailTaken: the e-mail has an account; only its owner, who has the code, is told
    :raises TooManyGuesses: this address of the network has tried too many
    """
    if user.email:
        raise EmailSet
    limits = limits_of_proof(address=address)
    count_try(limits, now=now)
    proof = check_code(challenge=challenge, code=code, purpose=EmailProof.Purpose.ADD_EMAIL, now=now)
    forgive(limits)
    with transaction.atomic():
        if not spend(proof, now=now):
            raise CodeOver
        if get_by_email(proof.email):
            raise EmailTaken
        user.email, user.email_verified_at = proof.email, now
        try:
            with transaction.atomic():
                user.save(update_fields=["email", "email_verified_at", "updated_at"])
        except IntegrityError as error:
            if violated(error) != "user_email_unique":
                raise
            raise EmailTaken from None
    return user

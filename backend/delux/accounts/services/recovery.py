"""What a mailed link does: a new password for one forgotten, and the proof that an e-mail is its person's."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import EmailProof, User
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.families import open_family, revoke_families
from delux.accounts.services.passwords import check_new_password
from delux.accounts.services.proofs import LinkOver, check_link, send_proof, spend, spend_all
from delux.core.errors import Conflict

Purpose = EmailProof.Purpose


class OtherBrowser(Conflict):
    code = "other_browser"
    title = _("Sign in with your password in this browser first, then open the link again")


class NothingToConfirm(Conflict):
    code = "nothing_to_confirm"
    title = _("There is no e-mail waiting to be confirmed")


def reset_password(*, token: str, new: str, user_agent: str, now: datetime) -> tuple[User, str]:
    """Set a new password by the link from the mail, end every sign-in of the person and begin one.

    A password that breaks a rule leaves the link good. The address counts as proven from here on.

    :raises LinkOver: the link was used, is too old, or leads to no account
    :raises WeakPassword: ``new`` breaks a rule
    """
    proof = check_link(purpose=Purpose.RESET_PASSWORD, token=token, now=now)
    user = get_by_email(proof.email)
    if user is None or not user.is_active:
        raise LinkOver
    check_new_password(new, user=user, field="new_password")
    with transaction.atomic():
        if not spend(proof, now=now):
            raise LinkOver
        spend_all(purpose=Purpose.RESET_PASSWORD, email=proof.email, now=now)
        user.set_password(new)
        user.email_verified_at = user.email_verified_at or now
        user.save(update_fields=["password", "email_verified_at", "updated_at"])
        revoke_families(user=user, now=now)
        return user, open_family(user=user, user_agent=user_agent, now=now)


def send_confirmation(*, user: User, address: str, now: datetime) -> None:
    """Mail a person the link that confirms their e-mail.

    :raises NothingToConfirm: they have none, or it is confirmed
    :raises TooManyGuesses: they have asked too often
    """
    if not user.email or user.email_verified_at:
        raise NothingToConfirm
    send_proof(
        purpose=Purpose.CONFIRM_EMAIL,
        email=user.email,
        language=user.language,
        address=address,
        device="",
        now=now,
    )


@transaction.atomic
def confirm_email(*, token: str, is_known_browser: Callable[[str], bool], now: datetime) -> None:
    """Note that an e-mail is its person's; a link may be followed again while it is good, as mail readers do.

    Having the mail is not enough: anybody may have registered this e-mail, and its owner who followed the
    link would prove the account of a stranger, who knows its password.

    :raises LinkOver: the link is too old, not ours, or its e-mail has no account any more
    :raises OtherBrowser: nobody has signed in to the account in this browser
    """
    proof = check_link(purpose=Purpose.CONFIRM_EMAIL, token=token, now=now)
    user = get_by_email(proof.email)
    if user is None or not user.is_active:
        raise LinkOver
    if not is_known_browser(proof.email):
        raise OtherBrowser
    User.objects.filter(pk=user.pk, email_verified_at__isnull=True).update(
        email_verified_at=now, updated_at=now
    )

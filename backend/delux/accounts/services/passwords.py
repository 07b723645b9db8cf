"""Passwords: what makes a good one, checking one, changing one."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.accounts.services.families import open_family, revoke_families
from delux.accounts.services.guessing import count_try, forgive, limits_of_login
from delux.core.errors import FieldProblem, Invalid


class WrongPassword(Invalid):
    code = "wrong_password"
    title = _("The current password is not right")


class WeakPassword(Invalid):
    code = "weak_password"
    title = _("Choose a stronger password")


def check_new_password(password: str, *, user: User, field: str) -> None:
    """Check a new password against the rules.

    :raises WeakPassword: one problem for each broken rule, at ``field``
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(
            problems=[
                FieldProblem(pointer=f"/{field}", code=rule.code or "invalid", detail=text)
                for rule, text in zip(error.error_list, error.messages, strict=True)
            ]
        ) from None


def password_matches(user: User | None, password: str) -> bool:
    """Tell whether ``password`` is the user's; for nobody it takes the same time and is never right."""
    if user is None or not user.has_usable_password():
        make_password(password)
        return False
    return user.check_password(password)


def _wrong_password(field: str) -> WrongPassword:
    problem = FieldProblem(pointer=f"/{field}", code=WrongPassword.code, detail=WrongPassword.title)
    return WrongPassword(problems=[problem])


def prove_password(
    *, user: User, password: str, field: str, address: str, device: str, now: datetime
) -> None:
    """Check that whoever asks knows the password; tries count as those of signing in do.

    :raises WrongPassword: it is another one; the problem is at ``field``
    :raises TooManyGuesses: it was guessed too often
    """
    limits = limits_of_login(email=user.email or f"user:{user.pk}", address=address, device=device)
    count_try(limits, now=now)
    if not password_matches(user, password):
        raise _wrong_password(field)
    forgive(limits, cleared=limits[0])


def still_has(user: User) -> bool:
    """Hold a person's row to the transaction's end; tell whether the password is still that of ``user``.

    Checking a password takes long enough for another device to set a new one meanwhile, which ends every
    sign-in and every change that began before it.
    """
    same = User.objects.select_for_update(no_key=True).filter(pk=user.pk, password=user.password)
    return same.exists()


def change_password(
    *, user: User, current: str, new: str, address: str, device: str, user_agent: str, now: datetime
) -> str:
    """Set a new password, end every sign-in of the person and begin one; return its refresh token.

    A person who has only signed in through a provider has no current password to give.

    :raises WrongPassword: ``current`` is not it
    :raises TooManyGuesses: it was guessed too often
    :raises WeakPassword: ``new`` breaks a rule
    """
    if user.has_usable_password():
        prove_password(
            user=user, password=current, field="current_password", address=address, device=device, now=now
        )
    check_new_password(new, user=user, field="new_password")
    with transaction.atomic():
        if not still_has(user):
            raise _wrong_password("current_password")
        user.set_password(new)
        user.save(update_fields=["password", "updated_at"])
        revoke_families(user=user, now=now)
        return open_family(user=user, user_agent=user_agent, now=now)

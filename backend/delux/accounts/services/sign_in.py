"""Sign in with e-mail and password."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.families import open_family
from delux.accounts.services.guessing import count_try, forgive, limits_of_login
from delux.accounts.services.passwords import password_matches, still_has
from delux.core.errors import Unauthenticated


class WrongCredentials(Unauthenticated):
    code = "wrong_credentials"
    title = _("The e-mail or the password is not right")


def check_credentials(*, email: str, password: str, address: str, device: str, now: datetime) -> User:
    """Return the active person whose e-mail and password these are.

    Unknown, blocked and known accounts cost the same work and get the same answer.

    :raises WrongCredentials: no such pair
    :raises TooManyGuesses: the account, the device or the address has used up its tries
    """
    limits = limits_of_login(email=email, address=address, device=device)
    count_try(limits, now=now)
    user = get_by_email(email)
    if not password_matches(user, password) or user is None or not user.is_active:
        raise WrongCredentials
    forgive(limits, cleared=limits[0])
    return user


def log_in(
    *, email: str, password: str, address: str, device: str, user_agent: str, now: datetime
) -> tuple[User, str]:
    """Sign a person in; return them and the first refresh token of this sign-in.

    :raises WrongCredentials: no such pair of e-mail and password
    :raises TooManyGuesses: the account, the device or the address has used up its tries
    """
    user = check_credentials(email=email, password=password, address=address, device=device, now=now)
    with transaction.atomic():
        if not still_has(user):
            raise WrongCredentials
        return user, open_family(user=user, user_agent=user_agent, now=now)

"""How often a password may be guessed. See `docs/decisions/0007-sign-in-limits.md`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import GuessCounter
from delux.core.errors import TooMany

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_DEVICE = 10
PER_ADDRESS = 60
REGISTRATIONS_PER_ADDRESS = 20
PHONES_PER_PERSON = 5
MAILS_PER_EMAIL = 5
MAILS_PER_ADDRESS = 60
GIFTS_PER_PERSON = 20
SMS_PER_ADDRESS = 20
SMS_PER_BLOCK = 20


class TooManyGuesses(TooMany):
    code = "too_many_guesses"
    title = _("Too many attempts. Please wait a little and try again")


@dataclass(frozen=True)
class Limit:
    """At most ``allowed`` tries of ``subject`` in a window."""

    subject: str
    allowed: int
    window: timedelta = WINDOW

    @property
    def key_hash(self) -> str:
        # Neither addresses nor people can be read off the table.
        return salted_hmac("delux.guess", self.subject, algorithm="sha256").hexdigest()


def limits_of_login(*, email: str, address: str, device: str = "") -> list[Limit]:
    """Return what one sign-in counts against.

    Strangers to an account share its ten tries; a device that has signed in to it before has ten of its own,
    so nobody can lock the owner out. Either way the address counts too.
    """
    account = Limit(f"device:{device}", PER_DEVICE) if device else Limit(f"account:{email}", PER_ACCOUNT)
    return [account, Limit(f"address:{address}", PER_ADDRESS)]


def limits_of_registration(*, address: str) -> list[Limit]:
    """Return what one registration counts against."""
    return [Limit(f"register:{address}", REGISTRATIONS_PER_ADDRESS)]


def limits_of_mail(*, purpose: str, email: str, address: str, device: str = "") -> list[Limit]:
    """Return what one mail with a code or a link counts against; a known device apart, as for sign-in."""
    subject = f"device:{device}" if device else f"email:{email}"
    return [
        Limit(f"mail:{purpose}:{subject}", MAILS_PER_EMAIL),
        Limit(f"mail-from:{address}", MAILS_PER_ADDRESS),
    ]


def limits_of_phone(*, user_id: int) -> list[Limit]:
    """Return what one new phone number of a profile counts against: the answer tells whether it is taken."""
    return [Limit(f"phone:{user_id}", PHONES_PER_PERSON)]


def limits_of_sms_sender(*, address: str) -> list[Limit]:
    """Return what one SMS asked for counts against, whoever it goes to."""
    return [Limit(f"sms-from:{address}", SMS_PER_ADDRESS, timedelta(hours=1))]


def limits_of_sms_cost(*, phone: str, a_day: int) -> list[Limit]:
    """Return what one SMS counts against: its block of 10 000 numbers and the day's bill."""
    return [
        Limit(f"sms-block:{phone[:-4]}", SMS_PER_BLOCK, timedelta(hours=1)),
        Limit("sms-of-the-day", a_day, timedelta(days=1)),
    ]


def limits_of_gift(*, user_id: int, email: str, address: str) -> list[Limit]:
    """Return what one ticket offered to an e-mail counts against: each is a mail to whoever is named."""
    return [
        Limit(f"gift:{user_id}", GIFTS_PER_PERSON),
        Limit(f"gift-to:{email}", MAILS_PER_EMAIL),
        Limit(f"mail-from:{address}", MAILS_PER_ADDRESS),
    ]


def limits_of_proof(*, address: str) -> list[Limit]:
    """Return what one code or link brought back counts against, beside the tries of its own row."""
    return [Limit(f"proof:{address}", PER_ADDRESS)]


_COUNT = """
INSERT INTO accounts_guesscounter AS counter (key_hash, attempts, window_ends_at)
SELECT key_hash, 1, window_ends_at
FROM unnest(%(keys)s, %(ends)s::timestamptz[]) AS given (key_hash, window_ends_at) ORDER BY key_hash
ON CONFLICT (key_hash) DO UPDATE SET
    attempts = CASE WHEN counter.window_ends_at <= %(now)s THEN 1 ELSE counter.attempts + 1 END,
    window_ends_at = CASE
        WHEN counter.window_ends_at <= %(now)s THEN EXCLUDED.window_ends_at ELSE counter.window_ends_at
    END
RETURNING key_hash, attempts, window_ends_at
"""


def count_try(limits: Sequence[Limit], *, now: datetime) -> None:
    """Count one try against each limit, before anything secret is compared.

    One statement counts and reads, so tries made at the same moment each see their own number. It must not
    run in a transaction that a refusal rolls back.

    :raises TooManyGuesses: some limit is used up; ``extra["retry_after"]`` says for how long
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "keys": [limit.key_hash for limit in limits],
                "ends": [now + limit.window for limit in limits],
                "now": now,
            },
        )
        counted = {key: (attempts, window_ends_at) for key, attempts, window_ends_at in cursor.fetchall()}
    ends = [counted[limit.key_hash][1] for limit in limits if counted[limit.key_hash][0] > limit.allowed]
    if ends:
        raise TooManyGuesses(extra={"retry_after": max(1, int((max(ends) - now).total_seconds()))})


_FORGIVE = """
WITH counters AS (
    SELECT id FROM accounts_guesscounter WHERE key_hash = ANY(%(keys)s) ORDER BY key_hash FOR UPDATE
)
UPDATE accounts_guesscounter AS counter
SET attempts = CASE WHEN key_hash = %(cleared)s THEN 0 ELSE greatest(attempts - 1, 0) END
FROM counters WHERE counter.id = counters.id
"""


def forgive(limits: Sequence[Limit], *, cleared: Limit | None = None) -> None:
    """Take back a try that was right: each limit gets the one try back, and ``cleared`` starts anew.

    An address is never cleared: who knows one secret could otherwise reset it between guesses at others.
    """
    keys = [limit.key_hash for limit in limits]
    with connection.cursor() as cursor:
        cursor.execute(_FORGIVE, {"keys": keys, "cleared": cleared.key_hash if cleared else ""})


def forget_old_counters(*, now: datetime) -> int:
    """Delete counters whose window is over; return how many."""
    return GuessCounter.objects.filter(window_ends_at__lte=now).delete()[0]

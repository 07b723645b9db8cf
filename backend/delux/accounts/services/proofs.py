"""Codes and links by mail. See `docs/decisions/0011-codes-and-links-by-mail.md`."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import EmailProof
from delux.accounts.services.guessing import count_try, limits_of_mail
from delux.core.errors import Conflict, FieldProblem, Invalid
from delux.core.queue import wake

TRIES = 5
LIFETIME = {
    EmailProof.Purpose.SIGN_IN: timedelta(minutes=10),
    EmailProof.Purpose.RESET_PASSWORD: timedelta(hours=1),
    EmailProof.Purpose.CONFIRM_EMAIL: timedelta(days=1),
}


class WrongCode(Invalid):
    code = "wrong_code"
    title = _("This is not the code from the mail")


class CodeOver(Conflict):
    code = "code_over"
    title = _("This code is no longer good. Ask for a new one")


class LinkOver(Conflict):
    code = "link_over"
    title = _("This link is no longer good. Ask for a new one")


def send_proof(
    *, purpose: EmailProof.Purpose, email: str, language: str, address: str, device: str, now: datetime
) -> EmailProof:
    """Have a code or a link mailed to ``email``, whether it has an account or not: nothing here looks.

    The mail itself is made from the row by the worker.

    :raises TooManyGuesses: this e-mail, or this address of the network, has asked too often
    """
    email = email.lower()
    count_try(limits_of_mail(purpose=purpose, email=email, address=address, device=device), now=now)
    with transaction.atomic():
        proof = EmailProof.objects.create(
            purpose=purpose,
            email=email,
            key=secrets.token_urlsafe(16),
            language=language,
            expires_at=now + LIFETIME[purpose],
        )
        wake("notifications.deliver_pending")
    return proof


def code_of(proof: EmailProof) -> str:
    """Return the six digits that were mailed."""
    return f"{int(_secret(proof.key, proof.purpose), 16) % 10**6:06d}"


def token_of(proof: EmailProof) -> str:
    """Return what the mailed link carries."""
    return f"{proof.key}.{_secret(proof.key, proof.purpose)}"


def check_code(*, challenge: str, code: str, now: datetime) -> EmailProof:
    """Return the proof that ``code`` answers, to be used up by ``spend``; every try counts.

    :raises CodeOver: used, too old, tried five times, or never sent
    :raises WrongCode: another code; ``extra["tries_left"]`` says how often one may still try
    """
    proof = _live(challenge, EmailProof.Purpose.SIGN_IN, now)
    # One statement counts and bounds: of any number of guesses at once five are compared.
    open_rows = EmailProof.objects.filter(key=challenge, used_at__isnull=True, attempts__lt=TRIES)
    if proof is None or not open_rows.update(attempts=F("attempts") + 1, updated_at=now):
        raise CodeOver
    if not constant_time_compare(code_of(proof), code):
        proof.refresh_from_db(fields=["attempts"])
        raise WrongCode(
            problems=[FieldProblem(pointer="/code", code=WrongCode.code, detail=WrongCode.title)],
            extra={"tries_left": TRIES - proof.attempts},
        )
    return proof


def check_link(*, purpose: EmailProof.Purpose, token: str, now: datetime) -> EmailProof:
    """Return the proof a link's token is; spend it with ``spend``.

    :raises LinkOver: used, too old, or not ours
    """
    key, _, secret = token.partition(".")
    proof = _live(key, purpose, now)
    if proof is None or not constant_time_compare(_secret(key, purpose), secret):
        raise LinkOver
    return proof


def spend(proof: EmailProof, *, now: datetime) -> bool:
    """Use a proof up; of any number of requests at once exactly one is told that it did."""
    return bool(
        EmailProof.objects.filter(pk=proof.pk, used_at__isnull=True).update(used_at=now, updated_at=now)
    )


def spend_all(*, purpose: EmailProof.Purpose, email: str, now: datetime) -> None:
    """Make every other link of the kind that an address still holds worthless."""
    EmailProof.objects.filter(purpose=purpose, email=email, used_at__isnull=True, expires_at__gt=now).update(
        used_at=now, updated_at=now
    )


def forget_old_proofs(*, now: datetime) -> int:
    """Delete proofs a day after their end, and what the post room noted of them; return how many."""
    return EmailProof.objects.filter(expires_at__lte=now - timedelta(days=1)).delete()[0]


def _live(key: str, purpose: EmailProof.Purpose, now: datetime) -> EmailProof | None:
    return EmailProof.objects.filter(
        key=key, purpose=purpose, used_at__isnull=True, expires_at__gt=now
    ).first()


def _secret(key: str, purpose: str) -> str:
    return salted_hmac(f"delux.proof.{purpose}", key, algorithm="sha256").hexdigest()

"""Codes and links by mail, and what codes by SMS have in common with them.

See `docs/decisions/0011-codes-and-links-by-mail.md`.
"""

import secrets
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import EmailProof, VerificationCode
from delux.accounts.services.guessing import count_try, limits_of_mail
from delux.core.errors import Conflict, FieldProblem, Invalid
from delux.core.queue import wake

Proof = TypeVar("Proof", EmailProof, VerificationCode)

TRIES = 5
LIFETIME = {
    EmailProof.Purpose.SIGN_IN: timedelta(minutes=10),
    EmailProof.Purpose.RESET_PASSWORD: timedelta(hours=1),
    EmailProof.Purpose.CONFIRM_EMAIL: timedelta(days=1),
    EmailProof.Purpose.ADD_EMAIL: timedelta(minutes=10),
}


class WrongCode(Invalid):
    code = "wrong_code"
    title = _("This is not the code we sent")


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


def code_of(proof: EmailProof | VerificationCode) -> str:
    """Return the six digits that were sent."""
    return f"{int(_secret(proof.key, proof.purpose), 16) % 10**6:06d}"


def token_of(proof: EmailProof) -> str:
    """Return what the mailed link carries."""
    return f"{proof.key}.{_secret(proof.key, proof.purpose)}"


def check_code(
    *, challenge: str, code: str, now: datetime, purpose: EmailProof.Purpose = EmailProof.Purpose.SIGN_IN
) -> EmailProof:
    """Return the mailed proof that ``code`` answers, to be used up by ``spend``; every try counts.

    :raises CodeOver: used, too old, tried five times, or never sent
    :raises WrongCode: another code; ``extra["tries_left"]`` says how often one may still try
    """
    return answer(EmailProof.objects.filter(key=challenge, purpose=purpose), code=code, now=now)


def answer(asked: QuerySet[Proof], *, code: str, now: datetime) -> Proof:
    """Return the one proof in ``asked`` if ``code`` is its code; as ``check_code``."""
    asked = asked.filter(used_at__isnull=True, expires_at__gt=now)
    proof = asked.first()
    # One statement counts and bounds: of any number of guesses at once five are compared.
    if proof is None or not asked.filter(attempts__lt=TRIES).update(
        attempts=F("attempts") + 1, updated_at=now
    ):
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


def spend(proof: EmailProof | VerificationCode, *, now: datetime) -> bool:
    """Use a proof up; of any number of requests at once exactly one is told that it did."""
    unused = type(proof)._default_manager.filter(pk=proof.pk, used_at__isnull=True)  # noqa: SLF001 documented
    return bool(unused.update(used_at=now, updated_at=now))


def spend_all(*, purpose: EmailProof.Purpose, email: str, now: datetime) -> None:
    """Make every other link of the kind that an address still holds worthless."""
    EmailProof.objects.filter(purpose=purpose, email=email, used_at__isnull=True, expires_at__gt=now).update(
        used_at=now, updated_at=now
    )


def forget_old_proofs(*, now: datetime) -> int:
    """Delete proofs a day after their end, and what the post room noted of them; return how many."""
    kinds = (EmailProof, VerificationCode)
    return sum(kind.objects.filter(expires_at__lte=now - timedelta(days=1)).delete()[0] for kind in kinds)


def _live(key: str, purpose: EmailProof.Purpose, now: datetime) -> EmailProof | None:
    return EmailProof.objects.filter(
        key=key, purpose=purpose, used_at__isnull=True, expires_at__gt=now
    ).first()


def _secret(key: str, purpose: str) -> str:
    return salted_hmac(f"delux.proof.{purpose}", key, algorithm="sha256").hexdigest()

from datetime import datetime

from django.db.models import QuerySet

from delux.accounts.models import EmailProof, VerificationCode


def list_live_proofs(*, at: datetime) -> QuerySet[EmailProof]:
    """Return the codes and links that are still good at ``at``, the oldest first."""
    return EmailProof.objects.filter(used_at__isnull=True, expires_at__gt=at).order_by("pk")


def list_live_codes(*, at: datetime) -> QuerySet[VerificationCode]:
    """Return the codes by SMS that are still good at ``at``, the oldest first."""
    return VerificationCode.objects.filter(used_at__isnull=True, expires_at__gt=at).order_by("pk")

from celery import shared_task
from django.utils import timezone

from delux.accounts.services import families, guessing, proofs


@shared_task(name="accounts.forget_old_sign_ins")
def forget_old_sign_ins() -> None:
    families.forget_ended_families(now=timezone.now())
    guessing.forget_old_counters(now=timezone.now())
    proofs.forget_old_proofs(now=timezone.now())

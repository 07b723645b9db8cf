"""Send the codes and links of the accounts below, which know nothing of notifications."""

from datetime import datetime, timedelta

from delux.accounts.selectors.proofs import list_live_codes, list_live_proofs
from delux.notifications.models import Delivery

# Somebody is waiting for these with the page open: they go before whatever else is due.
AHEAD = timedelta(days=1)


def mail_proofs(*, now: datetime) -> int:
    """Put on its way every code and link that is good and not on its way yet; return how many."""
    rows = Delivery.objects.bulk_create(
        [
            Delivery(
                proof=proof,
                channel=Delivery.Channel.EMAIL,
                next_attempt_at=now - AHEAD,
                request_id=proof.request_id,
            )
            for proof in list_live_proofs(at=now).filter(deliveries__isnull=True)
        ],
        ignore_conflicts=True,  # another worker sweeps at the same moment
    )
    return len(rows)


def text_codes(*, now: datetime) -> int:
    """Put on its way every code by SMS that is good and not on its way yet; return how many."""
    rows = Delivery.objects.bulk_create(
        [
            Delivery(
                code=code,
                channel=Delivery.Channel.SMS,
                next_attempt_at=now - AHEAD,
                request_id=code.request_id,
            )
            for code in list_live_codes(at=now).filter(delivery__isnull=True)
        ],
        ignore_conflicts=True,
    )
    return len(rows)

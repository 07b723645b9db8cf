from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from delux.accounts.models import User
from delux.core.errors import NotFound
from delux.core.kept_query import KeptObjects
from delux.payments.models import Payment, WebhookEvent

# A request that talks to a provider has this long before somebody else asks how it went.
ASK_AFTER = timedelta(seconds=10)


def get_payment(viewer: User, payment_id: int) -> Payment:
    """Return the viewer's payment with its order.

    :raises NotFound: there is none, or it is another person's
    """
    payment = Payment.objects.visible_to(viewer).select_related("order").filter(pk=payment_id).first()
    if payment is None:
        raise NotFound
    return payment


def get_payment_of_key(payer: User, key: str) -> Payment | None:
    """Return the payment the payer's Idempotency-Key made, if it has made one."""
    return _OF_KEY.first(payer=payer.pk, key=key)


_OF_KEY = KeptObjects(
    lambda payer, key: Payment.objects.visible_to(payer).filter(idempotency_key=key).select_related("order"),
    payer=int,
    key=str,
)


def list_undecided_payments(*, at: datetime) -> QuerySet[Payment]:
    """Return payments nobody is deciding at ``at`` and whose provider can be asked, oldest first."""
    return (
        Payment.objects.filter(status=Payment.Status.INITIATED, created_at__lte=at - ASK_AFTER)
        .filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=at))
        .select_related("order")
        .order_by("created_at")
    )


def list_unprocessed_webhooks() -> QuerySet[WebhookEvent]:
    """Return messages of providers not acted on yet; those that failed before come last."""
    return WebhookEvent.objects.filter(processed_at__isnull=True).order_by("attempts", "pk")

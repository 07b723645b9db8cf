"""What every request that may be repeated shares: how long its key lives, and how a repeat may be refused."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from delux.core.errors import Conflict, Unprocessable

KEPT_FOR = timedelta(hours=24)


class RequestInProgress(Conflict):
    """A twin of the request is being worked on; ``extra["retry_after"]`` is in seconds."""

    code = "request_in_progress"
    title = _("The same request is still being worked on. Try again in a second")


class IdempotencyKeyReused(Unprocessable):
    code = "idempotency_key_reused"
    title = _("This Idempotency-Key was used for a different request")

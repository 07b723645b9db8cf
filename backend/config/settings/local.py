"""One machine, for trying and building: `make run` and `make dev`. Secrets here protect nothing real."""

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = SECRET_KEY or "local-only-secret-key-that-protects-demo-data-and-nothing-else"  # noqa: F405
TICKET_SIGNING_KEY = TICKET_SIGNING_KEY or "local-only-ticket-signing-key-for-demo-tickets"  # noqa: F405
MOCK_WEBHOOK_SECRET = MOCK_WEBHOOK_SECRET or "local-only-webhook-secret-of-the-mock-gateway"  # noqa: F405
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]  # noqa: F405
MOCK_GATEWAY = True
# The product is measured and tried as it will run: without the debug toolbar's kind of work per query.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True

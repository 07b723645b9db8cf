"""One machine, for trying and building: `make run` and `make dev`. Secrets here protect nothing real."""

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = SECRET_KEY or "local-only-secret-key-that-protects-demo-data-and-nothing-else"
TICKET_SIGNING_KEY = TICKET_SIGNING_KEY or "local-only-ticket-signing-key-for-demo-tickets"
MOCK_WEBHOOK_SECRET = MOCK_WEBHOOK_SECRET or "local-only-webhook-secret-of-the-mock-gateway"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]
MOCK_GATEWAY = True
# The product is measured and tried as it will run: without the debug toolbar's kind of work per query.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True

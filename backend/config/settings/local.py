"""One machine, for trying and building: `make run` and `make dev`. Secrets here protect nothing real."""

from .base import *  # noqa: F403

DEBUG = True
# Production refuses to start with a secret that begins like this.
LOCAL_ONLY = "local-only"
SECRET_KEY = SECRET_KEY or f"{LOCAL_ONLY}-secret-key-that-protects-demo-data-and-nothing-else"
TICKET_SIGNING_KEY = TICKET_SIGNING_KEY or f"{LOCAL_ONLY}-ticket-signing-key-for-demo-tickets"
MOCK_WEBHOOK_SECRET = MOCK_WEBHOOK_SECRET or f"{LOCAL_ONLY}-webhook-secret-of-the-mock-gateway"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]
MOCK_GATEWAY = True
# The product is measured and tried as it will run: without the debug toolbar's kind of work per query.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True

"""The test suite: the same product, with a cheap password hash and mail kept in memory."""

from .base import *  # noqa: F403

SECRET_KEY = "test-secret-key-long-enough-to-sign-what-tests-need"
TICKET_SIGNING_KEY = "test-ticket-signing-key-long-enough-for-tickets"
MOCK_WEBHOOK_SECRET = "test-webhook-secret-of-the-mock-gateway"
ALLOWED_HOSTS = ["*"]
MOCK_GATEWAY = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_URL = "console:"
PASSWORD_HASHERS = ["delux.accounts.hashers.FastTestPasswordHasher"]
_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES = STORAGES | {"default": _MEMORY, "private": _MEMORY}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# A test reads what it has just written
PUBLIC_READ_SECONDS = 0
FIGURES_SECONDS = 0
# Each client of a test would otherwise list every built file anew, a tenth of a second each time.
WHITENOISE_AUTOREFRESH = True

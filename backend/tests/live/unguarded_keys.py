"""The product without a memory for Idempotency-Keys, for the test that shows what the memory is for."""

from config.wsgi import application as application
from delux.core.api import idempotency

idempotency._keep = lambda *_answer: None

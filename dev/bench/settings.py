"""The product as `make run` serves it, but for Django's debug mode, with tokens that outlive a measurement.

Debug mode keeps every query of a request in memory; production does not, so it is not what is measured.
"""

from datetime import timedelta

from config.settings.local import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "dev.bench.urls"
# Writing a mail is the product's work and is counted; printing thousands on the terminal is not.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ACCESS_TOKEN_LIFETIME = timedelta(hours=6)

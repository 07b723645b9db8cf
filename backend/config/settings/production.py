"""Real people and real money. Starting is refused while a secret is missing or the demo's."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from config import env
from config.settings import local
from delux.core.sms import sms_problem

from .base import *  # noqa: F403

PRODUCTION = True
SMS_URL = env.SMS_URL
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
# A balancer and Prometheus ask each machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^api/health/", r"^metrics/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

_problems = [
    f"{name} must be set to a secret of at least 40 characters of its own"
    for name in ("SECRET_KEY", "TICKET_SIGNING_KEY")
    if len(globals()[name]) < 40 or globals()[name].startswith(local.LOCAL_ONLY)
]
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    _problems.append("ALLOWED_HOSTS must name the hosts this shop answers for")
# Cookies are kept to TLS, and requests to our own pages, by what this address says.
if not PUBLIC_URL.startswith("https://"):
    _problems.append("PUBLIC_URL must be the https:// address people see")
elif not validate_host(urlsplit(PUBLIC_URL).hostname or "", ALLOWED_HOSTS):
    _problems.append("ALLOWED_HOSTS must have the host of PUBLIC_URL")
if not DATABASES:
    _problems.append("DATABASE_URL must point at a PostgreSQL server")
# Without one, sign-in codes, names and orders would go to a log or a folder, and nobody would get a ticket.
if not EMAIL_BACKEND.endswith("smtp.EmailBackend"):
    _problems.append("EMAIL_URL must point at a mail server")
if SMS_URL and (_problem := sms_problem(SMS_URL, is_real=True)):
    _problems.append(_problem)
if SECRET_KEY == TICKET_SIGNING_KEY:
    _problems.append("TICKET_SIGNING_KEY must be another secret than SECRET_KEY")
if env.S3_BUCKET and env.S3_PRIVATE_BUCKET in ("", env.S3_BUCKET):
    _problems.append("S3_PRIVATE_BUCKET must name another bucket than S3_BUCKET, which everybody may read")
if env.S3_PRIVATE_BUCKET and not env.S3_BUCKET:
    _problems.append(
        "S3_BUCKET must name the bucket of the pictures, as S3_PRIVATE_BUCKET does that of tables"
    )
# The account's signatures, tables with people in them and pictures would go by in the open.
if env.S3_ENDPOINT and not env.S3_ENDPOINT.startswith("https://"):
    _problems.append("S3_ENDPOINT must be the https:// address of the buckets' service")
if env.S3_BUCKET and not env.MEDIA_URL.startswith("https://"):
    _problems.append("MEDIA_URL must be the https:// address of the pictures in S3_BUCKET")
if FAULTPOINT:
    _problems.append("FAULTPOINT is for tests: leave it out")
if _problems:
    raise ImproperlyConfigured("Delux will not start in production: " + "; ".join(_problems) + ".")

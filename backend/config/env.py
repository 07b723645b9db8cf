"""The only module that reads the environment. Each setting stands in .env.example with a line on it."""

from pathlib import Path

import environ

BACKEND = Path(__file__).resolve().parent.parent
ROOT = BACKEND.parent

env = environ.Env()
environ.Env.read_env(ROOT / ".env")

# Where everything that is not code lives: the embedded database, media, the task queue, logs.
VAR = Path(env.str("DELUX_VAR", default=str(ROOT / "var")))

DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", default="")
PREPARE_STATEMENTS = env.bool("PREPARE_STATEMENTS", default=True)
CACHE_URL = env.str("CACHE_URL", default="")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
MEDIA_URL = env.str("MEDIA_URL", default="")
S3_BUCKET = env.str("S3_BUCKET", default="")
S3_PRIVATE_BUCKET = env.str("S3_PRIVATE_BUCKET", default="")
S3_ENDPOINT = env.str("S3_ENDPOINT", default="")
S3_REGION = env.str("S3_REGION", default="")
S3_ACCESS_KEY = env.str("S3_ACCESS_KEY", default="")
S3_SECRET_KEY = env.str("S3_SECRET_KEY", default="")
SECRET_KEY = env.str("SECRET_KEY", default="")
TICKET_SIGNING_KEY = env.str("TICKET_SIGNING_KEY", default="")
MOCK_WEBHOOK_SECRET = env.str("MOCK_WEBHOOK_SECRET", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8888").rstrip("/")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_FROM = env.str("EMAIL_FROM", default="Delux <hello@delux.test>")
SMS_URL = env.str("SMS_URL", default="")
SMS_PER_DAY = env.int("SMS_PER_DAY", default=2000)
GOOGLE_CLIENT_ID = env.str("GOOGLE_CLIENT_ID", default="")
GOOGLE_CLIENT_SECRET = env.str("GOOGLE_CLIENT_SECRET", default="")
MAP_TILES = env.str("MAP_TILES", default="")
MAP_CREDIT = env.str("MAP_CREDIT", default="© OpenStreetMap")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# The library that counts reads this one itself, from the environment.
PROMETHEUS_MULTIPROC_DIR = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
WORKER_METRICS_PORT = env.int("WORKER_METRICS_PORT", default=0)
LEAVING_FILE = env.str("LEAVING_FILE", default="")
FAULTPOINT = env.str("FAULTPOINT", default="")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")

"""Settings shared by every way of running Delux. What differs is in local, test and production."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from wsgiref.headers import Headers

import environ
from csp.constants import NONE, SELF

from config import env
from config.logging import configure_logging

BASE_DIR = env.BACKEND
SPA_DIST = env.ROOT / "frontend" / "dist"
PUBLIC_URL = env.PUBLIC_URL

SECRET_KEY = env.SECRET_KEY
TICKET_SIGNING_KEY = env.TICKET_SIGNING_KEY
MOCK_WEBHOOK_SECRET = env.MOCK_WEBHOOK_SECRET
DEBUG = False
ALLOWED_HOSTS = env.ALLOWED_HOSTS
TRUSTED_PROXIES = env.TRUSTED_PROXIES
METRICS_TOKEN = env.METRICS_TOKEN
PROMETHEUS_MULTIPROC_DIR = env.PROMETHEUS_MULTIPROC_DIR

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_prometheus",
    "social_django",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "delux.core",
    "delux.accounts",
    "delux.notifications",
    "delux.events",
    "delux.market",
    "delux.orders",
    "delux.payments",
    "delux.crm",
    "delux.pages",
    "delux.demo",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "delux.core.middleware.WatchersMiddleware",
    "delux.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "delux.core.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "delux.core.middleware.OwnWritesMiddleware",
    "delux.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "delux.core.middleware.PageMessagesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database(url: str, **bounds: Any) -> dict[str, Any]:
    """Read ``url``; what it says of the connection (``?sslmode=verify-full``) goes before ``bounds``."""
    told: dict[str, Any] = environ.Env.db_url_config(url)
    return told | {"OPTIONS": bounds | told.get("OPTIONS", {})}


# --- Database: one connection a thread, kept (a new one costs 5 ms), with a bound on every statement.
# Compiling a plan (jit) costs more than any query of a page: 70 ms against 1 were seen.
DATABASES: dict[str, Any] = {}
_BOUNDS = {
    # A server that says nothing, or a machine that is gone, is given up before the buyer gives up.
    "connect_timeout": 5,
    "tcp_user_timeout": 8000,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "options": "-c statement_timeout=5000 -c jit=off -c lock_timeout=4000 -c timezone=UTC"
    # One wrong letter inside a word of seven leaves 0.45; the extension's own 0.6 would miss it.
    " -c pg_trgm.word_similarity_threshold=0.4",
}
if env.DATABASE_URL:
    DATABASES["default"] = _database(env.DATABASE_URL, **_BOUNDS) | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Exports read through a cursor of the server's, which such a pooler loses as well (see below).
        "DISABLE_SERVER_SIDE_CURSORS": not env.PREPARE_STATEMENTS,
        "TEST": {"TEMPLATE": "template0"},
    }
if env.DATABASE_URL and env.DATABASE_REPLICA_URL:
    # For reads marked with core.replica.from_replica. The primary stands in for it, so it is given up soon;
    # a lost connection is found by the read itself.
    _SOONER = {"connect_timeout": 2, "tcp_user_timeout": 3000, "keepalives_idle": 2, "keepalives_interval": 1}
    DATABASES["replica"] = (
        DATABASES["default"]
        | _database(env.DATABASE_REPLICA_URL, **_BOUNDS | _SOONER)
        | {"CONN_HEALTH_CHECKS": False, "TEST": {"MIRROR": "default"}}
    )
DATABASE_ROUTERS = ["delux.core.replica.ReplicaRouter"] if "replica" in DATABASES else []
# In seconds: how far behind the replica may be, how long a connection believes what it found about that, and
# how long a replica that failed is left alone.
REPLICA_MOST_BEHIND, REPLICA_BELIEVED, REPLICA_LEFT_ALONE = 3.0, 1.0, 5.0
# How long a marked read may take there, if it freezes with a question in hand: longer than a statement may,
# and not so long that nobody waits for the primary's answer.
REPLICA_PATIENCE = 6.0
# And how long an export, for which nobody waits, stands still there at most: for less than its claim holds.
REPLICA_SILENCE = 60.0
# How long whoever changed something reads the primary. A marked read is at most as old as the first two of
# these together; the rest is for networks that are slow.
OWN_WRITES_SECONDS = 10
# The hottest statements are planned once a connection; a pooler that changes connections between transactions
# cannot have that (core.kept_query).
PREPARE_STATEMENTS = env.PREPARE_STATEMENTS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique without case, by the constraint user_email_unique
AUTHENTICATION_BACKENDS = [
    "delux.accounts.backends.Google",
    "delux.accounts.backends.PasswordBackend",
]
PASSWORD_HASHERS = ["delux.accounts.hashers.OwaspArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCESS_TOKEN_LIFETIME = timedelta(minutes=5)
REFRESH_FAMILY_LIFETIME = timedelta(days=14)

SOCIAL_AUTH_GOOGLE_KEY = env.GOOGLE_CLIENT_ID
SOCIAL_AUTH_GOOGLE_SECRET = env.GOOGLE_CLIENT_SECRET
SOCIAL_AUTH_GOOGLE_USE_PKCE = True
SOCIAL_AUTH_REQUESTS_TIMEOUT = 10
SOCIAL_AUTH_PIPELINE = [
    "social_core.pipeline.social_auth.social_details",
    "social_core.pipeline.social_auth.social_uid",
    "social_core.pipeline.social_auth.auth_allowed",
    "social_core.pipeline.social_auth.social_user",
    "delux.accounts.services.google.find_or_register",
    "social_core.pipeline.social_auth.associate_user",
]

# --- Languages and time: stored in UTC, shown in the event's zone
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("kk", "Қазақша"), ("ky", "Кыргызча"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = env.VAR / "static"
# Where people's browsers find pictures: here, or at the address of the bucket they are in.
MEDIA_URL = f"{(env.MEDIA_URL or '/media').rstrip('/')}/"
MEDIA_ROOT = env.VAR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024
WHITENOISE_ROOT = SPA_DIST if SPA_DIST.exists() else None
WHITENOISE_INDEX_FILE = False


def _never_changes(_path: str, url: str) -> bool:
    """The site's own files carry a hash of their content in their names."""
    return url.startswith("/assets/")


def _asked_for_each_time(headers: Headers, _path: str, url: str) -> None:
    """What names the files of a build is never an old one: its shell, and the worker that keeps it."""
    if url in ("/index.html", "/sw.js"):
        headers["Cache-Control"] = "no-cache"


WHITENOISE_IMMUTABLE_FILE_TEST = _never_changes
WHITENOISE_ADD_HEADERS_FUNCTION = _asked_for_each_time
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Of people's own tables: no address leads there, core.private_files hands them out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.VAR / "private"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if env.S3_BUCKET:
    _bucket: dict[str, Any] = {
        "endpoint_url": env.S3_ENDPOINT,
        "region_name": env.S3_REGION or None,
        "access_key": env.S3_ACCESS_KEY or None,
        "secret_key": env.S3_SECRET_KEY or None,
    }
    _forever = {"CacheControl": "public, max-age=31536000, immutable"}
    STORAGES |= {
        "default": {
            "BACKEND": "delux.core.object_storage.ObjectStorage",
            "OPTIONS": _bucket | {"bucket_name": env.S3_BUCKET, "object_parameters": _forever},
        },
        "private": {
            "BACKEND": "delux.core.object_storage.ObjectStorage",
            "OPTIONS": _bucket | {"bucket_name": env.S3_PRIVATE_BUCKET},
        },
    }

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["delux.accounts.api.authentication.AccessTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["delux.core.api.permissions.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["delux.core.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["delux.core.api.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "delux.core.api.renderers.AlwaysJSON",
    "DEFAULT_SCHEMA_CLASS": "delux.core.api.schema.DeluxSchema",
    "EXCEPTION_HANDLER": "delux.core.api.errors.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Delux API",
    "DESCRIPTION": (
        "Find events, buy tickets and gear in one basket, sell and check in. "
        "Errors are RFC 9457 problem documents with a stable `code`; money is a decimal string with a "
        "currency; times are UTC (RFC 3339). Begin with the [guides](/developers)."
    ),
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {
        "persistAuthorization": True,
        "displayRequestDuration": True,
        "filter": True,
        "validatorUrl": None,  # it would send the schema elsewhere
    },
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "Market": "delux.core.markets.Market",
        "HomeMarket": "delux.accounts.api.serializers.HOME_MARKET_CHOICES",
        "Language": "delux.accounts.models.Language",
        "Currency": "delux.core.money.Currency",
        "EventStatus": "delux.events.models.Event.Status",
        "EventFormat": "delux.events.models.Event.Format",
        "AttendeeStatus": "delux.events.models.EventAttendee.Status",
        "OrderStatus": "delux.orders.models.Order.Status",
        "OrderPaymentStatus": "delux.orders.models.Order.PaymentStatus",
        "DeliveryType": "delux.orders.models.Order.DeliveryType",
        "FulfilmentStatus": "delux.orders.models.Fulfilment.Status",
        "ItemType": "delux.orders.models.ItemType",
        "PaymentStatus": "delux.payments.models.Payment.Status",
        "RefundStatus": "delux.payments.models.Refund.Status",
        "RefundRequestStatus": "delux.payments.models.RefundRequest.Status",
        "TableImportStatus": "delux.crm.models.TableImport.Status",
        "MailingStatus": "delux.crm.models.Mailing.Status",
        "MailingAttendance": "delux.crm.models.Mailing.Attendance",
        "TaskStatus": "delux.crm.models.CrmTask.Status",
        "TaskPriority": "delux.crm.models.CrmTask.Priority",
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums"],
}

# --- The staff's desk, in ink as everything is
UNFOLD = {
    "SITE_TITLE": "Delux",
    "SITE_HEADER": "Delux",
    "COLORS": {
        "primary": {
            "50": "#f0f0ea", "100": "#e4e5e0", "200": "#c3c8d0", "300": "#a7aeb9", "400": "#98a0ac",
            "500": "#737c89", "600": "#434954", "700": "#2b313b", "800": "#1e232c", "900": "#161a21",
            "950": "#0e1116",
        }
    },
}  # fmt: skip

# --- What processes share for a moment, or each has for itself. Nothing that matters is in it.
CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if env.CACHE_URL:
    CACHES["default"] = {"BACKEND": "delux.core.shared_cache.SharedCache", "LOCATION": env.CACHE_URL}

# --- Work done beside the request. The rows in PostgreSQL carry every promise; a lost task is swept up.
_queue_dir = env.VAR / "queue"
if env.CELERY_BROKER_URL:
    CELERY_BROKER_URL = env.CELERY_BROKER_URL
    # A request gives its worker a hint, and goes on without having given one soon if the broker is away.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "max_retries": 0,
        "socket_connect_timeout": 1,
        "socket_timeout": 2,
    }
else:
    CELERY_BROKER_URL = "folder://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue_dir / "messages"),
        "data_folder_out": str(_queue_dir / "messages"),
        "control_folder": str(_queue_dir / "control"),
        "processed_folder": str(_queue_dir / "processed"),
        "store_processed": False,
        "polling_interval": 0.05,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Mails printed by the console backend stay readable.
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # the worker waits for its broker, however long that is away
CELERY_BEAT_SCHEDULE_FILENAME = str(env.VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "expire-orders": {"task": "orders.expire_orders", "schedule": 30},
    "deliver-notifications": {"task": "notifications.deliver_pending", "schedule": 15},
    "deliver-sms": {"task": "notifications.deliver_sms", "schedule": 15},
    "push-mailings": {"task": "crm.push_mailings", "schedule": 15},
    "work-on-imports": {"task": "crm.work_on_imports", "schedule": 30},
    "forget-old-imports": {"task": "crm.forget_old_imports", "schedule": 3600},
    "work-on-exports": {"task": "crm.work_on_exports", "schedule": 30},
    "forget-old-exports": {"task": "crm.forget_old_exports", "schedule": 3600},
    "settle-payments": {"task": "payments.settle_pending", "schedule": 10},
    "refund-canceled-events": {"task": "payments.refund_canceled_events", "schedule": 60},
    "finish-events": {"task": "events.finish_past_events", "schedule": 300},
    "count-sales": {"task": "market.count_sales", "schedule": 300},
    "forget-old-keys": {"task": "core.forget_old_keys", "schedule": 3600},
    "forget-old-sign-ins": {"task": "accounts.forget_old_sign_ins", "schedule": 3600},
}

# --- Mail: the console in development
if env.EMAIL_URL:
    _mail = environ.Env.email_url_config(env.EMAIL_URL)
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
    EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH")  # of filemail:////folder, where tests read their mail
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.EMAIL_FROM

# --- SMS: the worker's log in development; "" in production turns signing in by phone off
SMS_URL = env.SMS_URL or "console:"
# The most that are paid for in a day
SMS_PER_DAY = env.SMS_PER_DAY

# How long an answer that is the same for everybody may be repeated (core.api.caching)
PUBLIC_READ_SECONDS = 1
# How old the counts beside filters may be (core.kept_figures)
FIGURES_SECONDS = 30

# --- Selling
ORDER_HOLD = timedelta(minutes=15)
# Whether it exists says whether this container is about to end (core.leaving)
LEAVING_FILE = env.LEAVING_FILE
# Where in checkout a test has the process kill itself (core.faults); production refuses to start with it.
FAULTPOINT = env.FAULTPOINT
# The mock gateway exists only where this is true; a system check refuses it in production.
MOCK_GATEWAY = False
PRODUCTION = False

# --- Maps
# Address of the pictures maps are made of, "" for maps without: {z}, {x} and {y} stand in it.
MAP_TILES = env.MAP_TILES
MAP_CREDIT = env.MAP_CREDIT
_map_source = "://".join(urlsplit(MAP_TILES)[:2]).replace("{s}", "*")
_media_source = "://".join(urlsplit(MEDIA_URL)[:2]) if urlsplit(MEDIA_URL).netloc else ""

# --- Browser walls
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The reader of QR codes is WebAssembly: it may be compiled, text still never becomes a script.
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        # Mantine and chart libraries set style attributes; scripts stay strict.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [
            *(SELF, "data:", "blob:"),
            *([_map_source] if MAP_TILES else []),
            *([_media_source] if _media_source else []),
        ],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING_CONFIG = None
configure_logging(level=env.LOG_LEVEL)

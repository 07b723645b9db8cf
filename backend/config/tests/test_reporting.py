import os
import subprocess
import sys

from django.conf import settings

LOADED = """
import sys
import config.wsgi
from config.celery import app
app.loader.import_default_modules()
print(sorted({name.split(".")[0] for name in sys.modules} & {"opentelemetry", "sentry_sdk", "google"}))
"""


def test_without_its_settings_nothing_of_reporting_is_even_imported() -> None:
    env = os.environ | {"OTEL_EXPORTER_OTLP_ENDPOINT": "", "SENTRY_DSN": ""}
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"

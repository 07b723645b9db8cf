"""The worker's application. Tasks are found in each app's `tasks.py`; `core.queue` sends them by name."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.conf import settings
from prometheus_client import start_http_server

from config import env, folder_queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

folder_queue.register()
app = Celery("delux")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

for folder in ("data_folder_in", "control_folder", "processed_folder"):
    if folder in settings.CELERY_BROKER_TRANSPORT_OPTIONS:
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder]).mkdir(parents=True, exist_ok=True)


@worker_init.connect  # type: ignore[untyped-decorator]
def show_metrics(**_kwargs: Any) -> None:
    """Let Prometheus ask a worker in a container of its own; beside a web process they share a folder."""
    if env.WORKER_METRICS_PORT:
        start_http_server(env.WORKER_METRICS_PORT)

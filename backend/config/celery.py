"""The worker's application. Tasks are found in each app's `tasks.py`; `core.queue` sends them by name."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, celeryd_init, task_prerun, worker_init
from django.conf import settings
from prometheus_client import start_http_server
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from config import env, folder_queue, reporting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

folder_queue.register()
app = Celery("delux")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

for folder in ("data_folder_in", "control_folder", "processed_folder"):
    if folder in settings.CELERY_BROKER_TRANSPORT_OPTIONS:
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder]).mkdir(parents=True, exist_ok=True)


@celeryd_init.connect  # type: ignore[untyped-decorator]  # Celery has no types
def start_reporting(**_kwargs: Any) -> None:
    reporting.start("worker")


@worker_init.connect  # type: ignore[untyped-decorator]  # Celery has no types
def show_metrics(**_kwargs: Any) -> None:
    """Let Prometheus ask a worker in a container of its own; beside a web process they share a folder."""
    if env.WORKER_METRICS_PORT:
        start_http_server(env.WORKER_METRICS_PORT)


@before_task_publish.connect  # type: ignore[untyped-decorator]  # Celery has no types
def send_request_id(headers: dict[str, Any], **_kwargs: Any) -> None:
    """Have the logs of a task say which request it was begun for."""
    if request_id := get_contextvars().get("request_id"):
        headers["request_id"] = request_id


@task_prerun.connect  # type: ignore[untyped-decorator]  # Celery has no types
def bind_request_id(task_id: str, task: Any, **_kwargs: Any) -> None:
    """Log under the id of the request, or under the task's own when the clock began it."""
    clear_contextvars()
    bind_contextvars(request_id=task.request.get("request_id") or task_id, task=task.name)

"""The worker's application. Tasks are found in each app's `tasks.py`; `core.queue` sends them by name."""

import os
from pathlib import Path

from celery import Celery
from django.conf import settings

from config import folder_queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

folder_queue.register()
app = Celery("delux")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

for folder in ("data_folder_in", "control_folder", "processed_folder"):
    if folder in settings.CELERY_BROKER_TRANSPORT_OPTIONS:
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder]).mkdir(parents=True, exist_ok=True)

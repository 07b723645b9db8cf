"""The product's own processes, as `make run` starts them, one by one: what stops one may be tried."""

import os
import signal
import time
from pathlib import Path

from django.conf import settings

from dev import product
from dev.processes import free_port
from dev.supervisor import Process

START_TIMEOUT = 60.0


class Shop:
    """A shop with a folder and an address of its own; ``changed`` settings are those of .env.example."""

    def __init__(self, *, database_url: str, var: Path, settings_module: str, **changed: str) -> None:
        self.var, self.port = var, free_port()
        self.env = product.django_environment(database_url=database_url, var=var, port=self.port) | {
            "DJANGO_SETTINGS_MODULE": settings_module,
            # A test signs as the product does.
            "SECRET_KEY": settings.SECRET_KEY,
            "MOCK_WEBHOOK_SECRET": settings.MOCK_WEBHOOK_SECRET,
            **changed,
        }
        self._running: list[Process] = []

    def start(self, *names: str) -> None:
        """Start ``web``, ``worker`` or ``beat``; do not wait for them."""
        var, env = self.var, self.env
        for name in names:
            match name:
                case "web":
                    service = product.web_service(host="127.0.0.1", port=self.port, var=var, env=env)
                case "worker":
                    service = product.worker_service(var=var, env=env)
                case _:
                    service = product.beat_service(var=var, env=env)
            self._running.append(service.launch())

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while not product.answers(self.port, "/api/health/ready/"):
            assert time.monotonic() < deadline, "The site does not answer."
            time.sleep(0.05)

    def stop(self) -> None:
        """Kill whatever runs."""
        for process in self._running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()

"""Copies of the product as their containers start them, found under one name at addresses of their own."""

import os
import re
import shutil
import signal
import socket
import socketserver
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import Message
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from threading import Thread

from django.conf import settings

from dev.processes import free_port, tail
from dev.tether import tethered
from tests.live.mailbox import mail_server
from tests.live.nginx import Door, nginx
from tests.live.redis_server import Redis
from tests.live.server import BACKEND, START_TIMEOUT, own_database, production

LEAVES_WITHIN = 35.0  # as long as Docker and Kubernetes are told to wait


class Copy:
    """One container of the product: ``role`` is what `deploy/delux` is told to be."""

    def __init__(self, role: str, *, address: str, env: dict[str, str], var: Path) -> None:
        self.address, self.port = address, int(env["WEB_PORT"])
        self.log = var / f"{role}-{address}.log"
        env = env | {
            "WEB_HOST": address,
            "PROMETHEUS_MULTIPROC_DIR": str(var / f"metrics-{address}"),
            "LEAVING_FILE": str(var / f"leaving-{address}"),
            "PYTHONPATH": os.pathsep.join([str(BACKEND), str(BACKEND.parent)]),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                tethered(
                    ["sh", str(BACKEND.parent / "deploy" / "delux"), role], on_parent_death=signal.SIGKILL
                ),
                cwd=BACKEND,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def status(self, path: str) -> int:
        """Ask this copy itself; 0 if nobody listens."""
        site = HTTPConnection(self.address, self.port, timeout=5)
        try:
            site.request("GET", path)
            return site.getresponse().status
        except OSError:
            return 0
        finally:
            site.close()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while self.status("/api/health/ready/") != 200:
            assert self.process.poll() is None, tail(self.log, lines=40)
            assert time.monotonic() < deadline, tail(self.log, lines=40)
            time.sleep(0.1)

    def ask_to_leave(self) -> None:
        """Do what an orchestrator does first."""
        self.process.send_signal(signal.SIGTERM)

    def wait_until_gone(self) -> None:
        assert self.process.wait(LEAVES_WITHIN) == 0, tail(self.log, lines=40)

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def words(self) -> str:
        return self.log.read_text()


class Directory(socketserver.ThreadingUDPServer):
    """The name server of the containers' network: it knows the copies that are there, whatever the name."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Question)
        self.copies: list[Copy] = []
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Question(socketserver.BaseRequestHandler):
    server: Directory

    def handle(self) -> None:
        packet, sender = self.request
        name = re.match(rb"(?:[\x01-\x3f][^\x00]*)?\x00....", packet[12:], re.DOTALL)[0]
        answers = [
            # The name as in the question; an address on the internet; for a second.
            struct.pack(">HHHIH4s", 0xC00C, 1, 1, 1, 4, socket.inet_aton(copy.address))
            for copy in self.server.copies
        ]
        head = packet[:2] + struct.pack(">HHHHH", 0x8180, 1, len(answers), 0, 0)
        sender.sendto(head + name + b"".join(answers), self.client_address)


class Place:
    """A shop of several containers; ``start`` and the copies' own methods are the orchestrator's."""

    def __init__(self, *, folder: Path, env: dict[str, str], mails: list[Message]) -> None:
        self.folder, self.env, self.mails = folder, env, mails
        self.directory = Directory()
        self._addresses = (f"127.0.0.{last}" for last in count(2))
        self._all: list[Copy] = []

    def start(self, role: str) -> Copy:
        copy = Copy(role, address=next(self._addresses), env=self.env, var=self.folder)
        self._all.append(copy)
        return copy

    @contextmanager
    def door(self) -> Iterator[Door]:
        """Run nginx before the copies in the directory, with limits nobody meets."""
        folder = self.folder / "door"
        folder.mkdir()
        with nginx(
            folder=folder,
            web_port=0,
            host=self.env["ALLOWED_HOSTS"],
            WEB=f"web.shop:{self.env['WEB_PORT']}",
            RESOLVER=self.directory.address,
            READS_PER_SECOND="10000",
            WRITES_PER_SECOND="10000",
        ) as door:
            yield door

    def end(self) -> None:
        for copy in self._all:
            copy.kill()
        self.directory.shutdown()
        self.directory.server_close()


@contextmanager
def containers(purpose: str, *, host: str, **changed: str) -> Iterator[Place]:
    """Make the place where containers are started: a database, a broker and a mail server of their own."""
    folder = Path(tempfile.mkdtemp(prefix=f"delux-{purpose}-", dir="/var/tmp"))
    folder.chmod(0o755)
    mails: list[Message] = []
    with own_database(purpose) as url, ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        mail_port, broker = free_port(), Redis()
        stack.callback(broker.kill)
        stack.enter_context(mail_server(mail_port, mails))
        env = production(database_url=url, var=folder, host=host, port=free_port()) | {
            "DJANGO_SETTINGS_MODULE": "tests.live.rolling",
            # A test signs as the product does.
            "SECRET_KEY": settings.SECRET_KEY,
            "MOCK_WEBHOOK_SECRET": settings.MOCK_WEBHOOK_SECRET,
            "CELERY_BROKER_URL": f"redis://127.0.0.1:{broker.port}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "WEB_WORKERS": "1",
        }
        place = Place(folder=folder, env=env | changed, mails=mails)
        stack.callback(place.end)
        yield place

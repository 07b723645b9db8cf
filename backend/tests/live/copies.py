"""Copies of the product as their containers start them, found under one name at addresses of their own."""

import os
import re
import signal
import socket
import socketserver
import struct
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

from dev.processes import tail
from dev.tether import tethered
from tests.live.server import BACKEND, START_TIMEOUT

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

"""A real nginx, with the configuration of its image, on free ports before a product that runs already."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dev.pieces import nginx_settings
from dev.processes import free_port
from dev.tether import tethered

FILES = settings.BASE_DIR.parent / "deploy" / "nginx"
START_TIMEOUT = 20.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def connect(port: int, *, tls_name: str = "") -> http.client.HTTPConnection:
    """Connect to this machine; with ``tls_name``, by TLS and for that host.

    :raises OSError: nobody listens, or the host is refused
    """
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    site.connect()
    if tls_name:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nginx made it itself
        site.sock = context.wrap_socket(site.sock, server_hostname=tls_name)
    return site


def ask(
    site: http.client.HTTPConnection, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> Answer:
    """Send one request; the connection may be asked again."""
    site.request(method, path, headers=headers or {})
    response = site.getresponse()
    return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


@dataclass(frozen=True)
class Door:
    """Where nginx listens, and where it finds what it serves."""

    host: str
    plain_port: int
    tls_port: int
    folder: Path

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask by TLS; ``accept_language="en"`` sends Accept-Language."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        site = connect(self.tls_port, tls_name=self.host)
        try:
            return ask(site, path, method=method, headers={"Host": self.host} | named)
        finally:
            site.close()

    @property
    def log(self) -> str:
        return (self.folder / "nginx.log").read_text()


class Site(http.client.HTTPSConnection):
    """A browser's connection: to the shop by its name, which leads to this machine."""

    def __init__(self, door: Door) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nginx made it itself
        super().__init__(door.host, door.tls_port, timeout=30, context=context)
        self._create_connection = lambda address, *rest: socket.create_connection(
            ("127.0.0.1", address[1]), *rest
        )


@contextmanager
def nginx(*, folder: Path, web_port: int, host: str, **limits: str) -> Iterator[Door]:
    """Run nginx until the block ends, with its pictures, certificates and log below ``folder``.

    ``limits`` are those of .env.example.
    """
    door = Door(host, plain_port=free_port(), tls_port=free_port(), folder=folder)
    env = nginx_settings(
        host=host,
        web_port=web_port,
        plain_port=door.plain_port,
        tls_port=door.tls_port,
        status_port=free_port(),
        folder=folder,
    )
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(
            tethered(["sh", str(FILES / "start")], on_parent_death=signal.SIGTERM),
            env=os.environ | env | limits,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_TIMEOUT
        while not _listens(door.tls_port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"nginx did not start:\n{door.log}")
            time.sleep(0.05)
        yield door
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True

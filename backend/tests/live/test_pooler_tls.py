"""PgBouncer before a database that speaks TLS: whether it does as well, and whom it believes."""

import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psycopg2
import pytest

from dev.embedded_postgres import EmbeddedPostgres
from tests.live.pooler import pooler

ASKS_FOR_TLS = bytes([0, 0, 0, 8, 4, 210, 22, 47])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Two certificates with their keys, each its own authority; open to whom PgBouncer runs as."""
    folder = Path(tempfile.mkdtemp(prefix="delux-authorities-", dir="/var/tmp"))
    folder.chmod(0o755)
    for name in ("ours", "others"):
        command = f"""
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=db
            -addext subjectAltName=IP:127.0.0.1 -keyout {folder}/{name}.key -out {folder}/{name}.pem
        """
        subprocess.run(command.split(), check=True, capture_output=True)
    yield folder
    shutil.rmtree(folder)


def begins(listener: socket.socket, folder: Path) -> str:
    """Greet the next caller as PostgreSQL does, by our certificate, and hang up; return what came of it."""
    caller, _ = listener.accept()
    caller.settimeout(5)
    if caller.recv(8) != ASKS_FOR_TLS:
        return "in the open"
    caller.sendall(b"S")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ours.pem", folder / "ours.key")
    try:
        with context.wrap_socket(caller, server_side=True) as told:
            return "by TLS" if b"delux" in told.recv(1000) else "not at all"
    except OSError:
        return "not at all"


@pytest.mark.parametrize(
    ("tls", "authority", "begun"),
    [
        ("", "", "by TLS"),
        ("disable", "", "in the open"),
        ("verify-full", "ours", "by TLS"),
        ("verify-full", "others", "not at all"),
    ],
)
def test_the_way_to_the_database_is_as_safe_as_it_is_told_to_be(
    folder: Path, tmp_path: Path, tls: str, authority: str, begun: str
) -> None:
    server = EmbeddedPostgres(tmp_path)  # never started: only its place and password
    server.password_file.parent.mkdir(parents=True, exist_ok=True)
    server.password_file.write_text("secret")
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        greeter = Thread(target=lambda: came.append(begins(listener, folder)), daemon=True)
        greeter.start()
        told = {
            "DATABASE_TLS": tls,
            "DATABASE_CA_FILE": str(folder / f"{authority}.pem") if authority else "",
        }
        with pooler(server, size=1, **told) as between:
            client = Thread(target=knock, args=[between.url], daemon=True)
            client.start()
            greeter.join(10)
        client.join(10)

    assert came == [begun]


def knock(url: str) -> None:
    with suppress(psycopg2.OperationalError):  # nobody answers behind
        psycopg2.connect(url)

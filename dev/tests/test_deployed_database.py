"""The database a shop is deployed with: its backups, its archive, its log."""

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import psycopg2.errors
import pytest
import yaml

from dev.console import ROOT
from dev.embedded_postgres import binaries, throwaway_server
from dev.tests.test_deploy import COMPOSE, DEPLOY, run, said
from dev.tests.test_embedded_postgres import answer


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with throwaway_server() as url:
        yield url


def night_of(server: str, folder: Path) -> partial[subprocess.CompletedProcess[str]]:
    """Return what runs nightly.sh for ``server``, with `backups` and `media` below ``folder``."""
    at = urlsplit(server)
    return partial(
        run,
        PATH=os.pathsep.join([str(binaries()), os.environ["PATH"]]),
        PGHOST=str(at.hostname), PGPORT=str(at.port), PGUSER=str(at.username), PGPASSWORD=str(at.password),
        PGDATABASE="delux", BACKUPS=str(folder / "backups"), MEDIA=str(folder / "media"),
        BACKUP_KEEP_DAYS="14",
    )  # fmt: skip


NIGHTLY = ("sh", DEPLOY / "backup" / "nightly.sh")


def test_a_nightly_backup_holds_rows_and_pictures_and_forgets_what_is_old(server: str, folder: Path) -> None:
    answer(server, "CREATE TABLE kept AS SELECT 42 AS row")
    backups, media = folder / "backups", folder / "media"
    for old, days in (("2020-01-01T000000Z", 15), ("2020-01-02T000000Z", 13)):
        (backups / old / "media").mkdir(parents=True)
        os.utime(backups / old, (time.time() - days * 86400 - 60,) * 2)
    (media / "events").mkdir(parents=True)
    (media / "events" / "a.webp").write_bytes(b"a picture")
    night = partial(night_of(server, folder), *NIGHTLY)

    failed = night(PGDATABASE="another")
    first = "2026-01-01T000000Z"  # it is named by its second, and two within one would be one
    (backups / json.loads(night().stdout)["backup"]).rename(backups / first)
    second = json.loads(night().stdout)["backup"]
    answer(server, "DROP TABLE kept")
    # Other tests may have left tables of their own there, which are in the dump as well.
    restore = (binaries() / "pg_restore", "--table", "kept", "--dbname", server)
    restored = run(*restore, backups / second / "delux.dump")

    assert failed.returncode != 0
    assert sorted(path.name for path in backups.iterdir()) == ["2020-01-02T000000Z", first, second]
    assert (restored.returncode, answer(server, "SELECT row FROM kept")) == (0, 42)
    pictures = [backups / name / "media" / "events" / "a.webp" for name in (first, second)]
    assert pictures[0].read_bytes() == b"a picture"
    assert pictures[0].samefile(pictures[1])
    assert (
        subprocess.run(
            ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=backups / second, check=False
        ).returncode
        == 0
    )


def test_a_backup_takes_pictures_of_another_user_and_clears_away_what_was_cut_short(
    server: str, folder: Path
) -> None:
    backups, picture = folder / "backups", folder / "media" / "events" / "a.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    os.utime(picture, (1_700_000_000,) * 2)
    for name, age in ((".unfinished-killed", 2 * 86400), (".unfinished-at-work", 60)):
        (backups / name).mkdir(parents=True)
        os.utime(backups / name, (time.time() - age,) * 2)
    # As in the container: root that may do no more than its own files allow.
    confined: tuple[str, ...] = ()
    if os.geteuid() == 0:
        os.chown(picture, 10001, 10001)
        confined = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")

    done = night_of(server, folder)(*confined, *NIGHTLY)

    assert (done.returncode, done.stderr) == (0, "")
    name = json.loads(done.stdout)["backup"]
    copy = backups / name / "media" / "events" / "a.webp"
    assert (copy.read_bytes(), copy.stat().st_mtime) == (b"a picture", 1_700_000_000)
    assert copy.stat().st_uid == os.geteuid()
    assert sorted(path.name for path in backups.iterdir()) == [".unfinished-at-work", name]


def test_a_file_of_wal_is_archived_once_and_another_of_its_name_is_refused(tmp_path: Path) -> None:
    wal, archive = tmp_path / "of-the-server", tmp_path / "wal" / "7000000000000000001"
    wal.write_bytes(os.urandom(1_000) + bytes(1_000_000))
    content, name = wal.read_bytes(), "000000010000000000000001"
    asked = tmp_path / "pg_controldata"
    asked.write_text(f"#!/bin/sh\necho 'Database system identifier:           {archive.name}'\n")
    asked.chmod(0o755)
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    command = ("sh", DEPLOY / "backup" / "wal-archive.sh", wal, name)
    archived = partial(run, *command, BACKUPS=str(tmp_path), PATH=path)

    nowhere = archived(BACKUPS=str(wal))
    words = asked.read_text()
    asked.write_text("#!/bin/sh\nexit 1\n")
    of_no_server = archived()
    asked.write_text(words)
    assert (of_no_server.returncode == 0, (tmp_path / "wal").exists()) == (False, False)
    archive.mkdir(parents=True)
    (archive / f".unfinished-{name}").write_text("what a killed one left")
    first, again = archived(), archived()
    wal.write_bytes(b"of another server")
    another = archived()

    assert nowhere.returncode != 0
    assert (first.returncode, again.returncode, said(first) + said(again)) == (0, 0, "")
    assert (another.returncode, "is there already, and not the same" in another.stderr) == (1, True)
    [kept] = archive.iterdir()
    assert kept.name == f"{name}.gz"
    assert gzip.decompress(kept.read_bytes()) == content
    assert kept.stat().st_size < 10_000
    assert kept.stat().st_mode & 0o077 == 0


def test_the_database_starts_when_the_disk_of_backups_is_sick(tmp_path: Path) -> None:
    started = tmp_path / "docker-entrypoint.sh"
    started.write_text('#!/bin/sh\necho "$@"\n')
    started.chmod(0o755)
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])

    # A file where a folder should be: nothing can be made in it.
    done = run(
        "sh", DEPLOY / "postgres" / "start.sh", "postgres", "-c", BACKUPS=f"{started}/backups", PATH=path
    )

    assert (done.returncode, done.stdout) == (0, "postgres -c\n")
    assert done.stderr.endswith("nothing is archived until it is\n")


def test_a_day_without_a_backup_is_seen(folder: Path) -> None:
    services = yaml.safe_load((ROOT / COMPOSE[1]).read_text())["services"]
    [_, check] = services["backup"]["healthcheck"]["test"]
    command = check.replace("$$", "$").replace("/backups", str(folder))
    dump, base = folder / "2026-01-01T210000Z", folder / "base" / "2026-01-01T210100Z"

    nothing = run("sh", "-c", command).returncode
    base.mkdir(parents=True)
    no_dump = run("sh", "-c", command).returncode
    dump.mkdir()
    both = run("sh", "-c", command).returncode
    os.utime(base, (time.time() - 27 * 3600,) * 2)
    old_base = run("sh", "-c", command).returncode

    assert (nothing, no_dump, both, old_base) == (1, 1, 0, 1)


def test_every_night_what_failed_is_said_and_does_not_hold_up_the_rest(
    tmp_path: Path, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    every_night = tmp_path / "every-night.sh"
    every_night.write_text((DEPLOY / "backup" / "every-night.sh").read_text())
    (tmp_path / "nightly.sh").write_text("echo nightly; exit 1")
    (tmp_path / "base.sh").write_text("echo base")
    words = tmp_path / "words"

    with words.open("w") as log:
        night = subprocess.Popen(
            ["sh", every_night],
            env=os.environ | {"BACKUP_HOUR": "08", "BACKUPS": str(tmp_path)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    eventually(lambda: "base\n" in words.read_text())
    os.killpg(night.pid, signal.SIGTERM)
    night.wait(5)

    failed = '{"event":"backup.failed","part":"nightly","level":"error"}'
    assert words.read_text() == f"nightly\n{failed}\nbase\n"


@pytest.mark.parametrize(
    ("now", "dump", "base", "made"),
    [
        ("2026-01-02 00:30", "2026-01-01T230000Z", "2025-12-31T230100Z", "base"),  # failed before midnight
        ("2026-01-01 23:00", "2025-12-31T230000Z", "2025-12-31T230100Z", "nightly base"),
        ("2026-01-01 22:59", "2025-12-31T230000Z", "2025-12-31T230100Z", ""),
        ("2026-01-02 22:59", "2026-01-02T120000Z", "2026-01-01T230100Z", ""),  # begun anew, by hand too
        ("2026-01-01 12:00", None, None, "nightly base"),
    ],
)
def test_what_was_due_last_is_made_unless_it_is_there(
    folder: Path, now: str, dump: str | None, base: str | None, made: str
) -> None:
    backups, programs = folder / "backups", folder / "programs"
    for path in (programs, backups / (dump or ""), backups / "base" / (base or "")):
        path.mkdir(parents=True)
    (programs / "every-night.sh").write_text((DEPLOY / "backup" / "every-night.sh").read_text())
    for part in ("nightly", "base"):
        (programs / f"{part}.sh").write_text(f"echo {part}")
    at = run("date", "-u", "-d", now, "+%s").stdout.strip()
    real = shutil.which("date")
    for name, does in (
        ("date", f'[ "$*" = "-u +%s" ] && echo {at} || exec {real} "$@"'),
        ("sleep", "kill $PPID"),  # the night is over
    ):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)

    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    done = run("sh", programs / "every-night.sh", BACKUP_HOUR="23", BACKUPS=str(backups), PATH=path)

    assert (done.stdout.split(), done.stderr) == (made.split(), "")


def test_the_log_of_the_database_has_nothing_of_what_people_typed(server: str) -> None:
    conf = (DEPLOY / "postgres" / "postgresql.conf").read_text()
    settings = dict(re.findall(r"^(log_\w+) = (\S+)$", conf, re.MULTILINE))
    log = Path(str(answer(server, "SHOW data_directory"))).parent / "postgres.log"
    answer(server, "CREATE TABLE people (email text PRIMARY KEY)")

    def typed_twice(statement: str) -> None:
        answer(server, statement)
        with pytest.raises(psycopg2.errors.UniqueViolation):
            answer(server, statement)

    typed_twice("INSERT INTO people VALUES ('parrot@people.example')")
    for name, value in settings.items():
        answer(server, f"ALTER SYSTEM SET {name} = '{value}'")
    answer(server, "SELECT pg_reload_conf()")
    while answer(server, "SHOW log_min_error_statement") != settings.get("log_min_error_statement", "error"):
        time.sleep(0.01)
    typed_twice("INSERT INTO people VALUES ('canary@people.example')")

    assert "parrot" in log.read_text()
    assert log.read_text().count("duplicate key value violates unique constraint") == 2
    assert "canary" not in log.read_text()
    assert answer(server, "SHOW log_min_duration_statement") == "-1"

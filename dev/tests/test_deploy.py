"""What a shop is deployed with, checked by the tools that read it; most are shown a mistake as well."""

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

from dev.console import ROOT, VENV
from dev.embedded_postgres import binaries, throwaway_server
from dev.tests.test_embedded_postgres import answer

BIN = VENV / "bin"
DEPLOY = ROOT / "deploy"
COMPOSE = ["docker-compose.yml", "docker-compose.prod.yml"]


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def said(result: subprocess.CompletedProcess[str]) -> str:
    return result.stdout + result.stderr


def schema_check(schema: str, *files: str | Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


def test_compose_files_and_workflows_are_what_their_readers_expect(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text((ROOT / COMPOSE[0]).read_text().replace("    depends_on:", "    depends_upon:"))

    assert schema_check("compose-spec", *COMPOSE).returncode == 0
    assert schema_check("github-workflows", *sorted(ROOT.glob(".github/workflows/*.yml"))).returncode == 0
    assert "depends_upon" in said(schema_check("compose-spec", wrong))


@pytest.mark.parametrize("file", COMPOSE)
def test_every_container_is_of_a_named_version_and_waits_for_one_that_exists(file: str) -> None:
    compose = yaml.safe_load((ROOT / file).read_text())
    services = compose["services"]
    own = re.findall(r" AS (\w+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)

    for name, service in services.items():
        if "build" in service:
            assert service["build"]["target"] in own, name
        else:
            assert re.search(r":v?\d+\.\d+(\.\d+)?(-[\w-]+)?$", service["image"]), service["image"]
        for other, condition in service.get("depends_on", {}).items():
            healthy = condition["condition"] == "service_healthy"
            assert not healthy or "healthcheck" in services[other] or "build" in services[other], other
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            known = source in compose["volumes"] or source.startswith("$") or (ROOT / source).exists()
            assert known, f"{name}: {volume}"


def test_containers_of_production_may_do_no_more_than_they_must() -> None:
    services = yaml.safe_load((ROOT / COMPOSE[1]).read_text())["services"]

    assert {name for name, service in services.items() if not service.get("read_only")} == {
        "db",  # it starts as root to own its data
        "prometheus",  # Compose writes its secret into it
    }
    assert {name for name, service in services.items() if service.get("cap_drop") != ["ALL"]} == {"db"}
    # Gives pictures back to the product's user; nobody starts it but by hand.
    assert {name for name, service in services.items() if "cap_add" in service} == {"restore"}
    assert services["restore"]["profiles"] == ["by-hand"]
    # A shell that is the first process of its container would not hear that it shall stop.
    shells = {name for name, service in services.items() if "/bin/sh" in service.get("entrypoint", [])}
    assert {name for name, service in services.items() if service.get("init")} == shells != set()
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"nginx": ["80:8080", "443:8443"], "grafana": ["127.0.0.1:3000:3000"]}


def test_a_dockerfile_has_no_bad_habits_and_copies_what_there_is(tmp_path: Path) -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    wrong = tmp_path / "Dockerfile"
    wrong.write_text(dockerfile.replace("--no-install-recommends ", ""))

    assert said(run(BIN / "hadolint", DEPLOY / "Dockerfile")) == ""
    assert "DL3015" in said(run(BIN / "hadolint", wrong))
    copied = re.findall(r"^COPY (?:--chmod=\d+ )?(?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    assert len(copied) >= 8
    for source in " ".join(copied).split():
        assert (ROOT / source).exists(), source
        assert is_sent_to_docker(source), source
    for stage in dockerfile.split("\nFROM ")[-3:]:
        assert re.search(r"^USER [1-9]\d*$", stage, re.MULTILINE), "the images that are shipped run as nobody"
        assert "HEALTHCHECK" in stage


def is_sent_to_docker(path: str) -> bool:
    """Tell whether .dockerignore, which leaves out everything at first, lets ``path`` in."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return any(path == line[1:] or path.startswith(f"{line[1:]}/") for line in lines if line.startswith("!"))


@pytest.fixture
def nginx_settings(tmp_path: Path) -> dict[str, str]:
    return {
        "SHOP_HOST": "delux.example",
        "TEMPLATE": str(DEPLOY / "nginx" / "nginx.conf.template"),
        "SCRATCH": str(tmp_path / "scratch"),
        "CERTIFICATES": str(tmp_path),
    }


def test_nginx_takes_its_configuration_and_a_certificate_made_on_the_spot(
    nginx_settings: dict[str, str], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.template"
    wrong.write_text(
        Path(nginx_settings["TEMPLATE"]).read_text().replace("limit_req_status 429", "limit_req_state 1")
    )
    start = DEPLOY / "nginx" / "start"

    right = run("sh", start, "--test", **nginx_settings)
    assert (right.returncode, said(right)) == (0, "")
    assert "limit_req_state" in said(run("sh", start, "--test", **nginx_settings | {"TEMPLATE": str(wrong)}))
    nameless = run("sh", start, "--test", **nginx_settings | {"SHOP_HOST": ""})
    assert (nameless.returncode, "SHOP_HOST" in said(nameless)) == (2, True)


def test_the_pooler_sets_the_bounds_that_the_product_sets_where_there_is_none() -> None:
    template = (DEPLOY / "pgbouncer" / "pgbouncer.ini.template").read_text()
    settings = (ROOT / "backend" / "config" / "settings" / "base.py").read_text()
    [options] = re.findall(r'"options": (.*?)\n\}', settings, re.DOTALL)
    [query] = re.findall(r"connect_query='(.*)'", template)

    ours = dict(re.findall(r"-c ([\w.]+)=([\w.]+)", options))
    assert len(ours) >= 5
    assert dict(re.findall(r"SET ([\w.]+) = ([\w.]+)", query)) == ours


def test_what_is_not_set_is_what_the_example_says() -> None:
    example = dict(re.findall(r"^(\w+)=(.+)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    sources = [
        DEPLOY / "delux",
        DEPLOY / "nginx" / "start",
        DEPLOY / "pgbouncer" / "start",
        ROOT / COMPOSE[1],
    ]
    defaults = {
        name: value
        for source in sources
        for name, value in re.findall(r"\$\{(\w+):-([^}]+)\}", source.read_text())
    }

    shared = sorted(set(defaults) & set(example))
    assert len(shared) >= 10
    assert {name: defaults[name] for name in shared} == {name: example[name] for name in shared}


@pytest.mark.parametrize("script", sorted(str(path.relative_to(ROOT)) for path in DEPLOY.rglob("*.sh")))
def test_scripts_can_be_read_by_the_plainest_shell(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111
    assert said(run("dash", "-n", script)) == ""


def test_new_secrets_are_long_enough_for_production_never_the_same_and_replace_none(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    script, settings = tmp_path / "deploy" / "new-secrets.sh", tmp_path / ".env"
    script.write_text((DEPLOY / "new-secrets.sh").read_text())

    def appended() -> list[str]:
        before = settings.read_text() if settings.exists() else ""
        settings.write_text(before + run("sh", script).stdout)
        return settings.read_text().removeprefix(before).split()

    lines = run("sh", script).stdout.split() + appended()
    assert appended() == []
    settings.write_text(f"{lines[7]}\nBACKUP_PASSWORD=\nSECRET_KEY=ours")  # its last line has no end
    lacking = appended()
    assert f"{lines[7]}\nBACKUP_PASSWORD=\nSECRET_KEY=ours\n{lacking[0]}\n" in settings.read_text()
    assert [line.partition("=")[0] for line in lacking] == [
        "TICKET_SIGNING_KEY", "METRICS_TOKEN", "DATABASE_PASSWORD", "POSTGRES_PASSWORD", "BACKUP_PASSWORD",
        "GRAFANA_PASSWORD",
    ]  # fmt: skip
    values = [line.partition("=")[2] for line in lines]
    assert len(set(values)) == len(values) == 14
    assert all(re.fullmatch(r"[A-Za-z0-9]{40,}", value) for value in values)


def test_a_release_says_what_the_changelog_says_of_it(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy" / "changes.sh"
    script.write_text((DEPLOY / "changes.sh").read_text())
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## 1.10.0\n\n- b\n\n## 1.1.0 (2026)\n\n- a\n\n## 1.0.0\n"
    )

    assert run("sh", script, "1.1.0").stdout.strip() == "- a"
    assert run("sh", script, "1.10.0").stdout.strip() == "- b"
    assert run("sh", script, "1.0.0").returncode == 1
    assert run("sh", DEPLOY / "changes.sh", "Unreleased").returncode == 0


def test_the_command_of_the_image_that_collects_files_starts_with_what_it_is_given(tmp_path: Path) -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    [(given, command)] = re.findall(
        r"^RUN (DJANGO_SETTINGS_MODULE.*?)\tpython backend/manage.py (.*?) \\$",
        dockerfile,
        re.MULTILINE | re.DOTALL,
    )
    environment = dict(re.findall(r"(\w+)=(\S+)", given)) | {"DELUX_VAR": str(tmp_path)}

    # Without writing, for the sake of time: compressing is tried where images are built.
    done = run(BIN / "python", "backend/manage.py", *command.split(), "--dry-run", **environment)
    without = run(BIN / "python", "backend/manage.py", *command.split(), **environment | {"EMAIL_URL": ""})

    assert (done.returncode, done.stderr) == (0, "")
    assert without.returncode == 1
    assert without.stderr == (
        "error: Delux will not start in production: EMAIL_URL must point at a mail server.\n"
    )


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

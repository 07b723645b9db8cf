"""What a shop is deployed with, checked by the tools that read it; most are shown a mistake as well."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from dev.console import ROOT, VENV

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

"""Every check that needs no running product: lint, types, contracts, and that generated files are fresh."""

import argparse
import os
import secrets
import time
from contextlib import ExitStack
from pathlib import Path

from dev.console import BACKEND, FRONTEND, PYTHON, ROOT, VENV, command, say
from dev.embedded_postgres import throwaway_server
from dev.jobs import Crew, Job
from dev.node import node_environment

BIN = VENV / "bin"


def python_checks() -> list[Job]:
    return [
        Job(
            "ruff",
            [BIN / "ruff", "check", "--quiet", "--output-format", "concise", "backend", "dev"],
            advice="`make format` mends most of it",
        ),
        Job(
            "ruff format",
            [BIN / "ruff", "format", "--check", "--quiet", "backend", "dev"],
            advice="`make format`",
        ),
        Job("import contracts", [BIN / "lint-imports"], cwd=BACKEND),
        Job("types of dev", [BIN / "mypy", "--config-file", "dev/mypy.ini", "dev"]),
    ]


def types_of_backend() -> list[Job]:
    return [Job("types of backend", [BIN / "mypy", "config", "delux"], cwd=BACKEND)]


def django_checks(database_url: str) -> list[Job]:
    env = os.environ | {"DATABASE_URL": database_url}
    production = env | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "TICKET_SIGNING_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "delux.example",
        "PUBLIC_URL": "https://delux.example",
        "EMAIL_URL": "smtp+tls://delux:secret@mail.delux.example:587",
    }

    def manage(*arguments: str) -> list[str | Path]:
        return [PYTHON, "manage.py", *arguments]

    return [
        Job(
            "migrations up to date",
            manage("makemigrations", "--check", "--dry-run"),
            cwd=BACKEND,
            env=env,
            advice="`make manage ARGS=makemigrations`",
        ),
        Job("Django checks", manage("check", "--fail-level", "WARNING"), cwd=BACKEND, env=env),
        Job(
            "Django checks for production",
            manage("check", "--deploy", "--fail-level", "WARNING"),
            cwd=BACKEND,
            env=production,
        ),
        Job("schema, client, diagram up to date", [PYTHON, "-m", "dev.schema", "--check"], env=env),
    ]


def site_checks() -> list[Job]:
    env = node_environment()
    return [
        Job("oxlint", ["npm", "run", "--silent", "lint"], cwd=FRONTEND, env=env),
        Job("types of site", ["npm", "run", "--silent", "typecheck"], cwd=FRONTEND, env=env),
        Job("boundaries of site", ["npm", "run", "--silent", "boundaries"], cwd=FRONTEND, env=env),
    ]


@command
def main() -> int:
    argparse.ArgumentParser(prog="python -m dev.check", description=__doc__).parse_args()
    started = time.monotonic()
    say(f"Checking {ROOT.name}")
    crew = Crew()
    with ExitStack() as stack:
        url = os.environ.get("DATABASE_URL") or stack.enter_context(throwaway_server())
        # Two lanes that take about as long as each other.
        crew.work([*types_of_backend(), *site_checks()], [*python_checks(), *django_checks(url)])
    seconds = time.monotonic() - started
    if crew.failed:
        say(f"make check: FAILED in {seconds:.0f} s: {', '.join(result.job.name for result in crew.failed)}")
        return 1
    say(f"make check: all {len(crew.results)} passed in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    main()

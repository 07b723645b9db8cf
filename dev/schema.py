"""What is generated from the code: the OpenAPI schema, the site's API client, error codes, the ER diagram.

`--check` writes nothing and fails when one of them is not what the code says now.
"""

import argparse
import os
import tempfile
from pathlib import Path

from dev.console import BACKEND, FRONTEND, PYTHON, DevError, command, run_quietly, step
from dev.jobs import LOGS
from dev.node import node_environment

SCHEMA = BACKEND / "openapi.yaml"


def write_schema(target: Path, *, env: dict[str, str]) -> None:
    """Generate the OpenAPI schema; a warning of the generator is an error."""
    run_quietly(
        [
            PYTHON,
            "manage.py",
            "spectacular",
            "--lang",
            "en",
            "--validate",
            "--fail-on-warn",
            "--file",
            target,
        ],
        log=LOGS / "schema.log",
        cwd=BACKEND,
        env=env,
    )


def check_schema(*, env: dict[str, str]) -> None:
    """
    :raises DevError: the committed schema is not what the code says
    """
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / SCHEMA.name
        write_schema(fresh, env=env)
        if not SCHEMA.exists() or fresh.read_text() != SCHEMA.read_text():
            raise DevError("backend/openapi.yaml is not what the code says: run `make schema` and commit it.")


def generate_client(*, check: bool) -> None:
    generate = ["npm", "run", "--silent", "generate", *(["--", "--check"] if check else [])]
    try:
        run_quietly(generate, log=LOGS / "client.log", cwd=FRONTEND, env=node_environment())
    except DevError as error:
        if not check:
            raise
        raise DevError(
            f"The site's API client is not what openapi.yaml says: run `make schema`.\n{error}"
        ) from error


def document(command: str, *, check: bool, env: dict[str, str]) -> None:
    """Run one of the commands that write a part of docs/."""
    write: list[str | Path] = [PYTHON, "manage.py", command, *(["--check"] if check else [])]
    run_quietly(write, log=LOGS / f"{command}.log", cwd=BACKEND, env=env)


@command
def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.schema", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    options = parser.parse_args()
    # Nothing here touches a database, but the settings want to know one.
    env = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"} | os.environ
    with step("OpenAPI schema"):
        if options.check:
            check_schema(env=env)
        else:
            write_schema(SCHEMA, env=env)
    with step("API client of the site"):
        generate_client(check=options.check)
    with step("error codes in docs/api"):
        document("error_table", check=options.check, env=env)
    with step("ER diagram"):
        document("er_diagram", check=options.check, env=env)


if __name__ == "__main__":
    main()

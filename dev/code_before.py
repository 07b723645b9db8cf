"""The tests of an earlier commit, its code and all, on the tables of this one.

While copies of the product are replaced one by one, the release before works on the new tables: what fails
here would fail people in those minutes. The earlier commit is named by `--base`, else the last release's tag.
"""

import argparse
import io
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

from dev.console import BACKEND, PYTHON, ROOT, DevError, command, run_quietly, say, step
from dev.embedded_postgres import throwaway_server
from dev.jobs import LOGS

MIGRATIONS = "backend/delux/*/migrations/*.py"
# What the product does; what stands around it (its pages, its start, its speed) asks for a built site.
TESTS = ["delux", "tests/authorization", "tests/fuzz"]


def git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        raise DevError(done.stderr.decode().strip())
    return done.stdout


@command
def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dev.code_before", description=__doc__)
    parser.add_argument("--base", help="tag, branch or commit whose code is tried")
    parser.add_argument("tests", nargs="*", default=TESTS, help="for pytest; below backend")
    options = parser.parse_args()
    base = options.base or git("describe", "--tags", "--abbrev=0").decode().strip()
    changed = git("diff", "--name-only", base, "--", MIGRATIONS).decode().split()
    if not changed:
        say(f"No migration since {base}: its code is on its own tables.")
        return 0
    say(f"{len(changed)} migrations since {base}: {', '.join(Path(each).stem for each in changed)}")
    with tempfile.TemporaryDirectory(prefix="delux-before-") as folder, throwaway_server() as url:
        with tarfile.open(fileobj=io.BytesIO(git("archive", base))) as archive:
            archive.extractall(folder, filter="data")
        env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        with step("Tables of this code"):
            migrate: list[str | Path] = [PYTHON, "manage.py", "migrate", "--verbosity", "0"]
            run_quietly(migrate, log=LOGS / "code-before.log", cwd=BACKEND, env=env)
        # Its own databases are then copies of this one.
        tests = subprocess.run(
            [
                PYTHON,
                "-m",
                "pytest",
                "-q",
                "-n",
                "2",
                "--dist",
                "worksteal",
                "-p",
                "no:cacheprovider",
                *options.tests,
            ],
            cwd=Path(folder) / "backend",
            env=env | {"DELUX_TEST_MIGRATED_DATABASE": "delux"},
            check=False,
        )
    return tests.returncode


if __name__ == "__main__":
    main()

"""Run a management command of Django on the product's database, starting the embedded one for it if need be.

Examples: `python -m dev.manage shell`, `python -m dev.manage seed_db --size normal`.
"""

import argparse
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev import product
from dev.console import BACKEND, PYTHON, command
from dev.embedded_postgres import EmbeddedPostgres, running_url
from dev.instance import DEFAULT_VAR


@contextmanager
def database(var: Path) -> Iterator[str]:
    """Yield the URL of the database to work on: DATABASE_URL, else the embedded one, started if need be."""
    home = var / "postgres"
    if url := os.environ.get("DATABASE_URL") or running_url(home):
        yield url
        return
    server = EmbeddedPostgres(home, log=var / "log" / "postgres.log")
    try:
        yield server.start()
    finally:
        server.stop()


@command
def main() -> int:
    product.read_dotenv()
    parser = argparse.ArgumentParser(prog="python -m dev.manage", description=__doc__)
    parser.add_argument("--migrate", action="store_true", help="bring the tables up to date first")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="COMMAND ...", help="as for manage.py")
    options = parser.parse_args()
    var = Path(os.environ.get("DELUX_VAR", DEFAULT_VAR)).resolve()
    with database(var) as url:
        env = product.django_environment(
            database_url=url, var=var, port=int(os.environ.get("PORT", product.PORT))
        )
        if options.migrate:
            subprocess.run(
                [PYTHON, "manage.py", "migrate", "--verbosity", "0"], cwd=BACKEND, env=env, check=True
            )
        return subprocess.run(
            [PYTHON, "manage.py", *options.arguments], cwd=BACKEND, env=env, check=False
        ).returncode


if __name__ == "__main__":
    main()

"""Write the lock files of both halves anew from what they ask for."""

import argparse
from pathlib import Path

from dev.console import BACKEND, FRONTEND, ROOT, VENV, command, run_quietly, step
from dev.jobs import LOGS
from dev.node import node_environment

SERVER = BACKEND / "requirements"
TOOLS = ROOT / "dev" / "requirements"


def compile_lock(source: Path, *, constraint: Path | None = None, upgrade: bool) -> None:
    """Resolve ``source`` for every platform and Python from 3.11 on into the .txt beside it, with hashes."""
    paths: list[str | Path] = [source.relative_to(ROOT), "-o", source.with_suffix(".txt").relative_to(ROOT)]
    limits: list[str | Path] = ["-c", constraint.relative_to(ROOT)] if constraint else []
    options = ["--python-version", "3.11", "--universal", "--generate-hashes", "--quiet"]
    options += ["--upgrade"] if upgrade else []
    run_quietly(
        [VENV / "bin" / "uv", "pip", "compile", "--system-certs", *options, *limits, *paths],
        log=LOGS / "lock.log",
    )


@command
def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.lock", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that are allowed")
    options = parser.parse_args()
    for source, constraint in (
        (SERVER / "base.in", None),
        (SERVER / "dev.in", SERVER / "base.txt"),
        (TOOLS / "uv.in", None),
        (TOOLS / "node.in", None),
        (ROOT / "dev" / "mutants" / "cosmic-ray.in", None),
    ):
        with step(str(source.relative_to(ROOT).with_suffix(".txt"))):
            compile_lock(source, constraint=constraint, upgrade=options.upgrade)
    with step("frontend/package-lock.json"):
        npm = ["npm", "update" if options.upgrade else "install", "--package-lock-only", "--ignore-scripts"]
        run_quietly(npm, log=LOGS / "npm-lock.log", cwd=FRONTEND, env=node_environment())


if __name__ == "__main__":
    main()

"""How many small faults, put one at a time into the code that moves money, its tests notice.

Works on a copy of what is committed. Prints each fault nobody noticed and the share of those that were.
"""

import argparse
import io
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dev.console import ROOT, VENV, DevError, command, run_quietly, say, step
from dev.jobs import LOGS

HERE = Path(__file__).resolve().parent
TOOL = ROOT / "var" / "mutants"
MODULES = ["delux/orders/services", "delux/payments/services", "delux/accounts/api/permissions.py"]
TESTS = ["delux/orders", "delux/payments", "tests/authorization/test_matrix.py"]
LEAST = 80
NOTICED, SURVIVED = "KILLED", "SURVIVED"
# Faults people make. The tool's others bend type hints and stars, or do what one of these does.
FAULTS = re.compile(
    r"core/(AddNot|NumberReplacer|ReplaceTrueWithFalse|ReplaceFalseWithTrue|ReplaceAndWithOr|ReplaceOrWithAnd"
    r"|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ExceptionReplacer|RemoveDecorator|ZeroIterationForLoop"
    r"|ReplaceUnaryOperator_Delete_Not|ReplaceBinaryOperator_(Add_Sub|Sub_Add)"
    r"|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is|In_NotIn|NotIn_In))"
)
# What these forbid nobody does here, so nothing changes without them.
FORBIDDING = re.compile(r"\b(frozen|slots|strict)=$")
CONFIG = """\
[cosmic-ray]
module-path = [{modules}]
timeout = {patience}.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:cacheprovider -n 2 --dist worksteal -m 'not slow' {tests}"
[cosmic-ray.distributor]
name = "local"
"""


def install() -> Path:
    """Return the tool's program; it lives apart from the other packages, as nothing else needs it."""
    program = TOOL / "bin" / "cosmic-ray"
    if not program.exists():
        with step("Mutation testing"):
            run_quietly([sys.executable, "-m", "venv", TOOL], log=LOGS / "mutants.log")
            pip: list[str | Path] = [
                TOOL / "bin" / "python",
                "-m",
                "pip",
                "install",
                "--require-hashes",
                "-r",
            ]
            run_quietly([*pip, HERE / "cosmic-ray.txt"], log=LOGS / "mutants.log")
    return program


@contextmanager
def copy_of_the_product() -> Iterator[Path]:
    """Yield a folder with what is committed, ready to run the server tests."""
    folder = Path(tempfile.mkdtemp(prefix="delux-mutants-", dir="/var/tmp"))
    try:
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        (folder / ".venv").symlink_to(VENV.resolve())
        folder.chmod(0o755)  # the database may run as another user
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def choose(session: Path, *, backend: Path, number: int, seed: int) -> None:
    """Leave ``number`` of the faults in the session, one a place, the same for the same ``seed``."""
    with closing(sqlite3.connect(session)) as db, db:
        places = {}
        for job, module, operator, occurrence, row, column in db.execute(
            "SELECT job_id, module_path, operator_name, occurrence, start_pos_row, start_pos_col"
            " FROM mutation_specs ORDER BY module_path, operator_name, occurrence"
        ):
            before = (backend / module).read_text().splitlines()[row - 1][:column]
            if FAULTS.fullmatch(operator) and not FORBIDDING.search(before):
                places[f"{Path(module).name} {row} {column} {operator} {occurrence}"] = job
        chosen = random.Random(seed).sample(sorted(places), min(number, len(places)))  # noqa: S311 nothing secret
        jobs = [(places[place],) for place in chosen]
        db.execute("CREATE TEMP TABLE chosen (job_id TEXT)")
        db.executemany("INSERT INTO chosen VALUES (?)", jobs)
        db.execute("DELETE FROM mutation_specs WHERE job_id NOT IN (SELECT job_id FROM chosen)")
        db.execute("DELETE FROM work_items WHERE job_id NOT IN (SELECT job_id FROM chosen)")


def results(session: Path) -> list[tuple[str, str, int, str, str]]:
    """Return outcome, module, line, operator and difference of each fault tried so far.

    A change after which the code is no program is no fault, and is left out.
    """
    with closing(sqlite3.connect(session, timeout=30)) as db:
        return db.execute(
            "SELECT test_outcome, module_path, start_pos_row, operator_name, diff"
            " FROM work_results JOIN mutation_specs USING (job_id) WHERE test_outcome IN (?, ?)"
            " ORDER BY module_path, start_pos_row",
            (NOTICED, SURVIVED),
        ).fetchall()


def count_noticed(tried: list[tuple[str, str, int, str, str]]) -> int:
    return sum(outcome == NOTICED for outcome, *_ in tried)


@command
def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dev.mutants", description=__doc__)
    parser.add_argument("--number", type=int, default=60, help="how many faults to try (60)")
    parser.add_argument("--seed", type=int, default=1, help="another number tries others (1)")
    parser.add_argument(
        "--patience", type=int, default=600, help="seconds until a run counts as noticed (600)"
    )
    options = parser.parse_args()
    tool = install()
    with copy_of_the_product() as folder:
        backend, session = folder / "backend", folder / "session.sqlite"
        config = folder / "mutants.toml"
        config.write_text(
            CONFIG.format(
                modules=", ".join(f'"{module}"' for module in MODULES),
                tests=" ".join(TESTS),
                python=folder / ".venv" / "bin" / "python",
                patience=options.patience,
            )
        )
        # A compiled module would outlive a change made within the same second.
        env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        with step("Tests on the code as it is"):
            run_quietly([tool, "baseline", config], log=LOGS / "mutants.log", cwd=backend, env=env)
        run_quietly([tool, "init", config, session], log=LOGS / "mutants.log", cwd=backend, env=env)
        choose(session, backend=backend, number=options.number, seed=options.seed)
        work = subprocess.Popen([tool, "exec", config, session], cwd=backend, env=env)
        try:
            tried: list[tuple[str, str, int, str, str]] = []
            while work.poll() is None:
                before, tried = len(tried), results(session)
                if len(tried) != before:
                    say(f"\r  {len(tried)} of {options.number} tried, {count_noticed(tried)} noticed", end="")
                time.sleep(2)
        finally:
            work.terminate()
            work.wait()
        tried = results(session)
    say()
    if work.returncode != 0 or not tried:
        raise DevError(f"The run ended early (exit {work.returncode}).")
    for outcome, module, line, operator, diff in tried:
        if outcome == SURVIVED:
            say(f"\nNot noticed: {module}:{line} {operator}\n{diff}")
    share = 100 * count_noticed(tried) / len(tried)
    say(f"{share:.0f} % of {len(tried)} faults were noticed; {LEAST} % are promised.")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    main()

"""Hold the server tests' coverage against what was promised: lines everywhere, branches where money moves."""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from dev.console import BACKEND, VENV, DevError, command, say

LINES = 85.0
BRANCHES = 95.0
MONEY = ("delux/orders/services/", "delux/payments/services/")


def shortfalls(report: dict[str, Any]) -> list[str]:
    """Return a sentence for each promise that a coverage report (its JSON form) does not keep."""
    totals = report["totals"]
    lines = percent(totals["covered_lines"], totals["num_statements"])
    found = [] if lines >= LINES else [f"{lines:.1f} % of all lines are covered, {LINES:.0f} % are promised"]
    for folder in MONEY:
        summaries = [file["summary"] for name, file in report["files"].items() if name.startswith(folder)]
        branches = percent(
            sum(each["covered_branches"] for each in summaries),
            sum(each["num_branches"] for each in summaries),
        )
        if not summaries or branches < BRANCHES:
            found.append(
                f"{branches:.1f} % of branches in {folder} are covered, {BRANCHES:.0f} % are promised"
            )
    return found


def percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def in_words(report: dict[str, Any]) -> str:
    totals = report["totals"]
    return (
        f"lines {percent(totals['covered_lines'], totals['num_statements']):.1f} %, "
        f"branches {percent(totals['covered_branches'], totals['num_branches']):.1f} %"
    )


@command
def main() -> None:
    argparse.ArgumentParser(prog="python -m dev.coverage_gate", description=__doc__).parse_args()
    coverage = VENV / "bin" / "coverage"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "coverage.json"
        subprocess.run([coverage, "json", "-q", "-o", target], cwd=BACKEND, check=True)
        report = json.loads(target.read_text())
    say(in_words(report))
    if found := shortfalls(report):
        missing = subprocess.run(
            [coverage, "report"], cwd=BACKEND, capture_output=True, text=True, check=False
        ).stdout
        raise DevError("\n".join([*found, "", missing]))


if __name__ == "__main__":
    main()

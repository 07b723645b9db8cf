"""Hold the server tests' coverage against what was promised: lines everywhere, branches where money moves."""

import argparse
import json
from collections.abc import Iterable
from typing import Any

from dev.console import ROOT, DevError, command, say

COVERAGE = ROOT / "var" / "coverage.json"
LINES = 85.0
BRANCHES = 95.0
MONEY = ("delux/orders/services/", "delux/payments/services/")


def shortfalls(report: dict[str, Any]) -> list[str]:
    """Return a sentence for each promise that a coverage report of SlipCover does not keep."""
    lines = percent([report["summary"]], "lines")
    found = [] if lines >= LINES else [f"{lines:.1f} % of all lines are covered, {LINES:.0f} % are promised"]
    for folder in MONEY:
        summaries = [file["summary"] for name, file in report["files"].items() if name.startswith(folder)]
        branches = percent(summaries, "branches")
        if not summaries or branches < BRANCHES:
            found.append(
                f"{branches:.1f} % of branches in {folder} are covered, {BRANCHES:.0f} % are promised"
            )
    return found


def percent(summaries: Iterable[dict[str, int]], kind: str) -> float:
    """Return how much of the ``lines`` or ``branches`` of some files is covered."""
    covered = missing = 0
    for each in summaries:
        covered += each[f"covered_{kind}"]
        missing += each[f"missing_{kind}"]
    return 100.0 * covered / (covered + missing) if covered + missing else 100.0


def what_is_missing(report: dict[str, Any]) -> str:
    files = report["files"].items()
    return "\n".join(f"{name}: {file['missing_lines']}" for name, file in files if file["missing_lines"])


@command
def main() -> None:
    argparse.ArgumentParser(prog="python -m dev.coverage_gate", description=__doc__).parse_args()
    if not COVERAGE.exists():
        raise DevError("Nothing was measured: `make test` does.")
    report = json.loads(COVERAGE.read_text())
    whole = [report["summary"]]
    say(f"lines {percent(whole, 'lines'):.1f} %, branches {percent(whole, 'branches'):.1f} %")
    if found := shortfalls(report):
        raise DevError("\n".join([*found, "", what_is_missing(report)]))


if __name__ == "__main__":
    main()

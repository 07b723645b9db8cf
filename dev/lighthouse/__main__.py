"""Lighthouse's scores of the pages where visitors arrive, as the production build serves them to a phone."""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from dev.console import ROOT, DevError, command, say, step
from dev.e2e import chromium, product
from dev.lighthouse.measure import (
    CATEGORIES,
    METRICS,
    Run,
    as_json,
    below,
    middle_index,
    middle_run,
    read_run,
    slowdown,
)
from dev.node import node_environment

HERE = Path(__file__).resolve().parent
RESULT = ROOT / "var" / "lighthouse.json"
RUNS = 3


def pages(address: str) -> dict[str, str]:
    """Return where home, a list, an event and a product are."""

    def first(path: str) -> str:
        with urlopen(f"{address}/api/v1/{path}") as answer:
            slug: str = json.load(answer)["results"][0]["slug"]
        return slug

    return {
        "home": f"{address}/",
        "events": f"{address}/events",
        "event": f"{address}/events/{first('events/?q=Medeu')}",
        "product": f"{address}/shop/{first('products/?q=Tempo')}",
    }


def look(url: str, report: Path, *options: str) -> dict[str, Any]:
    """Let Lighthouse look at one page; return its report.

    :raises DevError: it could not, three times; now and then it misses a page's beginning, and says so
    """
    command = [
        *("npx", "--no-install", "lighthouse", url, "--quiet", "--output=json"),
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
        f"--output-path={report}",
        *options,
    ]
    env = node_environment() | {"CHROME_PATH": chromium(light=False)}
    if not any(subprocess.run(command, cwd=HERE, env=env, check=False).returncode == 0 for _ in range(3)):
        raise DevError(f"Lighthouse could not look at {url}: see above.")
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def row(name: str, run: Run) -> str:
    times = [
        f"{run.metrics[short]:.3f}" if short == "CLS" else f"{run.metrics[short]:.0f} ms"
        for short in METRICS.values()
    ]
    return f"  {name:<10}{''.join(f'{each:>16}' for each in [*run.scores.values(), *times])}"


@command
def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dev.lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="of each page; the median one is printed")
    parser.add_argument("--only", nargs="*", help="home, events, event, product")
    parser.add_argument("--keep", type=Path, help="a folder for the whole reports")
    wanted = parser.parse_args()
    with step("Lighthouse"):
        subprocess.run(
            ["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, env=node_environment(), check=True
        )
    os.chdir(ROOT)
    measured: dict[str, list[Run]] = {}
    with product() as (address, _), tempfile.TemporaryDirectory() as scratch:
        folder = wanted.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        index = middle_index(
            [look(address, folder / "calibration.json", "--only-audits=viewport") for _ in range(3)]
        )
        multiplier = slowdown(index)
        say(f"  benchmarkIndex {index:.0f}: the phone is {multiplier} times slower than this machine")
        say(f"  {'page':<10}{''.join(f'{name:>16}' for name in [*CATEGORIES, *METRICS.values()])}")
        for name, url in pages(address).items():
            if wanted.only and name not in wanted.only:
                continue
            measured[name] = [
                read_run(
                    look(
                        url,
                        folder / f"{name}-{number}.json",
                        f"--only-categories={','.join(CATEGORIES)}",
                        f"--throttling.cpuSlowdownMultiplier={multiplier}",
                    )
                )
                for number in range(wanted.runs)
            ]
            say(row(name, middle_run(measured[name])))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(as_json(measured, index=index, multiplier=multiplier), indent=1))
    say(f"  all runs: {RESULT.relative_to(ROOT)}")
    missed = [
        f"{name}: {each} {score}"
        for name, runs in measured.items()
        for each, score in below(middle_run(runs)).items()
    ]
    if missed:
        say(f"make lighthouse: below what is promised: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    main()

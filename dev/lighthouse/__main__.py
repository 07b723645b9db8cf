"""Lighthouse's scores of the pages where visitors arrive, as the production build serves them to a phone."""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from dev.console import ROOT, command, say, step
from dev.e2e import chromium, product
from dev.node import node_environment

HERE = Path(__file__).resolve().parent
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# What the score of performance is made of, with FEATURES' limits of a throttled phone.
TIMES = {"largest-contentful-paint": "LCP", "total-blocking-time": "TBT", "cumulative-layout-shift": "CLS"}


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


def audit(url: str, report: Path) -> dict[str, Any]:
    """Let Lighthouse look at one page; return its report."""
    options = [
        "--quiet",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
        f"--only-categories={','.join(LEAST)}",
        "--output=json",
        f"--output-path={report}",
    ]
    subprocess.run(
        ["npx", "--no-install", "lighthouse", url, *options],
        cwd=HERE,
        env=node_environment() | {"CHROME_PATH": chromium()},
        check=True,
    )
    found: dict[str, Any] = json.loads(report.read_text())
    return found


@command
def main() -> int:
    argparse.ArgumentParser(prog="python -m dev.lighthouse", description=__doc__).parse_args()
    with step("Lighthouse"):
        subprocess.run(
            ["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, env=node_environment(), check=True
        )
    missed = []
    os.chdir(ROOT)
    with product() as (address, _), tempfile.TemporaryDirectory() as folder:
        say(f"  {'page':<10}{''.join(f'{name:>16}' for name in [*LEAST, *TIMES.values()])}")
        for name, url in pages(address).items():
            report = audit(url, Path(folder) / f"{name}.json")
            scores = {each: round(100 * report["categories"][each]["score"]) for each in LEAST}
            times = [str(report["audits"][each]["displayValue"]) for each in TIMES]
            say(f"  {name:<10}{''.join(f'{each:>16}' for each in [*scores.values(), *times])}")
            missed += [f"{name}: {each} {score}" for each, score in scores.items() if score < LEAST[each]]
    if missed:
        say(f"make lighthouse: below what is promised: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    main()

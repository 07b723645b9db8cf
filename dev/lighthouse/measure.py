"""What Lighthouse's reports say: how fast this machine is against a phone, and the middle of several runs."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# Metric, its short name, and what its milliseconds are divided by; a layout shift has no unit.
METRICS = {
    "first-contentful-paint": "FCP",
    "largest-contentful-paint": "LCP",
    "speed-index": "SI",
    "total-blocking-time": "TBT",
    "cumulative-layout-shift": "CLS",
}
# How many times slower than a machine with that benchmarkIndex Lighthouse's middling phone is, as its own
# calculator has it (docs/throttling.md, "Calibrating the CPU slowdown"). Between two points a straight line.
_SLOWDOWN = ((150.0, 1.0), (800.0, 2.0), (1300.0, 3.0), (2000.0, 6.0))


@dataclass(frozen=True)
class Run:
    """One report: scores from 0 to 100, times in milliseconds."""

    scores: dict[str, int]
    metrics: dict[str, float]


def slowdown(benchmark_index: float) -> float:
    """Return the CPU multiplier that makes a machine of this index as slow as the phone; at least 1."""
    if benchmark_index <= _SLOWDOWN[0][0]:
        return 1.0
    for (low, least), (high, most) in pairwise(_SLOWDOWN):
        if benchmark_index <= high or high == _SLOWDOWN[-1][0]:
            return round(least + (benchmark_index - low) / (high - low) * (most - least), 2)
    raise AssertionError("the last stretch has no end")


def read_run(report: dict[str, Any]) -> Run:
    return Run(
        scores={each: round(100 * report["categories"][each]["score"]) for each in CATEGORIES},
        metrics={short: round(report["audits"][name]["numericValue"], 3) for name, short in METRICS.items()},
    )


def middle_run(runs: Sequence[Run]) -> Run:
    """Return the run whose performance is the median; of equals the one with the median blocking time."""
    ordered = sorted(runs, key=lambda run: (run.scores["performance"], -run.metrics["TBT"]))
    return ordered[(len(ordered) - 1) // 2]


def below(run: Run) -> dict[str, int]:
    """Return the scores that miss what is promised."""
    return {name: score for name, score in run.scores.items() if score < LEAST[name]}


def middle_index(reports: Sequence[dict[str, Any]]) -> float:
    return statistics.median(float(report["environment"]["benchmarkIndex"]) for report in reports)


def as_json(pages: dict[str, list[Run]], *, index: float, multiplier: float) -> dict[str, Any]:
    return {
        "benchmark_index": index,
        "cpu_slowdown": multiplier,
        "pages": {
            name: {"median": asdict(middle_run(runs)), "runs": [asdict(run) for run in runs]}
            for name, runs in pages.items()
        },
    }

"""What crowds found, as a page of docs/."""

import os
from dataclasses import dataclass
from typing import Any

from dev.load.scenarios import HOLDS

# Of all cores: beyond this nothing is left to wait for but them.
BUSY = 0.85
FIGURES = ("requests/s", "p50 ms", "p95 ms", "to hold", "longest ms", "done", "refused", "errors")


@dataclass(frozen=True)
class Measured:
    """What the crowd found, and how many cores each part used meanwhile."""

    name: str
    result: dict[str, Any]
    cores: dict[str, float]


@dataclass(frozen=True)
class Start:
    """One way to start the product: its scenarios with their bounds, then without a pause."""

    title: str
    started_in: float
    asked: list[Measured]
    fast: list[Measured]


def held(measured: Measured) -> bool:
    """Tell whether nothing failed, 95 of 100 answers came in time, and a rush sold exactly its places."""
    holds, result = HOLDS[measured.name], measured.result
    in_time = result["errors"] == 0 and result["request_p95"] <= holds["p95_ms"]
    return bool(in_time and result["done"] == holds.get("places", max(result["done"], 1)))


def used_up(cores: dict[str, float], of: int) -> str:
    """Say what a start runs out of first: the cores, and who has most of them, or nothing yet."""
    busiest = max((part for part in cores if part != "the crowd itself"), key=lambda part: cores[part])
    if sum(cores.values()) < BUSY * of:
        return f"nothing yet; most: {busiest}"
    return f"the cores, by {busiest}"


def as_markdown(starts: list[Start], *, size: str) -> str:
    cores = os.cpu_count() or 1
    lines = [
        "# Load",
        "",
        f"Written by `make load` on {cores} cores, which the crowd shares, with demo data of size {size};",
        "all of it in one run, so that rows may be compared. What people do, and the bounds, are those of",
        "[`k6/`](../k6/README.md).",
        "",
        row("start", "scenario", "people", *FIGURES, ""),
        row("---", "---", "---:", *["---:"] * len(FIGURES), "---"),
        *(scenario(start, measured) for start in starts for measured in start.asked),
        "",
        "In a rush, *done* have their ticket paid and *refused* were told that it is sold out.",
        "",
        "## What is used up first",
        "",
        "Cores used by each part.",
    ]
    for start in starts:
        parts = list(start.asked[0].cores)
        lines += ["", f"**{start.title}**, first answer after {start.started_in:.1f} s", ""]
        lines += [row("", "requests/s", *parts, "used up"), row("---", "---:", *["---:"] * len(parts), "---")]
        for measured in [*start.asked, *start.fast]:
            used = (f"{measured.cores[part]:.2f}" for part in parts)
            lines.append(row(measured.name, rate(measured), *used, used_up(measured.cores, cores)))
        if memory := memory_of_nginx(start):
            lines += ["", memory]
    return "\n".join(lines) + "\n"


def scenario(start: Start, measured: Measured) -> str:
    result, holds = measured.result, HOLDS[measured.name]
    times = (result["request_p50"], result["request_p95"], holds["p95_ms"], result["request_max"])
    counts = (result["done"], result["refused"], result["errors"])
    verdict = "held" if held(measured) else "**missed**"
    figures = (rate(measured), *(f"{time:.0f}" for time in times), *counts, verdict)
    return row(start.title, measured.name, holds["users"], *figures)


def row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def rate(measured: Measured) -> str:
    return f"{per_second(measured):,.0f}"


def memory_of_nginx(start: Start) -> str:
    """Say by how much nginx's memory of public reads raises their rate, if nginx is there."""
    found = {each.name: each for each in start.fast}
    past, kept = found.get("event list, past nginx's memory"), found["event list"]
    if not past:
        return ""
    faster = per_second(kept) / per_second(past)
    lighter = per_second(kept) / shops_cores(kept) / (per_second(past) / shops_cores(past))
    return (
        f"nginx's memory makes the event list {faster:.1f} times as fast for this crowd, and {lighter:.1f}"
        " times as many requests for the cores the shop itself uses: the rest was the crowd's."
    )


def per_second(measured: Measured) -> float:
    return float(measured.result["requests"] / measured.result["seconds"])


def shops_cores(measured: Measured) -> float:
    return sum(measured.cores.values()) - measured.cores["the crowd itself"]

"""Measure the product: requests a second, waiting times and CPU per operation, beside a bare Django view.

The bare view answers the same bytes from the same server in the same run, so each figure is also a ratio that
may be compared between machines. CPU is what the operating system counts for web, database and worker
processes; the crowd's own is not in it.
"""

import argparse
import base64
import json
import os
import time
from dataclasses import asdict, dataclass

from dev.bench.operations import OPERATIONS, Operation
from dev.bench.stand import Stand, ask_django, stand
from dev.console import DevError, command, say
from dev.crowd import Job, send

WARM_UP = 1.0
SWEEP = "sweep of lapsed orders"


@dataclass(frozen=True)
class Figures:
    """What one operation at one number of clients came to; ``bare_*`` is the bare view's."""

    operation: str
    clients: int
    per_second: float
    p50_ms: float
    p95_ms: float
    errors: int
    statuses: dict[str, int]
    cpu_ms: float
    web_ms: float
    database_ms: float
    worker_ms: float
    bare_cpu_ms: float
    bare_per_second: float
    ratio: float
    target_ms: float | None


def measure(place: Stand, operation: Operation, clients: int, seconds: float) -> Figures:
    job: Job = {
        "port": place.port,
        "clients": clients,
        "seconds": seconds,
        "operations": operation.requests(place.facts, place.port) if operation.requests else [],
        "purchases": None,
    }
    if operation.tickets:
        job["purchases"] = {"tokens": place.facts["buyers"], "tickets": operation.tickets(place.facts)}
    send({**job, "seconds": WARM_UP})
    if operation.tickets:
        place.settle()
    before, began = place.cpu(), time.monotonic()
    result = send(job)
    if not result["done"]:
        raise DevError(f"{operation.name}: nothing but errors, by status: {result['statuses']}")
    if operation.tickets:
        place.settle()  # its mails are part of a purchase
    used = place.used(before, time.monotonic() - began)
    parts = {name: seconds_used / result["done"] * 1000 for name, seconds_used in used.items()}

    requests = []
    for number, body in enumerate(result["bodies"]):
        name = f"{operation.name}-{clients}-{number}".replace(" ", "_").replace(",", "")
        place.keep_body(name, base64.b64decode(body))
        requests.append({"method": "GET", "path": f"/bench/{name}"})
    bare_job: Job = {
        **job,
        "operations": [requests],
        "purchases": None,
        "seconds": max(1.0, seconds / 2),
    }
    before, began = place.cpu(), time.monotonic()
    bare = send(bare_job)
    bare_ms = sum(place.used(before, time.monotonic() - began).values()) / max(bare["done"], 1) * 1000
    cpu_ms = sum(parts.values())
    return Figures(
        operation=operation.name,
        clients=clients,
        per_second=round(result["done"] / result["seconds"], 1),
        p50_ms=round(result["p50"], 1),
        p95_ms=round(result["p95"], 1),
        errors=result["errors"],
        statuses=result["statuses"],
        cpu_ms=round(cpu_ms, 2),
        web_ms=round(parts["web"], 2),
        database_ms=round(parts["database"], 2),
        worker_ms=round(parts["worker"], 2),
        bare_cpu_ms=round(bare_ms, 2),
        bare_per_second=round(bare["done"] / bare["seconds"], 1),
        ratio=round(cpu_ms / bare_ms, 1) if bare_ms else 0.0,
        target_ms=operation.target,
    )


def table(rows: list[Figures]) -> str:
    head = (
        f"{'operation':<27}{'clients':>7}{'1/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'errors':>7}"
        f"{'CPU ms':>8} = {'web':>6}{'db':>7}{'worker':>7}{'bare':>7}{'ratio':>7}{'target':>8}"
    )
    lines = [head, "-" * len(head)]
    for row in rows:
        target = "" if row.target_ms is None else f"{row.target_ms:g}"
        missed = " !" if row.target_ms is not None and row.cpu_ms > row.target_ms else ""
        lines.append(
            f"{row.operation:<27}{row.clients:>7}{row.per_second:>8.1f}{row.p50_ms:>8.1f}{row.p95_ms:>8.1f}"
            f"{row.errors:>7}{row.cpu_ms:>8.2f} = {row.web_ms:>6.2f}{row.database_ms:>7.2f}"
            f"{row.worker_ms:>7.2f}{row.bare_cpu_ms:>7.2f}{row.ratio:>7.1f}{target:>8}{missed}"
        )
    return "\n".join(lines)


@command
def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.bench", description=__doc__)
    parser.add_argument(
        "--size", choices=["small", "normal", "huge"], default="normal", help="of the demo data"
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="for each measurement (default 5)")
    parser.add_argument("--only", default="", help="operations whose name has this in it, e.g. purchase")
    parser.add_argument("--clients", type=int, help="one number of clients for everything")
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    options = parser.parse_args()
    # Whatever database the machine's settings name, this one is measured on its own.
    os.environ.pop("DATABASE_URL", None)
    chosen = [operation for operation in OPERATIONS if options.only in operation.name]
    if not chosen and options.only not in SWEEP:
        names = [*(operation.name for operation in OPERATIONS), SWEEP]
        parser.error("no such operation: " + ", ".join(names))
    rows = []
    with stand(options.size) as place:
        for operation in chosen:
            for clients in [options.clients] if options.clients else operation.clients:
                rows.append(measure(place, operation, clients, options.seconds))
                if not options.json:
                    say(f"  {operation.name}, {clients} clients: {rows[-1].cpu_ms} ms of CPU")
        sweep = ask_django("dev.bench.sweep", place.env) if options.only in SWEEP else None
        report = json.dumps({"operations": [asdict(row) for row in rows], SWEEP: sweep}, indent=1)
        (place.var / "bench.json").write_text(report)
    if not options.json:
        if rows:
            say("\n" + table(rows) + "\n")
        if sweep:
            say(f"{SWEEP}: {sweep['orders']} in {sweep['seconds']} s (to reach: 10 s)\n")
    say(report)


if __name__ == "__main__":
    main()

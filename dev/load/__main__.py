"""Crowds at the product: the scenarios of `k6/`, on `make run`'s start and on production's pieces.

Each start is asked by the same people in turn: the event list, signing in, buying, a rush for a hundred
places. Then as fast as it goes, to see what is used up first. Fails when a bound of `k6/thresholds.json` does
not hold.
"""

import argparse
import json
import os
import resource
import shutil
import time
from typing import cast

from dev import pieces
from dev.bench.operations import spread_tickets
from dev.bench.stand import Stand, ask_django, stand
from dev.console import ROOT, DevError, command, say
from dev.crowd import Job, Purchases, send
from dev.load import dashboards
from dev.load.report import Measured, Start, as_markdown, held
from dev.load.scenarios import SCENARIOS, job, lists

REPORT, PICTURES = ROOT / "docs" / "load-report.md", ROOT / "docs" / "pictures"
STARTS = {"embedded": "as `make run` starts it", "whole": "nginx, 2 web processes, PgBouncer, Redis"}
NEEDED = {
    "nginx": "nginx-light libnginx-mod-http-brotli-static",
    "pgbouncer": "pgbouncer",
    "redis-server": "redis-server",
    "prometheus": "prometheus",
}
HURRY_SECONDS = 10.0
HURRIED = 16


def ask(place: Stand, name: str, its_job: Job) -> Measured:
    """Send the crowd in, and see what each part used meanwhile, in cores."""
    before, crowd_before = place.cpu(), resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    result = send(its_job)
    seconds = time.monotonic() - began
    crowd = resource.getrusage(resource.RUSAGE_CHILDREN)
    cores = {part: used / seconds for part, used in place.used(before, seconds).items()}
    cores["the crowd itself"] = (
        crowd.ru_utime + crowd.ru_stime - crowd_before.ru_utime - crowd_before.ru_stime
    ) / seconds
    place.settle()
    say(
        f"  {name}: {result['requests'] / result['seconds']:.0f} requests a second,"
        f" 95 % within {result['request_p95']:.0f} ms, {result['errors']} errors {result['statuses'] or ''}"
    )
    return Measured(name, result, cores)


def hurried(place: Stand, headers: dict[str, str]) -> Job:
    """The event list, again and again without a pause."""
    requests = [[request | {"headers": headers}] for request in lists()]
    return {**door(place), "operations": requests}


def purchases(place: Stand) -> Job:
    """Purchases without a pause."""
    buying: Purchases = {"tokens": place.facts["buyers"], "tickets": spread_tickets(place.facts)}
    return {**door(place), "purchases": buying}


def door(place: Stand) -> Job:
    """Return where the crowd goes, in a hurry."""
    port = place.around.tls if place.around else place.port
    return {"port": port, "tls": bool(place.around), "clients": HURRIED, "seconds": HURRY_SECONDS}


def measure(title: str, place: Stand) -> Start:
    say(title)
    since = time.time()
    place.facts["on_sale"] = ask_django("dev.load.on_sale", place.env)
    fast = [ask(place, "purchases without a pause", purchases(place))]
    if place.around:
        # nginx keeps nothing for whoever carries the staff's cookie.
        fast.append(ask(place, "event list, past nginx's memory", hurried(place, {"Cookie": "sessionid=1"})))
    fast.append(ask(place, "event list", hurried(place, {})))
    # The rush is last: whoever came too late still has in the basket what is sold out.
    asked = [ask(place, name, cast("Job", door(place) | job(name, place.facts))) for name in SCENARIOS]
    if place.around:
        time.sleep(pieces.SCRAPE_SECONDS * 2)  # so that the end was seen too
        dashboards.draw(place.around.prometheus, PICTURES, since=since)
    return Start(title, place.started_in, asked, fast)


def serve(size: str) -> None:
    """Stand there for k6 until Ctrl-C."""
    with stand(size, whole=True) as place:
        place.facts["on_sale"] = ask_django("dev.load.on_sale", place.env)
        facts = place.var / "facts.json"
        facts.write_text(json.dumps(place.facts))
        port = door(place)["port"]
        for name in SCENARIOS:
            say(f"  k6 run -e BASE_URL=https://localhost:{port} -e FACTS={facts} k6/{name}.js")
        say("Ctrl-C ends it.")
        place.wait()


@command
def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dev.load", description=__doc__)
    parser.add_argument(
        "--size", choices=["small", "normal", "huge"], default="normal", help="of the demo data"
    )
    parser.add_argument("--start", choices=STARTS, help="one start alone, and no report")
    parser.add_argument("--serve", action="store_true", help="only stand there, for k6")
    options = parser.parse_args()
    if missing := [package for program, package in NEEDED.items() if not shutil.which(program)]:
        raise DevError(f"More is needed. On Debian: apt install {' '.join(missing)}")
    os.environ.pop("DATABASE_URL", None)
    if options.serve:
        serve(options.size)
        return 0
    starts = []
    for name, title in STARTS.items():
        if options.start in (None, name):
            with stand(options.size, whole=name == "whole") as place:
                starts.append(measure(title, place))
    report = as_markdown(starts, size=options.size)
    if options.start:
        say(report)
    else:
        REPORT.write_text(report)
        say(f"Written: {REPORT.relative_to(ROOT)}")
    return 0 if all(held(measured) for start in starts for measured in start.asked) else 1


if __name__ == "__main__":
    main()

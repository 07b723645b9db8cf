"""Grafana's dashboards without Grafana: their own queries, asked of Prometheus, drawn as pictures.

Panels stand where the dashboard puts them, with its titles, units and legends. Of Grafana's drawing there is
only what these dashboards use: a number, and lines (also where it would stack them).
"""

import json
import math
import re
import subprocess
import tempfile
import time
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from dev.console import ROOT
from dev.e2e import chromium

DASHBOARDS = ROOT / "deploy" / "grafana" / "dashboards"
COLUMN, ROW, MARGIN = 52, 34, 8  # pixels; a dashboard is 24 columns wide
COLOURS = ("#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#b877d9", "#5794f2", "#37872d")
STYLE = """
body { margin: 0; background: #111217; color: #ccccdc; font: 13px/1.3 sans-serif; }
h1 { position: absolute; left: 16px; top: 12px; margin: 0; font-size: 20px; }
section { position: absolute; box-sizing: border-box; padding: 8px 10px; overflow: hidden; }
section { background: #181b1f; border: 1px solid #2c3235; border-radius: 3px; }
section h2 { margin: 0 0 4px; font-size: 13px; font-weight: 600; }
section b { display: block; margin-top: 10px; color: #73bf69; font-size: 38px; text-align: center; }
.row { background: none; border: 0; }
.keys { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 11px; }
text { fill: #8e8e99; font: 10px sans-serif; }
"""
Points = list[tuple[float, float]]


def draw(prometheus_port: int, folder: Path, *, since: float) -> list[Path]:
    """Draw each dashboard as it was from ``since`` (seconds since 1970) until now; return the pictures."""
    pictures = []
    for file in sorted(DASHBOARDS.glob("*.json")):
        dashboard = json.loads(file.read_text())
        ask = Asking(prometheus_port, since, time.time())
        panels = [panel(each, ask) for each in dashboard["panels"]]
        bottom = max(each["gridPos"]["y"] + each["gridPos"]["h"] for each in dashboard["panels"])
        page = f"<style>{STYLE}</style><h1>{escape(dashboard['title'])}</h1>{''.join(panels)}"
        picture = folder / f"dashboard-{file.stem}.png"
        photograph(page, picture, width=24 * COLUMN + 2 * MARGIN, height=bottom * ROW + 60)
        pictures.append(picture)
    return pictures


class Asking:
    """Prometheus, asked about one span of time."""

    def __init__(self, port: int, start: float, end: float) -> None:
        self.address = f"http://127.0.0.1:{port}/api/v1/"
        self.start, self.end = start, end

    def now(self, query: str) -> float | None:
        """Return the first value of a query at the end of the span; None for no answer."""
        for series in self._ask("query", query=query, time=self.end):
            return number(series["value"][1])
        return None

    def lines(self, query: str) -> list[tuple[dict[str, str], Points]]:
        """Return each line of a query with its labels."""
        step = max(1.0, (self.end - self.start) / 240)
        found = self._ask("query_range", query=query, start=self.start, end=self.end, step=step)
        return [
            (
                series["metric"],
                [(moment, value) for moment, text in series["values"] if (value := number(text)) is not None],
            )
            for series in found
        ]

    def _ask(self, what: str, **parameters: Any) -> list[dict[str, Any]]:
        with urlopen(f"{self.address}{what}?{urlencode(parameters)}", timeout=30) as answer:
            found: list[dict[str, Any]] = json.load(answer)["data"]["result"]
        return found


def number(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def panel(described: dict[str, Any], ask: Asking) -> str:
    place = described["gridPos"]
    box = (
        f"left:{place['x'] * COLUMN + MARGIN}px;top:{place['y'] * ROW + 48}px;"
        f"width:{place['w'] * COLUMN - MARGIN}px;height:{place['h'] * ROW - MARGIN}px"
    )
    title = f"<h2>{escape(described['title'])}</h2>"
    if described["type"] == "row":
        return f'<section class="row" style="{box}">{title}</section>'
    unit = described["fieldConfig"]["defaults"].get("unit", "none")
    if described["type"] == "stat":
        value = ask.now(described["targets"][0]["expr"])
        return (
            f'<section style="{box}">{title}<b>{"–" if value is None else written(value, unit)}</b></section>'
        )
    lines = [
        (legend(target.get("legendFormat", ""), labels), points)
        for target in described["targets"]
        for labels, points in ask.lines(target["expr"])
        if points
    ]
    width, height = place["w"] * COLUMN - 30, place["h"] * ROW - 92
    drawn = chart(lines, ask, unit, width, height) if lines else "<p>Nothing asked for was seen.</p>"
    return f'<section style="{box}">{title}{drawn}</section>'


def legend(pattern: str, labels: dict[str, str]) -> str:
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda named: labels.get(named[1], ""), pattern) or "all"


def chart(lines: list[tuple[str, Points]], ask: Asking, unit: str, width: int, height: int) -> str:
    top = max(value for _, points in lines for _, value in points) or 1.0
    left, span = 56, ask.end - ask.start

    def at(point: tuple[float, float]) -> str:
        x = left + (point[0] - ask.start) / span * (width - left)
        return f"{x:.1f},{6 + (1 - point[1] / top) * (height - 22):.1f}"

    parts = []
    for share in (0.0, 0.5, 1.0):
        _, y = at((ask.start, top * share)).split(",")
        parts.append(f'<line x1="{left}" x2="{width}" y1="{y}" y2="{y}" stroke="#2c3235"/>')
        parts.append(
            f'<text x="{left - 6}" y="{y}" dy="3" text-anchor="end">{written(top * share, unit)}</text>'
        )
    for share in (0.0, 0.5, 1.0):
        moment = time.strftime("%H:%M:%S", time.gmtime(ask.start + span * share))
        anchor = ("start", "middle", "end")[int(share * 2)]
        x = left + (width - left) * share
        parts.append(f'<text x="{x:.0f}" y="{height}" text-anchor="{anchor}">{moment}</text>')
    keys = []
    for (name, points), colour in zip(lines, COLOURS * (len(lines) // len(COLOURS) + 1), strict=False):
        path = " ".join(map(at, points))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        keys.append(f'<span><span style="color:{colour}">━</span> {escape(name[:48])}</span>')
    svg = f'<svg width="{width}" height="{height + 4}">{"".join(parts)}</svg>'
    return f'{svg}<div class="keys">{"".join(keys)}</div>'


def written(value: float, unit: str) -> str:
    """Write a value as Grafana does in its unit."""
    match unit:
        case "percentunit":
            return f"{value * 100:.3g} %"
        case "bytes":
            power = min(3, int(math.log(value, 1024))) if value >= 1 else 0
            return f"{value / 1024**power:.3g} {('B', 'KiB', 'MiB', 'GiB')[power]}"
        case "s":
            return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"
        case "reqps" | "ops":
            return f"{plain(value)}/s"
    return plain(value)


def plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def photograph(page: str, picture: Path, *, width: int, height: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "page.html"
        html.write_text(f"<!doctype html><meta charset=utf-8>{page}")
        command: list[str | Path] = [
            chromium(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
        ]
        command += [f"--window-size={width},{height}", f"--screenshot={picture}", html.as_uri()]
        subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=60)

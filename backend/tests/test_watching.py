"""Alerts and dashboards speak of what exists: each figure they name is the product's, or an exporter's."""

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client
from prometheus_client import REGISTRY

DEPLOY = settings.BASE_DIR.parent / "deploy"
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
RULES = DEPLOY / "prometheus" / "rules.yml"
# Of the exporters in docker-compose.prod.yml, what we use; Prometheus itself makes the first two.
EXPORTED = {
    "up", "ALERTS",
    "nginx_up", "nginx_connections_active", "nginx_connections_waiting", "nginx_http_requests_total",
    "redis_up", "redis_memory_used_bytes", "redis_commands_processed_total",
    "celery_task_received_total", "celery_task_succeeded_total", "celery_task_failed_total",
    "celery_task_retried_total", "celery_task_runtime_bucket", "celery_queue_length",
    "pg_up", "pg_settings_max_connections", "pg_stat_activity_count", "pg_database_size_bytes",
    "pg_locks_count", "pg_long_running_transactions_oldest_timestamp_seconds",
    "pg_stat_statements_seconds_total", "pg_stat_archiver_failed_count",
    *(f"pg_stat_database_{name}" for name in (
        "xact_commit", "xact_rollback", "blks_hit", "blks_read", "deadlocks",
        "tup_fetched", "tup_returned", "tup_inserted", "tup_updated", "tup_deleted",
    )),
}  # fmt: skip
_WORDS = {"or", "unless", "and", "sum", "max", "min"}


@cache
def figures_of_the_product() -> set[str]:
    """Return the names of all that is counted or read, with the endings Prometheus gives them."""
    Client().get("/api/health/")  # some are made by the first request
    names = {"delux_waiting_rows", "delux_waiting_seconds"}
    for family in REGISTRY.collect():
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(family.type, ("",))
        names |= {family.name + ending for ending in endings}
    return names


def figures_in(query: str) -> set[str]:
    """Return the names of figures in a query: words that no label, function or string is made of."""
    bare = re.sub(r'"[^"]*"', "", query)
    bare = re.sub(r"\b(by|without|on|ignoring) ?\([^)]*\)", "", bare)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", bare)
    return set(re.findall(r"[a-zA-Z_]\w*(?![\w(])", bare)) - _WORDS


def rules() -> list[dict[str, str]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def queries(dashboard: dict) -> Iterator[tuple[str, str]]:
    for panel in dashboard["panels"]:
        yield from ((panel["title"], target["expr"]) for target in panel.get("targets", []))
    yield from ((each["name"], each["expr"]) for each in dashboard["annotations"]["list"])


def test_a_query_is_read_for_its_figures() -> None:
    query = 'sum by (le, view) (rate(a_total{x="b_total"}[5m])) / on (c) max(d{e!~"f"}) or vector(0) > 0.1'

    assert figures_in(query) == {"a_total", "d"}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_is_about_figures_that_exist_and_says_what_to_do(rule: dict) -> None:
    assert figures_in(rule["expr"]) <= EXPORTED | figures_of_the_product()
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert len(rule["annotations"]["summary"]) > 10
    assert len(rule["annotations"]["runbook"]) > 40


@pytest.mark.parametrize("file", DASHBOARDS, ids=lambda file: file.stem)
def test_a_dashboard_shows_figures_that_exist_and_its_panels_do_not_overlap(file: Path) -> None:
    dashboard = json.loads(file.read_text())
    known = EXPORTED | figures_of_the_product()

    assert {
        name: figures_in(query) - known for name, query in queries(dashboard) if figures_in(query) - known
    } == {}
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        cells = {
            (place["x"] + right, place["y"] + down)
            for right in range(place["w"])
            for down in range(place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
    assert {
        panel.get("datasource", {}).get("uid") for panel in dashboard["panels"] if "targets" in panel
    } == {"prometheus"}


def test_there_are_four_dashboards_each_with_an_address_of_its_own() -> None:
    boards = [json.loads(file.read_text()) for file in DASHBOARDS]

    assert [file.stem for file in DASHBOARDS] == ["business", "database", "queue", "traffic"]
    assert len({board["uid"] for board in boards}) == len({board["title"] for board in boards}) == 4


def test_every_figure_of_selling_is_shown_somewhere() -> None:
    shown = {
        name
        for file in DASHBOARDS
        for _, query in queries(json.loads(file.read_text()))
        for name in figures_in(query)
    }
    ours = {name.rsplit("_", 1)[0] for name in figures_of_the_product() if name.startswith("delux_")}

    assert ours - {name.rsplit("_", 1)[0] for name in shown} == set()


def promtool(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["promtool", *map(str, arguments)], cwd=RULES.parent, capture_output=True, text=True, check=False
    )


def test_prometheus_takes_its_configuration_and_every_query_of_the_dashboards(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("x")
    config = (RULES.parent / "prometheus.yml").read_text().replace("/run/secrets/metrics_token", str(token))
    (tmp_path / "prometheus.yml").write_text(config)
    (tmp_path / "rules.yml").write_text(RULES.read_text())
    asked = [query for file in DASHBOARDS for _, query in queries(json.loads(file.read_text()))]
    records = [{"record": f"asked:{number}", "expr": query} for number, query in enumerate(asked)]
    (tmp_path / "asked.yml").write_text(yaml.safe_dump({"groups": [{"name": "asked", "rules": records}]}))
    records[0]["expr"] = "sum(rate(x[5m])"
    (tmp_path / "wrong.yml").write_text(yaml.safe_dump({"groups": [{"name": "asked", "rules": records}]}))

    whole = promtool("check", "config", tmp_path / "prometheus.yml")
    assert (whole.returncode, f"{len(rules())} rules found" in whole.stdout) == (0, True), whole.stdout
    assert promtool("check", "rules", tmp_path / "asked.yml").returncode == 0
    assert promtool("check", "rules", tmp_path / "wrong.yml").returncode != 0


def test_each_alert_is_raised_by_what_it_is_about() -> None:
    raised = promtool("test", "rules", "rules_test.yml")

    assert raised.returncode == 0, raised.stdout + raised.stderr
    tried = (RULES.parent / "rules_test.yml").read_text()
    assert [rule["alert"] for rule in rules() if f'alertname="{rule["alert"]}"' not in tried] == []

"""The manifests for Kubernetes: what its own schemas say of them, and whether their parts fit together."""

import copy
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import kubernetes_validate
import pytest
import yaml

from dev.console import ROOT
from dev.tests.test_deploy import DEPLOY

SHOP = DEPLOY / "kubernetes" / "shop"
CLUSTER = DEPLOY / "kubernetes" / "cloudnativepg"
VERSION = "1.34"
BOUND = {"requests": ["cpu", "memory"], "limits": ["memory"]}
Manifest = dict[str, Any]


@cache
def manifests() -> list[Manifest]:
    files = yaml.safe_load((SHOP / "kustomization.yaml").read_text())["resources"]
    return [one for file in files for one in yaml.safe_load_all((SHOP / file).read_text())]


def of_kind(kind: str) -> list[Manifest]:
    return [one for one in manifests() if one["kind"] == kind]


def name(manifest: Manifest) -> str:
    return str(manifest["metadata"]["name"])


def pods() -> list[tuple[str, Manifest]]:
    workloads = [*of_kind("Deployment"), *of_kind("Job")]
    return [(name(one), one["spec"]["template"]) for one in workloads]


def containers() -> Iterator[tuple[str, Manifest]]:
    for owner, pod in pods():
        for one in [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]:
            yield f"{owner}/{one['name']}", one


def settings() -> dict[str, str]:
    return told_by("settings.env")


def told_by(file: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+)=(.*)$", (SHOP / file).read_text(), re.MULTILINE))


def explained() -> set[str]:
    return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


@pytest.mark.parametrize("manifest", manifests(), ids=lambda one: f"{one['kind']} {name(one)}")
def test_a_manifest_is_what_kubernetes_expects(manifest: Manifest) -> None:
    kubernetes_validate.validate(manifest, VERSION, strict=True)


def test_a_mistake_in_a_manifest_is_seen() -> None:
    wrong = copy.deepcopy(of_kind("Deployment")[0])
    wrong["spec"]["template"]["spec"]["containers"][0]["livenessProb"] = {}

    with pytest.raises(kubernetes_validate.ValidationError, match="livenessProb"):
        kubernetes_validate.validate(wrong, VERSION, strict=True)


def test_every_file_is_part_of_the_shop_and_every_image_of_ours_gets_its_version() -> None:
    shop = yaml.safe_load((SHOP / "kustomization.yaml").read_text())
    used = {one["image"] for _, one in containers()}

    assert {file.name for file in SHOP.glob("*.yaml")} == {*shop["resources"], "kustomization.yaml"}
    stages = re.findall(r" AS (\w+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    own = {image for image in used if ":" not in image}
    assert own == {image["name"] for image in shop["images"]}
    assert {image.removeprefix("delux-") for image in own} <= set(stages)
    compose = (ROOT / "docker-compose.prod.yml").read_text()
    assert [image for image in used - own if f"image: {image}\n" not in compose] == []


def test_a_setting_is_one_of_the_example_and_what_is_secret_is_in_no_file() -> None:
    named = {entry["name"] for _, one in containers() for entry in one.get("env", [])}
    # nginx and PgBouncer are told where their neighbours are.
    neighbours = {"WEB", "RESOLVER", "DATABASE_HOST"}

    assert set(settings()) <= explained()
    assert named <= explained() | neighbours
    assert not {one for one in settings() if re.search("SECRET|PASSWORD|TOKEN|KEY", one)}
    assert not of_kind("Secret")
    # Each that production does not start without is either here or, being secret, in the guide's list.
    guide = (ROOT / "docs" / "kubernetes.md").read_text()
    secret = set(re.findall(r"^ +([A-Z][A-Z0-9_]+)=", guide, re.MULTILINE))
    needed = {"SECRET_KEY", "TICKET_SIGNING_KEY", "EMAIL_URL", "PUBLIC_URL", "ALLOWED_HOSTS", "METRICS_TOKEN"}
    assert needed <= secret | set(settings())
    assert secret <= explained()
    keys = {
        entry["valueFrom"]["secretKeyRef"]["key"]
        for _, one in containers()
        for entry in one.get("env", [])
        if "secretKeyRef" in entry.get("valueFrom", {})
    }
    assert keys == {"DATABASE_PASSWORD"} <= secret


def test_production_starts_with_these_settings_and_the_secrets_of_the_guide() -> None:
    guide = (ROOT / "docs" / "kubernetes.md").read_text()
    secrets = dict(re.findall(r"^ +([A-Z][A-Z0-9_]+)=(.+)$", guide, re.MULTILINE))
    secrets |= {one: f"{one}-of-fifty-letters-which-nobody-ever-guesses" for one in secrets if "KEY" in one}
    told = settings() | secrets | {"DATABASE_URL": "postgres://delux:secret@pgbouncer:6432/delux"}
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "backend")}

    started = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        env=env | told,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (started.returncode, started.stderr) == (0, "")


def test_all_who_run_the_product_are_told_the_same() -> None:
    ours = [(owner, one) for owner, one in containers() if one["image"] == "delux-backend"]
    told = [str(one["envFrom"]) for _, one in ours]
    urls = {
        owner: entry["value"]
        for owner, one in ours
        for entry in one["env"]
        if entry["name"] == "DATABASE_URL"
    }

    assert len(ours) == 7
    assert len(set(told)) == 1
    straight = {owner for owner, url in urls.items() if "@db:5432/" in url}
    waiting = {owner for owner, one in ours if "migrate --check" in str(one.get("command"))}
    assert waiting == {"web/tables", "worker/tables", "beat/tables"}
    assert straight == {"migrate/delux", *waiting}
    assert len(set(urls.values())) == 2
    # A name is filled in from those before it, and from none of a ConfigMap or a Secret.
    for _, one in ours:
        assert [entry["name"] for entry in one["env"]][:2] == ["DATABASE_PASSWORD", "DATABASE_URL"]


def test_what_does_not_concern_the_pooler_does_not_replace_it() -> None:
    [pooler] = [one for owner, one in containers() if owner == "pgbouncer/delux"]
    shop = yaml.safe_load((SHOP / "kustomization.yaml").read_text())
    generated = {one["name"]: one["envs"] for one in shop["configMapGenerator"]}
    start = (DEPLOY / "pgbouncer" / "start").read_text()

    assert pooler["envFrom"] == [{"configMapRef": {"name": "delux-pooler"}}]
    assert "delux-settings" not in str(pooler)
    assert generated == {"delux-settings": ["settings.env"], "delux-pooler": ["pooler.env"]}
    assert set(told_by("pooler.env")) <= explained() & set(re.findall(r"^export (\w+)=", start, re.MULTILINE))


def test_a_container_may_do_no_more_than_it_must_and_takes_no_more_than_its_share() -> None:
    for owner, pod in pods():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is spec["enableServiceLinks"] is False, owner
        assert spec["securityContext"]["runAsNonRoot"] is True, owner
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, owner
    for owner, one in containers():
        assert one["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, owner
        assert {kind: list(share) for kind, share in one["resources"].items()} == BOUND, owner
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    stage = r" AS (\w+)\n(?:(?!FROM ).*\n)*?USER (\d+)$"
    stages = dict(re.findall(stage, dockerfile, re.MULTILINE))
    for owner, pod in pods():
        image = pod["spec"]["containers"][0]["image"].removeprefix("delux-")
        user = pod["spec"]["securityContext"]["runAsUser"]
        assert str(user) == stages.get(image, "999"), owner


def test_services_budgets_and_growth_are_of_pods_that_exist() -> None:
    ports = {
        pod["metadata"]["labels"]["app"]: {
            port["name"] for one in pod["spec"]["containers"] for port in one.get("ports", [])
        }
        for _, pod in pods()
    }

    for service in of_kind("Service"):
        if service["spec"].get("type") != "ExternalName":
            targets = {port["targetPort"] for port in service["spec"]["ports"]}
            assert targets <= ports[service["spec"]["selector"]["app"]], name(service)
    for owner, pod in pods():
        for one in pod["spec"]["containers"]:
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                asked = one.get(probe, {}).get("httpGet") or one.get(probe, {}).get("tcpSocket") or {}
                assert not asked or asked["port"] in ports[owner], f"{owner} {probe}"
    deployments = {name(one) for one in of_kind("Deployment")}
    budgets = {one["spec"]["selector"]["matchLabels"]["app"] for one in of_kind("PodDisruptionBudget")}
    assert budgets == {"web", "worker", "pgbouncer", "nginx"} <= deployments
    [grows] = of_kind("HorizontalPodAutoscaler")
    assert grows["spec"]["scaleTargetRef"]["name"] == "web"
    # Whoever grows by load is given no number that each `apply` would set again.
    assert {name(one) for one in of_kind("Deployment") if "replicas" not in one["spec"]} == {"web"}
    hosts = re.findall(
        r"(?:@|redis://|: \"?)(\w+)(?:\.delux\.svc\.cluster\.local)?:\d{4}",
        "\n".join(file.read_text() for file in [*SHOP.glob("*.yaml"), SHOP / "settings.env"]),
    )
    assert set(hosts) == {"pgbouncer", "db", "redis", "web"} <= {name(one) for one in of_kind("Service")}


def test_health_is_asked_at_the_products_addresses() -> None:
    routes = (ROOT / "backend" / "config" / "urls.py").read_text()
    [web] = [pod["spec"]["containers"][0] for owner, pod in pods() if owner == "web"]
    asked = {probe: web[probe]["httpGet"]["path"] for probe in web if probe.endswith("Probe")}

    assert asked == {
        "startupProbe": "/api/health/",
        "readinessProbe": "/api/health/ready/",
        "livenessProbe": "/api/health/",
    }
    for path in set(asked.values()):
        assert f'path("{path[1:]}"' in routes
    for owner, pod in pods():
        longest = pod["spec"].get("terminationGracePeriodSeconds", 30)
        stop = pod["spec"]["containers"][0].get("lifecycle", {}).get("preStop", {})
        assert longest >= stop.get("sleep", {"seconds": 0})["seconds"] + (30 if owner == "web" else 5), owner


def test_the_database_of_the_cluster_is_set_as_the_one_of_compose() -> None:
    cluster = yaml.safe_load((CLUSTER / "cluster.yaml").read_text())
    conf = (DEPLOY / "postgres" / "postgresql.conf").read_text()
    known = dict(re.findall(r"^([\w.]+) = '?([^'\n]*)'?$", conf, re.MULTILINE))
    set_here = cluster["spec"]["postgresql"]["parameters"]

    assert len(set_here) > 15
    assert {one: value for one, value in set_here.items() if known[one] != value} == {
        "max_connections": "200"
    }
    patched = yaml.safe_load((CLUSTER / "kustomization.yaml").read_text())["patches"]
    changes = [change for patch in patched for change in yaml.safe_load(patch["patch"])]
    assert changes[0]["value"] == f"{name(cluster)}-rw.delux.svc.cluster.local"
    assert changes[1]["value"]["name"] == "DATABASE_REPLICA_URL" in explained()
    assert f"@{name(cluster)}-ro:5432/delux" in changes[1]["value"]["value"]

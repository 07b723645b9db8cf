"""What the preparation decides; that it works from nothing is shown by every fresh clone's `make run`."""

import subprocess
import sys
from pathlib import Path

import pytest

from dev import bootstrap, node
from dev.bootstrap import digest
from dev.console import ROOT, DevError


@pytest.fixture
def no_cached_node():
    node.machine_node_is_enough.cache_clear()
    yield
    node.machine_node_is_enough.cache_clear()


def program(folder: Path, name: str, words: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {words}\n")
    (folder / name).chmod(0o755)


def test_a_digest_changes_with_contents_and_names_only(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.ts").write_text("1")
    first = digest([tmp_path / "src"], root=tmp_path)

    (tmp_path / "src" / "a.ts").touch()
    assert digest([tmp_path / "src"], root=tmp_path) == first

    (tmp_path / "src" / "a.ts").rename(tmp_path / "src" / "b.ts")
    renamed = digest([tmp_path / "src"], root=tmp_path)
    (tmp_path / "src" / "b.ts").write_text("2")
    assert len({first, renamed, digest([tmp_path / "src"], root=tmp_path)}) == 3


@pytest.mark.parametrize(
    ("version", "enough"),
    [("v20.19.0", True), ("v20.18.3", False), ("v18.20.4", False), ("v24.1.0", True), ("nonsense", False)],
)
def test_the_machines_node_is_used_from_20_19_on(
    tmp_path: Path, monkeypatch, no_cached_node, version: str, enough: bool
) -> None:
    program(tmp_path / "bin", "node", version)
    program(tmp_path / "bin", "npm", "11.0.0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    assert node.machine_node_is_enough() is enough
    first_on_path = node.node_environment()["PATH"].split(":")[0]
    assert first_on_path == str(tmp_path / "bin" if enough else node.NODE_BIN)


def test_a_node_without_npm_is_not_enough(tmp_path: Path, monkeypatch, no_cached_node) -> None:
    program(tmp_path / "bin", "node", "v24.1.0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    assert node.machine_node_is_enough() is False


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(DevError, match="apt install python3-venv"):
        bootstrap.prepare_python("base")


def test_what_is_installed_already_is_not_installed_again(tmp_path: Path, monkeypatch, capsys) -> None:
    ran: list[object] = []
    monkeypatch.setattr(bootstrap, "VENV_STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(bootstrap, "run_quietly", lambda command, **_: ran.append(command))

    bootstrap.prepare_python("dev")
    assert "sync" in ran.pop()
    ran.clear()
    bootstrap.prepare_python("dev")
    bootstrap.prepare_python("base")  # a part of dev

    assert ran == []
    assert "ready" in capsys.readouterr().out


def test_a_failed_installation_is_tried_again(tmp_path: Path, monkeypatch) -> None:
    def fail(command, **_) -> None:
        raise DevError("no network")

    monkeypatch.setattr(bootstrap, "VENV_STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(bootstrap, "run_quietly", fail)

    for _ in range(2):
        with pytest.raises(DevError, match="no network"):
            bootstrap.prepare_python("dev")


@pytest.mark.parametrize(
    "module",
    [
        *("bootstrap", "run", "instance", "manage", "check", "test", "e2e", "schema", "lock"),
        *("embedded_postgres", "coverage_gate", "prepare_database"),
    ],
)
def test_every_command_explains_itself(module: str) -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", f"dev.{module}", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert f"python -m dev.{module}" in help_text
    assert len(help_text.splitlines()) > 4


def test_make_alone_lists_every_command() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in ("run", "dev", "stop", "reset", "seed", "test", "check", "schema", "lock", "bench", "e2e"):
        assert f"make {target} " in listed

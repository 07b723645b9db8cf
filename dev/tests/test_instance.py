"""One product in one folder: claims, taken ports, stop and reset."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev import instance
from dev.console import ROOT, DevError
from dev.instance import Instance, reset, running
from dev.processes import free_port


@pytest.fixture
def var(folder: Path) -> Path:
    return folder / "var"


@pytest.fixture
def other_process(var: Path) -> Iterator[subprocess.Popen[str]]:
    """A product that has claimed ``var`` and is ready."""
    program = f"""
import signal
from pathlib import Path
from dev.instance import Instance
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])  # until it is waited for: none may go unheard
claim = Instance(Path({str(var)!r}), port={free_port()})
claim.mark_ready()
print("claimed", flush=True)
signal.sigwait([signal.SIGTERM])
"""
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_product_in_one_folder_is_told_where_the_first_runs(var: Path, other_process) -> None:
    with pytest.raises(
        DevError, match=rf"already runs .*localhost:\d+ \(process {other_process.pid}\).*make stop"
    ):
        Instance(var, port=free_port())


def test_a_taken_port_is_an_error_that_names_the_way_out(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(DevError, match=rf"Port {port} is taken .*make run PORT={port + 1}"):
            Instance(var, port=port)


def test_a_program_on_the_other_localhost_takes_the_port_as_well(var: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with socket.socket(socket.AF_INET6) as taken:
        try:
            taken.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6 address for localhost")
        taken.listen()

        with pytest.raises(DevError, match="is taken"):
            instance.refuse_taken_port(taken.getsockname()[1])


def test_the_claim_of_a_killed_product_does_not_count(var: Path, other_process) -> None:
    assert running(var)["ready"] is True

    os.kill(other_process.pid, signal.SIGKILL)
    other_process.wait()

    assert running(var) is None
    Instance(var, port=free_port()).release()


def test_nobody_runs_after_release(var: Path) -> None:
    claim = Instance(var, port=free_port())
    assert running(var) == {"pid": os.getpid(), "port": claim.port, "ready": False}

    claim.release()

    assert running(var) is None


def test_stop_ends_the_product_and_waits_for_it(var: Path, other_process) -> None:
    assert instance.stop(var) is True

    assert other_process.wait(5) == 0
    assert instance.stop(var) is False


@pytest.mark.parametrize("answer", ["", "no", "n"])
def test_reset_deletes_nothing_unless_the_answer_is_yes(var: Path, monkeypatch, answer: str) -> None:
    var.mkdir()
    (var / "kept").touch()
    monkeypatch.setattr("builtins.input", lambda _: answer)

    with pytest.raises(DevError, match="Nothing was deleted"):
        reset(var, sure=False)

    assert (var / "kept").exists()


def test_reset_without_a_terminal_deletes_nothing(var: Path) -> None:
    var.mkdir()

    done = subprocess.run(
        [sys.executable, "-m", "dev.instance", "reset", "--var", str(var)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "YES=1" in done.stderr
    assert var.exists()


@pytest.mark.parametrize("how", ["answered", "told beforehand"])
def test_reset_deletes_everything_once_it_is_sure(var: Path, monkeypatch, how: str) -> None:
    (var / "media").mkdir(parents=True)
    monkeypatch.setattr("builtins.input", lambda _: "yes")

    reset(var, sure=how == "told beforehand")

    assert not var.exists()


def test_reset_refuses_while_the_product_runs(var: Path, other_process) -> None:
    with pytest.raises(DevError, match="make stop"):
        reset(var, sure=True)

    assert var.exists()

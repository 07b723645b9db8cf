"""One product at a time in one `var` folder: who runs there, how to stop it, how to throw its data away."""

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TypedDict

from dev.console import ROOT, DevError, command, say
from dev.embedded_postgres import home_for, running_url

STOP_TIMEOUT = 10.0
DEFAULT_VAR = ROOT / "var"


class State(TypedDict):
    pid: int
    port: int
    ready: bool


class Instance:
    """The claim of a running product on its `var` folder; the kernel drops it when the process ends."""

    def __init__(self, var: Path, *, port: int) -> None:
        """
        :raises DevError: a product already runs there, or the port is taken
        """
        var.mkdir(parents=True, exist_ok=True)
        self._state_file = var / "run.json"
        self._lock: IO[str] = (var / "run.lock").open("w")
        self.port = port
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            state = running(var)
            where = f" on http://localhost:{state['port']} (process {state['pid']})" if state else ""
            raise DevError(f"Delux already runs from this checkout{where}. `make stop` ends it.") from None
        self._write(ready=False)
        refuse_taken_port(port)

    def mark_ready(self) -> None:
        """Let others know that the address answers."""
        self._write(ready=True)

    def release(self) -> None:
        self._state_file.unlink(missing_ok=True)
        self._lock.close()

    def _write(self, *, ready: bool) -> None:
        draft = self._state_file.with_suffix(".new")
        draft.write_text(json.dumps(State(pid=os.getpid(), port=self.port, ready=ready)))
        draft.replace(self._state_file)


def running(var: Path) -> State | None:
    """Return who runs the product in ``var`` now; a file left by a killed one does not count."""
    try:
        with (var / "run.lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        try:
            state: State = json.loads((var / "run.json").read_text())
        except FileNotFoundError:  # it is on its way out, or not quite in
            return None
        return state


def refuse_taken_port(port: int) -> None:
    """
    :raises DevError: another program listens on the port, on whatever address `localhost` may mean
    """
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with suppress(OSError), socket.socket(family) as client:
            client.settimeout(0.5)
            if client.connect_ex((address, port)) == 0:
                raise DevError(
                    f"Port {port} is taken by another program. Choose another: `make run PORT={port + 1}`."
                )


def stop(var: Path) -> bool:
    """Stop the product that runs in ``var`` and wait for its end; tell whether there was one.

    :raises DevError: it did not end in time
    """
    state = running(var)
    if state is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(state["pid"], signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT
    while running(var):
        if time.monotonic() > deadline:
            raise DevError(f"Process {state['pid']} does not stop; end it with: kill -9 {state['pid']}")
        time.sleep(0.05)
    return True


def reset(var: Path, *, sure: bool) -> None:
    """Throw away all data of ``var``: database, media, queue, logs. Asks first unless ``sure``.

    :raises DevError: the product runs, or the answer was no
    """
    home = home_for(var / "postgres")
    if running(var) or running_url(var / "postgres"):
        raise DevError("Delux is running: `make stop` first.")
    if not sure:
        say(f"This deletes the database, pictures, queue and logs under {var}.")
        try:
            answer = input("Type yes to go on: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() not in {"y", "yes"}:
            raise DevError("Nothing was deleted. (`make reset YES=1` does not ask.)")
    for folder in {home, var}:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            raise DevError(f"{folder} could not be deleted: was it made by another user?")
    say("Deleted. The next `make run` starts with fresh demo data.")


@command
def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.instance", description=__doc__)
    parser.add_argument("action", choices=["stop", "reset"], help="stop: end it; reset: delete its data")
    parser.add_argument("--var", type=Path, default=DEFAULT_VAR, help="folder of its data (default: var/)")
    parser.add_argument("--yes", action="store_true", help="reset without asking")
    options = parser.parse_args()
    var = options.var.resolve()
    if options.action == "reset":
        reset(var, sure=options.yes)
    elif stop(var):
        say("Stopped.")
    else:
        say("Delux is not running here.")


if __name__ == "__main__":
    main()

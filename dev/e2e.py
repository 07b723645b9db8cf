"""The browser tests, against a product of their own: started as by `make run`, its data thrown away."""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev.console import FRONTEND, PYTHON, ROOT, DevError, command, say
from dev.instance import running
from dev.jobs import LOGS
from dev.node import node_environment
from dev.processes import free_port, tail
from dev.tether import tethered

START_TIMEOUT = 180.0


@contextmanager
def product() -> Iterator[tuple[str, Path]]:
    """Run the product with fresh demo data on a free port; yield its address and its folder.

    What it sends lies there, in `mail` and `sms`.
    """
    var = Path(tempfile.mkdtemp(prefix="delux-e2e-", dir="/var/tmp"))
    var.chmod(0o755)  # the database may run as another user
    port = free_port()
    log_file = LOGS / "e2e-product.log"
    log_file.parent.mkdir(parents=True, exist_ok=True)
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MAKELEVEL"}}
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            tethered(
                [str(PYTHON), "-m", "dev.run", "--var", str(var), "--port", str(port)],
                on_parent_death=signal.SIGTERM,
            ),
            cwd=ROOT,
            # An empty DATABASE_URL keeps the one in .env out.
            env=env
            | {
                "DATABASE_URL": "",
                "EMAIL_URL": f"filemail:///{var / 'mail'}",
                "SMS_URL": f"file://{var / 'sms'}",
                # Tests say which address they come from.
                "TRUSTED_PROXIES": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_TIMEOUT
        while not ((state := running(var)) and state["ready"]):
            if process.poll() is not None or time.monotonic() > deadline:
                raise DevError(f"The product did not start:\n{tail(log_file, lines=40)}")
            time.sleep(0.1)
        yield f"http://localhost:{port}", var
    finally:
        process.terminate()
        process.wait()
        keep_logs(var)
        shutil.rmtree(var, ignore_errors=True)


def keep_logs(var: Path) -> None:
    """Put what the product said beside the other logs: a failed browser test is often explained there."""
    for log in (var / "log").glob("*.log"):
        shutil.copyfile(log, LOGS / f"e2e-{log.name}")


def chromium(*, light: bool = True) -> str:
    """Return the browser to test with: the ``light`` one is faster, and sends no Accept-Language.

    :raises DevError: no browser is installed
    """
    whole = ("chromium", "chromium-browser", "google-chrome")
    names = ("chromium-headless-shell", *whole) if light else whole
    found = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise DevError(
            "The browser tests need Chromium; on Debian: apt install chromium-headless-shell"
            " (or set CHROMIUM_PATH)."
        )
    return found


@command
def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m dev.e2e",
        usage="python -m dev.e2e [-h] [ARGUMENT ...]",
        description=f"{__doc__} Arguments are handed on to `playwright test`.",
    )
    _, arguments = parser.parse_known_args()
    browser = chromium()
    started = time.monotonic()
    with product() as (address, var):
        say(f"The product runs on {address} after {time.monotonic() - started:.1f} s")
        return subprocess.run(
            ["npx", "--no-install", "playwright", "test", *arguments],
            cwd=FRONTEND,
            env=node_environment()
            | {
                "BASE_URL": address,
                "CHROMIUM_PATH": browser,
                "MAIL_FOLDER": str(var / "mail"),
                "SMS_FOLDER": str(var / "sms"),
            },
            check=False,
        ).returncode


if __name__ == "__main__":
    main()

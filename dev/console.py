"""What the commands show: one line a step with the time it took, and errors that say what to do."""

import functools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BACKEND = ROOT / "backend"
FRONTEND = ROOT / "frontend"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class DevError(Exception):
    """Something the person at the terminal must know or do; shown without a traceback."""


def say(text: str = "", *, end: str = "\n") -> None:
    """Print at once; a terminal that has been closed is not a reason to fail."""
    try:
        print(text, end=end, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def step(title: str) -> Iterator[None]:
    """Name a step while it runs and say how long it took."""
    say(f"  {title:<44}", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say(" failed")
        raise
    say(f"{time.monotonic() - started:6.1f} s")


def nothing_to_do(title: str) -> None:
    say(f"  {title:<44}  ready")


def run_quietly(
    command: Sequence[str | Path], *, log: Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run a command with its words in ``log``.

    :raises DevError: it failed; the message ends with what it said last
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        code = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code != 0:
        last_words = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        named = " ".join(str(part) for part in command[:4])
        raise DevError(f"`{named} …` failed (exit {code}, all of it in {log}):\n{last_words}")


def command(main: Callable[[], int | None]) -> Callable[[], None]:
    """Make ``main`` a program: its DevError becomes one message and exit code 1, Ctrl-C a quiet 130."""

    @functools.wraps(main)
    def program() -> None:
        try:
            sys.exit(main() or 0)
        except DevError as error:
            sys.stdout.flush()
            sys.exit(f"error: {error}")
        except PermissionError as error:
            sys.exit(f"error: no permission for {error.filename}: was it made by another user, or with sudo?")
        except KeyboardInterrupt:
            sys.exit(130)

    return program

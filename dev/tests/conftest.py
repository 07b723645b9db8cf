from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import monotonic, sleep

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's user can enter as well (pytest's own are closed to others)."""
    path = Path(mkdtemp(prefix="delux-dev-tests-", dir="/var/tmp"))
    path.chmod(0o755)
    yield path
    rmtree(path, ignore_errors=True)


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    def wait(condition: Callable[[], bool], *, timeout: float = 15.0) -> None:
        deadline = monotonic() + timeout
        while not condition():
            assert monotonic() < deadline, "it did not happen in time"
            sleep(0.02)

    return wait

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import settings
from rest_framework.test import APIClient

# What a web process does, one step for each line it is told.
LISTENER = """
import socket, sys
from delux.core.leaving import let_nobody_in
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
door = socket.create_server((sys.argv[1], 0), family=family)
print(door.getsockname()[1], flush=True)
for step in sys.stdin:
    if step == "leave\\n":
        let_nobody_in()
    if step == "serve\\n":
        one, _ = door.accept()
        one.sendall(one.recv(99))
        one.close()
    if step == "close\\n":
        door.close()
    print("done", flush=True)
"""


class Listener:
    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.port = int(process.stdout.readline())

    def do(self, step: str) -> None:
        self.process.stdin.write(f"{step}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"


def speaks(address: str) -> bool:
    """Tell whether this machine knows such addresses: some have no IPv6."""
    with suppress(OSError), socket.create_server((address, 0), family=socket.AF_INET6):
        return True
    return False


@pytest.fixture(params=["127.0.0.1", *filter(speaks, ["::1"])])
def listener(request: pytest.FixtureRequest) -> Iterator[Listener]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", LISTENER, request.param]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=pipe, stdout=pipe, text=True) as process:
        yield Listener(process, request.param)
        process.stdin.close()


def knock(listener: Listener) -> socket.socket:
    return socket.create_connection((listener.address, listener.port), timeout=0.3)


def test_who_came_before_the_door_closed_is_served_and_who_comes_after_asks_elsewhere(
    listener: Listener,
) -> None:
    with knock(listener) as early:
        early.sendall(b"hello")
        listener.do("leave")
        with pytest.raises(TimeoutError):
            knock(listener)
        listener.do("serve")
        assert early.recv(99) == b"hello"
    listener.do("close")
    with pytest.raises(ConnectionRefusedError):
        knock(listener)


def test_a_door_that_is_merely_closed_cuts_off_who_waits_behind_it(listener: Listener) -> None:
    with knock(listener) as early:
        early.sendall(b"hello")
        listener.do("close")
        with pytest.raises(ConnectionResetError):
            early.recv(99)


@pytest.mark.django_db
def test_a_container_that_is_about_to_end_is_not_ready(tmp_path, settings) -> None:
    settings.LEAVING_FILE = str(tmp_path / "leaving")
    before = APIClient().get("/api/health/ready/")
    (tmp_path / "leaving").touch()
    after = APIClient().get("/api/health/ready/")

    assert (before.status_code, before.data) == (200, {"status": "ok"})
    assert (after.status_code, after.data) == (503, {"status": "leaving"})
    assert APIClient().get("/api/health/").status_code == 200

"""A real Redis that keeps nothing."""

import signal
import subprocess

from dev.processes import free_port
from dev.tether import tethered
from tests.live.killing import wait_until_taken


class Redis:
    """One that may be killed and started again at its port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        self._process = subprocess.Popen(
            tethered(command, on_parent_death=signal.SIGKILL), stdout=subprocess.DEVNULL, cwd="/"
        )
        wait_until_taken(self.port)

    def freeze(self) -> None:
        """Have it take connections and say nothing, as a machine does that is lost in swapping."""
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

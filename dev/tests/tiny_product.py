"""A product of tiny processes under the real supervisor: arguments are FOLDER NAME=SCRIPT..."""

import os
import signal
import sys
from pathlib import Path

from dev.console import DevError, command, say
from dev.supervisor import Stopped, Supervisor, process_service


@command
def main() -> None:
    folder = Path(sys.argv[1])
    supervisor = Supervisor(restart_limit=3)
    try:
        for definition in sys.argv[2:]:
            name, _, script = definition.partition("=")
            service = process_service(
                name,
                ["/bin/sh", "-c", script],
                log=folder / f"{name}.log",
                cwd=folder,
                env=dict(os.environ),
                sources=folder if name == "reloading" else None,
            )
            if name == "database":
                service.foundation, service.hurry_signal = True, signal.SIGQUIT
            supervisor.start(service)
        say("up")
        supervisor.watch()
    except Stopped:
        raise DevError("stopped while starting") from None
    finally:
        supervisor.stop()
        say("down")


if __name__ == "__main__":
    main()

"""Granian for a container: asked to leave, it lets nobody in any more, sees everybody out, and ends."""

import argparse
import json
import logging
import time
from datetime import UTC, datetime
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

# Its processes look for the sign ten times a second (core.leaving); whoever had come in is at work by then.
LAST_ONES_IN = 0.6


class JsonLines(logging.Formatter):
    """As the product writes them itself (config.logging)."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"event": record.getMessage(), "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line | {"timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"})


class Server(Granian):
    leaving_file: Path

    def startup(self, *args: object) -> None:
        self.leaving_file.unlink(missing_ok=True)  # of the container before it
        super().startup(*args)

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop; Granian alone would close its sockets with people in the queue behind them."""
        self.leaving_file.touch()
        time.sleep(LAST_ONES_IN)
        super().shutdown(exit_code)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True, help="in each of them")
    parser.add_argument(
        "--leaving-file", type=Path, required=True, help="made when no more is to be taken on"
    )
    options = parser.parse_args()
    server = Server(
        "config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=options.workers,
        blocking_threads=options.threads,
        backlog=1024,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": {"generic": {"()": JsonLines}, "access": {"()": JsonLines}}},
    )
    server.leaving_file = options.leaving_file
    server.serve()


if __name__ == "__main__":
    main()

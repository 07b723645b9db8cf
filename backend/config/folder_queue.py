"""The task queue of one machine: messages are files in a folder.

Kombu's own file transport creates a message under its final name and fills it afterwards, so a worker that
looks in between reads half of it and ends. Here everything is written beside and renamed, and a worker takes
a message by renaming it too: within one folder the kernel does that in one piece.
"""

import json
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem

SCHEME = "folder"


def write_whole(path: Path, content: Any) -> None:
    """Make ``content`` readable at ``path`` at once or not at all."""
    draft = path.with_name(f".{uuid.uuid4()}.draft")
    draft.write_text(json.dumps(content))
    draft.rename(path)


class Channel(filesystem.Channel):
    """Kombu's file channel with the three steps that need it made atomic."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]  # kombu's stub is narrower
        # The name orders messages by their time; what follows the first dot says whose they are.
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, payload)

    def _get(self, queue: str) -> Any:  # type: ignore[override]  # as above
        folder = Path(self.data_folder_in)
        for message in sorted(folder.glob(f"[0-9]*.{queue}.msg")):
            mine = message.with_name(f".{message.name}.taken")
            try:
                message.rename(mine)
            except FileNotFoundError:  # another worker was first
                continue
            payload = json.loads(mine.read_text())
            mine.unlink()
            return payload
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        known = self.get_table(exchange)  # type: ignore[no-untyped-call]
        if binding not in known:
            write_whole(self._exchange_file(exchange), [binding, *known])  # type: ignore[no-untyped-call]


class Transport(filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Make `folder://` an address that Celery understands."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"

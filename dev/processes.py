"""Small facts about processes, ports and logs, as the kernel and the files tell them."""

import os
import socket
from pathlib import Path


def process_state(pid: int) -> str:
    """Return the kernel's letter for a process (R, S, Z, ...), or "" when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def alive(pid: int) -> bool:
    """Tell whether a process runs. A zombie does not, and where PID 1 reaps nothing it stays for ever."""
    return process_state(pid) not in {"", "Z", "X"}


def working_folder(process: Path) -> str | None:
    try:
        return os.readlink(process / "cwd")
    except OSError:  # gone, or closed to us
        return None


def processes_in(folder: Path) -> list[int]:
    """Return the live processes whose working folder this is, in no order."""
    return [
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if working_folder(process) == str(folder) and alive(int(process.name))
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tail(log: Path, *, offset: int = 0, lines: int = 15) -> str:
    """Return the last ``lines`` of what was written to ``log`` after ``offset``."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(offset)
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

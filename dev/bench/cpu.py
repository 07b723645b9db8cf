"""CPU time of a process and all it started, as the operating system counts it."""

import os
from collections import defaultdict
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """Return what the tree of processes below ``root`` has used so far; children that ended count too."""
    parents: dict[int, list[int]] = defaultdict(list)
    used: dict[int, int] = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we were looking
            continue
        # See proc(5): parent, then user and system time of its own and of the children it has waited for.
        parents[int(fields[1])].append(int(process.name))
        used[int(process.name)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [root]
    while waiting:
        one = waiting.pop()
        total += used.get(one, 0)
        waiting += parents[one]
    return total / TICK

"""The last one out: kills what is left of the product when its supervisor was killed.

A supervisor's direct children die with it by the kernel's hand, their own children (web workers) do not. This
process holds one end of a pipe whose other end only the supervisor has; when that closes, it ends the process
groups the supervisor told it about. Run by path, standard library only.
"""

import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:  # "+123": a group has started, "-123": it has ended
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()

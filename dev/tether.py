"""Run a command so that it cannot outlive whoever started it.

Used by path, with any Python and no imports beyond the standard library:

    python -IS tether.py SIGNAL PARENT UID:GID|- COMMAND [ARG...]

The kernel sends SIGNAL to COMMAND when its parent dies, even by `kill -9`. The setting survives exec but not
a change of user, so the user is changed here too, first.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def tethered(
    command: list[str], *, on_parent_death: signal.Signals, user: tuple[int, int] | None = None
) -> list[str]:
    """Return the command line that runs ``command`` tied to the calling thread: start it in the main one."""
    identity = f"{user[0]}:{user[1]}" if user else "-"
    return [
        sys.executable,
        "-IS",
        str(Path(__file__).resolve()),
        str(int(on_parent_death)),
        str(os.getpid()),
        identity,
        *command,
    ]


def die_with_parent(on_parent_death: int) -> None:
    """Ask the kernel to send this process ``on_parent_death`` when its parent thread ends."""
    prctl(PR_SET_PDEATHSIG, on_parent_death)


def become_subreaper() -> None:
    """Adopt grandchildren whose parent has died, so that they can be waited for here."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}, {value})")


def main() -> None:
    death_signal, parent, identity, *command = sys.argv[1:]
    if identity != "-":
        uid, gid = map(int, identity.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    die_with_parent(int(death_signal))
    if os.getppid() != int(parent):  # it died before the line above took effect
        sys.exit(1)
    # A shell's background job ignores Ctrl-C and Ctrl-Backslash; its grandchildren must not inherit that.
    for inherited in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(inherited, signal.SIG_DFL)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()

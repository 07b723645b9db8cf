"""A web process that is to end lets nobody in any more, before its sockets close.

Whoever waits behind a socket that closes is cut off, and nginx may not send a POST a second time: it might
have been heard. So the kernel is told to leave new connections alone, whose clients ask again and are soon
refused: then nginx goes to another copy. Those who are in already are served.
"""

import ctypes
import os
import socket
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

LOOK_EVERY = 0.1
SO_ATTACH_FILTER = 26
# For the kernel, over the header of TCP: what has the flag SYN and not ACK is dropped, the rest let through.
FIRST_PACKETS_ARE_DROPPED = (
    (0x30, 0, 0, 13),  # load the byte of flags
    (0x54, 0, 0, 0x12),  # keep SYN and ACK of them
    (0x15, 0, 1, 0x02),  # if it is SYN, go on; else skip one
    (0x06, 0, 0, 0),  # drop
    (0x06, 0, 0, 0xFFFF_FFFF),  # let through
)


def is_leaving() -> bool:
    """Tell whether this container takes nothing on any more."""
    return bool(settings.LEAVING_FILE) and Path(settings.LEAVING_FILE).exists()


def watch() -> None:
    """Close the door of this process once the sign is there (serve.py)."""
    if settings.LEAVING_FILE:
        threading.Thread(target=_wait_and_close, name="leaving", daemon=True).start()


def _wait_and_close() -> None:
    while not is_leaving():
        time.sleep(LOOK_EVERY)
    let_nobody_in()


def let_nobody_in() -> None:
    """Have the kernel drop what would become a connection to any socket this process listens at."""
    program = b"".join(struct.pack("HBBI", *step) for step in FIRST_PACKETS_ARE_DROPPED)
    kept = ctypes.create_string_buffer(program)
    told = struct.pack("HL", len(FIRST_PACKETS_ARE_DROPPED), ctypes.addressof(kept))
    for number in Path("/proc/self/fd").iterdir():
        with suppress(OSError), socket.socket(fileno=os.dup(int(number.name))) as one:
            is_tcp = one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM
            if is_tcp and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                one.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, told)

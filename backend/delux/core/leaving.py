"""A web process that is to end lets nobody in any more, before its sockets close.

Whoever waits behind a socket that closes is cut off, and nginx may not send a POST a second time: it might
have been heard. So the kernel is told to leave new connections alone, whose clients ask again and are soon
refused: then nginx goes to another copy. Those who are in already are served.
"""

import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

LOOK_EVERY = 0.1
# From linux/in.h and linux/in6.h: the module socket has neither.
IP_MINTTL, IPV6_MINHOPCOUNT = 21, 73
# The longest life a packet may have left. Linux begins with 64.
MORE_THAN_ANY = 255


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
    """Have the kernel drop what would become a connection to any socket this process listens at.

    Packets are asked for a longer life than any has left (IP_MINTTL, RFC 5082). Connections that are there
    already ask for nothing.
    """
    for number in Path("/proc/self/fd").iterdir():
        with suppress(OSError), socket.socket(fileno=os.dup(int(number.name))) as one:
            is_tcp = one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM
            if is_tcp and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                one.setsockopt(socket.IPPROTO_IP, IP_MINTTL, MORE_THAN_ANY)
                if one.family == socket.AF_INET6:
                    one.setsockopt(socket.IPPROTO_IPV6, IPV6_MINHOPCOUNT, MORE_THAN_ANY)

"""Places in checkout where a test has the process die, to see that nothing is lost there.

`docs/reliability.md` lists them. Nothing happens at any of them unless the setting FAULTPOINT names it.
"""

import os
import signal
from itertools import count

from django.conf import settings

_ARMED, _, _nth = settings.FAULTPOINT.partition(":")
_DIES_ON = int(_nth or 1)
_passes = count(1)


def faultpoint(name: str) -> None:
    """Die here, as by a power cut, if FAULTPOINT is this name; ``K3:2`` lets the first one pass."""
    if name == _ARMED and next(_passes) == _DIES_ON:
        os.kill(os.getpid(), signal.SIGKILL)

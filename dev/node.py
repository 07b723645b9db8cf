"""Which Node builds the site: the machine's if it is new enough, else the one from a Python package."""

import functools
import os
import re
import shutil
import subprocess

from dev.console import VENV

MINIMUM_NODE = (20, 19)
NODE_BIN = VENV / "node-bin"


@functools.cache
def machine_node_is_enough() -> bool:
    """Tell whether `node` and `npm` are on PATH and recent enough for the site's tools."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)\.", answer)
    return version is not None and (int(version[1]), int(version[2])) >= MINIMUM_NODE


def node_environment() -> dict[str, str]:
    """Return an environment in which `node`, `npm` and `npx` are the right ones."""
    if machine_node_is_enough():
        return dict(os.environ)
    return os.environ | {"PATH": f"{NODE_BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}

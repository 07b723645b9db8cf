"""Files that only their owners may read: kept under names nobody can guess, where no address leads."""

import secrets
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages


def new_key(folder: str) -> str:
    """Return the key of a file to be stored: noted first, even one whose writer died is known."""
    return f"{folder}/{secrets.token_hex(16)}"


def keep_file(content: IO[Any], *, folder: str = "", key: str = "") -> str:
    """Store a file, under ``key`` if it has one already; return its key."""
    return _storage().save(key or new_key(folder), File(content))


def open_file(key: str) -> IO[bytes]:
    """Open a stored file; whoever sends it closes it.

    :raises FileNotFoundError: it is not there any more
    """
    return _storage().open(key)


def drop_file(key: str) -> None:
    """Delete a stored file; an empty key is no file."""
    if key:
        _storage().delete(key)


def _storage() -> Storage:
    return storages["private"]

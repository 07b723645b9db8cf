"""Pictures: checked by content, cropped to their kind's ratio, re-encoded without metadata, in three widths.

A stored picture is a key such as ``events/9f2c…``; its files are ``<key>-<width>.webp`` and ``.avif``.
"""

import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from delux.core.errors import Invalid, TooLarge, Unavailable

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")


@dataclass(frozen=True)
class Kind:
    """A use of pictures: where they are kept, their ratio and the three widths they are cut to."""

    folder: str
    ratio: float
    widths: tuple[int, int, int]


COVER = Kind("events", 16 / 9, (480, 960, 1600))
PRODUCT = Kind("products", 4 / 5, (320, 640, 1200))
AVATAR = Kind("people", 1.0, (64, 160, 320))
KINDS = {kind.folder: kind for kind in (COVER, PRODUCT, AVATAR)}


class BadImage(Invalid):
    code = "bad_image"
    title = _("Send a JPEG, PNG, WebP or AVIF picture of at most 40 megapixels")


def store_image(file: IO[bytes], kind: Kind) -> str:
    """Check, cut and store an uploaded picture; return its key.

    :raises TooLarge: more than 10 MB
    :raises BadImage: not one of the accepted formats by content, broken, or over 40 megapixels
    """
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooLarge(_("A picture may have at most 10 MB."))
    return save_widths(_open(raw), kind)


def save_widths(picture: Image.Image, kind: Kind) -> str:
    """Cut a picture to its kind's ratio and store it in each width and format; return its key."""
    key, files = f"{kind.folder}/{secrets.token_hex(12)}", encode_widths(picture, kind)
    with _whole_or_not_at_all(key):
        save_files(key, files)
    return key


def encode_widths(picture: Image.Image, kind: Kind) -> dict[str, bytes]:
    """Return the files of a picture by their suffix, such as ``-960.webp``: all the work and no storage."""
    files = {}
    for width in kind.widths:
        cut = ImageOps.fit(picture, (width, round(width / kind.ratio)), Image.Resampling.LANCZOS)
        for extension, options in (
            ("webp", {"quality": 80, "method": 2}),
            ("avif", {"quality": 62, "speed": 8}),
        ):
            out = BytesIO()
            cut.save(out, extension.upper(), **options)
            files[f"-{width}.{extension}"] = out.getvalue()
    return files


def save_files(key: str, files: dict[str, bytes]) -> None:
    """Store the files of ``encode_widths`` under ``key``, in place of what is there."""
    for suffix, content in files.items():
        default_storage.delete(key + suffix)
        default_storage.save(key + suffix, ContentFile(content))


def copy_image(key: str) -> str:
    """Store a second copy of a stored picture and return its key, so that each may be deleted alone."""
    if not key:
        return ""
    kind = KINDS[key.split("/")[0]]
    copy = f"{kind.folder}/{secrets.token_hex(12)}"
    with _whole_or_not_at_all(copy):
        for suffix in _suffixes(kind):
            with default_storage.open(key + suffix) as file:
                default_storage.save(copy + suffix, ContentFile(file.read()))
    return copy


@contextmanager
def _whole_or_not_at_all(key: str) -> Iterator[None]:
    """Delete the files that were stored under ``key`` if the block fails, as far as the storage answers."""
    try:
        yield
    except BaseException:
        with suppress(OSError, Unavailable):
            delete_image(key)
        raise


def replace_image(row: Model, field: str, file: IO[bytes], kind: Kind) -> None:
    """Store a picture as ``row``'s, in place of the one ``field`` names; nothing is kept of what fails.

    :raises BadImage: not a picture we take
    :raises TooLarge: over 10 MB
    """
    key = store_image(file, kind)  # seconds for a large picture: outside the transaction
    try:
        point_at_image(row, field, key)
    except BaseException:
        delete_image(key)
        raise


@transaction.atomic
def point_at_image(row: Model, field: str, key: str) -> None:
    """Let ``field`` name another picture, or none; the files of the one before go once that is committed."""
    # Locked, so that of two pictures sent at once neither leaves its files behind.
    mine = type(row)._default_manager.select_for_update().filter(pk=row.pk)  # noqa: SLF001 documented
    replaced = mine.values_list(field, flat=True).get()
    setattr(row, field, key)
    row.save(update_fields=[field, "updated_at"])
    # Robust: the new picture is in place by then, and a disk that fails must not take it away.
    transaction.on_commit(lambda: delete_image(replaced), robust=True)


def delete_image(key: str) -> None:
    """Delete a stored picture's files; an empty key is no picture."""
    if key:
        for suffix in _suffixes(KINDS[key.split("/")[0]]):
            default_storage.delete(key + suffix)


def image_urls(key: str) -> dict[str, Any] | None:
    """Return what ImageOutput serialises for a key, or None for no picture."""
    if not key:
        return None
    kind = KINDS[key.split("/")[0]]
    base = f"{settings.MEDIA_URL}{key}"
    middle = kind.widths[1]
    return {
        "src": f"{base}-{middle}.webp",
        "srcset": ", ".join(f"{base}-{width}.webp {width}w" for width in kind.widths),
        "srcset_avif": ", ".join(f"{base}-{width}.avif {width}w" for width in kind.widths),
        "width": middle,
        "height": round(middle / kind.ratio),
    }


def _suffixes(kind: Kind) -> list[str]:
    return [f"-{width}.{extension}" for width in kind.widths for extension in ("webp", "avif")]


def _open(raw: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(raw), formats=FORMATS)
            # The header is read, the pixels are not: a bomb is refused before it is unpacked.
            if picture.width * picture.height > MAX_PIXELS:
                raise BadImage
            picture.load()
        return ImageOps.exif_transpose(picture).convert("RGB")
    except BadImage:
        raise
    except Exception:  # noqa: BLE001 - Pillow's decoders fail in many ways on hostile bytes; each means the same to a person
        raise BadImage from None

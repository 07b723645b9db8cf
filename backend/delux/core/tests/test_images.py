"""What people upload is checked by content, cut and written anew; nothing else is ever stored."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from delux.core.errors import TooLarge, Unavailable
from delux.core.images import COVER, BadImage, copy_image, delete_image, image_urls, store_image


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 600), **options: object) -> BytesIO:
    out = BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, kind, **options)
    out.seek(0)
    return out


def png_claiming(width: int, height: int) -> BytesIO:
    """A tiny file whose header promises a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_stored_in_three_widths_and_two_formats(kind: str) -> None:
    key = store_image(picture(kind), COVER)

    for width in COVER.widths:
        for extension in ("webp", "avif"):
            stored = Image.open(default_storage.open(f"{key}-{width}.{extension}"))
            assert stored.size == (width, round(width * 9 / 16))


def test_what_a_camera_wrote_beside_the_picture_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010E] = "shot at home, 43.2 N 76.9 E"

    key = store_image(picture("JPEG", exif=exif), COVER)

    assert not Image.open(default_storage.open(f"{key}-960.webp")).getexif()
    assert b"shot at home" not in default_storage.open(f"{key}-960.webp").read()


def test_the_name_of_a_file_tells_nothing() -> None:
    assert store_image(picture(), COVER) != store_image(picture(), COVER)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(40),
        b"%PDF-1.7 \xff\xd8\xff",
        picture("BMP").getvalue(),
        picture("TIFF").getvalue(),
        picture("PNG").getvalue()[:200],
        picture("JPEG").getvalue()[:300],
        b"PK\x03\x04" + picture("PNG").getvalue(),
        bytes(5000),
    ],
)
def test_anything_but_a_whole_picture_is_refused_and_not_stored(raw: bytes) -> None:
    before = set(default_storage.listdir("")[0])

    with pytest.raises(BadImage):
        store_image(BytesIO(raw), COVER)

    assert set(default_storage.listdir("")[0]) == before


@pytest.mark.parametrize("size", [(50_000, 50_000), (2**31 - 1, 1), (1, 60_000_000)])
def test_a_flood_of_pixels_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(BadImage):
        store_image(png_claiming(*size), COVER)


def test_twenty_megabytes_are_too_many() -> None:
    with pytest.raises(TooLarge):
        store_image(BytesIO(bytes(20 * 1024 * 1024)), COVER)


def test_a_deleted_picture_leaves_no_file() -> None:
    key = store_image(picture(), COVER)

    delete_image(key)

    assert not default_storage.exists(f"{key}-960.webp")


def test_addresses_name_every_width_and_no_picture_is_none() -> None:
    urls = image_urls("events/abc")

    assert urls is not None
    assert urls["src"].endswith("events/abc-960.webp")
    assert urls["srcset"].count(",") == 2
    assert image_urls("") is None


def test_a_storage_that_fails_half_way_keeps_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = store_image(picture(), COVER)
    stored, save = [], default_storage.save

    def fail_at_the_third(name: str, content: object) -> str:
        if len(stored) % 3 == 2:
            stored.append("")
            raise Unavailable
        stored.append(name)
        return save(name, content)

    monkeypatch.setattr(default_storage, "save", fail_at_the_third)
    with pytest.raises(Unavailable):
        store_image(picture(), COVER)
    with pytest.raises(Unavailable):
        copy_image(whole)

    assert [default_storage.exists(name) for name in stored if name] == [False] * 4
    assert default_storage.exists(f"{whole}-960.webp")

"""Letters and shapes for drawn pictures, in the product's look (frontend/src/ui/theme/tokens.css)."""

import re
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

INK: Colour = (14, 17, 22)
RAISED: Colour = (30, 35, 44)
PAPER: Colour = (250, 250, 247)
SUNKEN: Colour = (240, 240, 234)
MUTED: Colour = (95, 102, 112)
LINE: Colour = (200, 201, 192)
VOLT: Colour = (198, 241, 53)

FONTS = Path(__file__).parent.parent / "core" / "fonts"
# Unbounded has no such letters, and two faces in one line look broken: the whole line changes its face.
_BEYOND_UNBOUNDED = re.compile("[әғқңөұүһ]", re.IGNORECASE)
_FINE = 2
# From line to line, as a share of the letters' size.
LEADING = 1.14


def display(text: str) -> str:
    """Return the file of the display face that has every letter of ``text``."""
    return "GolosText-Black.ttf" if _BEYOND_UNBOUNDED.search(text) else "Unbounded-ExtraBold.ttf"


@lru_cache(maxsize=64)
def font(file: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is enough for these alphabets, and the same on every machine.
    return ImageFont.truetype(str(FONTS / file), size, layout_engine=ImageFont.Layout.BASIC)


def fit_lines(
    text: str, *, file: str, sizes: tuple[int, ...], width: int, height: float
) -> tuple[list[str], int]:
    """Break ``text`` into lines that fit the box, in the largest of ``sizes`` that does.

    What does not fit even in the smallest ends in an ellipsis.
    """
    for size in sizes:
        face = font(file, size)
        lines = _break(text, face, width)
        if len(lines) * size * LEADING <= height and all(face.getlength(line) <= width for line in lines):
            return lines, size
    size, face = sizes[-1], font(file, sizes[-1])
    whole = _break(text, face, width)
    lines = [shorten(line, face, width) for line in whole[: max(1, int(height / (size * LEADING)))]]
    if len(lines) < len(whole):
        lines[-1] = shorten(f"{lines[-1].rstrip('…')}…", face, width)
    return lines, size


def shorten(text: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``width`` pixels."""
    while len(text) > 1 and face.getlength(text) > width:
        text = text.rstrip("…")[:-1].rstrip() + "…"
    return text


def rounded_mask(size: tuple[int, int], radius: int, holes: list[tuple[int, int, int]]) -> Image.Image:
    """Return the shape of a ticket: round corners, with ``holes`` of (x, y, radius) punched out of it."""
    mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    draw = ImageDraw.Draw(mask)
    draw.rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius * _FINE, fill=255)
    for x, y, reach in holes:
        draw.circle((x * _FINE, y * _FINE), reach * _FINE, fill=0)
    return mask.reduce(_FINE)


def shade(size: tuple[int, int], colour: Colour, *, top: int, bottom: int) -> Image.Image:
    """Return a layer of one colour whose opacity (0–255) runs from ``top`` to ``bottom``."""
    column = Image.new("L", (1, 64))
    column.putdata([round(top + (bottom - top) * (row / 63) ** 1.4) for row in range(64)])
    layer = Image.new("RGBA", size, (*colour, 0))
    layer.putalpha(column.resize(size, Image.Resampling.BICUBIC))
    return layer


def wordmark(picture: Image.Image, left: int, top: int, *, height: int, colour: Colour, mark: Colour) -> None:
    """Draw the name with its D cut like a ticket."""
    unit = height * _FINE * 2 / 18
    shape = Image.new("L", (round(18 * unit), round(18 * unit)), 0)
    draw = ImageDraw.Draw(shape)
    draw.rectangle((0, 0, 9 * unit, 18 * unit), fill=255)
    draw.pieslice((0, 0, 18 * unit, 18 * unit), -90, 90, fill=255)
    draw.circle((0, 9 * unit), 3.6 * unit, fill=0)
    picture.paste(mark, (left, top), shape.resize((height, height), Image.Resampling.LANCZOS))
    ImageDraw.Draw(picture).text(
        (left + round(height * 1.38), top + height / 2),
        "Delux",
        font=font("Unbounded-ExtraBold.ttf", round(height * 0.92)),
        fill=colour,
        anchor="lm",
    )


def _break(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]

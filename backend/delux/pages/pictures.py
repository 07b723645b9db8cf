"""The 1200 by 630 pictures of events and products that link previews show, drawn as tickets."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from threading import BoundedSemaphore
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image, ImageDraw, ImageOps

from delux.core.dates import word_month, word_time
from delux.pages.drawing import (
    INK,
    LEADING,
    LINE,
    MUTED,
    PAPER,
    RAISED,
    SUNKEN,
    VOLT,
    Colour,
    display,
    fit_lines,
    font,
    rounded_mask,
    shade,
    shorten,
    wordmark,
)

SIZE = (1200, 630)
# A new look is a new picture: raise it whenever the drawing changes.
_LOOK = 1
_EDGE, _RADIUS, _HOLE = 36, 28, 22
# Drawing takes 0.1 s of a processor: this many at once, the others are told to come again.
AT_ONCE = 2
_drawing = BoundedSemaphore(AT_ONCE)
_WAIT = 5.0


@dataclass(frozen=True, kw_only=True)
class EventCard:
    """What an event's picture says. ``start`` is an ISO moment, ``cover`` a stored picture's key or ""."""

    title: str
    kind: str
    start: str
    zone: str
    city: str
    price: str
    note: str
    cover: str


@dataclass(frozen=True, kw_only=True)
class ProductCard:
    """What a product's picture says. ``image`` is a stored picture's key or ""."""

    title: str
    brand: str
    shelf: str
    price: str
    note: str
    image: str


class TooManyAtOnce(Exception):
    """As many pictures as this process draws at once are being drawn already."""


def picture_path(card: EventCard | ProductCard, *, kind: str, slug: str, language: str) -> str:
    """Return the address of a card's picture; another content has another address."""
    return f"/cards/{kind}/{language}/{slug}/{digest(card, language)}.jpg"


def digest(card: EventCard | ProductCard, language: str) -> str:
    """Return the name of a picture: what it says and how it looks, hashed."""
    content = json.dumps([_LOOK, type(card).__name__, language, asdict(card)], ensure_ascii=False)
    return hashlib.blake2b(content.encode(), digest_size=10).hexdigest()


def stored_picture(name: str) -> bytes | None:
    """Return a picture drawn before."""
    with suppress(OSError), default_storage.open(_key(name)) as file:
        content: bytes = file.read()
        return content
    return None


def draw_picture(card: EventCard | ProductCard, *, language: str) -> bytes:
    """Draw a card as a JPEG and keep it under its digest.

    :raises TooManyAtOnce: as many as this process draws at once are being drawn
    """
    if not _drawing.acquire(timeout=_WAIT):
        raise TooManyAtOnce
    try:
        with translation.override(language):
            picture = draw_event(card) if isinstance(card, EventCard) else draw_product(card)
        out = BytesIO()
        picture.save(out, "JPEG", quality=86, optimize=True, progressive=True)
    finally:
        _drawing.release()
    key = _key(digest(card, language))
    if not default_storage.exists(key):
        default_storage.save(key, ContentFile(out.getvalue()))
    return out.getvalue()


def draw_event(card: EventCard) -> Image.Image:
    """A ticket: the cover with the title, and a volt stub with the day."""
    width, height = SIZE[0] - 2 * _EDGE, SIZE[1] - 2 * _EDGE
    tear = width - 300
    ticket = Image.new("RGB", (width, height), VOLT)
    ticket.paste(_event_body(card, (tear, height)))
    draw = ImageDraw.Draw(ticket)
    _perforate(draw, tear, height, INK)
    _event_stub(draw, card, left=tear + 34, width=width - tear - 68, height=height)
    return _on_ground(ticket, tear, INK)


def draw_product(card: ProductCard) -> Image.Image:
    """A ticket: words on paper, and the thing itself on the stub."""
    width, height = SIZE[0] - 2 * _EDGE, SIZE[1] - 2 * _EDGE
    tear = width - 446
    ticket = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(ticket)
    photo = _stored(card.image, 1200)
    if photo:
        ticket.paste(ImageOps.fit(photo, (width - tear, height), Image.Resampling.LANCZOS), (tear, 0))
    else:
        draw.rectangle((tear, 0, width, height), fill=SUNKEN)
        _large_mark(ticket, (tear, 0, width, height), LINE)
    _perforate(draw, tear, height, LINE)
    wordmark(ticket, 48, 48, height=34, colour=INK, mark=INK)
    face = display(card.title)
    lines, size = fit_lines(card.title, file=face, sizes=(62, 54, 46, 40, 34), width=tear - 96, height=250)
    top = height - 168 - round(len(lines) * size * LEADING)
    eyebrow = font("GolosText-Bold.ttf", 27)
    words = " · ".join(word for word in (card.brand, card.shelf) if word)
    draw.text((48, top - 22), shorten(words, eyebrow, tear - 96), font=eyebrow, fill=MUTED, anchor="ls")
    _write(draw, lines, size, file=face, left=48, top=top, colour=INK)
    _price_line(draw, card, left=48, bottom=height - 48, width=tear - 96)
    return _on_ground(ticket, tear, INK)


def _event_body(card: EventCard, size: tuple[int, int]) -> Image.Image:
    cover = _stored(card.cover, 960)
    if cover:
        body = ImageOps.fit(cover, size, Image.Resampling.LANCZOS)
        for above, below in ((90, 40), (0, 235)):
            layer = shade(size, INK, top=above, bottom=below)
            body.paste(layer, mask=layer)
    else:
        body = Image.new("RGB", size, RAISED)
        _lanes(body)
    draw = ImageDraw.Draw(body)
    wordmark(body, 48, 48, height=34, colour=PAPER, mark=VOLT)
    face, sizes = display(card.title), (76, 66, 56, 48, 42, 36)
    lines, title_size = fit_lines(card.title, file=face, sizes=sizes, width=size[0] - 96, height=330)
    top = size[1] - 46 - round(len(lines) * title_size * LEADING)
    eyebrow = font("GolosText-Bold.ttf", 29)
    draw.text((48, top - 20), shorten(card.kind, eyebrow, size[0] - 96), font=eyebrow, fill=VOLT, anchor="ls")
    _write(draw, lines, title_size, file=face, left=48, top=top, colour=PAPER)
    return body


def _event_stub(draw: ImageDraw.ImageDraw, card: EventCard, *, left: int, width: int, height: int) -> None:
    start = datetime.fromisoformat(card.start)
    month = word_month(start, card.zone)
    local = start.astimezone(ZoneInfo(card.zone))
    draw.text(
        (left - 6, 44), str(local.day), font=font("Unbounded-ExtraBold.ttf", 132), fill=INK, anchor="lt"
    )
    lines, size = fit_lines(month, file=display(month), sizes=(38, 34, 30, 26), width=width, height=50)
    draw.text((left, 206), lines[0], font=font(display(month), size), fill=INK, anchor="ls")
    text = font("GolosText-Bold.ttf", 31)
    draw.text((left, 262), f"{local.year}, {word_time(start, card.zone)}", font=text, fill=INK, anchor="ls")
    draw.text((left, 306), shorten(card.city, text, width), font=text, fill=INK, anchor="ls")
    foot = card.note or card.price
    if foot:
        draw.line((left, height - 134, left + width, height - 134), fill=INK, width=3)
        lines, size = fit_lines(foot, file=display(foot), sizes=(40, 34, 30, 26, 22), width=width, height=50)
        draw.text((left, height - 66), lines[0], font=font(display(foot), size), fill=INK, anchor="ls")


def _price_line(draw: ImageDraw.ImageDraw, card: ProductCard, *, left: int, bottom: int, width: int) -> None:
    words = card.note or card.price
    if not words:
        return
    lines, size = fit_lines(words, file=display(words), sizes=(36, 32, 28, 24), width=width - 64, height=50)
    face = font(display(words), size)
    box = (left, bottom - 76, left + round(face.getlength(lines[0])) + 64, bottom)
    draw.rounded_rectangle(box, 20, fill=SUNKEN if card.note else VOLT)
    draw.text((left + 32, bottom - 38), lines[0], font=face, fill=INK, anchor="lm")


def _write(
    draw: ImageDraw.ImageDraw, lines: list[str], size: int, *, file: str, left: int, top: int, colour: Colour
) -> None:
    for number, line in enumerate(lines):
        baseline = top + round(size * (0.9 + LEADING * number))
        draw.text((left, baseline), line, font=font(file, size), fill=colour, anchor="ls")


def _perforate(draw: ImageDraw.ImageDraw, x: int, height: int, colour: Colour) -> None:
    for y in range(_HOLE + 18, height - _HOLE - 10, 22):
        draw.circle((x, y), 3.5, fill=colour)


def _on_ground(ticket: Image.Image, tear: int, ground: Colour) -> Image.Image:
    picture = Image.new("RGB", SIZE, ground)
    holes = [(tear, 0, _HOLE), (tear, ticket.height, _HOLE)]
    picture.paste(ticket, (_EDGE, _EDGE), rounded_mask(ticket.size, _RADIUS, holes))
    return picture


def _lanes(body: Image.Image) -> None:
    """The bend of a track, where there is no cover."""
    draw = ImageDraw.Draw(body)
    x, y = body.width * 0.96, body.height * 1.02
    for lane in range(7):
        reach = 170 + lane * 74
        draw.arc((x - reach, y - reach, x + reach, y + reach), 170, 290, fill=(58, 65, 77), width=26)


def _large_mark(picture: Image.Image, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, right, bottom = box
    side = 190
    x, y = (left + right - side) // 2, (top + bottom - side) // 2
    draw = ImageDraw.Draw(picture)
    draw.rectangle((x, y, x + side / 2, y + side), fill=colour)
    draw.pieslice((x, y, x + side, y + side), -90, 90, fill=colour)
    draw.circle((x, y + side / 2), side * 0.2, fill=SUNKEN)


def _stored(key: str, width: int) -> Image.Image | None:
    """Return a stored picture; None where there is none, or its file is gone."""
    if not key:
        return None
    try:
        with default_storage.open(f"{key}-{width}.webp") as file:
            return Image.open(file).convert("RGB")
    except OSError:
        return None


def _key(name: str) -> str:
    return f"cards/{name}.jpg"

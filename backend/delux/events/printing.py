"""Tickets on paper: one A4 page each, drawn as the stub people know, plain in black and white."""

import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django.utils.translation import gettext as _
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from delux.core.dates import word_day, word_time
from delux.events.calendar import place_of
from delux.events.models import EventAttendee

_FONTS = Path(__file__).parent.parent / "core" / "fonts"
_TEXT, _BOLD, _BLACK, _DISPLAY = (
    "GolosText-Medium",
    "GolosText-Bold",
    "GolosText-Black",
    "Unbounded-ExtraBold",
)
# Unbounded has no such letters: a line with one of them is set whole in the heavy text face.
_BEYOND_UNBOUNDED = re.compile("[әғқңөұүһ]", re.IGNORECASE)
_INK, _QUIET, _LINE, _VOLT = (
    HexColor("#0e1116"),
    HexColor("#434954"),
    HexColor("#7b828c"),
    HexColor("#c6f135"),
)
_WIDTH, _HEIGHT = A4[0] - 36 * mm, 128 * mm
_LEFT, _BOTTOM = 18 * mm, A4[1] - 22 * mm - _HEIGHT
_STUB = 70 * mm
_PAD = 9 * mm
_QR = 54 * mm


def print_tickets(tickets: Sequence[EventAttendee], *, title: str) -> bytes:
    """Return a PDF with a page for each ticket; their events and places are loaded with them."""
    _load_fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setTitle(title)
    canvas.setCreator("Delux")
    for ticket in tickets:
        _draw_page(canvas, ticket)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ticket_number(ticket_id: int) -> str:
    """Return a ticket's number as the site shows it: ``№ 001 234``."""
    digits = f"{ticket_id:06d}"
    return f"№ {digits[:-3]} {digits[-3:]}"


def _draw_page(canvas: Canvas, ticket: EventAttendee) -> None:
    _draw_shape(canvas)
    _draw_body(canvas, ticket)
    _draw_stub(canvas, ticket)
    canvas.setFillColor(_QUIET)
    canvas.setFont(_TEXT, 9.5)
    advice = _("Show this page or the code on your phone at the entrance. The code admits one person, once.")
    for number, line in enumerate(simpleSplit(advice, _TEXT, 9.5, _WIDTH)):
        canvas.drawString(_LEFT, _BOTTOM - 9 * mm - number * 13, line)


def _draw_shape(canvas: Canvas) -> None:
    """The outline with its two punched holes, and the perforation between body and stub."""
    tear, hole, corner = _LEFT + _WIDTH - _STUB, 4.5 * mm, 5 * mm
    left, right, top, bottom = _LEFT, _LEFT + _WIDTH, _BOTTOM + _HEIGHT, _BOTTOM
    path = canvas.beginPath()
    path.moveTo(left + corner, bottom)
    path.lineTo(tear - hole, bottom)
    path.arcTo(tear - hole, bottom - hole, tear + hole, bottom + hole, 180, -180)
    path.lineTo(right - corner, bottom)
    path.arcTo(right - 2 * corner, bottom, right, bottom + 2 * corner, 270, 90)
    path.lineTo(right, top - corner)
    path.arcTo(right - 2 * corner, top - 2 * corner, right, top, 0, 90)
    path.lineTo(tear + hole, top)
    path.arcTo(tear - hole, top - hole, tear + hole, top + hole, 0, -180)
    path.lineTo(left + corner, top)
    path.arcTo(left, top - 2 * corner, left + 2 * corner, top, 90, 90)
    path.lineTo(left, bottom + corner)
    path.arcTo(left, bottom, left + 2 * corner, bottom + 2 * corner, 180, 90)
    path.close()
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(1.1)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setStrokeColor(_LINE)
    canvas.setLineCap(1)
    canvas.setLineWidth(1.6)
    canvas.setDash(0.01, 5)
    canvas.line(tear, bottom + hole + 6, tear, top - hole - 6)
    canvas.setDash()


def _draw_body(canvas: Canvas, ticket: EventAttendee) -> None:
    event = ticket.ticket_type.event
    left, width = _LEFT + _PAD, _WIDTH - _STUB - 2 * _PAD
    _wordmark(canvas, left, _BOTTOM + _HEIGHT - _PAD - 13)
    face, size, lines = _fit_title(event.title, width)
    y = _BOTTOM + _HEIGHT - _PAD - 38 - size
    for line in lines:
        _write(canvas, left, y, line, face, size)
        y -= size * 1.18
    zone = event.location.city if event.location else event.timezone
    start = _("%(day)s, %(time)s (%(zone)s time)") % {
        "day": word_day(event.start_datetime, event.timezone),
        "time": word_time(event.start_datetime, event.timezone),
        "zone": zone,
    }
    facts = [
        (_("When"), start),
        (_("Where"), place_of(event)),
        (_("Ticket"), ticket.ticket_type.name),
        (_("Guest"), ticket.attendee_name),
        (_("Organizer"), event.organizer.display_name),
    ]
    y = min(y, _BOTTOM + 68 * mm) - 6
    for name, value in facts:
        if value:
            y = _fact(canvas, left, y, width, name, value)


def _draw_stub(canvas: Canvas, ticket: EventAttendee) -> None:
    centre = _LEFT + _WIDTH - _STUB / 2
    top = _BOTTOM + _HEIGHT - _PAD
    _draw_code(canvas, ticket.qr_code, left=centre - _QR / 2, bottom=top - _QR)
    y = top - _QR - 24
    canvas.setFillColor(_INK)
    canvas.setFont(_BOLD, 14)
    canvas.drawCentredString(centre, y, ticket_number(ticket.pk))
    for line in _wrap(ticket.ticket_type.name, _BOLD, 12, _STUB - 12 * mm)[:2]:
        y -= 19
        canvas.setFont(_BOLD, 12)
        canvas.drawCentredString(centre, y, line)
    # A volt foot: the product's colour, light enough to be paper on a black and white printer.
    canvas.setFillColor(_VOLT)
    canvas.roundRect(centre - _QR / 2, _BOTTOM + _PAD, _QR, 11 * mm, 3 * mm, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    words = _("Admits one")
    canvas.setFont(_display(words), 11)
    canvas.drawCentredString(centre, _BOTTOM + _PAD + 4 * mm, words)


def _draw_code(canvas: Canvas, code: str, *, left: float, bottom: float) -> None:
    """The QR code as one path of runs: vector, so any printer draws it sharp."""
    rows = [list(row) for row in segno.make_qr(code, error="m").matrix]
    side = _QR / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        start = None
        for place, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                y = bottom + _QR - (number + 1) * side
                path.rect(left + start * side, y, (place - start) * side, side)
                start = None
    canvas.setFillColor(Color(0, 0, 0))
    canvas.drawPath(path, stroke=0, fill=1)


def _fact(canvas: Canvas, left: float, y: float, width: float, name: str, value: str) -> float:
    """Write one fact; return where the next begins."""
    canvas.setFillColor(_QUIET)
    canvas.setFont(_TEXT, 8.5)
    canvas.drawString(left, y, name)
    y -= 13
    for line in _wrap(value, _BOLD, 11.5, width)[:2]:
        _write(canvas, left, y, line, _BOLD, 11.5)
        y -= 14
    return y - 7


def _fit_title(title: str, width: float) -> tuple[str, float, list[str]]:
    face = _display(title)
    for size in (23, 20, 17, 14.5):
        lines = _wrap(title, face, size, width)
        if len(lines) * size <= 72:
            return face, size, lines
    return face, 12, _wrap(title, face, 12, width)[:6]


def _wrap(text: str, face: str, size: float, width: float) -> list[str]:
    """Break text into lines; a word wider than a line is cut, as it would run into the code."""
    words = []
    for word in text.split():
        rest = word
        while len(rest) > 1 and not _fits(rest, face, size, width):
            fits = next(
                n for n in range(len(rest) - 1, 0, -1) if _fits(rest[:n], face, size, width) or n == 1
            )
            words.append(rest[:fits])
            rest = rest[fits:]
        words.append(rest)
    lines: list[str] = simpleSplit(" ".join(words), face, size, width)
    return lines


def _fits(text: str, face: str, size: float, width: float) -> bool:
    wide: float = pdfmetrics.stringWidth(text, face, size)
    return wide <= width


def _write(canvas: Canvas, x: float, y: float, text: str, face: str, size: float) -> None:
    canvas.setFillColor(_INK)
    canvas.setFont(face, size)
    canvas.drawString(x, y, text)


def _wordmark(canvas: Canvas, left: float, bottom: float) -> None:
    side = 15.0
    path = canvas.beginPath()
    path.moveTo(left, bottom)
    path.lineTo(left + side / 2, bottom)
    path.arcTo(left, bottom, left + side, bottom + side, -90, 180)
    path.lineTo(left, bottom + side)
    path.lineTo(left, bottom + side * 0.7)
    path.arcTo(left - side * 0.2, bottom + side * 0.3, left + side * 0.2, bottom + side * 0.7, 90, -180)
    path.close()
    canvas.setFillColor(_INK)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFont(_DISPLAY, 13.5)
    canvas.drawString(left + side + 6, bottom + 2.6, "Delux")


def _display(text: str) -> str:
    return _BLACK if _BEYOND_UNBOUNDED.search(text) else _DISPLAY


@cache
def _load_fonts() -> None:
    for name in (_TEXT, _BOLD, _BLACK, _DISPLAY):
        pdfmetrics.registerFont(TTFont(name, _FONTS / f"{name}.ttf"))

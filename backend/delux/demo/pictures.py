"""Demo pictures, drawn: a mesh gradient in the sport's colours, its sign, the title's initial.

Every shape is given in a square of side 1 and scaled, so the same drawing serves covers and product pictures.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Colour = tuple[int, int, int]

INK: Colour = (14, 17, 22)
PAPER: Colour = (250, 250, 247)
VOLT: Colour = (198, 241, 53)
FONT = Path(__file__).parent.parent / "core" / "fonts" / "GolosText-Black.ttf"

# One look a sport: ground, two glows, the colour of the sign.
PALETTES: dict[str, tuple[Colour, Colour, Colour, Colour]] = {
    "running": ((18, 24, 38), (255, 92, 53), (255, 176, 59), PAPER),
    "cycling": ((12, 30, 28), (0, 168, 132), (198, 241, 53), PAPER),
    "football": ((10, 36, 22), (29, 122, 62), (146, 214, 80), PAPER),
    "swimming": ((6, 26, 54), (0, 118, 206), (72, 219, 251), PAPER),
    "yoga": ((52, 34, 60), (201, 132, 164), (255, 205, 164), PAPER),
    "tennis": ((16, 40, 58), (38, 110, 150), (214, 232, 70), PAPER),
    "hiking": ((22, 30, 34), (88, 116, 110), (240, 170, 104), PAPER),
    "basketball": ((34, 16, 20), (214, 82, 36), (255, 160, 64), PAPER),
    "skiing": ((20, 30, 52), (106, 150, 210), (226, 240, 255), INK),
    "boxing": ((30, 10, 14), (190, 24, 46), (255, 110, 90), PAPER),
}
GEAR_GROUNDS: Sequence[tuple[Colour, Colour, Colour]] = (
    ((236, 236, 228), (250, 250, 244), (212, 220, 196)),
    ((226, 232, 238), (246, 249, 252), (196, 210, 226)),
    ((238, 230, 224), (252, 247, 242), (228, 208, 192)),
    ((228, 236, 228), (247, 251, 246), (198, 220, 200)),
)


def event_cover(sport: str, title: str, rng: Random) -> Image.Image:
    """Draw a 16:9 cover, 1600 pixels wide."""
    ground, glow, light, sign = PALETTES[sport]
    picture = _mesh((1600, 900), ground, (glow, light, glow), rng)
    pen = _Pen(picture.size, left=720, top=-40, side=980)
    SIGNS[sport](pen)
    picture.paste(sign, mask=pen.mask().point(lambda value: value * 9 // 10))
    _initial(picture, title, sign)
    return _grain(picture, rng)


def product_picture(kind: str, colour: Colour, rng: Random) -> Image.Image:
    """Draw a 4:5 product picture, 1200 pixels wide: the thing in its colour, on a soft ground."""
    ground, high, low = rng.choice(GEAR_GROUNDS)
    picture = _mesh((1200, 1500), ground, (high, low, high), rng)
    body, detail = (_Pen(picture.size, left=150, top=300, side=900) for _ in range(2))
    THINGS[kind](body, detail)
    shape = body.mask()
    shadow = (
        ImageChops.offset(shape, 0, 46)
        .filter(ImageFilter.GaussianBlur(38))
        .point(lambda value: value * 2 // 5)
    )
    picture.paste(INK, mask=shadow)
    tints = (_mix(colour, PAPER, 0.35), _mix(colour, INK, 0.3), colour)
    picture.paste(_mesh(picture.size, colour, tints, rng), mask=shape)
    contrast = INK if sum(colour) > 380 else PAPER
    picture.paste(contrast, mask=ImageChops.darker(detail.mask(), shape).point(lambda value: value * 3 // 4))
    return _grain(picture, rng)


class _Pen:
    """Draws on a mask in coordinates of a unit square, twice as fine as the picture: edges are smooth."""

    SCALE = 2

    def __init__(self, size: tuple[int, int], left: float, top: float, side: float) -> None:
        self.size, self.left, self.top, self.side = size, left, top, side
        self.layer = Image.new("L", (size[0] * self.SCALE, size[1] * self.SCALE), 0)
        self.draw = ImageDraw.Draw(self.layer)

    def mask(self) -> Image.Image:
        """What was drawn, at the picture's size."""
        return self.layer.reduce(self.SCALE)

    def fill(self, points: Sequence[Point]) -> None:
        self.draw.polygon([self._at(point) for point in points], fill=255)

    def line(self, points: Sequence[Point], width: float) -> None:
        pixels = max(1, self._length(width))
        places = [self._at(point) for point in points]
        self.draw.line(places, fill=255, width=pixels, joint="curve")
        for place in (places[0], places[-1]):
            self.draw.circle(place, pixels / 2, fill=255)

    def ring(self, centre: Point, radius: float, width: float, *, start: float = 0, end: float = 360) -> None:
        (x, y), reach = self._at(centre), self._length(radius)
        self.draw.arc([x - reach, y - reach, x + reach, y + reach], start, end, 255, self._length(width))

    def disc(self, centre: Point, radius: float) -> None:
        self.draw.circle(self._at(centre), self._length(radius), fill=255)

    def _length(self, share: float) -> int:
        return round(share * self.side * self.SCALE)

    def _at(self, point: Point) -> Point:
        x, y = point
        return (self.left + x * self.side) * self.SCALE, (self.top + y * self.side) * self.SCALE


def curve(*controls: Point, steps: int = 28) -> list[Point]:
    """Points of a Bézier curve with any number of control points (de Casteljau)."""
    points = []
    for step in range(steps + 1):
        layer, t = list(controls), step / steps
        while len(layer) > 1:
            layer = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(layer)]
        points.append(layer[0])
    return points


# --- Signs of the sports, drawn as the sport's own geometry rather than as little figures


def _running(pen: _Pen) -> None:
    """The bend of a track, seen from above."""
    for lane in range(6):
        pen.ring((0.95, 1.02), 0.32 + lane * 0.13, 0.055 if lane != 3 else 0.1, start=178, end=302)


def _cycling(pen: _Pen) -> None:
    pen.ring((0.5, 0.52), 0.46, 0.05)
    pen.ring((0.5, 0.52), 0.1, 0.035)
    for spoke in range(18):
        angle = math.tau * spoke / 18
        near, far = (angle + 0.25, 0.1), (angle, 0.44)
        pen.line([_polar((0.5, 0.52), *near), _polar((0.5, 0.52), *far)], 0.009)


def _football(pen: _Pen) -> None:
    """A pitch's centre circle and halfway line, and the penalty arc beyond."""
    pen.ring((0.4, 0.5), 0.34, 0.035)
    pen.line([(0.4, -0.2), (0.4, 1.2)], 0.035)
    pen.disc((0.4, 0.5), 0.035)
    pen.line([(1.1, 0.18), (0.82, 0.18), (0.82, 0.82), (1.1, 0.82)], 0.035)
    pen.ring((0.9, 0.5), 0.2, 0.035, start=114, end=246)


def _swimming(pen: _Pen) -> None:
    for row in range(6):
        y = 0.12 + row * 0.16
        points: list[Point] = []
        for wave in range(4):
            x = -0.15 + wave * 0.34 + (row % 2) * 0.1
            points += curve((x, y), (x + 0.085, y - 0.12), (x + 0.085, y - 0.12), (x + 0.17, y))
            points += curve((x + 0.17, y), (x + 0.255, y + 0.12), (x + 0.255, y + 0.12), (x + 0.34, y))
        pen.line(points, 0.075 if row == 2 else 0.035)


def _yoga(pen: _Pen) -> None:
    """A lotus of overlapping circles."""
    for petal in range(8):
        pen.ring(_polar((0.48, 0.52), math.tau * petal / 8, 0.22), 0.22, 0.016)
    pen.ring((0.48, 0.52), 0.46, 0.02)


def _tennis(pen: _Pen) -> None:
    """A ball; its seams are arcs of circles 0.6 away that meet its edge at 47 degrees."""
    pen.ring((0.5, 0.52), 0.44, 0.05)
    for direction in (200, 20):
        seam = _polar((0.5, 0.52), math.radians(direction), 0.6)
        pen.ring(seam, 0.44, 0.045, start=direction + 180 - 47, end=direction + 180 + 47)


def _hiking(pen: _Pen) -> None:
    """Contour lines round two peaks."""
    for level in range(7):
        reach = 0.07 + level * 0.075
        points = [
            _polar(
                (0.52, 0.5),
                math.tau * step / 90,
                reach * (1 + 0.2 * math.sin(3 * math.tau * step / 90 + level * 0.35)),
            )
            for step in range(91)
        ]
        pen.line(points, 0.026 if level == 0 else 0.013)


def _basketball(pen: _Pen) -> None:
    pen.ring((0.5, 0.52), 0.44, 0.045)
    pen.line([(0.5, 0.08), (0.5, 0.96)], 0.035)
    pen.line([(0.06, 0.52), (0.94, 0.52)], 0.035)
    pen.ring((-0.02, 0.52), 0.36, 0.035, start=-58, end=58)
    pen.ring((1.02, 0.52), 0.36, 0.035, start=122, end=238)


def _skiing(pen: _Pen) -> None:
    """Two tracks carved down a slope."""
    for shift in (0.0, 0.14):
        pen.line(
            curve(
                (0.9 + shift, -0.1),
                (-0.1 + shift, 0.1),
                (1.3 + shift, 0.5),
                (-0.3 + shift, 0.7),
                (0.6 + shift, 1.15),
            ),
            0.045,
        )


def _boxing(pen: _Pen) -> None:
    """The ropes of a ring's corner."""
    for rope in range(4):
        y = 0.14 + rope * 0.2
        pen.line([(-0.2, y + 0.18), (0.56, y), (1.2, y + 0.24)], 0.05 if rope == 1 else 0.03)
    pen.line([(0.56, 0.0), (0.56, 1.1)], 0.1)


SIGNS: dict[str, Callable[[_Pen], None]] = {
    "running": _running,
    "cycling": _cycling,
    "football": _football,
    "swimming": _swimming,
    "yoga": _yoga,
    "tennis": _tennis,
    "hiking": _hiking,
    "basketball": _basketball,
    "skiing": _skiing,
    "boxing": _boxing,
}

# --- Things of the shop: a body pen draws the silhouette, a detail pen what lies on it

Draw = Callable[[_Pen, _Pen], None]


def _shoe(body: _Pen, detail: _Pen) -> None:
    sole = [(0.03, 0.74), *curve((0.03, 0.82), (0.2, 0.86), (0.8, 0.84), (0.99, 0.72)), (0.98, 0.66)]
    upper = [
        *curve((0.05, 0.74), (0.02, 0.5), (0.04, 0.34), (0.1, 0.3)),
        *curve((0.16, 0.36), (0.26, 0.4), (0.34, 0.28)),
        *curve((0.4, 0.24), (0.54, 0.5), (0.74, 0.54)),
        *curve((0.86, 0.56), (1.0, 0.6), (0.98, 0.72)),
    ]
    body.fill(upper)
    body.fill([(0.03, 0.7), (0.98, 0.66), *reversed(sole)])
    detail.line(curve((0.03, 0.74), (0.4, 0.78), (0.98, 0.69)), 0.014)
    for lace in range(4):
        x = 0.38 + lace * 0.07
        detail.line([(x, 0.36 + lace * 0.035), (x + 0.07, 0.31 + lace * 0.045)], 0.016)
    detail.line(curve((0.2, 0.72), (0.36, 0.66), (0.5, 0.52)), 0.04)
    detail.line(curve((0.3, 0.73), (0.46, 0.67), (0.6, 0.55)), 0.02)


def _shirt(body: _Pen, detail: _Pen) -> None:
    body.fill(
        [
            (0.34, 0.08),
            *curve((0.34, 0.08), (0.5, 0.2), (0.66, 0.08)),
            (0.82, 0.14),
            (1.0, 0.38),
            (0.86, 0.48),
            (0.78, 0.4),
            *curve((0.78, 0.4), (0.75, 0.7), (0.79, 0.97)),
            (0.21, 0.97),
            *curve((0.21, 0.97), (0.25, 0.7), (0.22, 0.4)),
            (0.14, 0.48),
            (0.0, 0.38),
            (0.18, 0.14),
        ]
    )
    detail.line(curve((0.33, 0.09), (0.5, 0.25), (0.67, 0.09)), 0.022)
    detail.line([(0.21, 0.62), (0.79, 0.5)], 0.06)
    detail.line([(0.21, 0.72), (0.79, 0.6)], 0.02)


def _bottle(body: _Pen, detail: _Pen) -> None:
    body.fill(
        [
            *curve((0.32, 0.96), (0.3, 0.6), (0.36, 0.5), (0.3, 0.3)),
            *curve((0.31, 0.26), (0.36, 0.18), (0.4, 0.17)),
            (0.41, 0.06),
            (0.59, 0.06),
            (0.6, 0.17),
            *curve((0.64, 0.18), (0.69, 0.26), (0.7, 0.3)),
            *curve((0.7, 0.3), (0.64, 0.5), (0.7, 0.6), (0.68, 0.96)),
        ]
    )
    detail.line([(0.4, 0.18), (0.6, 0.18)], 0.022)
    detail.line([(0.33, 0.42), (0.67, 0.42)], 0.014)
    detail.line([(0.5, 0.56), (0.5, 0.84)], 0.05)


def _backpack(body: _Pen, detail: _Pen) -> None:
    body.fill(
        [
            *curve((0.18, 0.95), (0.12, 0.5), (0.2, 0.12), (0.5, 0.12)),
            *curve((0.5, 0.12), (0.8, 0.12), (0.88, 0.5), (0.82, 0.95)),
        ]
    )
    body.ring((0.5, 0.13), 0.1, 0.035, start=180, end=360)
    detail.line(curve((0.26, 0.56), (0.5, 0.5), (0.74, 0.56)), 0.018)
    detail.line([(0.26, 0.56), (0.27, 0.86), (0.73, 0.86), (0.74, 0.56)], 0.018)
    detail.line(curve((0.24, 0.36), (0.5, 0.28), (0.76, 0.36)), 0.014)
    detail.line([(0.5, 0.62), (0.5, 0.72)], 0.03)


def _helmet(body: _Pen, detail: _Pen) -> None:
    body.fill(
        [
            *curve((0.02, 0.66), (0.02, 0.2), (0.5, 0.1), (0.98, 0.3), (0.98, 0.62)),
            *curve((0.98, 0.68), (0.5, 0.6), (0.02, 0.72)),
        ]
    )
    for row in range(4):
        detail.line(
            curve(
                (0.12 + row * 0.05, 0.6 - row * 0.1),
                (0.4, 0.36 - row * 0.06),
                (0.9 - row * 0.03, 0.54 - row * 0.08),
            ),
            0.03,
        )


def _ball(body: _Pen, detail: _Pen) -> None:
    body.disc((0.5, 0.5), 0.42)
    detail.fill([_polar((0.5, 0.5), math.tau * corner / 5 - math.pi / 2, 0.15) for corner in range(5)])
    for corner in range(5):
        angle = math.tau * corner / 5 - math.pi / 2
        detail.line([_polar((0.5, 0.5), angle, 0.15), _polar((0.5, 0.5), angle, 0.3)], 0.014)
        detail.fill(
            [
                _polar((0.5, 0.5), angle + shift, reach)
                for shift, reach in ((0, 0.3), (0.3, 0.44), (-0.3, 0.44))
            ]
        )


def _mat(body: _Pen, detail: _Pen) -> None:
    body.disc((0.22, 0.62), 0.2)
    body.fill([(0.22, 0.42), (0.92, 0.22), (0.98, 0.6), (0.22, 0.82)])
    for turn in range(4):
        detail.ring((0.22, 0.62), 0.05 + turn * 0.045, 0.013)
    detail.line([(0.56, 0.33), (0.6, 0.72)], 0.03)


def _watch(body: _Pen, detail: _Pen) -> None:
    body.disc((0.5, 0.5), 0.27)
    body.fill([(0.36, 0.28), (0.39, 0.0), (0.61, 0.0), (0.64, 0.28)])
    body.fill([(0.36, 0.72), (0.39, 1.0), (0.61, 1.0), (0.64, 0.72)])
    detail.ring((0.5, 0.5), 0.215, 0.02)
    detail.ring((0.5, 0.5), 0.17, 0.04, start=-90, end=150)
    detail.line([(0.5, 0.5), (0.5, 0.38)], 0.018)
    detail.line([(0.5, 0.5), (0.58, 0.54)], 0.018)


def _racket(body: _Pen, detail: _Pen) -> None:
    """A head of half-axes 0.34 and 0.25, turned by 55 degrees, with strings that end at its rim."""
    centre, turn = (0.63, 0.33), math.radians(-55)

    def at(along: float, across: float) -> Point:
        x = along * math.cos(turn) - across * math.sin(turn)
        y = along * math.sin(turn) + across * math.cos(turn)
        return centre[0] + x, centre[1] + y

    body.line(
        [at(0.34 * math.cos(math.tau * s / 60), 0.25 * math.sin(math.tau * s / 60)) for s in range(61)],
        0.045,
    )
    body.line([at(-0.34, 0), at(-0.8, 0)], 0.07)
    body.line(curve(at(-0.2, 0.18), at(-0.38, 0.1), at(-0.46, 0.0)), 0.035)
    body.line(curve(at(-0.2, -0.18), at(-0.38, -0.1), at(-0.46, 0.0)), 0.035)
    for string in range(-4, 5):
        across = 0.25 * math.sqrt(1 - (string * 0.07 / 0.34) ** 2)
        body.line([at(string * 0.07, -across), at(string * 0.07, across)], 0.006)
    for string in range(-3, 4):
        along = 0.34 * math.sqrt(1 - (string * 0.07 / 0.25) ** 2)
        body.line([at(-along, string * 0.07), at(along, string * 0.07)], 0.006)
    detail.line([at(-0.6, 0), at(-0.8, 0)], 0.05)


def _glove(body: _Pen, detail: _Pen) -> None:
    body.fill(
        [
            *curve((0.3, 0.78), (0.06, 0.5), (0.14, 0.08), (0.56, 0.1)),
            *curve((0.56, 0.1), (0.98, 0.12), (0.9, 0.6), (0.7, 0.78)),
        ]
    )
    body.fill([(0.32, 0.78), (0.68, 0.78), (0.7, 0.96), (0.3, 0.96)])
    body.disc((0.2, 0.52), 0.13)
    detail.line([(0.31, 0.8), (0.69, 0.8)], 0.03)
    detail.line(curve((0.28, 0.58), (0.36, 0.44), (0.5, 0.46)), 0.02)


THINGS: dict[str, Draw] = {
    "shoe": _shoe,
    "shirt": _shirt,
    "bottle": _bottle,
    "backpack": _backpack,
    "helmet": _helmet,
    "ball": _ball,
    "mat": _mat,
    "watch": _watch,
    "racket": _racket,
    "glove": _glove,
}


def _polar(centre: Point, angle: float, reach: float) -> Point:
    return (centre[0] + math.cos(angle) * reach, centre[1] + math.sin(angle) * reach)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _mesh(size: tuple[int, int], ground: Colour, glows: Sequence[Colour], rng: Random) -> Image.Image:
    """A soft gradient of a few glows, computed small and scaled up."""
    width, height = 64, round(64 * size[1] / size[0])
    small = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(small)
    for glow in glows:
        x, y, reach = rng.uniform(0.1, 1) * width, rng.uniform(0, 1) * height, rng.uniform(0.24, 0.42) * width
        draw.ellipse([x - reach, y - reach * 0.7, x + reach, y + reach * 0.7], fill=_mix(ground, glow, 0.8))
    return small.filter(ImageFilter.GaussianBlur(9)).resize(size, Image.Resampling.BICUBIC)


def _initial(picture: Image.Image, title: str, colour: Colour) -> None:
    """Set the title's first letter at the foot, cut by the edge, as a programme's folio."""
    letter = next((character for character in title if character.isalnum()), "D").upper()
    font = ImageFont.truetype(str(FONT), 620)
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).text((64, picture.height + 70), letter, fill=210, font=font, anchor="ls")
    picture.paste(VOLT if colour == PAPER else INK, mask=mask)


def _grain(picture: Image.Image, rng: Random) -> Image.Image:
    """A little paper grain keeps gradients from banding; drawn from ``rng``, as all chance is here."""
    tile = Image.frombytes("L", (128, 128), rng.randbytes(128 * 128)).point(lambda value: 122 + value // 20)
    sheet = Image.new("L", picture.size)
    for left in range(0, picture.width, 128):
        for top in range(0, picture.height, 128):
            sheet.paste(tile, (left, top))
    return ImageChops.overlay(picture, Image.merge("RGB", (sheet, sheet, sheet)))

"""The ER diagram as a picture: tables in a column for each app, keys as lines in the gutters between columns.

All lines to one table join into one, in the colour of that table's app, and pass behind what is in the way.
"""

from dataclasses import dataclass, field
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from delux.core.diagram.entities import Attribute, Entity

_WIDTH = 300
_ROW = 20
_HEADER = 30
_GAP = 26
_PANEL = 16
_TITLE = 34
_MARGIN = 40
_LANE = 7
_SMALL = 40  # apps with fewer rows than this share the first column

_PAPER, _INK, _GREY, _BOX = "#fafaf7", "#0e1116", "#7b8190", "#ffffff"
_COLOURS = ("#5b6472", "#1f6feb", "#0f8a6d", "#c2410c", "#7c3aed", "#b0186b", "#4d7c0f", "#0e7490", "#92400e")


@dataclass
class _Box:
    """A table's place on the picture."""

    entity: Entity
    column: int
    colour: str
    y: int
    x: int = 0

    @property
    def height(self) -> int:
        return _HEADER + _ROW * len(self.entity.attributes) + 6

    @property
    def header_y(self) -> int:
        return self.y + _HEADER // 2

    def row_y(self, index: int) -> int:
        return self.y + _HEADER + _ROW * index + _ROW // 2 + 3

    def side(self, right: bool) -> int:
        return self.x + (_WIDTH if right else 0)


@dataclass
class _Panel:
    app: str
    colour: str
    column: int
    top: int
    bottom: int


@dataclass
class _Plan:
    boxes: dict[str, _Box] = field(default_factory=dict)
    panels: list[_Panel] = field(default_factory=list)
    # Gutter g lies to the left of column g. Which tables have a line going up and down in it, lane by lane.
    lanes: list[list[str]] = field(default_factory=list)
    gutters: list[int] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)


def draw(entities: list[Entity]) -> Image.Image:
    """Return the picture of ``entities`` and their relations."""
    plan = _plan(entities)
    picture = Image.new("RGB", plan.size, _PAPER)
    pen = ImageDraw.Draw(picture)
    for panel in plan.panels:
        _draw_panel(pen, plan, panel)
    for source, index, attribute in _relations(plan):
        _draw_line(pen, plan, source, index, attribute)
    for box in plan.boxes.values():
        _draw_box(pen, plan, box)
    return picture.quantize(128)


def _plan(entities: list[Entity]) -> _Plan:
    plan = _Plan()
    by_app = [(app, list(members)) for app, members in groupby(entities, key=lambda entity: entity.app)]
    colours = {app: _COLOURS[index % len(_COLOURS)] for index, (app, _) in enumerate(by_app)}
    large = [app for app, members in by_app if _rows(members) >= _SMALL]
    columns = {app: large.index(app) + 1 if app in large else 0 for app, _ in by_app}
    bottoms = [_MARGIN] * (len(large) + 1)
    for app, members in by_app:
        column = columns[app]
        top = bottoms[column]
        y = top + _TITLE
        for entity in members:
            box = plan.boxes[entity.name] = _Box(entity, column, colours[app], y)
            y += box.height + _GAP
        bottoms[column] = y - _GAP + _PANEL + _GAP
        plan.panels.append(_Panel(app, colours[app], column, top, y - _GAP + _PANEL))
    plan.lanes = [[] for _ in range(len(large) + 2)]
    for source, _, attribute in _relations(plan):
        lane = plan.lanes[_gutter(source, plan.boxes[attribute.target])]
        if attribute.target not in lane:
            lane.append(attribute.target)
    x = _MARGIN
    for column in range(len(large) + 2):
        plan.gutters.append(x + _PANEL)
        x += _LANE * (len(plan.lanes[column]) + 1) + 2 * _PANEL
        for box in plan.boxes.values():
            if box.column == column:
                box.x = x
        x += _WIDTH if column <= len(large) else 0
    plan.size = (x + _MARGIN, max(bottoms) + _MARGIN)
    return plan


def _rows(members: list[Entity]) -> int:
    return sum(len(entity.attributes) for entity in members)


def _relations(plan: _Plan) -> list[tuple[_Box, int, Attribute]]:
    return [
        (box, index, attribute)
        for box in plan.boxes.values()
        for index, attribute in enumerate(box.entity.attributes)
        if attribute.target
    ]


def _gutter(source: _Box, target: _Box) -> int:
    """Return the gutter a line leaves ``source`` into: on its target's side; within a column, the right."""
    return source.column if target.column < source.column else source.column + 1


def _draw_line(pen: ImageDraw.ImageDraw, plan: _Plan, source: _Box, index: int, key: Attribute) -> None:
    target = plan.boxes[key.target]
    gutter = _gutter(source, target)
    lane = plan.gutters[gutter] + _LANE * (plan.lanes[gutter].index(key.target) + 1)
    goes_right = gutter > source.column
    enters_right = target.column < source.column or target.column == source.column
    start, end = source.side(goes_right), target.side(enters_right)
    y = source.row_y(index)
    line = [(start, y), (lane, y), (lane, target.header_y), (end, target.header_y)]
    pen.line(line, fill=target.colour, width=2, joint="curve")
    out = 9 if goes_right else -9
    if not key.one:  # a crow's foot: many of these to one of those
        pen.line([(start, y - 5), (start + out, y), (start, y + 5)], fill=target.colour, width=2)
    bar = end + (6 if enters_right else -6)
    pen.line([(bar, target.header_y - 5), (bar, target.header_y + 5)], fill=target.colour, width=2)


def _draw_panel(pen: ImageDraw.ImageDraw, plan: _Plan, panel: _Panel) -> None:
    x = next(box.x for box in plan.boxes.values() if box.column == panel.column)
    frame = (x - _PANEL, panel.top, x + _WIDTH + _PANEL, panel.bottom)
    pen.rounded_rectangle(frame, 14, fill=_tint(panel.colour, 0.9), outline=_tint(panel.colour, 0.6))
    pen.text((x, panel.top + 8), panel.app, fill=panel.colour, font=_font(18))


def _draw_box(pen: ImageDraw.ImageDraw, plan: _Plan, box: _Box) -> None:
    right = box.x + _WIDTH
    pen.rounded_rectangle(
        (box.x, box.y, right, box.y + box.height), 8, fill=_BOX, outline=box.colour, width=2
    )
    pen.rounded_rectangle((box.x, box.y, right, box.y + _HEADER), 8, fill=box.colour)
    pen.rectangle((box.x, box.y + _HEADER - 8, right, box.y + _HEADER), fill=box.colour)
    pen.text((box.x + 10, box.y + 6), box.entity.name, fill=_BOX, font=_font(16))
    for index, attribute in enumerate(box.entity.attributes):
        y = box.row_y(index)
        colour = plan.boxes[attribute.target].colour if attribute.target else _INK
        pen.text((box.x + 10, y), attribute.name, fill=colour, font=_font(13), anchor="lm")
        pen.text((right - 10, y), _words(attribute), fill=_GREY, font=_font(12), anchor="rm")


def _words(attribute: Attribute) -> str:
    marks = "key " if attribute.is_key else "unique " if attribute.is_unique else ""
    return f"{marks}{attribute.target or attribute.type}{'?' if attribute.is_optional else ''}"


def _tint(colour: str, share: float) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return tuple(round(value + (255 - value) * share) for value in (red, green, blue))  # type: ignore[return-value]


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)  # comes with Pillow: the same on every machine

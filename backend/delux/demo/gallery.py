"""The demo world's pictures: drawn and encoded by all cores at once, the same for the same seed."""

import multiprocessing
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from random import Random

from delux.core.images import COVER, PRODUCT, encode_widths, save_files
from delux.demo import vocabulary as words
from delux.demo.pictures import SIGNS, THINGS, event_cover, product_picture


@dataclass
class Gallery:
    """Keys of stored pictures: covers by event title and by sport, things by kind and colour."""

    by_title: dict[str, str] = field(default_factory=dict)
    by_sport: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    things: dict[tuple[str, str], str] = field(default_factory=dict)


def colours_of(kind: str) -> list[str]:
    """The three colours things of a kind come in."""
    names, first = list(words.COLOURS), list(THINGS).index(kind)
    return [names[(first + step) % len(names)] for step in (0, 2, 3)]


def draw_gallery(*, seed: int, step: Callable[[str, int], Callable[[], None]]) -> Gallery:
    """Draw and store a cover for each named event and each other sport, and the things."""
    gallery = Gallery()
    covers = [(idea.sport, idea.title) for idea in words.EVENTS]
    covers += [(sport, words.SPORTS[sport][0]) for sport in SIGNS if sport not in dict(covers)]
    things = [(kind, colour) for kind in THINGS for colour in colours_of(kind)]
    tick = step("Pictures", len(covers) + len(things))
    # Fresh interpreters: a fork would share this process's database connection.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        drawn_covers = pool.map(_cover, [seed] * len(covers), *zip(*covers, strict=True))
        drawn_things = pool.map(_thing, [seed] * len(things), *zip(*things, strict=True))
        for number, ((sport, title), files) in enumerate(zip(covers, drawn_covers, strict=True), start=1):
            key = f"{COVER.folder}/demo-{number}"
            save_files(key, files)
            gallery.by_title[title] = key
            gallery.by_sport[sport].append(key)
            tick()
        for (kind, colour), files in zip(things, drawn_things, strict=True):
            key = f"{PRODUCT.folder}/demo-{kind}-{list(words.COLOURS).index(colour)}"
            save_files(key, files)
            gallery.things[kind, colour] = key
            tick()
    return gallery


def _cover(seed: int, sport: str, title: str) -> dict[str, bytes]:
    return encode_widths(event_cover(sport, title, Random(f"{seed} {title}")), COVER)


def _thing(seed: int, kind: str, colour: str) -> dict[str, bytes]:
    return encode_widths(
        product_picture(kind, words.COLOURS[colour], Random(f"{seed} {kind} {colour}")), PRODUCT
    )

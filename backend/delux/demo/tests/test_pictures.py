from random import Random

import pytest

from delux.core.images import COVER, encode_widths
from delux.demo.pictures import PALETTES, SIGNS, THINGS, event_cover, product_picture


def test_every_sport_has_its_colours_and_its_sign() -> None:
    assert PALETTES.keys() == SIGNS.keys()


@pytest.mark.parametrize("sport", SIGNS)
def test_a_cover_shows_more_than_its_ground(sport: str) -> None:
    cover = event_cover(sport, "Ұлы дала", Random(1))

    assert cover.size == (1600, 900)
    assert len(set(cover.resize((40, 22)).get_flattened_data())) > 100


def test_the_same_seed_draws_the_same_picture() -> None:
    first, again = (product_picture("shoe", (226, 62, 48), Random("1 shoe")) for _ in range(2))

    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != product_picture("shoe", (36, 62, 110), Random("1 shoe")).tobytes()


@pytest.mark.parametrize("kind", THINGS)
def test_a_thing_stands_out_from_its_ground(kind: str) -> None:
    picture = product_picture(kind, (226, 62, 48), Random(1)).resize((60, 75))

    assert sum(red > green + 60 for red, green, _ in picture.get_flattened_data()) > 150


def test_a_cover_is_stored_light() -> None:
    files = encode_widths(event_cover("running", "Medeu", Random(1)), COVER)

    assert len(files) == 2 * len(COVER.widths)
    assert max(map(len, files.values())) < 120_000

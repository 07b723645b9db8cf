from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from delux.events.models import Event
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import ProductFactory, VariantFactory
from delux.pages import pictures
from delux.pages.drawing import FONTS, display, fit_lines, font
from delux.pages.pictures import EventCard, ProductCard, digest, draw_event, draw_product
from delux.pages.tests.test_pages import Page

LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІёЁ₸"
EVENT = EventCard(
    title="Medeu Night Run",
    kind="Бег",
    start="2026-12-05T13:30:00+00:00",
    zone="Asia/Almaty",
    city="Алматы",
    price="12 000 ₸",
    note="",
    cover="events/gone",
)
PRODUCT = ProductCard(
    title="Бөтелке", brand="Makalu", shelf="Су", price="5 000 ₸", note="", image="products/gone"
)


def address_of(client, path) -> str:
    return Page(client.get(f"{path}?lang=ru")).meta["og:image"].removeprefix("https://delux.test")


@pytest.mark.django_db
def test_an_events_picture_is_drawn_once_and_repeated_without_a_query(
    client, monkeypatch, django_assert_num_queries
) -> None:
    address = address_of(client, f"/events/{TicketTypeFactory().event.slug}")
    first = client.get(address)
    monkeypatch.setattr(pictures, "draw_event", None)  # drawing again would fail

    with django_assert_num_queries(0):
        again = client.get(address)

    assert again.content == first.content
    assert Image.open(BytesIO(first.content)).size == (1200, 630)
    assert (first["Content-Type"], "immutable" in first["Cache-Control"]) == ("image/jpeg", True)


@pytest.mark.django_db
def test_a_product_has_a_picture_too(client) -> None:
    response = client.get(address_of(client, f"/shop/{VariantFactory().product.slug}"))

    assert (response.status_code, Image.open(BytesIO(response.content)).size) == (200, (1200, 630))


@pytest.mark.django_db
def test_another_title_is_another_picture_and_the_old_address_leads_to_it(client) -> None:
    event = EventFactory()
    old = address_of(client, f"/events/{event.slug}")
    Event.objects.update(title="Another name")

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (302, address_of(client, f"/events/{event.slug}"))
    assert response["Location"] != old


@pytest.mark.django_db
def test_nothing_is_drawn_for_what_nobody_sees(client) -> None:
    draft, hidden = EventFactory(draft=True), ProductFactory(is_active=False)

    for path in (f"event/ru/{draft.slug}", f"product/ru/{hidden.slug}", "event/ru/none-such"):
        assert client.get(f"/cards/{path}/{'0' * 20}.jpg").status_code == 404


@pytest.mark.django_db
def test_no_more_are_drawn_at_once_than_the_bound(client, monkeypatch) -> None:
    address = address_of(client, f"/events/{TicketTypeFactory().event.slug}")
    monkeypatch.setattr(pictures, "_WAIT", 0.01)
    for _ in range(pictures.AT_ONCE):
        pictures._drawing.acquire()
    try:
        refused = client.get(address)
    finally:
        for _ in range(pictures.AT_ONCE):
            pictures._drawing.release()

    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("file", sorted(path.name for path in FONTS.glob("*.ttf")))
def test_each_face_has_the_letters_it_is_used_for(file) -> None:
    face = ImageFont.truetype(str(FONTS / file), 40, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(face.getmask("\N{LATIN SMALL LETTER A WITH RETROFLEX HOOK}\uffff"[1]))

    for letter in LETTERS:
        if display(letter) == file or not file.startswith("Unbounded"):
            assert bytes(face.getmask(letter)) != missing, letter


def test_a_line_with_a_letter_unbounded_lacks_is_set_in_the_other_face() -> None:
    assert display("Жарыс") == "Unbounded-ExtraBold.ttf"
    assert display("Жүгіру") == "GolosText-Black.ttf"


@pytest.mark.parametrize("title", ["Бег", "Длинное название " * 9, "Ж" * 160, "ұшқыр " * 26])
def test_a_title_of_any_length_stays_in_its_box(title) -> None:
    lines, size = fit_lines(title, file=display(title), sizes=(76, 56, 36), width=700, height=330)

    assert len(lines) * size * 1.14 <= 330
    assert max(font(display(title), size).getlength(line) for line in lines) <= 700


def test_a_card_whose_picture_is_gone_is_drawn_all_the_same() -> None:
    assert draw_event(EVENT).size == draw_product(PRODUCT).size == (1200, 630)


def test_every_word_of_a_card_is_part_of_its_name() -> None:
    names = {digest(EVENT, "ru"), digest(EVENT, "kk")}
    for word in ("title", "kind", "city", "price", "note", "cover"):
        names.add(digest(replace(EVENT, **{word: "x"}), "ru"))

    assert len(names) == 8

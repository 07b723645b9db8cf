import pytest

from delux.core.slugs import latin_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Trail Shoes 2.0", "trail-shoes-20"),
        ("Кроссовки «Щит»", "krossovki-shchit"),
        ("Жүгіру аяқ киімі", "zhugiru-ayaq-kiimi"),
        ("Ысык-Көл өрттөй", "ysyk-kol-orttoy"),
        ("Ёлка & объём", "yolka-obyom"),
        ("🏃🏃", ""),
    ],
)
def test_a_title_of_any_of_our_languages_becomes_latin(title: str, slug: str) -> None:
    assert latin_slug(title) == slug

"""Whoever reads Russian, Kazakh or Kyrgyz is answered in it, down to the field that is wrong."""

import re
from functools import cache

import pytest
from django.utils.translation import ngettext, override
from rest_framework.test import APIClient

from dev import texts
from dev.texts import LANGUAGES, as_mo, as_po, catalog_folder, untranslated

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^}]*\}")
# Names a column in English: the translations say which columns these are.
FREE_OF_PLACEHOLDERS = {"The password is too similar to the %(verbose_name)s."}

translations = cache(texts.translations)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert untranslated(translations(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_text_fills_in(language: str) -> None:
    for message in translations(language):
        text = message.id if isinstance(message.id, str) else message.id[0]
        words = [message.string] if isinstance(message.string, str) else message.string
        if text and text not in FREE_OF_PLACEHOLDERS:
            for form in words:
                assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_catalogues_are_what_the_code_says(language: str) -> None:
    fresh, folder = translations(language), catalog_folder(language)

    assert (folder / "django.po").read_bytes() == as_po(fresh), "run `make texts` and commit backend/locale"
    assert (folder / "django.mo").read_bytes() == as_mo(fresh), "run `make texts` and commit backend/locale"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please sign in"),
        ("ru", "Войдите в аккаунт"),
        ("kk", "Аккаунтқа кіріңіз"),
        ("ky", "Аккаунтка кириңиз"),
    ],
)
def test_a_stranger_is_asked_to_sign_in_in_their_language(language: str, words: str) -> None:
    answer = APIClient().get("/api/v1/orders/", HTTP_ACCEPT_LANGUAGE=language)

    assert (answer.status_code, answer.json()["title"]) == (401, words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This field is required."),
        ("ru", "Заполните это поле."),
        ("kk", "Осы өрісті толтырыңыз."),
        ("ky", "Бул талааны толтуруңуз."),
    ],
)
def test_a_missing_field_is_asked_for_in_the_language_of_the_request(language: str, words: str) -> None:
    answer = APIClient().post("/api/v1/auth/login/", {}, HTTP_ACCEPT_LANGUAGE=language)

    assert answer.status_code == 400
    assert {problem["detail"] for problem in answer.json()["errors"]} == {words}


@pytest.mark.parametrize(
    ("language", "left", "words"),
    [
        ("en", 1, "Only 1 is left"),
        ("en", 4, "Only 4 are left"),
        ("ru", 1, "Осталась только 1 шт."),
        ("ru", 4, "Осталось только 4 шт."),
        ("ru", 11, "Осталось только 11 шт."),
        ("ru", 21, "Осталась только 21 шт."),
        ("kk", 4, "Тек 4 қалды"),
        ("ky", 4, "4 гана калды"),
    ],
)
def test_a_number_takes_its_own_form(language: str, left: int, words: str) -> None:
    with override(language):
        assert ngettext("Only %(left)d is left", "Only %(left)d are left", left) % {"left": left} == words

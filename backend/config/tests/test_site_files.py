from wsgiref.headers import Headers

import pytest
from django.conf import settings


@pytest.mark.parametrize("url", ["/index.html", "/sw.js"])
def test_what_names_the_files_of_a_build_is_asked_for_each_time(url) -> None:
    headers = Headers([("Cache-Control", "max-age=60, public")])

    settings.WHITENOISE_ADD_HEADERS_FUNCTION(headers, "", url)

    assert headers["Cache-Control"] == "no-cache"
    assert not settings.WHITENOISE_IMMUTABLE_FILE_TEST("", url)


def test_what_has_its_content_in_its_name_is_kept_for_good() -> None:
    headers = Headers([("Cache-Control", "max-age=315360000, public, immutable")])

    settings.WHITENOISE_ADD_HEADERS_FUNCTION(headers, "", "/assets/index-4xotXHoR.js")

    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert settings.WHITENOISE_IMMUTABLE_FILE_TEST("", "/assets/index-4xotXHoR.js")

"""The addresses that are not the API's: pictures, and the browser application for all the rest."""

import secrets

import pytest
from django.urls import Resolver404, resolve
from django.views.static import serve

from delux.core.images import KINDS, image_urls

NEVER_STORED = {
    "a folder": "events/",
    "another kind of file": "events/cover.svg",
    "a page": "events/cover.html",
    "outside of the folder": "../settings.webp",
    "longer than a file system takes": f"events/{'x' * 300}.webp",
    "with NUL": "events/a\0b.webp",
}


@pytest.mark.parametrize("name", NEVER_STORED.values(), ids=NEVER_STORED)
def test_what_is_never_stored_as_a_picture_has_no_address(name) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/media/{name}")


def test_what_the_picture_store_writes_has_an_address() -> None:
    for kind in KINDS.values():
        addresses = image_urls(f"{kind.folder}/{secrets.token_hex(12)}")
        assert addresses is not None
        for source in f"{addresses['srcset']}, {addresses['srcset_avif']}".split(", "):
            assert resolve(source.split()[0]).func is serve


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", f"/events/{'x' * 300}", "/%00"])
def test_every_page_says_how_browsers_may_treat_it(client, path) -> None:
    response = client.get(path)

    assert response.status_code in (200, 404, 503)  # 503 without the site built
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"

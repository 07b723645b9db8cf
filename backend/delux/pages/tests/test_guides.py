"""What developers read: guides, reference, the page to try; all under the policy against foreign scripts."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from delux.accounts.tests.factories import UserFactory
from delux.core.api.error_table import ELSEWHERE, render_error_table
from delux.core.management.commands.error_table import GUIDE, HEADING
from delux.pages.guides import NAMES, path_of, read_guide
from delux.testing import client_for

pytestmark = pytest.mark.django_db
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=", re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_a_page(client, name: str) -> None:
    response = client.get(path_of(name))

    guide, html = read_guide(name), response.content.decode()
    assert response.status_code == 200
    assert response["Content-Language"] == "en"
    assert html.count("<h1") == 1
    assert f"<title>{guide.title} · Delux for developers</title>" in html
    assert f'<link rel="canonical" href="https://delux.test{guide.path}">' in html
    assert f'<a href="{guide.path}" aria-current="page">' in html
    assert 40 < len(guide.summary) < 400


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_guide_leads_somewhere(client, name: str) -> None:
    for href in re.findall(r'href="([^"]*)"', read_guide(name).html):
        address = urlsplit(href)
        try:
            resolve(address.path or read_guide(name).path)
        except Resolver404:
            pytest.fail(f"{href} leads nowhere")
        if address.path.startswith("/developers"):
            page = client.get(address.path).content.decode()
            assert not address.fragment or f'id="{address.fragment}"' in page


def test_examples_name_the_host_they_are_read_on(client) -> None:
    html = client.get("/developers/first-call").content.decode()

    assert "https://delux.test/api/v1" in html
    assert "localhost" not in html


def test_there_are_no_other_guides(client) -> None:
    for path in ("/developers/none", "/developers/README2", "/developers/..%2f..%2fREADME"):
        assert client.get(path, headers={"Accept-Language": "en"}).status_code == 404


def test_a_site_that_is_not_built_has_its_guides_nevertheless(client, settings) -> None:
    settings.SPA_DIST = settings.SPA_DIST / "none"

    assert client.get("/developers").status_code == 200


@pytest.mark.parametrize("path", ["/developers", "/api/docs/", "/api/redoc/", "/admin/login/"])
def test_what_staff_and_developers_see_runs_no_script_written_into_a_page(client, path: str) -> None:
    response = client.get(path)

    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    scripts = policy["script-src"].split()
    assert "'unsafe-inline'" not in scripts
    assert ("'unsafe-eval'" in scripts) is path.startswith("/admin/")
    assert not any(source.startswith("http") for sources in policy.values() for source in sources.split())
    assert INLINE_SCRIPT.findall(response.content.decode()) == []
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!delux\.test)', response.content.decode())


def test_the_page_to_try_has_its_script_beside_it(client) -> None:
    [address] = re.findall(r'<script src="(/api/docs/[^"]*)"', client.get("/api/docs/").content.decode())

    script = client.get(address.replace("&amp;", "&"))

    assert script["Content-Type"].startswith("application/javascript")
    assert b"SwaggerUIBundle(" in script.content


def test_the_schema_is_served_as_it_is_committed(client, settings) -> None:
    served = client.get("/api/schema/?lang=en").content.decode()

    assert served == (settings.BASE_DIR / "openapi.yaml").read_text()


def test_the_table_of_codes_is_what_the_code_says() -> None:
    _, _, table = GUIDE.read_text().partition(HEADING)

    assert table == render_error_table(), "run `make schema`"


def test_the_framework_refuses_with_the_codes_that_are_written_down(client) -> None:
    url, upload = "/api/v1/auth/login/", "/api/v1/auth/me/avatar/"
    person = client_for(UserFactory())
    refusals = {
        "malformed": client.post(url, "{", content_type="application/json"),
        "null_characters_not_allowed": client.post(url, {"email": "a\0"}, content_type="application/json"),
        "parse_error": person.post(upload, "x", content_type="multipart/form-data"),
        "method_not_allowed": client.put(url),
        "unsupported_media_type": client.post(url, "x", content_type="text/plain"),
    }

    answers = {code: (answer.status_code, answer.json()["code"]) for code, answer in refusals.items()}
    assert answers == {code: (ELSEWHERE[code][0], code) for code in refusals}
    assert ELSEWHERE.keys() - refusals.keys() == {"bad_request", "server_error"}


def test_a_guide_is_set_in_the_sites_own_type(client, built_site) -> None:
    fonts = {
        "src/ui/theme/web-fonts.ts": {"file": "assets/web-fonts-1.css", "src": "src/ui/theme/web-fonts.ts"}
    }
    (built_site / ".vite" / "manifest.json").write_text(json.dumps(fonts))

    html = client.get("/developers").content.decode()

    assert '<link rel="stylesheet" crossorigin href="/assets/web-fonts-1.css">' in html

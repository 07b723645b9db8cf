"""The front door for real: nginx before the product as its container starts it, in production's settings."""

import json
import re
import shutil
import ssl
import tempfile
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from delux.core.api.caching import PublicReadView
from delux.events.tests.factories import EventFactory
from tests.live.nginx import FILES, Door, ask, connect, nginx
from tests.live.server import METRICS_TOKEN, in_production, own_database

HOST = "delux.example"
TEMPLATE = (FILES / "nginx.conf.template").read_text()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that another user can enter as well: nginx's workers may be one."""
    folder = Path(tempfile.mkdtemp(prefix="delux-nginx-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def web_port(django_db_blocker, folder: Path) -> Iterator[int]:
    with django_db_blocker.unblock(), own_database("nginx") as url:
        EventFactory(slug="night-run")
        with in_production(database_url=url, var=folder, host=HOST) as port:
            yield port


@pytest.fixture(scope="module")
def door(folder: Path, web_port: int) -> Iterator[Door]:
    (folder / "media" / "events").mkdir(parents=True)
    (folder / "media" / "events" / "0a1b-960.webp").write_bytes(b"a picture")
    (folder / "media" / "events" / "notes.txt").write_text("nobody's business")
    with nginx(folder=folder, web_port=web_port, host=HOST) as door:
        yield door


@pytest.fixture(scope="module")
def alone(folder: Path) -> Iterator[Door]:
    """nginx with nothing behind it, and a narrow limit."""
    (folder / "alone").mkdir()
    with nginx(folder=folder / "alone", web_port=9, host=HOST, WRITES_PER_SECOND="1") as door:
        yield door


def test_plain_http_leads_to_the_same_address_by_tls(door: Door) -> None:
    answer = ask(
        connect(door.plain_port), "/events/night-run?utm_source=x", headers={"Host": "other.example"}
    )

    assert (answer.status, answer.headers["location"]) == (
        301,
        f"https://{HOST}/events/night-run?utm_source=x",
    )


def test_another_host_is_not_let_in(door: Door) -> None:
    with pytest.raises(ssl.SSLError):
        connect(door.tls_port, tls_name="other.example")


def test_a_request_for_another_host_on_a_connection_for_ours_is_sent_away(door: Door) -> None:
    site = connect(door.tls_port, tls_name=HOST)
    other, ours = (ask(site, "/", method="HEAD", headers={"Host": host}) for host in ("other.example", HOST))
    site.close()

    assert (other.status, ours.status) == (421, 200)


def test_files_do_not_use_up_what_one_address_may_read(door: Door) -> None:
    script = next((settings.SPA_DIST / "assets").glob("main-*.js")).name
    site = connect(door.tls_port, tls_name=HOST)
    files = [ask(site, f"/assets/{script}", method="HEAD", headers={"Host": HOST}) for _ in range(260)]
    page = ask(site, "/events/night-run", headers={"Host": HOST})
    site.close()

    assert {file.status for file in files} == {200}
    assert page.status == 200


def test_pages_are_drawn_by_the_product_and_their_files_are_kept_for_ever(door: Door) -> None:
    page = door.ask("/events/night-run", accept_language="en")
    [script, *_] = re.findall(r'"(/assets/main-[^"]+\.js)"', page.body.decode())
    file = door.ask(script, accept_encoding="br, gzip")

    assert (page.status, page.headers["content-language"], page.headers["cache-control"]) == (
        200,
        "en",
        "no-cache",
    )
    assert file.status == 200
    assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert file.headers["content-encoding"] == "br"
    assert door.ask(script, accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert file.body == (settings.SPA_DIST / f"{script[1:]}.br").read_bytes()
    assert door.ask("/assets/none.js").status == 404
    assert door.ask("/sw.js").headers["cache-control"] == "no-cache"


def test_pictures_are_served_and_nothing_else_that_lies_there(door: Door) -> None:
    picture = door.ask("/media/events/0a1b-960.webp")

    assert (picture.body, picture.headers["content-type"]) == (b"a picture", "image/webp")
    assert "immutable" in picture.headers["cache-control"]
    for path in ("/media/events/notes.txt", "/media/events/", "/media/../nginx.log", "/media/"):
        assert door.ask(path).status in (400, 404), path


def test_a_public_read_is_kept_for_a_moment_for_each_language_and_never_for_somebody_known(
    door: Door,
) -> None:
    def cache(language: str, **headers: str) -> str:
        answer = door.ask("/api/v1/events/?page_size=7", accept_language=language, **headers)
        return answer.headers["x-cache"]

    assert [cache(sent) for sent in ("en", "en-GB,ru", "kk", "fr, kk")] == ["MISS", "HIT", "MISS", "HIT"]
    assert [cache("en", authorization="Bearer x") for _ in range(2)] == ["BYPASS"] * 2
    assert cache("en", cookie="sessionid=1") == "BYPASS"
    assert cache("en", cookie="delux_wrote=1") == "BYPASS"
    asked_since = time.monotonic()
    while cache("en") == "HIT":
        assert time.monotonic() - asked_since < 3
        time.sleep(0.1)


def test_a_public_read_that_is_refused_says_by_which_id_it_is_found(door: Door) -> None:
    refused = door.ask("/api/v1/events/no-such-run/", x_request_id="asked-by-a-test")

    assert (refused.status, refused.headers["x-request-id"]) == (404, "asked-by-a-test")


def test_what_is_kept_for_everybody_has_the_id_of_whoever_asks(door: Door) -> None:
    asked = ["asked-at-first", "asked-again"]
    answers = [door.ask("/robots.txt", x_request_id=each) for each in asked]

    assert [(answer.status, answer.headers["x-request-id"]) for answer in answers] == [
        (200, each) for each in asked
    ]


def test_nobody_has_the_product_go_on_with_a_trace_of_theirs(folder: Path) -> None:
    heard: list[dict[str, str]] = []

    class Behind(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(204)
            self.end_headers()

    (folder / "before-an-ear").mkdir()
    with HTTPServer(("127.0.0.1", 0), Behind) as behind:
        Thread(target=behind.handle_request, daemon=True).start()
        with nginx(folder=folder / "before-an-ear", web_port=behind.server_port, host=HOST) as door:
            strange = {
                "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
                "tracestate": "x=y",
                "baggage": "who=me",
            }
            assert door.ask("/", **strange, x_request_id="passed-on").status == 204

    assert heard[0]["x-request-id"] == "passed-on"
    assert not heard[0].keys() & strange.keys()


@pytest.mark.parametrize("sent", ["", "fr, KK;q=0.5", "en-US,en;q=0.9", "xru,ky", "de", "*", "tr,,en"])
def test_nginx_and_the_product_agree_on_the_language(door: Door, web_port: int, sent: str) -> None:
    behind = ask(connect(web_port), "/api/health/", headers={"Accept-Language": sent})
    in_front = door.ask("/api/v1/event-categories/", accept_language=sent)

    assert in_front.headers["content-language"] == behind.headers["content-language"]


def test_what_is_kept_is_exactly_what_the_product_calls_public() -> None:
    [pattern] = re.findall(r"location ~ (\S+) \{\s+proxy_cache kept_reads;", TEMPLATE)

    def walk(resolver: URLResolver, prefix: str = "/") -> Iterator[tuple[str, bool]]:
        for each in resolver.url_patterns:
            path = prefix + str(each.pattern)
            if isinstance(each, URLPattern):
                view = getattr(each.callback, "view_class", object)
                yield re.sub(r"<\w+:\w+>", "night-run", path), issubclass(view, PublicReadView)
            else:
                yield from walk(each, path)

    api = [(path, public) for path, public in walk(get_resolver()) if path.startswith("/api/v1/")]
    assert sum(public for _, public in api) > 5
    assert [path for path, public in api if bool(re.search(pattern, path)) != public] == []


def test_whoever_asks_too_much_is_told_so_as_a_problem_and_in_their_language(alone: Door) -> None:
    site = connect(alone.tls_port, tls_name=HOST)
    english = {"Host": HOST, "Accept-Language": "en"}
    answers = [ask(site, "/api/v1/cart/items/", method="POST", headers=english) for _ in range(70)]
    refused = [answer for answer in answers if answer.status == 429]
    reading = [ask(site, "/api/v1/orders/", headers=english) for _ in range(3)]
    scans = [
        ask(site, f"/api/v1/crm/{path}", method="POST", headers=english)
        for path in ("check-in/", "attendees/7/check-in/", "events/7/check-ins/batch/")
    ]
    refreshes = [ask(site, "/api/v1/auth/token/refresh/", method="POST", headers=english) for _ in range(70)]
    sign_in = ask(site, "/api/v1/auth/token/", method="POST", headers=english)
    webhooks = [
        ask(site, "/api/v1/payments/webhooks/mock/", method="POST", headers=english) for _ in range(3)
    ]
    site.close()

    # Sixty at once, and one more each second.
    assert [answer.status for answer in answers[:60]] == [503] * 60
    problem = json.loads(refused[0].body)
    assert refused[0].headers["content-type"] == "application/problem+json"
    assert refused[0].headers["retry-after"] == "1"
    assert (problem["status"], problem["code"]) == (429, "too_many_attempts")
    assert problem["title"] == "Too many attempts"
    assert problem["request_id"] == refused[0].headers["x-request-id"]
    # Who reads, lets people in at a door, stays signed in or says that they paid is not held up by that.
    assert {answer.status for answer in (*reading, *scans, *refreshes, *webhooks)} == {503}
    # Nor did staying signed in count as signing in.
    assert sign_in.status == 503


def test_a_body_beyond_the_limit_is_a_problem_too(door: Door) -> None:
    answer = door.ask("/api/v1/auth/me/avatar/", method="PUT", content_length=str(50 * 1024 * 1024))

    assert (answer.status, json.loads(answer.body)["code"]) == (413, "too_large")


def test_a_product_that_is_away_is_said_in_the_shape_of_what_was_asked(alone: Door) -> None:
    api, page = alone.ask("/api/v1/orders/", accept_language="en"), alone.ask("/", accept_language="kk")

    assert (api.status, json.loads(api.body)["code"], api.headers["retry-after"]) == (
        503,
        "server_error",
        "5",
    )
    assert (page.status, page.body.decode()[:9]) == (503, "Біздің жа")


def test_figures_are_for_those_who_know_the_token_and_ask_the_machine_itself(
    door: Door, web_port: int
) -> None:
    token = {"Authorization": f"Bearer {METRICS_TOKEN}"}

    assert ask(connect(web_port), "/metrics/", headers=token).status == 200
    assert ask(connect(web_port), "/metrics/").status == 404
    assert door.ask("/metrics/", **token).status == 404
    # Any other page is for the shop's own host alone.
    assert ask(connect(web_port), "/api/v1/events/").status == 400


def test_figures_are_of_all_processes_whichever_of_them_answers(web_port: int) -> None:
    def answered() -> int:
        headers = {"Authorization": f"Bearer {METRICS_TOKEN}"}
        page = ask(connect(web_port), "/metrics/", headers=headers).body.decode()
        [found] = re.findall(r"^django_http_requests_before_middlewares_total (\S+)", page, re.MULTILINE)
        return int(float(found))

    before = answered()
    for _ in range(20):
        ask(connect(web_port), "/api/health/")

    # Each look counts itself.
    assert [answered() for _ in range(6)] == [before + 20 + look for look in range(1, 7)]


def test_the_log_of_requests_has_nothing_that_lets_anybody_in(door: Door) -> None:
    door.ask("/api/v1/unsubscribe/canary-in-an-address/")
    door.ask("/reset-password?token=canary-in-a-query", authorization="Bearer canary-in-a-header")

    while '"path":"/reset-password"' not in door.log:
        time.sleep(0.01)  # it is written once the answer is away
    [line] = [line for line in door.log.splitlines() if "/reset-password" in line]
    assert json.loads(line)["status"] == 200
    assert '"path":"/api/v1/unsubscribe/…"' in door.log
    assert "canary" not in door.log

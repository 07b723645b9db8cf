"""An SMS reaches its provider whole, and what goes wrong gives away neither number, text nor key."""

import json
import logging
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from delux.core import sms as module
from delux.core.sms import Sms, SmsNotSent, send_sms, sms_problem

KEY = "kz4f81secretkey"
SMS = Sms(to="+77012345678", text="Код Delux: 042917", minutes=5)
TAKEN = (200, {"code": 0, "data": {"campaignId": "1", "messageId": "2", "status": 2}, "message": ""})


@contextmanager
def mobizon(status, answer, *, silent=None):
    """Run a Mobizon of our own on this machine; yield its host and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((urlsplit(self.path).path, parse_qs(urlsplit(self.path).query), parse_qs(body)))
            if silent:
                silent.wait(timeout=10)
                return
            sent = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_args):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_mobizon_gets_number_text_sender_and_key(settings):
    with mobizon(*TAKEN) as (host, asked):
        settings.SMS_URL = f"mobizon+http://{KEY}@{host}?from=Delux"
        send_sms(SMS)

    [(path, query, form)] = asked
    assert path == "/service/message/sendsmsmessage"
    assert query == {"output": ["json"], "api": ["v1"], "apiKey": [KEY]}
    assert form == {
        "recipient": ["77012345678"],
        "text": ["Код Delux: 042917"],
        "params[validity]": ["5"],
        "from": ["Delux"],
    }


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"code": 1, "data": {"recipient": "+77012345678 is wrong"}, "message": "Код Delux: 042917"}),
        (200, {"code": 15, "data": [], "message": "No money left"}),
        (200, []),
        (200, b"<html>Sorry</html>"),
        (302, b""),
        (500, {"code": 0}),
    ],
)
def test_a_refusal_is_told_without_number_text_or_key(status, answer, settings, caplog):
    with mobizon(status, answer) as (host, _asked), caplog.at_level(logging.INFO):
        settings.SMS_URL = f"mobizon+http://{KEY}@{host}"
        with pytest.raises(SmsNotSent) as refusal:
            send_sms(SMS)

    told = f"{refusal.value!r} {refusal.value.__cause__!r} {caplog.text}"
    for secret in (KEY, "7012345678", "042917"):
        assert secret not in told


def test_a_provider_that_is_down_or_silent_is_not_waited_for(settings, monkeypatch):
    monkeypatch.setattr(module, "_TIMEOUT", (0.05, 0.05))
    done = threading.Event()
    with mobizon(*TAKEN, silent=done) as (host, _asked):
        settings.SMS_URL = f"mobizon+http://{KEY}@{host}"
        with pytest.raises(SmsNotSent, match="ReadTimeout"):
            send_sms(SMS)
        done.set()
    with pytest.raises(SmsNotSent, match="ConnectionError") as refusal:
        send_sms(SMS)

    assert KEY not in repr(refusal.value)


def test_no_request_may_take_ten_seconds():
    assert sum(module._TIMEOUT) < 10


def test_each_message_is_a_file_in_the_folder(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"
    send_sms(SMS)
    send_sms(SMS)

    texts = [path.read_text("utf-8") for path in (tmp_path / "sms").iterdir()]
    assert texts == ["+77012345678\nКод Delux: 042917\n"] * 2


def test_the_console_shows_it(settings, capsys):
    settings.SMS_URL = "console:"
    send_sms(SMS)

    assert capsys.readouterr().out == "SMS to +77012345678: Код Delux: 042917\n"


def test_what_is_logged_of_a_message_holds_no_text():
    assert "042917" not in repr(SMS)


@pytest.mark.parametrize(
    ("url", "is_real", "is_right"),
    [
        ("mobizon://key@api.mobizon.kz?from=Delux", True, True),
        ("mobizon://api.mobizon.kz", True, False),
        ("mobizon+http://key@127.0.0.1:1", True, False),
        ("console:", True, False),
        ("file:///var/sms", True, False),
        ("console:", False, True),
        ("smtp://somewhere", False, False),
    ],
)
def test_an_address_is_looked_at_before_the_product_starts(url, is_real, is_right):
    assert (sms_problem(url, is_real=is_real) == "") is is_right

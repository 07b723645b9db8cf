"""Every refusal has one shape, whoever refuses: router, parser, serializer, service or nobody at all."""

from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction
from django.test import override_settings
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, IntegerField
from rest_framework.test import APIClient

from delux.core.api import errors
from delux.core.api.serializers import StrictSerializer
from delux.core.api.views import View, unknown_endpoint
from delux.core.api.views import handler500 as handler500
from delux.core.errors import Conflict, FieldProblem


class LineInput(StrictSerializer):
    quantity = IntegerField(min_value=1)


class BasketInput(StrictSerializer):
    note = CharField(max_length=10)
    lines = LineInput(many=True)


class SoldOut(Conflict):
    code = "sold_out"
    title = "Sold out"


class Said(Exception):
    """What the driver raises, with the code the server gave it."""

    def __init__(self, pgcode: str) -> None:
        self.pgcode = pgcode


def told(pgcode: str) -> OperationalError:
    error = OperationalError("told by the server")
    error.__cause__ = Said(pgcode)
    return error


# How a lost database is told of: nobody answers, the connection is gone, the server says that it goes or that
# it comes, a pooler that it finds none.
LOST = {
    "refused": OperationalError("connection refused"),
    "goes": told("57P01"),
    "comes": told("57P03"),
    "pooler": told("08P01"),
}


class EchoView(View):
    permission_classes = (AllowAny,)

    def post(self, request: Request) -> Response:
        body = self.read(request, BasketInput)
        if body["note"] == "sold":
            problem = FieldProblem("/lines/0", "not_enough", "Two are left", {"left": 2})
            raise SoldOut("Too late", problems=[problem], extra={"retry_after": 7})
        if body["note"] == "slow":
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 20")
                cursor.execute("SELECT pg_sleep(2)")
        if body["note"] in LOST:
            raise LOST[body["note"]]
        if body["note"] == "bug":
            raise RuntimeError("secret detail")
        return Response({"note": body["note"]})


class ClosedView(View):
    def get(self, request: Request) -> Response:
        return Response({"open": True})


urlpatterns = [
    path("api/echo/", EchoView.as_view()),
    path("api/closed/", ClosedView.as_view()),
    path("api/elsewhere/", unknown_endpoint),
]
pytestmark = pytest.mark.urls(__name__)


def post(body: object, **extra: object):
    return APIClient(raise_request_exception=False).post("/api/echo/", body, **extra)


def test_nested_mistakes_are_named_by_pointer() -> None:
    answer = post({"note": "x" * 11, "lines": [{"quantity": 1}, {"quantity": 0}]})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert {problem["pointer"] for problem in answer.json()["errors"]} == {"/note", "/lines/1/quantity"}


def test_an_unknown_field_is_refused_by_name() -> None:
    answer = post({"note": "hi", "lines": [{"quantity": 1, "price": "0.01"}], "is_staff": True})

    assert answer.status_code == 400
    assert [(p["pointer"], p["code"]) for p in answer.json()["errors"]] == [("/is_staff", "unknown")]


def test_a_domain_error_keeps_its_code_its_lines_and_its_time_to_return() -> None:
    answer = post({"note": "sold", "lines": []})

    assert answer.status_code == 409
    assert answer["Retry-After"] == "7"
    body = answer.json()
    assert (body["code"], body["type"], body["detail"]) == (
        "sold_out",
        "urn:delux:error:sold-out",
        "Too late",
    )
    assert body["errors"] == [
        {"pointer": "/lines/0", "code": "not_enough", "detail": "Two are left", "left": 2}
    ]
    assert body["request_id"] == answer["X-Request-Id"]


def test_a_bug_says_nothing_of_its_cause() -> None:
    answer = post({"note": "bug", "lines": []})

    assert answer.status_code == 500
    assert answer.json()["code"] == "server_error"
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"note": ', "malformed"),
        (b'{"note": "\\u0000", "lines": []}', "null_characters_not_allowed"),
        (b'{"note": "\\ud800", "lines": []}', "malformed"),
        (b"\xff\xfe", "malformed"),
        (b"[" * 3000 + b"]" * 3000, "malformed"),
    ],
)
def test_what_is_not_clean_json_is_a_400(raw: bytes, code: str) -> None:
    answer = APIClient(raise_request_exception=False).generic("POST", "/api/echo/", raw, "application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] == code


@pytest.mark.parametrize("raw", [b"[]", b"3", b"null", b'"text"', b"1e400"])
def test_json_that_is_not_an_object_is_a_400(raw: bytes) -> None:
    answer = APIClient(raise_request_exception=False).generic("POST", "/api/echo/", raw, "application/json")

    assert answer.status_code == 400


def test_a_megabyte_is_the_limit() -> None:
    answer = post({"note": "x" * 1_100_000, "lines": []})

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_another_content_type_is_a_415() -> None:
    assert post("note=hi", content_type="application/x-www-form-urlencoded").status_code == 415


def test_an_endpoint_without_a_decision_lets_nobody_in() -> None:
    assert APIClient().get("/api/closed/").status_code in (401, 403)


def test_an_unknown_query_parameter_is_a_400() -> None:
    answer = APIClient().post("/api/echo/?colour=red", {"note": "hi", "lines": []})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/colour"


def test_an_unknown_endpoint_is_a_problem_document_too() -> None:
    answer = APIClient().get("/api/elsewhere/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [("", "kk-KZ,ru;q=0.8", "kk"), ("en", "kk", "en"), ("", "de,fr", "ru"), ("", "", "ru"), ("ky", "", "ky")],
)
def test_answers_come_in_the_language_asked_for(asked: str, header: str, language: str) -> None:
    answer = APIClient().get(
        "/api/elsewhere/" + (f"?lang={asked}" if asked else ""), HTTP_ACCEPT_LANGUAGE=header
    )

    assert answer["Content-Language"] == language


@override_settings(DEBUG=False)
def test_a_sane_request_id_is_kept_and_a_strange_one_replaced() -> None:
    kept = APIClient().get("/api/elsewhere/", HTTP_X_REQUEST_ID="abcdef-123456")
    replaced = APIClient().get("/api/elsewhere/", HTTP_X_REQUEST_ID="x\n<script>")

    assert kept["X-Request-Id"] == "abcdef-123456"
    assert "<" not in replaced["X-Request-Id"]


@pytest.mark.django_db
def test_a_database_that_gives_up_waiting_is_a_503_to_try_again() -> None:
    answer = post({"note": "slow", "lines": []})

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer["Retry-After"] == "2"


@pytest.mark.parametrize("note", LOST)
def test_a_database_that_is_away_is_a_503_to_repeat(note) -> None:
    answer = post({"note": note, "lines": []})

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("path", "error", "status"),
    [
        ("/api/v1/orders/", LOST["refused"], 503),
        ("/api/v1/orders/", RuntimeError("secret detail"), 500),
        ("/api/v1/orders/", told("53100"), 500),  # its disk is full: somebody has to act
        ("/events", LOST["refused"], 503),
        ("/events", RuntimeError("secret detail"), 500),
    ],
)
def test_outside_of_endpoints_it_is_told_from_a_bug_as_well(rf, path, error, status) -> None:
    try:
        raise error
    except type(error):
        answer = handler500(rf.get(path))

    assert answer.status_code == status
    assert ("Retry-After" in answer) == (status == 503)
    assert b"secret" not in answer.content


@pytest.mark.parametrize(
    ("at_hand", "status"),
    [(None, 503), (SimpleNamespace(closed=2), 503), (SimpleNamespace(closed=0), 500)],
)
def test_a_closed_connection_is_an_outage_and_a_closed_cursor_a_bug(rf, monkeypatch, at_hand, status) -> None:
    monkeypatch.setattr(errors, "connection", SimpleNamespace(connection=at_hand))
    try:
        raise InterfaceError("already closed")
    except InterfaceError:
        answer = handler500(rf.get("/events"))

    assert answer.status_code == status

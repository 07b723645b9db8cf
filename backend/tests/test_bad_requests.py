"""What Django refuses before any view of ours sees it has the API's shape all the same."""

import pytest
from rest_framework.test import APIClient


def test_thousands_of_parameters_are_a_problem_document() -> None:
    answer = APIClient().get("/api/v1/events/?" + "&".join(["a=1"] * 1100))

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "bad_request"


@pytest.mark.parametrize("path", ["/api/v1/events/", "/api/health/"])
def test_a_foreign_host_is_a_problem_document(path: str, settings) -> None:
    settings.ALLOWED_HOSTS = ["delux.example"]

    answer = APIClient().get(path, HTTP_HOST="evil.example")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")

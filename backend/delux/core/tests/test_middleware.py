import pytest
from django.test import Client


@pytest.mark.django_db
def test_data_comes_with_a_policy_that_lets_a_browser_load_nothing() -> None:
    answer = Client().get("/api/v1/event-categories/")

    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_pages_keep_their_own_policy() -> None:
    answer = Client().get("/shop/")

    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_desk_of_staff_shows_messages_as_before() -> None:
    answer = Client().get("/admin/login/")

    assert answer.status_code == 200
    assert hasattr(answer.wsgi_request, "_messages")

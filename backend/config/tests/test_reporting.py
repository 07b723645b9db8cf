from typing import Any

from opentelemetry.sdk.trace import ReadableSpan

from config.reporting import _scrubbed_report, _scrubbed_span


def test_a_traced_request_does_not_tell_what_was_searched_for() -> None:
    span = ReadableSpan(
        name="GET",
        attributes={
            "http.url": "http://delux.example/api/v1/crm/customers/?search=Ivan+Petrov",
            "http.target": "/api/v1/crm/customers/?search=Ivan+Petrov",
            "url.full": "http://delux.example/?search=Ivan+Petrov",
            "url.query": "search=Ivan+Petrov",
            "http.status_code": 200,
        },
    )

    assert _scrubbed_span(span).attributes == {
        "http.url": "http://delux.example/api/v1/crm/customers/",
        "http.target": "/api/v1/crm/customers/",
        "url.full": "http://delux.example/",
        "http.status_code": 200,
    }


def test_a_told_failure_does_not_tell_what_was_searched_for() -> None:
    event: dict[str, Any] = {
        "request": {
            "url": "http://delux.example/api/v1/crm/customers/",
            "query_string": "search=Ivan+Petrov",
            "headers": {"Referer": "http://delux.example/desk/customers?search=Ivan", "Accept": "*/*"},
        },
        "breadcrumbs": {"values": [{"data": {"url": "http://sms.example/", "http.query": "to=Ivan"}}, {}]},
    }

    told = _scrubbed_report(event, None)

    assert told["request"]["headers"] == {"Accept": "*/*"}
    assert "Ivan" not in str(told)

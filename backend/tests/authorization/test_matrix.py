"""Every operation of the API × every kind of person, on a thing that is theirs or another's."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from tests.authorization.policies import POLICIES, expected
from tests.calls import undone
from tests.openapi import METHODS, Operation, operations
from tests.world import BUYERS_SECRET, NOBODYS_ID, ORGANIZERS_SECRET, World

pytestmark = pytest.mark.django_db
OPERATIONS = [pytest.param(operation, id=operation.id) for operation in operations()]
REFUSED_BY_PATH = [
    param for param in OPERATIONS if "{" in param.values[0].path and "404" in POLICIES.get(param.id, "")
]
SIGN_INS = {"auth_login", "auth_code_sign_in", "auth_password_reset"}
# Whoever is offered a ticket reads who gives it, wherever they are told.
TOLD = {each: {"other_buyer"} for each in ("ticket_offers_list", "notifications_list", "auth_me_data")}
MAY_READ = {BUYERS_SECRET: {"buyer", "organizer"}, ORGANIZERS_SECRET: {"organizer"}}


def problem_of(response: HttpResponse) -> dict[str, Any]:
    return {name: value for name, value in response.json().items() if name != "request_id"}


def test_every_operation_has_a_policy_and_every_policy_an_operation() -> None:
    assert {operation.id for operation in operations()} == set(POLICIES)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_everyone_gets_what_the_policy_says_and_no_secret_of_others(
    operation: Operation, world: World
) -> None:
    decisions = expected(operation.id, reads_token=operation.reads_token)
    answers = {actor: undone(operation, actor, world) for actor in decisions}

    got = {
        actor: "ok" if 200 <= answer.status_code < 300 else str(answer.status_code)
        for actor, answer in answers.items()
    }
    assert got == decisions, {actor: answer.content[:300] for actor, answer in answers.items()}
    if operation.id not in SIGN_INS:  # whoever knows the buyer's password, code or link is the buyer
        for secret, readers in MAY_READ.items():
            shown_to = {actor for actor, answer in answers.items() if secret.encode() in answer.content}
            assert shown_to <= readers | TOLD.get(operation.id, set())


@pytest.mark.parametrize("operation", REFUSED_BY_PATH)
def test_what_is_anothers_looks_exactly_like_what_is_not_there(operation: Operation, world: World) -> None:
    decisions = expected(operation.id, reads_token=operation.reads_token)
    strangers = [actor for actor, status in decisions.items() if status == "404"]

    for actor in strangers:
        foreign = undone(operation, actor, world)
        missing = undone(operation, actor, world, missing=True)
        assert problem_of(foreign) == problem_of(missing)
        assert str(NOBODYS_ID) not in missing.content.decode()


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> dict[str, Any]:
    """Return every view class by its route; None for a view that is not one of the API's."""
    found: dict[str, Any] = {}
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= views(pattern.url_patterns, route)
        else:
            found[route] = pattern.callback.cls if hasattr(pattern.callback, "cls") else None
    return found


def test_every_address_and_method_under_api_v1_is_in_the_schema() -> None:
    routed = {
        ("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path), method)
        for path, view in views(get_resolver().url_patterns).items()
        for method in METHODS
        if path.startswith("api/v1/") and (view is None or hasattr(view, method))
    }

    described = {(operation.path, operation.method) for operation in operations()}
    assert routed == {(path, method) for path, method in described if path.startswith("/api/v1/")}

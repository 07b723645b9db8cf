"""Made-up requests to every operation, right and wrong in form: only documented answers, never a 5xx."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from delux.accounts.services.access_tokens import issue_access_token
from tests.calls import path_parameters
from tests.openapi import Operation, document, operations
from tests.world import World

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(document())
# Tokens are not guessed here: each request is sent as somebody (see ``actors``).
SCHEMA.config.generation.update(with_security_parameters=False)


@pytest.fixture(scope="module", autouse=True)
def connection_kept() -> Iterator[None]:
    """Let no request close the connection that holds the world, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def actors(world: World) -> dict[str, dict[str, str]]:
    """Return the headers of the three people each request is sent as."""
    tokens = {
        "buyer": issue_access_token(world.buyer),
        "organizer": issue_access_token(world.organizer.user),
    }
    return {"anonymous": {}} | {name: {"Authorization": f"Bearer {token}"} for name, token in tokens.items()}


def send(case: Case, headers: dict[str, str]) -> None:
    """Send a request to the product, in this process, check its answer, and take back what it did."""
    with transaction.atomic():
        response = case.call(app=application, headers=headers)
        transaction.set_rollback(True)
    case.validate_response(response, checks=CHECKS, headers=headers)


def can_be_malformed(operation: Operation) -> bool:
    """Any string will do for a slug in the address; everything else has a form to miss."""
    parameters = operation.spec.get("parameters", [])
    return bool(operation.body_type) or any(
        parameter["in"] != "path" or parameter["schema"]["type"] != "string" for parameter in parameters
    )


def made_up_for() -> Iterator[Any]:
    for operation in operations():
        yield pytest.param(operation, GenerationMode.POSITIVE, id=f"{operation.id}-well-formed")
        if can_be_malformed(operation):
            yield pytest.param(operation, GenerationMode.NEGATIVE, id=f"{operation.id}-malformed")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("operation", "kind"), list(made_up_for()))
def test_made_up_requests_get_documented_answers(
    operation: Operation, kind: GenerationMode, world: World, times: int
) -> None:
    people = actors(world)
    real = path_parameters(operation, world)

    @settings(
        max_examples=4 * times,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=SCHEMA.find_operation_by_id(operation.id).as_strategy(kind))
    def everyone_asks(case: Case) -> None:
        for headers in people.values():
            send(case, headers)
        if real:  # and for a thing that is there, as whoever owns it
            case.path_parameters = real
            for name in ("buyer", "organizer"):
                send(case, people[name])

    everyone_asks()

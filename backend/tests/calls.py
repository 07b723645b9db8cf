"""Calling an operation of the schema as somebody, in a world, without a trace."""

import re
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from tests.openapi import Operation
from tests.world import NOBODYS_ID, World, request_of


def undone(operation: Operation, actor: str, world: World, **how: Any) -> HttpResponse:
    """Ask, and take back whatever it did: each actor finds the same world."""
    with transaction.atomic():
        response = ask(operation, actor, world, **how)
        if response.streaming:  # a file is read while its rows are still there
            kind = response["Content-Type"]
            response = HttpResponse(response.getvalue(), status=response.status_code, content_type=kind)
        transaction.set_rollback(True)
    return response


def ask(
    operation: Operation, actor: str, world: World, *, missing: bool = False, body: Any = None
) -> HttpResponse:
    """Send the owner's successful request as ``actor``; with ``missing``, for a thing that nobody has."""
    parameters = path_parameters(operation, world)
    if missing:
        parameters = dict.fromkeys(parameters, NOBODYS_ID)
    multipart = operation.body_type == "multipart/form-data"
    send = getattr(world.client(actor), operation.method)
    return send(
        operation.path.format(**parameters),
        (body or body_of(operation, world)) if operation.method != "get" else None,
        format="multipart" if multipart else "json",
        headers={"Idempotency-Key": f"{operation.id}-{actor}"} if operation.needs_key else None,
    )


def path_parameters(operation: Operation, world: World) -> dict[str, Any]:
    named = world.ids | {"ref": world.paid_order.pk, "provider": "mock"}
    named |= request_of(operation.id, world).get("path", {})
    return {name: named[name] for name in re.findall(r"{(\w+)}", operation.path)}


def body_of(operation: Operation, world: World) -> Any:
    """Return a body that the owner succeeds with: the schema's example, made to fit this world."""
    wanted = request_of(operation.id, world)
    if "change" in wanted:
        return operation.example | wanted["change"]
    return wanted.get("body", operation.example)

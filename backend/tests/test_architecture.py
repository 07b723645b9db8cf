"""What the linters cannot see: keys by name, rules in signals, statuses that drift from their constraints."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from delux.core.api.caching import PublicReadView
from delux.core.api.views import View

BACKEND = Path(__file__).resolve().parent.parent
# Lowest first; apps on one line are strangers. The same order stands in pyproject.toml for imports.
LAYERS = [
    {"core"},
    {"accounts"},
    {"notifications"},
    {"events", "market"},
    {"orders"},
    {"payments"},
    {"crm", "pages"},
]
HEIGHT = {app: height for height, layer in enumerate(LAYERS) for app in layer}
# Machinery that staff has nothing to do with, and rows edited inside another's page.
WITHOUT_ADMIN = {
    "core.IdempotencyKey",
    "accounts.GuessCounter",
    "accounts.VerificationCode",
    "accounts.EmailProof",
    "events.EventLocation",
    "events.EventOnlineInfo",
}
# Set by code from an enum of its own; nothing moves them by a NEXT map.
STATUS_WITHOUT_NEXT = {"crm.CrmTask", "payments.MockCharge"}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in HEIGHT]


def sources() -> Iterator[tuple[str, str]]:
    """Yield the path and text of every module of the product, tests and migrations left out."""
    for folder in ("config", "delux"):
        for path in (BACKEND / folder).rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts):
                yield path.relative_to(BACKEND).as_posix(), path.read_text()


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[type[APIView]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif issubclass(view := getattr(pattern.callback, "cls", object), APIView):
            yield view


OUR_VIEWS = sorted(
    {view for view in views(get_resolver().url_patterns) if view.__module__.startswith("delux.")},
    key=lambda view: f"{view.__module__}.{view.__name__}",
)


def test_every_app_has_its_place_in_the_layers() -> None:
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("delux.")}

    assert labels - {"demo"} == set(HEIGHT)


def test_exactly_one_key_points_up_a_layer_and_it_is_the_tickets() -> None:
    upward = {
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        # Everything may belong to a person: Django's own idiom for that is a key by name.
        and field.related_model is not get_user_model()
        and field.related_model._meta.app_label != model._meta.app_label
        and HEIGHT[field.related_model._meta.app_label] >= HEIGHT[model._meta.app_label]
    }

    assert upward == {"EventAttendee.order_item"}


def test_events_code_never_follows_the_key_that_points_up() -> None:
    followers = [
        path
        for path, text in sources()
        if path.startswith("delux/events/") and re.search(r"\border_item(__|\.)", text)
    ]

    assert followers == []


def test_no_rule_hides_in_a_signal_or_a_save_of_its_own() -> None:
    hidden = []
    for path, text in sources():
        if re.search(r"^from django\.(db\.models\.signals|dispatch|core\.signals) ", text, re.MULTILINE):
            hidden.append(path)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                hidden += [
                    f"{path}:{node.name}.{method.name}"
                    for method in node.body
                    if isinstance(method, ast.FunctionDef)
                    and method.name in ("save", "delete")
                    and any("Model" in ast.unparse(base) for base in node.bases)
                    and "Admin" not in "".join(ast.unparse(base) for base in node.bases)
                ]

    assert hidden == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_staff_can_look_at_it(model: type[models.Model]) -> None:
    inlines = {inline.model for page in admin.site._registry.values() for inline in page.inlines}

    assert (model in admin.site._registry or model in inlines) != (model._meta.label in WITHOUT_ADMIN)


def statuses(model: type[models.Model]) -> set[str]:
    return {value for value, _ in model._meta.get_field("status").choices or ()}


WITH_STATUS = [
    model for model in our_models() if any(field.name == "status" for field in model._meta.concrete_fields)
]


@pytest.mark.parametrize("model", WITH_STATUS, ids=lambda model: model._meta.label)
def test_the_database_takes_exactly_the_declared_statuses(model: type[models.Model]) -> None:
    stored = [
        set(constraint.condition.children[0][1])
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and constraint.name.endswith("_status_known")
    ]

    assert len(stored) == 1
    assert not statuses(model) or stored[0] == statuses(model)


@pytest.mark.parametrize(
    "model",
    [model for model in WITH_STATUS if model._meta.label not in STATUS_WITHOUT_NEXT],
    ids=lambda model: model._meta.label,
)
def test_every_status_says_what_may_come_next(model: Any) -> None:
    assert set(model.NEXT) == statuses(model)
    assert set().union(*model.NEXT.values()) <= statuses(model)


@pytest.mark.parametrize("view", OUR_VIEWS, ids=lambda view: view.__name__)
def test_an_endpoint_decides_by_itself_who_may_come_in(view: type[APIView]) -> None:
    own = [vars(base) for base in view.__mro__ if base not in (View, APIView)]

    # What is written about the API is no part of it: those pages are the packages'.
    assert issubclass(view, View) or view.__module__ == "delux.pages.api_docs"
    assert any("permission_classes" in names or "get_permissions" in names for names in own)


def test_every_public_read_may_come_from_a_replica() -> None:
    public = [view for view in OUR_VIEWS if issubclass(view, PublicReadView)]

    assert len(public) > 5
    assert [view.__name__ for view in public if not hasattr(view.get, "__wrapped__")] == []


def test_what_beat_sends_is_a_task_that_exists() -> None:
    current_app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)


def test_what_is_enqueued_by_name_is_a_task_that_exists() -> None:
    current_app.loader.import_default_modules()
    sent = {name for _, text in sources() for name in re.findall(r"enqueue\(\s*\"([\w.]+)\"", text)}

    assert sent
    assert sent <= set(current_app.tasks)


def test_no_module_has_grown_out_of_hand() -> None:
    lines = {path: text.count("\n") for path, text in sources() if not path.startswith("delux/demo/")}

    assert {path: count for path, count in lines.items() if count > 450} == {}

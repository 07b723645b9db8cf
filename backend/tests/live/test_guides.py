"""The guides for developers keep their word: each call in them is made, and answered as is printed there."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from delux.accounts.tests.factories import UserFactory
from delux.demo.logins import PASSWORD
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.pages.guides import FOLDER, NAMES
from tests.live.server import own_database, serving

_BLOCK = re.compile(r"^```(?P<language>sh|json|text)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_LOCAL = "http://localhost:8888"


@dataclass
class Step:
    """A call of a guide, and the answer printed under it."""

    call: str
    language: str = ""
    answer: str = ""


def steps_of(guide: str) -> list[Step]:
    steps: list[Step] = []
    for block in _BLOCK.finditer(guide):
        if block["language"] == "sh":
            steps.append(Step(block["text"]))
        elif not steps or steps[-1].language:
            pytest.fail(f"An answer to nothing:\n{block['text']}")
        else:
            steps[-1].language, steps[-1].answer = block["language"], block["text"]
    return steps


GUIDES = {name: steps_of((FOLDER / f"{name}.md").read_text()) for name in NAMES}


@pytest.fixture(scope="module")
def site(django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """A demo shop in small, served: a buyer whose password is known, tickets, more than a page of goods."""
    var = tmp_path_factory.mktemp("guides")
    with django_db_blocker.unblock(), own_database("guides") as url:
        UserFactory(email="buyer@delux.test", password=PASSWORD)
        event = EventFactory(capacity=100, title="Almaty night run")
        TicketTypeFactory(event=event, price=Decimal(12000), quantity_total=100)
        VariantFactory.create_batch(6)
        with serving(database_url=url, var=var, application="config.wsgi:application") as port:
            yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("name", [name for name, steps in GUIDES.items() if steps])
def test_a_guide_can_be_followed(name: str, site: str, tmp_path: Path) -> None:
    steps = GUIDES[name]
    script = "".join(f"{{\n{step.call}}} > step-{number}.out\n" for number, step in enumerate(steps))

    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script.replace(_LOCAL, site)],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "MOCK_WEBHOOK_SECRET": settings.MOCK_WEBHOOK_SECRET},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    for number, step in enumerate(steps):
        answer = (tmp_path / f"step-{number}.out").read_text()
        if step.language == "json":
            assert differences(json.loads(step.answer), json.loads(answer)) == [], f"{step.call}\n{answer}"
        elif step.language == "text":
            assert answer == step.answer


def differences(shown: Any, given: Any, at: str = "") -> list[str]:
    """Return where an answer is not of the shape that is shown. It may hold more; words and numbers vary.

    What a program branches on is the same: codes, states and the like.
    """
    if isinstance(shown, dict) and isinstance(given, dict):
        missing = [f"{at}/{name} is missing" for name in shown if name not in given]
        return missing + [
            found
            for name in shown
            if name in given
            for found in differences(shown[name], given[name], f"{at}/{name}")
        ]
    if isinstance(shown, list) and isinstance(given, list):
        if not given:
            return [f"{at} is empty"]
        return [
            found
            for index, one in enumerate(shown)
            for found in differences(one, given[index], f"{at}/{index}")
        ]
    if shown is not None and given is not None and type(shown) is not type(given):
        return [f"{at} is {given!r}"]
    if at.rpartition("/")[2] in {"code", "status", "failure_code", "availability", "problem", "type"}:
        return [] if shown == given or at.startswith("/results") else [f"{at} is {given!r}"]
    return []


def test_an_answer_of_another_shape_is_noticed() -> None:
    shown = {"status": 409, "code": "price_changed", "lines": [{"price": "1.00"}]}

    assert differences(shown, shown | {"more": 1}) == []
    assert differences(shown, {"status": 409, "code": "sold_out", "lines": [{"price": 1}]}) == [
        "/code is 'sold_out'",
        "/lines/0/price is 1",
    ]
    assert differences(shown, {"status": 409, "code": "price_changed", "lines": []}) == ["/lines is empty"]
    assert differences(shown, {"status": 409, "lines": [{}]}) == [
        "/code is missing",
        "/lines/0/price is missing",
    ]

import os
import re
import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from delux.core.checks import no_faultpoint_in_production

PASSES = (
    "import django; django.setup(); from delux.core.faults import faultpoint as p; p('K1'); p('K3'); p('K3')"
)


@pytest.mark.parametrize(("setting", "dies"), [("", False), ("K3", True), ("K3:2", True), ("K3:3", False)])
def test_a_process_kills_itself_only_where_the_setting_says(setting: str, dies: bool) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PASSES],
        cwd=settings.BASE_DIR,
        env=os.environ | {"FAULTPOINT": setting},
        check=False,
    )

    assert ended.returncode == (-signal.SIGKILL if dies else 0)


@pytest.mark.parametrize(
    ("production", "setting", "refused"), [(True, "K3", True), (True, "", False), (False, "K3", False)]
)
def test_production_does_not_start_with_a_faultpoint(settings, production, setting, refused) -> None:
    settings.PRODUCTION, settings.FAULTPOINT = production, setting

    assert [problem.id for problem in no_faultpoint_in_production()] == ["core.E001"] * refused


def test_each_kill_point_of_checkout_stands_once_in_the_code() -> None:
    sources = (settings.BASE_DIR / "delux").rglob("*.py")
    named = Counter(
        name
        for source in sources
        if "tests" not in source.parts
        for name in re.findall(r'faultpoint\("(\w+)"\)', source.read_text())
    )

    assert named == {f"K{number}": 1 for number in range(10)}

"""Side-by-side commands, and the promises about coverage."""

import sys
from pathlib import Path

import pytest

from dev import jobs
from dev.coverage_gate import shortfalls
from dev.jobs import Crew, Job, Result
from dev.test import in_numbers


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "LOGS", tmp_path)


def python(name: str, code: str, **details) -> Job:
    return Job(name, [sys.executable, "-c", code], **details)


def test_a_failure_is_shown_with_its_output_and_stops_nothing(capsys) -> None:
    crew = Crew()

    crew.work(
        [
            python("bad", "print('the reason'); raise SystemExit(1)", advice="try harder"),
            python("next", "pass"),
        ],
        [python("beside", "pass")],
    )

    said = capsys.readouterr().out
    assert [result.job.name for result in crew.failed] == ["bad"]
    assert {result.job.name for result in crew.results} == {"bad", "next", "beside"}
    assert "FAILED bad" in said
    assert "the reason" in said
    assert "try harder" in said


def test_lanes_run_side_by_side_and_their_jobs_in_order(tmp_path: Path) -> None:
    wait_for = (
        "import time, pathlib; [time.sleep(0.01) for _ in range(1500) if not pathlib.Path({!r}).exists()]"
    )
    flag = str(tmp_path / "flag")

    crew = Crew()
    crew.work(
        [python("waits", wait_for.format(flag) + f"; assert pathlib.Path({flag!r}).exists()")],
        [python("raises flag", f"open({flag!r}, 'w')"), python("sees flag", f"open({flag!r})")],
    )

    assert crew.failed == []


def test_a_job_cannot_ask_the_person_anything() -> None:
    crew = Crew()

    crew.work([python("asks", "input()")])

    assert "EOFError" in crew.failed[0].output


@pytest.mark.parametrize(
    ("output", "summary"),
    [
        (
            "....\n==== 512 passed, 1 skipped in 98.21s (0:01:38) ====\n",
            "512 passed, 1 skipped in 98.21s (0:01:38)",
        ),
        ("3 failed, 9 passed in 4.0s\n", "3 failed, 9 passed in 4.0s"),
        ("\x1b[32m  4 passed\x1b[39m (12.3s)\n", "4 passed (12.3s)"),
        ("nothing to count\n", "passed"),
    ],
)
def test_a_test_tools_own_summary_is_repeated(output: str, summary: str) -> None:
    assert in_numbers(Result(Job("any", []), passed=True, seconds=1, output=output)) == summary


def report(*, lines: int, orders: int, payments: int) -> dict:
    def file(covered: int) -> dict:
        return {"summary": {"covered_branches": covered, "missing_branches": 100 - covered}}

    return {
        "summary": {"covered_lines": lines, "missing_lines": 100 - lines},
        "files": {"delux/orders/services/a.py": file(orders), "delux/payments/services/b.py": file(payments)},
    }


def test_coverage_that_keeps_its_promises_passes() -> None:
    assert shortfalls(report(lines=85, orders=95, payments=100)) == []


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"lines": 84, "orders": 95, "payments": 95}, "84.0 % of all lines"),
        ({"lines": 90, "orders": 94, "payments": 95}, "94.0 % of branches in delux/orders/services/"),
        ({"lines": 90, "orders": 95, "payments": 0}, "0.0 % of branches in delux/payments/services/"),
    ],
)
def test_a_broken_coverage_promise_is_named(given: dict, complaint: str) -> None:
    [found] = shortfalls(report(**given))

    assert complaint in found


def test_money_code_that_was_never_measured_is_a_broken_promise() -> None:
    empty = report(lines=100, orders=100, payments=100) | {"files": {}}

    assert len(shortfalls(empty)) == 2

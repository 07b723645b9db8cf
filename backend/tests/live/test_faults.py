"""Killed at every step of checkout (docs/reliability.md): nothing is lost, and nothing is taken twice.

Every day there is one round, whose leases are ended by hand; with ``--times 10`` there are twenty at their
own pace, of other baskets, after other numbers of purchases that went well.
"""

import random
import sys
from collections.abc import Iterator

import pytest

from tests.live.killing import POINTS, Round, killing
from tests.live.server import own_database

# First of all, in one go: the rounds are made once for the module.
pytestmark = pytest.mark.slow

CONSISTENT_WITHIN = 60.0


@pytest.fixture(scope="module")
def rounds(django_db_blocker, tmp_path_factory, times: int) -> Iterator[list[Round]]:
    hurried = times == 1
    var = tmp_path_factory.mktemp("faults")
    with (
        django_db_blocker.unblock(),
        own_database("faults") as url,
        killing(database_url=url, var=var, hurried=hurried) as trial,
    ):
        yield [trial.run(random.Random(seed)) for seed in range(1 if hurried else 2 * times)]


@pytest.mark.parametrize("point", POINTS)
def test_a_process_killed_there_loses_nothing_and_takes_nothing_twice(
    rounds: list[Round], point: str
) -> None:
    assert [one.wrong.get(point, []) for one in rounds] == [[]] * len(rounds)
    longest = max(one.seconds[point] for one in rounds)
    assert longest <= CONSISTENT_WITHIN
    sys.stdout.write(f"{point}: {len(rounds)} times, all was well after {longest:.1f} s at most\n")


def test_books_provider_and_mail_agree_after_every_round(rounds: list[Round]) -> None:
    assert [one.wrong_with_all for one in rounds] == [[]] * len(rounds)


def test_without_the_sweeps_the_same_look_finds_what_is_left_undone(rounds: list[Round], times: int) -> None:
    """The negative control: only web processes were started again, and clients repeated what they could."""
    if times > 1:
        pytest.skip("A look on the way would change the pace.")
    wrong = rounds[0].wrong_without_sweeps

    assert "the order is pending_payment" in wrong["K4"]
    assert "its mail is pending" in wrong["K6"]
    assert "its mail is pending" in wrong["K7"]
    assert "the order is pending_payment" in wrong["K9"]


def test_without_kept_keys_a_client_does_not_learn_of_its_order(rounds: list[Round], times: int) -> None:
    """The other one: what was ordered before the kill is ordered again, from a basket that is empty."""
    if times > 1:
        pytest.skip("As above.")
    unkept = rounds[0].unkept

    assert unkept
    assert unkept.answers[-1][1]["code"] == "empty_basket"

import pytest

from dev.lighthouse.measure import Run, as_json, below, middle_run, read_run, slowdown


def run(performance: int, *, tbt: float = 100.0, seo: int = 100) -> Run:
    scores = {"performance": performance, "accessibility": 100, "best-practices": 100, "seo": seo}
    return Run(scores, {"FCP": 900.0, "LCP": 1500.0, "SI": 1200.0, "TBT": tbt, "CLS": 0.0})


@pytest.mark.parametrize(
    ("index", "times"),
    [
        (40, 1.0),
        (150, 1.0),
        (475, 1.5),
        (800, 2.0),
        (1050, 2.5),
        (1300, 3.0),
        (1766, 5.0),
        (2000, 6.0),
        (2234, 7.0),
    ],
)
def test_a_faster_machine_is_slowed_down_more(index: float, times: float) -> None:
    assert slowdown(index) == pytest.approx(times, abs=0.02)


def test_the_median_run_is_one_of_the_runs() -> None:
    runs = [run(99), run(80), run(96)]

    assert middle_run(runs) is runs[2]
    assert middle_run(runs[:1]) is runs[0]


def test_of_runs_with_one_score_the_middle_by_blocking_is_taken() -> None:
    runs = [run(97, tbt=30), run(97, tbt=90), run(97, tbt=60)]

    assert middle_run(runs) is runs[2]


def test_a_score_below_the_bar_is_named() -> None:
    assert below(run(95)) == {}
    assert below(run(94, seo=99)) == {"performance": 94, "seo": 99}


def test_a_report_is_read_in_whole_scores_and_milliseconds() -> None:
    names = ("performance", "accessibility", "best-practices", "seo")
    audits = (
        "first-contentful-paint", "largest-contentful-paint", "speed-index", "total-blocking-time",
        "cumulative-layout-shift",
    )  # fmt: skip
    report = {
        "categories": {name: {"score": 0.954} for name in names},
        "audits": {name: {"numericValue": 1234.5678} for name in audits},
    }

    found = read_run(report)

    assert found.scores == dict.fromkeys(names, 95)
    assert found.metrics == dict.fromkeys(("FCP", "LCP", "SI", "TBT", "CLS"), 1234.568)


def test_the_file_has_every_run_and_what_they_were_measured_with() -> None:
    found = as_json({"home": [run(99), run(97), run(98)]}, index=640.0, multiplier=1.75)

    assert (found["benchmark_index"], found["cpu_slowdown"]) == (640.0, 1.75)
    assert found["pages"]["home"]["median"]["scores"]["performance"] == 98
    assert len(found["pages"]["home"]["runs"]) == 3

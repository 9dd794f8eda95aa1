"""What an exact day leaves out is measured against a simulation that knows it."""

from math import isfinite

from benchmarks.benchmark import Run
from benchmarks.staffing_limits import figures, mixed_patience, spread


def test_a_short_run_has_a_row_of_each() -> None:
    found = figures(Run(is_short=True))
    assert {name.partition("_")[0].partition(".")[0] for name in found} == {"cv", "visitors", "mail"}
    assert all(isfinite(value) for value in found.values())


def test_two_phases_come_nearer_than_the_chain_where_times_vary_little() -> None:
    found = spread(0.5, 8_000)
    assert abs(found["two_phase"]) + 2 * found["standard_error"] < found["chain"]


def test_the_lines_own_rate_comes_nearer_than_that_of_the_calls() -> None:
    found = mixed_patience(0.35, 6_000)
    assert abs(found["line"]) + 5 * found["standard_error"] < found["calls"]

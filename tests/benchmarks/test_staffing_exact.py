"""The exact day is the simulated one; and where it is not, it shows."""

from dataclasses import replace

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.staffing_desks import desk
from benchmarks.staffing_exact import compared, exact_late, figures
from benchmarks.staffing_lanes import Days, all_day, summed
from planner.queueing.line import Line


def test_a_desk_agrees_with_its_simulation() -> None:
    for people in ("any", "as_planned"):
        found = compared(10, people, is_short=True)
        assert np.abs(found.z).max() < 5
        assert found.error[-1] < 0.005


def test_another_desk_would_be_told_apart() -> None:
    one = desk(10)
    slower = replace(one, line=Line(1.05 * one.line.handling_min, one.line.patience_min))
    late, calls = exact_late(slower, "any")
    found = summed(one, all_day(one), Days(4_000, 1, has_any_leaver=True))
    assert abs(found.late_share[0] - late.sum() / calls.sum()) > 5 * found.standard_error[0]


def test_a_short_run_tells_errors_and_what_was_compared() -> None:
    found = figures(Run(is_short=True))
    assert found["desks_compared"] == 2
    assert found["slots_compared"] > 10
    assert found["slot_rms_z"] <= found["slot_max_z"] < 6
    assert 0 < found["largest_day_error"] < found["largest_slot_error"] < 10
    assert found["as_planned_slot_points"] > found["as_planned_day_points"] >= 0

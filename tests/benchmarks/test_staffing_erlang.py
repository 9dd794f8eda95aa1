"""The 40 digits are of the same question; seconds are measured, how many they are is not judged here."""

import pytest

from benchmarks.benchmark import Run
from benchmarks.staffing_erlang import figures, in_time_exactly, timed
from planner.queueing.formulas.erlang import erlang_a_waiting


@pytest.mark.parametrize(("load", "people"), [(1, 1), (3, 2), (9, 14), (40, 30), (95, 100)])
@pytest.mark.parametrize("limit_s", [0, 20, 300, 1800])
def test_many_digits_agree_with_fifteen(load: int, people: int, limit_s: int) -> None:
    ours = erlang_a_waiting(load / 9, 9, 5, people, limit_s / 60).in_time
    assert float(in_time_exactly(load, people, limit_s)) == pytest.approx(ours, abs=1e-13)


def test_one_person_one_state() -> None:
    # Answered at once with chance p0; nobody is answered in time later than at once.
    assert float(in_time_exactly(1, 1, 0)) == pytest.approx(
        1 - erlang_a_waiting(1 / 9, 9, 5, 1, 0.0).delayed, abs=1e-14
    )


def test_each_round_asks_as_often_as_it_is_told() -> None:
    asked: list[int] = []
    told, seconds = timed(lambda: asked.append(1) or len(asked), rounds=3, times=4)
    assert told == len(asked) == 12
    assert seconds >= 0


def test_ours_need_no_peer() -> None:
    found = figures(Run(is_short=True))
    assert len(found) == 4
    assert all("_planner_" in name for name in found)
    assert all(abs(found[name]) < 1e-12 for name in found if name.endswith("error"))

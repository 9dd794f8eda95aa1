"""Tables of who is there: stretches joined, minutes counted, and what is not simulated."""

import pytest

from planner.queueing.line import Conventions
from planner.queueing.shop import joined
from planner.queueing.simulated.crew import crew
from tests.planner.queueing_builder import make_shop

DAY = ((510, 720), (780, 1095))


def test_a_hand_over_is_not_simulated() -> None:
    with pytest.raises(ValueError, match="'handover'"):
        crew([make_shop(DAY)], Conventions(shift_end="handover"))


def test_touching_and_overlapping_stretches_are_joined() -> None:
    assert joined([(600, 700), (510, 600), (650, 720), (900, 900)]) == [(510, 720)]
    assert joined([]) == []


def test_the_tables_say_who_is_ready_when() -> None:
    found = crew([make_shop(DAY)])
    assert found.ready[0, [0, 510, 719, 720, 1094, 2000]].tolist() == [510, 510, 510, 780, 780, 780]
    assert found.leaves[0, [600, 800, 1500]].tolist() == [720, 1095, 1095]
    assert found.returns[0, [600, 800]].tolist() == [780, 1095]


def test_planned_minutes_are_counted_by_day() -> None:
    found = crew([make_shop(DAY, DAY), make_shop(DAY)])
    assert found.staffed(1440)[:, 0].tolist() == [1050, 525]
    assert found.places == 2
    assert [hours.tolist() for hours in found.hours()] == [[510, 510], [1095, 1095]]

"""What a judged plan delivers, on plans small enough to count by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.alternatives.outcome import outcome
from planner.desk import Target
from planner.formation import Formation, Pattern, Seat
from planner.staffing import DayPlan, service
from tests.planner.alternatives.small_desk import make_desk, make_work

DAYS = (date(2026, 4, 1), date(2026, 4, 2))
PLAN = DayPlan(Formation(540, 1080, (("junior", 5),)), Pattern((Seat("junior", 540, 1080),) * 5))


def test_occupancy_counts_mail_as_well_as_calls() -> None:
    """60 inquiries a day, two thirds calls of 15 minutes, one third mail of 12; 5 x 540 minutes at reception.

    What comes after closing is done the next day, or lies beyond the last one; hardly a caller hangs up.
    """
    work = make_work(make_desk(), DAYS, (60.0, 60.0), paths=40)
    found = outcome(service(work, [PLAN] * 2, Target(), 4, 1), Target(), DAYS)
    asked = 40 * 15.0 + 20 * 12.0
    assert found.answer_rate.mean > 0.97
    assert found.occupancy == pytest.approx(asked * (10.5 / 11) / (5 * 540), rel=0.03)


def test_a_crew_that_never_keeps_up_is_fully_occupied() -> None:
    work = make_work(make_desk(), DAYS, (600.0, 600.0), paths=5)
    found = outcome(service(work, [PLAN] * 2, Target(), 2, 1), Target(), DAYS)
    assert found.occupancy == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize(("day_calls", "at_nine"), [(60.0, 0.6), (6.0, 0.1)])
def test_the_worst_hour_is_none_in_which_hardly_anybody_calls(day_calls: float, at_nine: float) -> None:
    """Nobody is there at 9, when ``at_nine`` calls come; at 12 one person is left of five."""
    work = make_work(make_desk(), DAYS, (day_calls, day_calls), paths=40)
    hour = np.arange(work.grid.slots) * work.grid.slot_min // 60
    work = replace(work, rates=np.where((hour == 9)[:, None], at_nine / 2, work.rates))
    late = Pattern((Seat("junior", 600, 1080), *(Seat("junior", 600, 720),) * 4))
    found = outcome(service(work, [replace(PLAN, pattern=late)] * 2, Target(), 4, 1), Target(), DAYS)
    assert found.worst_hour_min > 540
    assert 0.0 < found.worst_hour.mean < 1.0

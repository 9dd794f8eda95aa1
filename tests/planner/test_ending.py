"""planner/ending.py: the end of a change by rule."""

from datetime import date

import numpy as np
import pytest

from planner.alternatives.blocks import DayFigures
from planner.alternatives.effort import DayMinutes, Prices
from planner.alternatives.levers import Lever
from planner.alternatives.what_if import PlanFigures
from planner.desk import Target
from planner.desk_levers import AIMS
from planner.ending import DayCame, EndRule, days_kept, end_rule
from tests.planner.alternatives.small_desk import TERMS

RULE = EndRule(3, 60, 0)


def figures(breaks_at: float) -> PlanFigures:
    """Forty paths of ten days with 10 to 109 inquiries; from some number on calls are late."""
    volume = np.linspace(10, 109, 400).reshape(40, 10)
    calls, mail = volume * 0.6, volume * 0.4
    in_time = calls * np.where(volume < breaks_at, 0.95, 0.5)
    of = DayFigures(calls, in_time, calls, mail, mail)
    days = tuple(date(2026, 4, n) for n in range(1, 11))
    prices = Prices(0, 0, "within_contract", AIMS)
    return PlanFigures(days, {Lever(): of}, {Lever(): DayMinutes(0, 0)}, prices, Target(), 5)


@pytest.mark.parametrize("breaks_at", [40.0, 70.0, 100.0])
def test_the_largest_day_that_is_served_ends_where_service_breaks(breaks_at: float) -> None:
    found = end_rule(figures(breaks_at), TERMS)
    assert breaks_at - 6 < found.most_inquiries <= breaks_at  # to the size of a group: five inquiries
    assert (found.days, found.most_backlog) == (3, 0)


def test_where_all_is_served_the_largest_seen_and_where_nothing_is_none() -> None:
    assert end_rule(figures(1000.0), TERMS).most_inquiries == 109
    assert end_rule(figures(0.0), TERMS).most_inquiries == 0


def test_days_in_a_row_count_from_the_last_one() -> None:
    assert days_kept(RULE, [DayCame(50, 0)] * 2) == 2
    assert days_kept(RULE, [DayCame(50, 0), DayCame(61, 0), DayCame(60, 0)]) == 1
    assert days_kept(RULE, [DayCame(50, 0), DayCame(50, 1)]) == 0
    assert days_kept(RULE, []) == 0


def test_an_unknown_backlog_is_left_to_be_confirmed() -> None:
    assert days_kept(RULE, [DayCame(50)] * 3) == 3

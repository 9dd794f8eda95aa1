"""A month under every way to staff its weeks, against the sum day by day."""

from datetime import date

import numpy as np
import pytest

from planner.capacity.calendar import months_of, weeks_of
from planner.capacity.demand import Demand, demand_of
from planner.capacity.due_work import carried
from planner.capacity.months import (
    Shares,
    allowed_paths,
    month_choices,
    month_shares,
    risk_of,
    room_of,
    touching,
    ways,
)
from planner.capacity.service import Served
from planner.desk import Target
from planner.workload import workload
from tests.planner.alternatives.small_desk import make_desk
from tests.planner.capacity.year_desk import CALENDAR, Told

DAYS = CALENDAR.office_days(date(2026, 4, 1), date(2026, 6, 1))
PATHS = 7


def demand() -> Demand:
    forecast = Told().forecast(DAYS, PATHS, 1)
    classes = workload(forecast.only(DAYS[:1]), make_desk()).classes
    return demand_of(forecast, classes, 9 * 60, 18 * 60)


def drawn_service(asked: Demand, heads: int) -> Served:
    rng = np.random.default_rng(heads)
    shape = asked.calls.shape
    return Served(
        in_time=asked.measured * rng.uniform(0.5, 1.0, shape),
        answered=asked.measured * rng.uniform(0.8, 1.0, shape),
        left_min=asked.due_min * rng.uniform(0.0, 0.2, shape),
        spare_min=rng.uniform(0.0, 200.0, shape),
        spread_min=np.full(shape, 90.0),
    )


def test_ways_worked_out_together_are_those_worked_out_one_by_one() -> None:
    asked = demand()
    served = [drawn_service(asked, n) for n in range(3)]
    weeks = weeks_of(DAYS)
    month = months_of(DAYS)[1]
    touched = touching(month, weeks)
    shares = month_shares(asked, served, month, [weeks[n] for n in touched])
    for way, levels in enumerate(ways(len(touched), 2)):
        in_time, done, left = np.zeros(PATHS), np.zeros(PATHS), np.zeros(PATHS)
        for place in month.places:
            week = next(n for n, w in enumerate(touched) if place in weeks[w].places)
            one = served[levels[week]]
            in_time += one.in_time[:, place]
            left = one.left_min[:, place] + carried(left, one.spare_min[:, place], one.spread_min[:, place])
            done += np.maximum(asked.due[:, place] * (1.0 - left / asked.due_min[:, place]), 0.0)
        places = list(month.places)
        assert shares.in_time[way] == pytest.approx(in_time / asked.measured[:, places].sum(axis=1))
        assert shares.same_day[way] == pytest.approx(done / asked.due[:, places].sum(axis=1))


def test_every_way_is_judged_once() -> None:
    asked = demand()
    found = month_choices(
        asked, [drawn_service(asked, n) for n in (0, 1)], months_of(DAYS)[0], weeks_of(DAYS), Target()
    )
    assert found.levels.shape == (2 ** len(found.weeks), len(found.weeks))
    assert found.risk.shape == found.room.shape == (len(found.levels),)


@pytest.mark.parametrize(
    ("risk", "paths", "allowed"), [(0.2, 250, 50), (0.1, 30, 3), (0.0, 9, 0), (0.99, 3, 2)]
)
def test_paths_that_may_miss(risk: float, paths: int, allowed: int) -> None:
    assert allowed_paths(risk, paths) == allowed


def test_room_and_risk_agree_at_the_accepted_risk() -> None:
    margin = np.random.default_rng(3).normal(0.0, 0.02, (200, 40))
    for accepted in (0.0, 0.1, 0.25, 0.5):
        assert ((room_of(margin, accepted) >= 0) == (risk_of(margin) <= accepted + 1e-9)).all()


def test_the_target_kept_least_counts_and_nothing_asked_is_kept() -> None:
    nan = np.full((1, 1), np.nan)
    target = Target(within_share=0.8, answer_rate=0.9, same_day_share=0.95)
    some = Shares(np.full((1, 1), 0.9), np.full((1, 1), 0.88), nan)
    assert some.margin(target)[0, 0] == pytest.approx(-0.02)
    assert Shares(nan, nan, nan).margin(target)[0, 0] == 1.0


def test_nothing_carried_leaves_nothing_over_and_more_leaves_more() -> None:
    spare, spread = np.full(5, 60.0), np.full(5, 80.0)
    left = carried(np.array([0.0, 10.0, 50.0, 200.0, 2000.0]), spare, spread)
    assert left[0] == 0.0
    assert (np.diff(left) > 0).all()
    assert left[-1] == pytest.approx(2000.0 - 60.0, rel=0.02)

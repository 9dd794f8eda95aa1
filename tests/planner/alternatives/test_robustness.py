"""planner/alternatives/robustness.py: the same paths under other assumptions."""

from dataclasses import replace
from datetime import date

import pytest

from forecasts.slots import Period
from planner.alternatives.alternative import Alternative
from planner.alternatives.compare import Settings, compared
from planner.alternatives.robustness import Stress, stressed
from tests.planner.alternatives.small_desk import make_desk, make_work

DESK = make_desk()
DAYS = DESK.calendar.office_days(date(2026, 4, 1), date(2026, 4, 15))
WORK = make_work(DESK, DAYS, [75.0] * 5 + [30.0] * (len(DAYS) - 5))


@pytest.fixture(scope="module")
def judged() -> tuple[Alternative, ...]:
    window = Period(DAYS[0], DAYS[5])
    return compared(WORK, DESK, window, Settings(1, 3), lambda *_: None).alternatives


@pytest.fixture(scope="module")
def found(judged: tuple[Alternative, ...]) -> dict[tuple[str, str], Stress]:
    later = make_work(DESK, DAYS, [30.0] * 5 + [75.0] * (len(DAYS) - 5))
    return {(s.scenario, s.key): s for s in stressed(judged, WORK, DESK, later, 3)}


def test_as_forecast_is_what_was_judged(judged, found):
    for one in judged:  # the same paths, seed and number of realisations
        assert found["as_forecast", one.key].risk == one.outcome.risk
        assert found["as_forecast", one.key].in_time == pytest.approx(one.outcome.in_time.mean)


def test_more_work_is_never_better(judged, found):
    for one in judged:
        for low, high in (("fewer", "as_forecast"), ("as_forecast", "more"), ("quicker", "slower")):
            assert found[low, one.key].risk <= found[high, one.key].risk
            assert found[low, one.key].in_time > found[high, one.key].in_time


def test_a_week_later_the_change_comes_too_soon(found):
    assert found["week_later", "plus_2"].in_time < found["as_forecast", "plus_2"].in_time


def test_following_is_asked_of_moved_hours_alone(judged, found):
    asked = {key for scenario, key in found if scenario in {"follow_little", "follow_much"}}
    assert asked == {a.key for a in judged if a.key.endswith("hours")}


def test_without_an_event_nothing_is_a_week_later(judged):
    assert "week_later" not in {s.scenario for s in stressed(judged[:1], WORK, DESK, None, 3)}


def test_only_the_first_paths_are_looked_at(judged):
    many = replace(WORK, rates=WORK.rates.repeat(4, axis=0))
    few = stressed(judged[:1], replace(many, rates=many.rates[:60]), DESK, None, 3)
    assert stressed(judged[:1], many, DESK, None, 3) == few

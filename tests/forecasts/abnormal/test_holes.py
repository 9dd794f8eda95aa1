"""Holes: hours without an inquiry in a day that is usual otherwise."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.abnormal import AbnormalDay, abnormal_days
from forecasts.history.counts import History
from forecasts.slots import Grid
from tests.forecasts.simulated import CALENDAR

DAYS = CALENDAR.office_days(date(2021, 3, 1), date(2021, 12, 1))
GRID = Grid(30)


def desk(level: float, seed: int = 1) -> History:
    """Two channels from 8:30 to 18:00, Fridays until 15:00; what came on closing days at 0:00."""
    rng = np.random.default_rng(seed)
    rate = np.zeros((len(DAYS), 48, 2))
    rate[:, 17:36] = level / 19
    rate[[d.weekday() == 4 for d in DAYS], 30:] = 0
    rate[[d.weekday() == 0 for d in DAYS], 0] = level / 4
    return History(DAYS, GRID, ("phone", "mail"), rng.poisson(rate).astype(np.int64))


def holes(history: History) -> list[AbnormalDay]:
    return [f for f in abnormal_days(history, (), CALENDAR) if f.code == "hole"]


@pytest.mark.parametrize("level", [5, 50, 400])
def test_quiet_fridays_and_nights_are_no_holes(level: float) -> None:
    assert [h for seed in range(4) for h in holes(desk(level, seed))] == []


def test_hours_without_calls_are_found_and_named() -> None:
    history = desk(60)
    history.count[100, 22:28, 0] = 0
    (hole,) = holes(history)
    assert (hole.day, hole.channel, hole.count) == (DAYS[100], "phone", 0)
    first, last = hole.hours or (0, 0)
    assert first <= 11 * 60
    assert last >= 14 * 60
    assert 12 < hole.expected < 30
    assert hole.probability < 1e-4


def test_a_hole_of_all_channels_is_told_once() -> None:
    history = desk(60)
    history.count[100, 22:28] = 0
    assert [h.channel for h in holes(history)] == [""]


def test_hours_that_are_only_guessed_hold_no_hole() -> None:
    history = desk(60)
    history.count[100, 22:28, 0] = 0
    untimed = frozenset({(DAYS[100], "phone")})
    assert holes(replace(history, untimed=untimed)) == []


def test_a_day_left_out_holds_no_hole() -> None:
    history = desk(60)
    history.count[100, 22:28, 0] = 0
    assert holes(replace(history, left_out=frozenset({DAYS[100]}))) == []


def test_a_desk_that_opens_later_from_some_day_on_has_no_holes_for_months() -> None:
    history = desk(60)
    history.count[90:, 17:19] = 0
    assert {h.day for h in holes(history)} <= set(DAYS[88:100])

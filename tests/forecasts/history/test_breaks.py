"""Breaks of a history: gaps, and levels that change and stay."""

from datetime import date

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.history.breaks import gaps, level_changes

DAYS = Calendar().office_days(date(2021, 4, 1), date(2023, 4, 1))


def drawn(level: float, seed: int = 1, spread: float = 0.03) -> Floats:
    rng = np.random.default_rng(seed)
    return rng.poisson(level * rng.gamma(1 / spread, spread, size=len(DAYS))).astype(float)


def test_office_days_without_a_record_are_one_gap() -> None:
    count = drawn(50)
    count[100:103] = 0
    (gap,) = gaps(DAYS, count)
    assert (gap.first, gap.last, gap.office_days) == (DAYS[100], DAYS[102], 3)
    assert (gap.is_start, gap.is_end) == (False, False)


@pytest.mark.parametrize(
    ("level", "zeros", "found"), [(3, 1, 0), (3, 3, 0), (3, 20, 1), (400, 1, 1), (0, 9, 0)]
)
def test_a_gap_is_longer_than_chance_makes_it(level: float, zeros: int, found: int) -> None:
    count = np.full(60, float(level))
    count[30 : 30 + zeros] = 0
    assert len(gaps(DAYS[:60], count)) == found


def test_gaps_at_the_ends_are_known_as_such() -> None:
    count = drawn(50)
    count[:8] = count[-9:] = 0
    first, last = gaps(DAYS, count, "mail")
    assert (first.is_start, first.is_end, last.is_start, last.is_end) == (True, False, False, True)
    assert {first.channel, last.channel} == {"mail"}


def test_a_day_or_two_of_one_channel_is_no_gap() -> None:
    count = drawn(50)
    count[100:102] = 0
    assert gaps(DAYS, count, "mail") == ()


@pytest.mark.parametrize("factor", [0.5, 1.8, 2.5])
@pytest.mark.parametrize("level", [20, 60, 400])
def test_a_level_that_jumps_and_stays_is_found_with_its_factor(level: float, factor: float) -> None:
    count = drawn(level)
    count[250:] = drawn(level * factor, 2)[250:]
    (change,) = level_changes(DAYS, count)
    assert abs(DAYS.index(change.day) - 250) <= 10
    assert change.factor == pytest.approx(factor, rel=0.15)


@pytest.mark.parametrize("level", [3, 20, 60, 400])
def test_noise_is_no_change_of_the_level(level: float) -> None:
    assert [c for seed in range(10) for c in level_changes(DAYS, drawn(level, seed, 0.05))] == []


def test_a_fortnight_of_an_event_and_a_slow_drift_are_no_sudden_change() -> None:
    count = drawn(60)
    count[200:210] *= 1.8
    assert level_changes(DAYS, count) == ()
    assert level_changes(DAYS, drawn(60) * np.linspace(1, 2, len(DAYS))) == ()


def test_a_gap_is_no_change_of_the_level() -> None:
    count = drawn(60)
    count[200:260] = 0
    assert level_changes(DAYS, count) == ()


@pytest.mark.parametrize("days", [0, 1, 30, 50])
def test_too_short_a_history_has_no_change(days: int) -> None:
    assert level_changes(DAYS[:days], drawn(60)[:days]) == ()
    assert gaps(DAYS[:days], drawn(60)[:days]) == ()


def test_a_channel_that_ends_is_a_change_too() -> None:
    count = np.round(drawn(4))
    count[250:] = (np.arange(len(DAYS) - 250) % 3 == 0).astype(float)
    (change,) = level_changes(DAYS, count, "visit")
    assert change.channel == "visit"
    assert 0 < change.factor < 0.5

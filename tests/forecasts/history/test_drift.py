import numpy as np
import pytest

from forecasts.history.drift import change_a_year, recent_step
from forecasts.history.estimates import Estimate, Logs

MONTHS = 30


def drawn(rng: np.random.Generator, a_year: float, rows: int = 900) -> tuple[np.ndarray, np.ndarray]:
    month = np.sort(rng.integers(0, MONTHS, rows))
    return month, rng.gamma(1.2, 10.0, rows) * np.exp(a_year * month / 12)


def change(month: np.ndarray, figure: np.ndarray) -> Estimate | None:
    return change_a_year(np.zeros(len(month), dtype=np.int64), 1, month, figure).estimate(0)


def test_a_change_a_year_is_found_and_its_interval_holds_it_in_four_of_five_cases() -> None:
    rng = np.random.default_rng(1)
    found = [e for _ in range(300) if (e := change(*drawn(rng, 0.1)))]
    assert np.mean([e.value for e in found]) == pytest.approx(np.exp(0.1), rel=0.01)
    assert 0.74 <= np.mean([e.low <= np.exp(0.1) <= e.high for e in found]) <= 0.86


def test_a_steep_change_is_found_too() -> None:
    month = np.repeat(np.arange(MONTHS), 30)
    for a_year in (np.log(0.25), np.log(6.0)):
        found = change(month, np.exp(a_year * month / 12))
        assert found is not None
        assert found.value == pytest.approx(np.exp(a_year), rel=1e-3)


def test_a_month_that_is_off_as_a_whole_widens_the_interval() -> None:
    rng = np.random.default_rng(2)
    month, figure = drawn(rng, 0.0)
    quiet, loud = change(month, figure), change(month, figure * np.where(month == 27, 3.0, 1.0))
    assert quiet is not None
    assert loud is not None
    assert np.log(loud.high / loud.low) > 2 * np.log(quiet.high / quiet.low)


def test_under_half_a_year_no_change_is_told() -> None:
    assert change(np.repeat(np.arange(5), 30), np.linspace(5, 10, 150)) is None


def test_groups_are_told_apart() -> None:
    month = np.tile(np.repeat(np.arange(MONTHS), 4), 2)
    group = np.repeat([0, 1], len(month) // 2)
    found = change_a_year(group, 2, month, np.exp(np.where(group == 0, 0.2, -0.1) * month / 12))
    assert np.exp(found.value) == pytest.approx(np.exp([0.2, -0.1]), rel=1e-3)


def test_the_last_months_are_held_against_those_before() -> None:
    group, recent = np.zeros(400, dtype=np.int64), np.arange(400) >= 300
    noise = Logs.measured(np.zeros(1), np.array([0.8 / 400]), 99)
    found = recent_step(group, 1, recent, np.where(recent, 15.0, 10.0), noise)
    assert np.exp(found.value[0]) == pytest.approx(1.5)
    assert found.variance[0] == pytest.approx(0.8 / 100 + 0.8 / 300)
    assert recent_step(group, 1, np.arange(400) >= 395, np.ones(400), noise).estimate(0) is None

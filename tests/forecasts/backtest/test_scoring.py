from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.backtest import LEVELS, backtest, scored
from forecasts.model import Known
from forecasts.models.recent_mean import RecentMean
from tests.forecasts.simulated import known, transfers
from tests.forecasts.trial_builder import FIRST, drawn, made

EVENTS = transfers(2024, 2025)
KNOWN = known(date(2024, 10, 1), date(2025, 9, 30), EVENTS)
ORIGINS = (date(2025, 1, 31), date(2025, 3, 18), date(2025, 5, 30))


def test_days_windows_and_event_days_are_counted() -> None:
    test = backtest(RecentMean(), KNOWN, ORIGINS, 20, 50, 1)
    assert (test.model, test.origins, test.horizon_days, test.days) == ("recent_mean", 3, 20, 60)
    assert test.event_days == 12 + 1  # April, and the first of the two days before 1 July
    assert test.window_coverage is not None
    assert test.window_coverage * 6 == pytest.approx(round(test.window_coverage * 6))


def test_an_unmodelled_peak_shows_in_the_event_scores() -> None:
    test = backtest(RecentMean(), KNOWN, ORIGINS, 20, 50, 1)
    assert test.wape_event is not None
    assert test.crps_event is not None
    assert test.wape_event > test.wape > test.wape_floor
    assert test.crps_event > test.crps


def test_without_event_days_their_scores_are_none() -> None:
    test = backtest(RecentMean(), replace(KNOWN, events=()), ORIGINS, 20, 50, 1)
    assert (test.event_days, test.wape_event, test.crps_event, test.coverage_event) == (0, None, None, None)


def test_days_left_out_are_not_scored() -> None:
    left_out = frozenset(d for d in KNOWN.history.days if date(2025, 2, 1) <= d < date(2025, 2, 10))
    cut = replace(KNOWN, history=replace(KNOWN.history, left_out=left_out))
    test = backtest(RecentMean(), cut, ORIGINS[:1], 20, 50, 1)
    assert test.days == 20 - len(left_out)


def test_what_came_after_the_horizon_changes_nothing() -> None:
    before = backtest(RecentMean(), KNOWN, ORIGINS[:2], 20, 50, 1)
    assert backtest(RecentMean(), _with_future(KNOWN, date(2025, 5, 1)), ORIGINS[:2], 20, 50, 1) == before


def test_an_origin_with_nothing_after_it_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to score after 2025-09-30"):
        backtest(RecentMean(), KNOWN, (date(2025, 9, 30),), 20, 50, 1)


def _with_future(of: Known, start: date) -> Known:
    count = of.history.count.copy()
    count[np.array([d >= start for d in of.history.days])] *= 7
    return replace(of, history=replace(of.history, count=count))


def test_scores_fall_into_the_bands_of_lead() -> None:
    test = backtest(RecentMean(), KNOWN, ORIGINS, 70, 50, 1)
    assert [(h.name, h.first_lead, h.last_lead) for h in test.horizons] == [
        ("day", 1, 1), ("week", 2, 5), ("month", 6, 20), ("quarter", 21, 65), ("beyond", 66, 70),
    ]  # fmt: skip
    assert [h.all_days.days for h in test.horizons] == [3, 12, 45, 135, 15]
    whole = sum(h.all_days.days * h.all_days.crps for h in test.horizons) / test.days
    assert whole == pytest.approx(test.crps)
    on_events = [h.on_events.days for h in test.horizons if h.on_events is not None]
    assert sum(on_events) == test.event_days
    week = test.horizons[1].all_days
    assert week.excess == week.wape - week.wape_floor


def test_calibration_rises_from_level_to_level() -> None:
    test = backtest(RecentMean(), KNOWN, ORIGINS, 20, 50, 1)
    levels, shares = zip(*test.calibration, strict=True)
    assert levels == LEVELS
    assert list(shares) == sorted(shares)
    assert shares[17] - shares[1] == pytest.approx(test.coverage)


def test_a_biased_forecast_shows_its_bias_and_its_coverage() -> None:
    """The mean of Poisson days is 50; 80 is said, with the spread of Poisson noise."""
    right, wrong = (scored(m, t, 1) for m, t in drawn({"right": 50.0, "wrong": 80.0}).items())
    assert right.bias == pytest.approx(0, abs=2)
    assert wrong.bias == pytest.approx(30, abs=2)
    assert right.coverage95 == pytest.approx(0.95, abs=0.05)
    assert wrong.coverage95 < 0.1


def test_totals_of_rounds_are_windows_of_their_own() -> None:
    """Two rounds of which days lie in the horizon; one day alone is a day, not a window."""
    rng = np.random.default_rng(1)
    actual, samples = rng.poisson(50, 8), rng.poisson(50, (100, 8))
    found = scored("x", [made(FIRST, actual, samples, ((0, 1, 2), (4, 5, 6), (7,)))], 1)
    assert (found.event_windows, found.event_days, found.windows) == (2, 7, 0)


def test_totals_are_scored_along_paths() -> None:
    """Wrong on each of two days, right on their total: what is missing on the one comes on the other."""
    rng = np.random.default_rng(1)
    first = rng.integers(60, 90, 100)
    samples = np.stack([first, 100 - first + rng.integers(-2, 3, 100)], axis=1)
    test = scored("x", [made(FIRST, np.array([50, 50]), samples, ((0, 1),))], 1)
    assert (test.coverage_event, test.event_window_coverage) == (0.0, 1.0)


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(ValueError, match="no trial of x"):
        scored("x", (), 1)

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.backtest import backtest
from forecasts.model import Known
from forecasts.models.recent_mean import RecentMean
from tests.forecasts.simulated import known, transfers

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

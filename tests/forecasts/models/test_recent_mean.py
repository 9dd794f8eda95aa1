from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.models.recent_mean import RecentMean
from tests.forecasts.simulated import CALENDAR, known

AS_OF = date(2025, 2, 28)
WEEK = CALENDAR.office_days(date(2025, 3, 3), date(2025, 3, 8))


def test_the_expected_day_is_the_weekdays_mean_of_eight_weeks() -> None:
    seen = known(date(2024, 1, 1), AS_OF)
    total = seen.history.day_count.sum(axis=1)
    reasons = RecentMean().fit(seen).explain(WEEK).days
    for reason in reasons:
        same = [
            t
            for d, t in zip(seen.history.days, total, strict=True)
            if d > date(2025, 1, 3) and d.weekday() == reason.day.weekday()
        ]
        assert reason.expected == pytest.approx(np.mean(same))
    assert RecentMean().fit(seen).explain(WEEK).effects == ()


def test_a_weekday_hardly_seen_falls_back_to_the_mean_of_all() -> None:
    seen = known(date(2024, 12, 1), AS_OF)
    without = np.array([d.weekday() != 1 for d in seen.history.days])
    days = tuple(d for d in seen.history.days if d.weekday() != 1)
    cut = replace(seen, history=replace(seen.history, days=days, count=seen.history.count[without]))
    monday, tuesday, *_ = RecentMean().fit(cut).explain(WEEK).days
    assert tuesday.weekday == pytest.approx(1)
    assert monday.weekday > 1.05


def test_totals_of_a_window_spread_more_than_days_alone_would() -> None:
    """The mean itself is uncertain: errors of the Thursdays of one path go together."""
    thursdays = [d for d in CALENDAR.office_days(date(2025, 3, 3), date(2025, 5, 1)) if d.weekday() == 3]
    forecast = RecentMean().fit(known(date(2024, 1, 1), AS_OF)).forecast(thursdays, 4000, 1)
    count = forecast.day_count.sum(axis=2)
    assert count.sum(axis=1).var() > 1.3 * count.var(axis=0).sum()

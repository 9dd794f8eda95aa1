from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.model import Known
from forecasts.models.last_year_growth import LastYearGrowth
from tests.forecasts.simulated import CALENDAR, known

AS_OF = date(2026, 2, 27)


def planted(growth: float) -> tuple[Known, dict[date, int]]:
    """A desk with ``growth`` from September 2025 on, and its totals."""
    seen = known(date(2024, 1, 4), AS_OF)
    grown = np.array([growth if d >= date(2025, 9, 1) else 1.0 for d in seen.history.days])
    count = np.rint(seen.history.count * grown[:, None, None]).astype(np.int64)
    history = replace(seen.history, count=count)
    return replace(seen, history=history), dict(
        zip(history.days, count.sum(axis=(1, 2)).tolist(), strict=True)
    )


def test_a_day_is_last_years_same_weekday_times_growth() -> None:
    seen, total = planted(1.5)
    days = CALENDAR.office_days(date(2026, 3, 2), date(2026, 3, 19))
    reasons = LastYearGrowth().fit(seen).explain(days).days
    recent = [d for d in seen.history.days if d > AS_OF - timedelta(weeks=8)]
    same = [d for d in recent if d - timedelta(weeks=52) in total]
    growth = sum(total[d] for d in same) / sum(total[d - timedelta(weeks=52)] for d in same)
    for reason in reasons:
        then = total[reason.day - timedelta(weeks=52)]
        assert reason.expected == pytest.approx(growth * then, rel=0.05)


def test_a_holiday_of_last_year_gives_way_to_the_nearest_week() -> None:
    seen, total = planted(1.0)
    (reason,) = LastYearGrowth().fit(seen).explain((date(2026, 3, 19),)).days  # 2025-03-20 was a holiday
    ratio = reason.expected / total[date(2025, 3, 13)]
    assert 0.8 < ratio < 1.2


def test_a_day_more_than_a_year_ahead_looks_two_years_back() -> None:
    seen, total = planted(1.0)
    day = date(2027, 3, 10)
    (reason,) = LastYearGrowth().fit(seen).explain((day,)).days
    assert reason.expected / total[day - timedelta(weeks=104)] == pytest.approx(1.0, abs=0.2)


def test_growth_that_broke_last_year_is_uncertain_as_a_whole() -> None:
    seen, _ = planted(1.5)
    days = CALENDAR.office_days(date(2026, 3, 2), date(2026, 4, 1))
    count = LastYearGrowth().fit(seen).forecast(days, 2000, 1).day_count.sum(axis=2)
    assert count.sum(axis=1).var() > 1.5 * count.var(axis=0).sum()

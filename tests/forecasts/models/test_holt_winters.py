from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from forecasts.calendar import Calendar
from forecasts.history.counts import History
from forecasts.model import as_known
from forecasts.models.holt_winters import HoltWinters
from tests.forecasts.simulated import CALENDAR, GRID, known

AS_OF = date(2025, 2, 28)
MARCH = CALENDAR.office_days(date(2025, 3, 3), date(2025, 4, 1))


def test_the_level_follows_a_jump() -> None:
    seen = known(date(2024, 1, 4), AS_OF)
    count = seen.history.count.copy()
    count[[d >= date(2025, 1, 10) for d in seen.history.days]] *= 3
    reasons = HoltWinters().fit(replace(seen, history=replace(seen.history, count=count))).explain(MARCH).days
    assert 130 < np.mean([r.expected for r in reasons]) < 175


def test_weekdays_keep_their_factors() -> None:
    reasons = HoltWinters().fit(known(date(2024, 1, 4), AS_OF)).explain(MARCH).days
    weekday = {r.day.weekday(): r.weekday for r in reasons}
    np.testing.assert_allclose([weekday[n] for n in range(5)], [1.2, 1, 0.95, 0.95, 0.9], atol=0.09)


def test_what_lies_far_ahead_is_less_sure() -> None:
    days = CALENDAR.office_days(date(2025, 3, 3), date(2026, 3, 1))
    seen = known(date(2024, 1, 4), AS_OF)
    walk = np.exp(np.cumsum(np.random.default_rng(1).normal(0, 0.05, len(seen.history.days))))
    count = np.rint(seen.history.count * walk[:, None, None]).astype(np.int64)
    fitted = HoltWinters().fit(replace(seen, history=replace(seen.history, count=count)))
    rate = fitted.forecast(days, 1000, 1).day_rate.sum(axis=2)
    first, last = (np.log(rate[:, at].mean(axis=1)).std() for at in (slice(0, 20), slice(-20, None)))
    assert last > 1.3 * first


def test_sundays_with_hardly_a_call_do_not_drive_the_level_away() -> None:
    days = tuple(date(2024, 1, 1) + timedelta(days=n) for n in range(420))
    calendar = Calendar(
        year_end_closure=False, opened=frozenset(days[0] + timedelta(days=n) for n in range(600))
    )
    mean = np.array([6.0, 5, 5, 5, 4, 0.1, 0.05])[[d.weekday() for d in days]]
    for seed in range(5):
        count = np.zeros((len(days), GRID.slots, 1), dtype=np.int64)
        count[:, 10, 0] = np.random.default_rng(seed).poisson(mean)
        fitted = HoltWinters().fit(as_known(History(days, GRID, ("all",), count), (), calendar, days[-1]))
        ahead = [days[-1] + timedelta(days=n) for n in range(1, 92)]
        forecast = fitted.forecast(ahead, 200, seed)
        assert 0.5 < forecast.day_count.mean() / mean.mean() < 2

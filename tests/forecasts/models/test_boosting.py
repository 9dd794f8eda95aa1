from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.history.counts import History
from forecasts.model import Known, as_known
from tests.forecasts.simulated import CALENDAR, GRID, known, transfer, transfers

pytest.importorskip("lightgbm", reason="the extra boost is not installed")
from forecasts.models.boosting import Boosting

AS_OF = date(2026, 2, 27)
APRIL = CALENDAR.office_days(date(2026, 3, 2), date(2026, 5, 1))
ANNOUNCED = replace(transfer(date(2026, 4, 1)), announced_on=date(2026, 2, 20))


@pytest.fixture(scope="module")
def seen() -> Known:
    return known(date(2021, 3, 1), AS_OF, (*transfers(2021, 2025), ANNOUNCED))


def test_a_planted_event_is_found(seen: Known) -> None:
    reasons = {r.day: r for r in Boosting().fit(seen).explain(APRIL).days}
    assert reasons[date(2026, 4, 1)].event == pytest.approx(1.8, abs=0.2)
    assert reasons[date(2026, 4, 1)].events == (ANNOUNCED.name,)
    assert reasons[date(2026, 3, 10)].event == pytest.approx(1)
    assert reasons[date(2026, 4, 24)].event < 1.15
    assert all(r.noise_low < 1 < r.noise_high for r in reasons.values())


def test_trees_learn_what_no_factor_can_tell() -> None:
    """Twice as many on the first office day of a month, if it is a Monday: no column says so."""
    days = CALENDAR.office_days(date(2016, 1, 4), date(2025, 12, 31))
    first = np.array([CALENDAR.shifted(d, -1).month != d.month for d in days])
    doubled = first & np.array([d.weekday() < 3 for d in days])
    count = np.zeros((len(days), GRID.slots, 1), dtype=np.int64)
    count[:, 10, 0] = np.random.default_rng(1).poisson(np.where(doubled, 160.0, 80.0))
    fitted = Boosting().fit(as_known(History(days, GRID, ("all",), count), (), CALENDAR, days[-1]))
    assert fitted.trees > 0
    monday, friday, usual = (
        fitted.explain((day,)).days[0].expected
        for day in (date(2026, 6, 1), date(2026, 5, 1), date(2026, 6, 16))
    )
    assert monday > 1.4 * usual
    assert friday < 1.25 * usual


def test_noise_grows_no_trees() -> None:
    assert Boosting().fit(known(date(2023, 1, 4), AS_OF)).trees <= 20


def test_totals_of_a_window_spread_more_than_days_alone_would(seen: Known) -> None:
    count = np.asarray(Boosting().fit(seen).forecast(APRIL[:20], 2000, 1).day_count.sum(axis=2))
    assert count.sum(axis=1).var() > 1.15 * count.var(axis=0).sum()


def test_a_holiday_on_which_the_desk_works_is_learned_by_name() -> None:
    start = date(2021, 1, 1)
    days = tuple(start + timedelta(days=n) for n in range(4 * 365))
    calendar = Calendar(
        "GB", year_end_closure=False, opened=frozenset(start + timedelta(n) for n in range(1900))
    )
    mean = np.array([20.0 if (d.month, d.day) == (12, 25) else 60.0 for d in days])
    count = np.zeros((len(days), GRID.slots, 1), dtype=np.int64)
    count[:, 10, 0] = np.random.default_rng(2).poisson(mean)
    as_of = date(2024, 11, 30)
    fitted = Boosting().fit(as_known(History(days, GRID, ("all",), count), (), calendar, as_of))
    christmas, usual = (fitted.explain((date(2024, 12, n),)).days[0].expected for n in (25, 11))
    assert christmas < 0.6 * usual

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.backtest import backtest
from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.history.counts import counted
from forecasts.history.records import Records, conformed
from forecasts.model import as_known
from forecasts.models import MODELS
from forecasts.models.event_regression import EventRegression
from forecasts.slots import Grid, Period
from tests.forecasts.simulated import CALENDAR, known, transfer, transfers

AS_OF = date(2026, 2, 27)
APRIL = CALENDAR.office_days(date(2026, 3, 2), date(2026, 5, 1))
ANNOUNCED = replace(transfer(date(2026, 4, 1)), announced_on=date(2026, 2, 20))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_planted_effect_is_found_with_its_interval(seed: int) -> None:
    events = (*transfers(2021, 2025), ANNOUNCED)
    fitted = EventRegression().fit(known(date(2021, 3, 1), AS_OF, events, seed))
    explained = fitted.explain(APRIL)
    (effect,) = [e for e in explained.effects if e.kind == "transfer"]
    assert 1.5 < effect.effect < 2.1
    assert effect.low < 1.8 < effect.high
    assert (effect.times_seen, effect.years) == (5, (2021, 2022, 2023, 2024, 2025))
    reasons = {r.day: r for r in explained.days}
    assert reasons[date(2026, 4, 1)].events == (ANNOUNCED.name,)
    assert reasons[date(2026, 4, 1)].event == pytest.approx(effect.effect)
    assert reasons[date(2026, 3, 10)].event == pytest.approx(1)
    assert reasons[date(2026, 4, 24)].event < 1.1


def test_a_round_twice_as_large_is_expected_to_be_larger() -> None:
    def peak(headcount: int) -> float:
        events = (*transfers(2021, 2025), replace(ANNOUNCED, headcount=headcount))
        fitted = EventRegression().fit(known(date(2021, 3, 1), AS_OF, events))
        return max(r.event for r in fitted.explain(APRIL).days)

    assert peak(1000) > 1.15 * peak(500) > 1.15 * peak(250)


def test_a_regular_round_is_expected_though_nobody_announced_it() -> None:
    fitted = EventRegression().fit(known(date(2022, 3, 1), AS_OF, transfers(2021, 2025)))
    reasons = fitted.explain(APRIL).days
    assert max(r.event for r in reasons) > 1.4
    assert {r.events for r in reasons} == {()}


def test_the_size_of_a_coming_round_is_less_sure_than_a_usual_day() -> None:
    events = (*transfers(2021, 2025), ANNOUNCED)
    rate = EventRegression().fit(known(date(2021, 3, 1), AS_OF, events)).forecast(APRIL, 2000, 1)
    spread = np.log(rate.day_rate.sum(axis=2)).std(axis=0)
    assert spread[APRIL.index(date(2026, 4, 1))] > 1.15 * spread[APRIL.index(date(2026, 3, 11))]


def test_a_level_far_ahead_is_less_sure() -> None:
    fitted = EventRegression().fit(known(date(2024, 3, 1), AS_OF))
    far = CALENDAR.office_days(date(2027, 2, 1), date(2027, 2, 27))
    near, later = (fitted.forecast(d, 2000, 1).day_rate.sum(axis=(1, 2)) for d in (APRIL[:18], far[:18]))
    assert np.log(later).std() > 1.2 * np.log(near).std()


def test_a_holiday_on_which_nobody_called_does_not_explode() -> None:
    seen = known(date(2024, 3, 1), AS_OF)
    count = seen.history.count.copy()
    after = [n for n, d in enumerate(seen.history.days) if CALENDAR.closed_days_before(d) >= 4]
    count[after] = 0
    fitted = EventRegression().fit(replace(seen, history=replace(seen.history, count=count)))
    forecast = fitted.forecast(CALENDAR.office_days(date(2026, 4, 1), date(2026, 6, 1)), 200, 1)
    assert np.isfinite(forecast.day_rate).all()
    assert forecast.day_count.sum(axis=2).max() < 300


def test_a_kind_never_seen_says_so() -> None:
    rollout = Event(date(2026, 4, 6), date(2026, 4, 17), "rollout", "new terminals", date(2026, 2, 1))
    fitted = EventRegression().fit(known(date(2025, 3, 1), AS_OF, (rollout,)))
    (effect,) = [e for e in fitted.explain(APRIL).effects if e.kind == "rollout"]
    assert (effect.times_seen, effect.years) == (0, ())
    assert effect.low < 0.8 < 1.2 < effect.high


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_a_real_log_of_three_months_is_forecast_four_weeks_ahead() -> None:
    log = pd.read_csv(shared("data/servicenow_incidents.csv"), parse_dates=["opened"])
    records = Records(conformed("inquiries", {"received_at": log["opened"], "channel": log["contact_type"]}))
    calendar = Calendar("BR", year_end_closure=False)
    period = Period.through(date(2016, 3, 1), date(2016, 5, 31))
    history = counted(records, calendar, Grid(30), tuple(sorted(log["contact_type"].unique())), period)
    seen = as_known(history, (), calendar, date(2016, 5, 31))
    tests = [backtest(m, seen, (date(2016, 4, 29),), 20, 200, 1) for m in MODELS]
    assert max(t.wape for t in tests) < 0.35
    assert tests[1].crps < 1.3 * tests[0].crps
    ahead = calendar.office_days(date(2016, 6, 6), date(2016, 7, 2))
    forecast = EventRegression().fit(seen).forecast(ahead, 200, 1)
    usual = history.day_count.sum(axis=1).mean()
    assert forecast.day_count.sum(axis=2).max() < 6 * usual
    assert 0.6 * usual < forecast.day_count.sum(axis=2).mean() < 1.6 * usual

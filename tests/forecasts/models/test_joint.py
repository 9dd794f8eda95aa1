from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.backtest import backtest
from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.history.counts import counted
from forecasts.history.records import Records, conformed
from forecasts.history.span_totals import SpanTotal
from forecasts.model import Known, as_known
from forecasts.models.joint import Joint
from forecasts.models.recent_mean import RecentMean
from forecasts.slots import Grid, Period
from tests.forecasts.simulated import CALENDAR, known, transfer, transfers

AS_OF = date(2026, 2, 27)
APRIL = CALENDAR.office_days(date(2026, 3, 2), date(2026, 5, 1))
ANNOUNCED = replace(transfer(date(2026, 4, 1)), announced_on=date(2026, 2, 20))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_planted_effect_is_found_with_its_interval(seed: int) -> None:
    events = (*transfers(2021, 2025), ANNOUNCED)
    fitted = Joint().fit(known(date(2021, 3, 1), AS_OF, events, seed))
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
        fitted = Joint().fit(known(date(2021, 3, 1), AS_OF, events))
        return max(r.event for r in fitted.explain(APRIL).days)

    assert peak(1000) > 1.15 * peak(500) > 1.15 * peak(250)


def test_a_regular_round_is_expected_though_nobody_announced_it() -> None:
    fitted = Joint().fit(known(date(2022, 3, 1), AS_OF, transfers(2021, 2025)))
    reasons = fitted.explain(APRIL).days
    assert max(r.event for r in reasons) > 1.4
    assert {r.events for r in reasons} == {()}


def test_the_size_of_a_coming_round_is_less_sure_than_a_usual_day() -> None:
    events = (*transfers(2021, 2025), ANNOUNCED)
    rate = Joint().fit(known(date(2021, 3, 1), AS_OF, events)).forecast(APRIL, 2000, 1)
    spread = np.log(rate.day_rate.sum(axis=2)).std(axis=0)
    assert spread[APRIL.index(date(2026, 4, 1))] > 1.15 * spread[APRIL.index(date(2026, 3, 11))]


def test_a_level_far_ahead_is_less_sure() -> None:
    fitted = Joint().fit(known(date(2024, 3, 1), AS_OF))
    far = CALENDAR.office_days(date(2027, 2, 1), date(2027, 2, 27))
    near, later = (fitted.forecast(d, 2000, 1).day_rate.sum(axis=(1, 2)) for d in (APRIL[:18], far[:18]))
    assert np.log(later).std() > 1.2 * np.log(near).std()


def test_a_holiday_on_which_nobody_called_does_not_explode() -> None:
    seen = known(date(2024, 3, 1), AS_OF)
    count = seen.history.count.copy()
    after = [n for n, d in enumerate(seen.history.days) if CALENDAR.closed_days_before(d) >= 4]
    count[after] = 0
    fitted = Joint().fit(replace(seen, history=replace(seen.history, count=count)))
    forecast = fitted.forecast(CALENDAR.office_days(date(2026, 4, 1), date(2026, 6, 1)), 200, 1)
    assert np.isfinite(forecast.day_rate).all()
    assert forecast.day_count.sum(axis=2).max() < 300


def test_a_kind_never_seen_says_so() -> None:
    rollout = Event(date(2026, 4, 6), date(2026, 4, 17), "rollout", "new terminals", date(2026, 2, 1))
    fitted = Joint().fit(known(date(2025, 3, 1), AS_OF, (rollout,)))
    (effect,) = [e for e in fitted.explain(APRIL).effects if e.kind == "rollout"]
    assert (effect.times_seen, effect.years) == (0, ())
    assert effect.low < 0.8 < 1.2 < effect.high


def test_nine_weeks_answer_with_a_level_less_sure_than_three_years_tell() -> None:
    short, long = (Joint().fit(known(start, AS_OF)) for start in (date(2025, 12, 22), date(2023, 1, 5)))
    june = CALENDAR.office_days(date(2026, 6, 1), date(2026, 7, 1))
    few, many = (f.forecast(june, 2000, 1).day_rate.sum(axis=(1, 2)) / len(june) for f in (short, long))
    assert 35 < np.median(few) < 70
    assert np.log(many).std() < np.log(few).std() < 0.6
    near = CALENDAR.office_days(date(2026, 3, 2), date(2026, 3, 14))
    variances = [f.learned.variance(f.learned.rows(near)).mean() for f in (short, long)]
    assert variances[0] > 1.5 * variances[1]


def test_ten_years_are_answered() -> None:
    fitted = Joint().fit(known(date(2016, 3, 1), AS_OF, (*transfers(2016, 2025), ANNOUNCED)))
    (effect,) = [e for e in fitted.explain(APRIL).effects if e.kind == "transfer"]
    assert effect.times_seen == 10
    assert effect.effect == pytest.approx(1.8, abs=0.15)
    assert effect.high / effect.low < 1.25


def spans(of: Known, first: date, end: date, every: str) -> tuple[SpanTotal, ...]:
    """The totals of weeks ("W-MON") or months ("MS") that begin from ``first`` on and end by ``end``."""
    starts = [day.date() for day in pd.date_range(first, end, freq=every)]
    total = dict(zip(of.history.days, of.history.count.sum(axis=(1, 2)).tolist(), strict=True))
    periods = [Period(a, b) for a, b in pairwise(starts)]
    return tuple(SpanTotal(p, sum(total.get(d, 0) for d in p.days)) for p in periods)


def waving(seen: Known) -> Known:
    """The same desk with a wave of the year: a third more in January than in July."""
    factor = np.array([1 + 0.15 * np.cos(2 * np.pi * d.timetuple().tm_yday / 365) for d in seen.history.days])
    count = np.round(seen.history.count * factor[:, None, None]).astype(np.int64)
    return replace(seen, history=replace(seen.history, count=count))


@pytest.mark.parametrize("every", ["W-MON", "MS"])
def test_totals_before_the_days_teach_the_season_and_the_events(every: str) -> None:
    events = (*transfers(2022, 2025), ANNOUNCED)
    whole = waving(known(date(2023, 1, 2), AS_OF, events))
    recent = whole.history.since(date(2025, 12, 1))
    before = replace(recent, totals=spans(whole, date(2023, 1, 2), date(2025, 12, 1), every))
    full, without, with_totals = (
        Joint().fit(replace(whole, history=h)) for h in (whole.history, recent, before)
    )
    assert with_totals.learned.days[0] < date(2023, 2, 2)
    july = CALENDAR.office_days(date(2026, 6, 15), date(2026, 9, 15))
    fits = (full, without, with_totals)
    told = [np.log([r.expected / r.event for r in f.explain(july).days]) for f in fits]
    assert np.abs(told[2] - told[0]).mean() < 0.5 * np.abs(told[1] - told[0]).mean()
    effects = [next(e for e in f.explain(APRIL).effects if e.kind == "transfer") for f in fits[1:]]
    assert [e.times_seen for e in effects] == [0, 3]
    assert effects[0].effect < 1.2
    assert effects[1].low < 1.8 < effects[1].high
    assert with_totals.learned.estimate.dispersion < 2 * full.learned.estimate.dispersion


def test_totals_between_and_after_the_days_tell_the_level_of_today() -> None:
    """The daily log ended in October at 50 a day; months since then have three times as many."""
    seen = known(date(2025, 1, 6), AS_OF)
    ended = seen.history.before(date(2025, 10, 1))
    months = spans(seen, date(2025, 10, 1), date(2026, 2, 1), "MS")
    after = replace(ended, totals=tuple(replace(m, count=3 * m.count) for m in months))
    fitted = Joint().fit(replace(seen, history=after))
    assert fitted.learned.days[-1] == date(2026, 1, 30)
    rate = fitted.forecast(APRIL, 500, 1).day_rate.sum(axis=2)
    assert np.isfinite(rate).all()
    assert 110 < np.median(rate) < 200


def test_what_if_the_round_moves_or_grows() -> None:
    events = transfers(2021, 2025)
    fitted = Joint().fit(known(date(2022, 3, 1), AS_OF, events))

    def peak(start: date, headcount: int | None) -> tuple[float, date]:
        asked = fitted.given((*events, transfer(start, headcount)))
        return max((r.event, r.day) for r in asked.explain(APRIL).days)

    factor, day = peak(date(2026, 4, 1), 500)
    moved, later = peak(date(2026, 4, 8), 500)
    assert (day, later) == (date(2026, 4, 1), date(2026, 4, 8))
    assert moved == pytest.approx(factor, rel=0.02)
    assert peak(date(2026, 4, 1), 1000)[0] > 1.15 * factor > 1.15 * peak(date(2026, 4, 1), 250)[0]
    explained = fitted.given((*events, transfer(date(2026, 4, 8)))).explain(APRIL)
    reasons = {r.day: r for r in explained.days}
    assert reasons[date(2026, 4, 1)].event < 1.2
    assert reasons[date(2026, 4, 8)].events == ("transfer 2026-04-08",)
    (effect,) = [e for e in explained.effects if e.kind == "transfer"]
    assert effect.effect == pytest.approx(moved)
    assert effect.times_seen == 4


def test_what_if_people_are_named_for_the_first_time() -> None:
    """No round had a headcount: 9,000 people are no measure of it, and the round acts as those before."""
    events = tuple(replace(e, headcount=None) for e in transfers(2021, 2025))
    fitted = Joint().fit(known(date(2022, 3, 1), AS_OF, events))
    peaks = [
        max(r.event for r in fitted.given((*events, transfer(date(2026, 4, 1), n))).explain(APRIL).days)
        for n in (None, 9000)
    ]
    assert peaks[1] == pytest.approx(peaks[0])


def test_one_mistyped_day_does_not_raise_what_is_expected() -> None:
    seen = known(date(2023, 3, 1), AS_OF)
    count = seen.history.count.copy()
    count[200, 10, 0] = 100_000
    mistyped = replace(seen, history=replace(seen.history, count=count))
    right, wrong = (Joint().fit(k) for k in (seen, mistyped))
    expected, raised = (np.array([r.expected for r in f.explain(APRIL).days]) for f in (right, wrong))
    np.testing.assert_allclose(raised, expected, rtol=0.05)
    assert wrong.forecast(APRIL, 500, 1).day_rate.sum(axis=2).max() < 3000


def test_no_path_passes_the_bound_whatever_the_noise() -> None:
    fitted = Joint().fit(known(date(2024, 3, 1), AS_OF))
    wild = replace(fitted.learned, estimate=replace(fitted.learned.estimate, dispersion=5.0))
    bound = replace(fitted, learned=wild, most=float(np.log(120.0)))
    assert bound.forecast(APRIL, 500, 1).day_rate.sum(axis=2).max() == pytest.approx(120)


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_a_real_log_of_three_months_is_forecast_four_weeks_ahead() -> None:
    log = pd.read_csv(shared("data/servicenow_incidents.csv"), parse_dates=["opened"])
    records = Records(conformed("inquiries", {"received_at": log["opened"], "channel": log["contact_type"]}))
    calendar = Calendar("BR", year_end_closure=False)
    period = Period.through(date(2016, 3, 1), date(2016, 5, 31))
    history = counted(records, calendar, Grid(30), tuple(sorted(log["contact_type"].unique())), period)
    seen = as_known(history, (), calendar, date(2016, 5, 31))
    tests = [backtest(m, seen, (date(2016, 4, 29),), 20, 200, 1) for m in (RecentMean(), Joint())]
    assert max(t.wape for t in tests) < 0.35
    assert tests[1].crps < 1.3 * tests[0].crps
    ahead = calendar.office_days(date(2016, 6, 6), date(2016, 7, 2))
    forecast = Joint().fit(seen).forecast(ahead, 200, 1)
    usual = history.day_count.sum(axis=1).mean()
    assert forecast.day_count.sum(axis=2).max() < 6 * usual
    assert 0.6 * usual < forecast.day_count.sum(axis=2).mean() < 1.6 * usual

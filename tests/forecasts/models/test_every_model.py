"""The contract of every model in the list: a new model is held to it by being registered."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from forecasts import scores
from forecasts.calendar import Calendar
from forecasts.events import Event, calendar_with
from forecasts.history.counts import History
from forecasts.model import Fitted, Model, as_known
from forecasts.models import MEMBERS, MODELS
from tests.forecasts.simulated import CALENDAR, CHANNELS, GRID, PROFILE, history, known, transfer, transfers

START, AS_OF = date(2022, 10, 3), date(2025, 2, 28)  # enough for all: 590 office days
EVENTS = transfers(2021, 2025)
DAYS = CALENDAR.office_days(date(2025, 3, 1), date(2025, 5, 1))

KNOW_EVENTS = {"joint", "tagged_mean", "typed_ratio", "boosting"}

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)


@cache
def usual_fit(model: Model) -> Fitted:
    """The model fitted on the history that most tests ask about; nothing that is fitted ever changes."""
    return model.fit(known(START, AS_OF, EVENTS))


def test_no_model_is_lost_unseen() -> None:
    assert [(m.name, m.min_office_days) for m in MODELS] == [
        ("recent_mean", 20),
        ("joint", 28),
        ("tagged_mean", 20),
        ("last_year_growth", 280),
        ("holt_winters", 40),
        ("typed_ratio", 40),
        ("boosting", 480),
    ]
    assert {m.name for m in MODELS} > MEMBERS


@every_model
def test_paths_have_the_right_shape_and_no_impossible_value(model: Model) -> None:
    forecast = usual_fit(model).forecast(DAYS, 30, 1)
    assert (forecast.days, forecast.grid, forecast.channels) == (DAYS, GRID, CHANNELS)
    assert forecast.day_rate.shape == forecast.day_count.shape == (30, len(DAYS), len(CHANNELS))
    assert np.isfinite(forecast.day_rate).all()
    assert (forecast.day_rate >= 0).all()
    assert forecast.day_count.dtype == np.int64
    np.testing.assert_allclose(forecast.share.sum(axis=1), 1)
    assert forecast.concentration.shape == (len(CHANNELS),)
    assert forecast.model == model.name


@every_model
def test_counts_are_drawn_from_the_rates(model: Model) -> None:
    forecast = usual_fit(model).forecast(DAYS, 300, 1)
    surprise = (forecast.day_count - forecast.day_rate) / np.sqrt(forecast.day_rate)
    assert abs(surprise.mean()) < 0.03
    assert surprise.std() == pytest.approx(1, abs=0.03)


@every_model
def test_closed_hours_stay_empty(model: Model) -> None:
    forecast = usual_fit(model).forecast(DAYS[:5], 20, 1)
    assert not forecast.slot_counts()[:, :, PROFILE == 0].any()
    assert forecast.slot_counts().sum() == forecast.day_count.sum()


@every_model
def test_the_same_seed_gives_the_same_paths_and_another_seed_others(model: Model) -> None:
    fits = (usual_fit(model), model.fit(known(START, AS_OF, EVENTS)), usual_fit(model))
    first, again, other = (f.forecast(DAYS, 20, s) for f, s in zip(fits, (1, 1, 2), strict=True))
    assert first.day_rate.tobytes() == again.day_rate.tobytes()
    assert first.day_count.tobytes() == again.day_count.tobytes()
    assert first.day_rate.tobytes() != other.day_rate.tobytes()


@every_model
def test_the_future_changes_nothing(model: Model) -> None:
    whole = history(START, date(2025, 6, 1), EVENTS)
    count = whole.count.copy()
    count[np.array([d > AS_OF for d in whole.days])] *= 9
    rollout = Event(date(2025, 3, 10), date(2025, 3, 21), "rollout", "unannounced", date(2025, 3, 3))
    closure = Event(date(2025, 3, 12), date(2025, 3, 13), "closure", "unannounced", date(2025, 3, 3))
    opening = Event(date(2025, 3, 15), date(2025, 3, 15), "opening", "unannounced", date(2025, 3, 3))
    later = (*EVENTS, rollout, closure, opening)
    forecasts = [
        model.fit(as_known(h, e, calendar_with(CALENDAR, e), AS_OF)).forecast(DAYS, 20, 1)
        for h, e in ((whole, EVENTS), (replace(whole, count=count), later))
    ]
    assert forecasts[0].day_rate.tobytes() == forecasts[1].day_rate.tobytes()
    assert forecasts[0].day_count.tobytes() == forecasts[1].day_count.tobytes()


@every_model
def test_a_history_that_ended_a_year_ago_is_less_sure(model: Model) -> None:
    """The month after its end, and the same month a year on: nobody saw where the level went meanwhile."""
    whole = history(date(2021, 10, 1), date(2024, 3, 1))
    fresh, stale = (
        model.fit(as_known(whole, (), CALENDAR, date(year, 3, 1) - timedelta(days=1)))
        .forecast(CALENDAR.office_days(date(year, 3, 1), date(year, 4, 1)), 1000, 1)
        .total_quantiles([0.1, 0.5, 0.9])
        for year in (2024, 2025)
    )
    fresh_spread, stale_spread = ((high - low) / mid for low, mid, high in (fresh, stale))
    # The baseline knows of no level that moves: its spread is that of eight weeks, whatever the lead.
    assert stale_spread > (0.95 if model.name == "recent_mean" else 1.1) * fresh_spread


@every_model
@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((), "no days to forecast"),
        ((AS_OF, DAYS[0]), f"{AS_OF} cannot be forecast: it is not after {AS_OF}"),
        ((DAYS[1], DAYS[0]), f"{DAYS[0]} follows {DAYS[1]}"),
        ((DAYS[0], DAYS[0]), f"{DAYS[0]} follows {DAYS[0]}"),
    ],
    ids=["none", "known", "unordered", "doubled"],
)
def test_days_that_cannot_be_forecast_are_refused(model: Model, days: tuple[date, ...], says: str) -> None:
    fitted = usual_fit(model)
    with pytest.raises(ValueError, match=says):
        fitted.forecast(days, 20, 1)
    with pytest.raises(ValueError, match=says):
        fitted.explain(days)


@every_model
def test_a_day_that_the_calendar_closes_is_forecast_all_the_same(model: Model) -> None:
    """A closure was called off: the past has the day, the calendar as known then closed it."""
    closure = Event(DAYS[3], DAYS[3], "closure", "", AS_OF)
    seen = as_known(history(START, date(2025, 3, 1), EVENTS), (*EVENTS, closure), CALENDAR, AS_OF)
    assert not seen.calendar.is_office_day(DAYS[3])
    rate = model.fit(seen).forecast(DAYS, 50, 1).day_rate.sum(axis=2)
    assert 20 < np.median(rate[:, 3]) < 120


@every_model
def test_days_left_out_change_nothing(model: Model) -> None:
    outage = date(2025, 2, 18)
    seen = known(START, AS_OF, EVENTS)
    left_out = replace(seen.history, left_out=frozenset({outage}))
    count = seen.history.count.copy()
    count[seen.history.days.index(outage)] *= 20
    rates = [
        model.fit(replace(seen, history=h)).forecast(DAYS, 20, 1).day_rate.tobytes()
        for h in (left_out, replace(left_out, count=count))
    ]
    assert rates[0] == rates[1]


@every_model
def test_short_history_is_refused_and_just_enough_is_not(model: Model) -> None:
    seen = known(START, AS_OF)
    with pytest.raises(ValueError, match=f"{model.name} needs {model.min_office_days} office days"):
        model.fit(replace(seen, history=_first(seen.history, model.min_office_days - 1)))
    enough = model.fit(replace(seen, history=_first(seen.history, model.min_office_days)))
    rate = enough.forecast(DAYS, 50, 1).day_rate.sum(axis=2)
    assert 30 < np.median(rate) < 80
    assert rate.max() < 500


@every_model
def test_a_desk_that_nobody_calls_is_no_fault(model: Model) -> None:
    seen = known(START, AS_OF)
    silent = replace(seen.history, count=np.zeros_like(seen.history.count))
    forecast = model.fit(replace(seen, history=silent)).forecast(DAYS, 20, 1)
    assert forecast.day_count.mean() < 0.5
    np.testing.assert_allclose(forecast.share.sum(axis=1), 1)


@every_model
@pytest.mark.parametrize("fault", ["jump", "gap", "burst"])
def test_a_broken_history_explodes_no_rate(model: Model, fault: str) -> None:
    """Ten times as many from January on; a year missing; two months of silence and one day of 5,000."""
    seen = known(date(2020, 10, 1) if fault == "gap" else START, AS_OF, EVENTS)
    days, count = seen.history.days, seen.history.count.copy()
    keep = np.ones(len(days), dtype=bool)
    if fault == "jump":
        count[[d >= date(2025, 1, 6) for d in days]] *= 10
    elif fault == "gap":
        keep = np.array([not date(2023, 6, 1) <= d < date(2024, 6, 1) for d in days])
    else:
        count[[d >= date(2025, 1, 6) for d in days]] = 0
        count[days.index(date(2025, 2, 18)), 10, 0] = 5000
    kept = tuple(d for d, k in zip(days, keep, strict=True) if k)
    broken = replace(seen, history=replace(seen.history, days=kept, count=count[keep]))
    fitted = model.fit(broken)
    forecast = fitted.forecast(DAYS, 100, 1)
    assert np.isfinite(forecast.day_rate).all()
    assert forecast.day_count.sum(axis=2).mean() < 2.5 * count.sum(axis=(1, 2))[-40:].max()
    assert all(np.isfinite(r.expected) for r in fitted.explain(DAYS).days)


@every_model
def test_reasons_multiply_to_what_the_paths_expect(model: Model) -> None:
    fitted = usual_fit(model)
    reasons = fitted.explain(DAYS).days
    expected = np.array([r.expected for r in reasons])
    assert [r.day for r in reasons] == list(DAYS)
    np.testing.assert_allclose(expected, [r.base * r.weekday * r.season * r.event for r in reasons])
    mean = fitted.forecast(DAYS, 3000, 1).day_rate.sum(axis=2).mean(axis=0)
    np.testing.assert_allclose(mean, expected, rtol=0.05)


@every_model
def test_another_list_of_events_is_answered_without_learning_anew(model: Model) -> None:
    """What if the April round came two weeks later? And back again: nothing is left of the question."""
    fitted = usual_fit(model)
    late = date(2025, 4, 15)
    moved = fitted.given((*known(START, AS_OF, EVENTS).events, transfer(late)))
    before, after = ({r.day: r for r in f.explain(DAYS).days} for f in (fitted, moved))
    assert (after[late].event > 1.2 * before[late].event) == (model.name in KNOW_EVENTS)
    assert (after[date(2025, 4, 1)].event < before[date(2025, 4, 1)].event) == (model.name in KNOW_EVENTS)
    back = moved.given(known(START, AS_OF, EVENTS).events).forecast(DAYS, 20, 1)
    assert back.day_rate.tobytes() == fitted.forecast(DAYS, 20, 1).day_rate.tobytes()


@every_model
def test_a_desk_without_closing_days_is_forecast_by_the_same_code(model: Model) -> None:
    start = date(2023, 6, 1)
    days = tuple(start + timedelta(days=n) for n in range(600))
    calendar = Calendar(
        year_end_closure=False, opened=frozenset(start + timedelta(days=n) for n in range(800))
    )
    mean = np.array([60.0, 50, 50, 50, 55, 30, 20])[[d.weekday() for d in days]]
    count = np.zeros((600, GRID.slots, 1), dtype=np.int64)
    count[:, 10, 0] = np.random.default_rng(1).poisson(mean)
    fitted = model.fit(as_known(History(days, GRID, ("all",), count), (), calendar, days[-1]))
    week = [days[-1] + timedelta(days=n) for n in range(1, 29)]
    rate = fitted.forecast(week, 400, 1).day_rate.sum(axis=2).mean(axis=0)
    by_weekday = [rate[[d.weekday() == n for d in week]].mean() for n in range(7)]
    np.testing.assert_allclose(by_weekday, [60, 50, 50, 50, 55, 30, 20], rtol=0.15)


@every_model
def test_a_model_is_calibrated_on_data_drawn_from_itself(model: Model) -> None:
    """A stationary desk, which all models contain: 80 % intervals of days and of two-week totals hold."""
    days = CALENDAR.office_days(date(2025, 3, 1), date(2025, 4, 1))[:20]
    is_slow = model.min_office_days > 400
    start = date(2024, 6, 1) if model.min_office_days < 150 else START
    rng = np.random.default_rng(1)
    of_day, of_window = [], []
    for seed in range(10 if is_slow else 20):
        whole = history(start, date(2025, 4, 1), seed=seed)
        fitted = model.fit(as_known(whole, (), CALENDAR, AS_OF))
        samples = fitted.forecast(days, 200, seed).day_count.sum(axis=2)
        actual = whole.day_count.sum(axis=1)[[whole.days.index(d) for d in days]]
        of_day.append(scores.randomised_pit(actual, samples, rng))
        of_window += [
            scores.randomised_pit(actual[at].sum(), samples[:, at].sum(axis=1), rng)
            for at in (slice(0, 10), slice(10, 20))
        ]
    assert 0.74 < scores.coverage(np.concatenate(of_day)) < 0.88
    assert 0.65 < scores.coverage(np.array(of_window)) <= 1.0


def _first(of: History, days: int) -> History:
    return replace(of, days=of.days[-days:], count=of.count[-days:])

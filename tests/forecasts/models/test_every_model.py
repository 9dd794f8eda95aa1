"""The contract of every model in the list: a new model is held to it by being registered."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts import scores
from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.model import Model, as_known
from forecasts.models import MODELS
from tests.forecasts.simulated import CALENDAR, CHANNELS, GRID, PROFILE, history, known, transfers

START, AS_OF = date(2023, 10, 2), date(2025, 2, 28)
EVENTS = transfers(2021, 2025)
DAYS = CALENDAR.office_days(date(2025, 3, 1), date(2025, 5, 1))

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)


def test_no_model_is_lost_unseen() -> None:
    assert [(m.name, m.min_office_days) for m in MODELS] == [("recent_mean", 20), ("event_regression", 40)]


@every_model
def test_paths_have_the_right_shape_and_no_impossible_value(model: Model) -> None:
    forecast = model.fit(known(START, AS_OF, EVENTS)).forecast(DAYS, 30, 1)
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
    forecast = model.fit(known(START, AS_OF, EVENTS)).forecast(DAYS, 300, 1)
    surprise = (forecast.day_count - forecast.day_rate) / np.sqrt(forecast.day_rate)
    assert abs(surprise.mean()) < 0.03
    assert surprise.std() == pytest.approx(1, abs=0.03)


@every_model
def test_closed_hours_stay_empty(model: Model) -> None:
    forecast = model.fit(known(START, AS_OF)).forecast(DAYS[:5], 20, 1)
    assert not forecast.slot_counts()[:, :, PROFILE == 0].any()
    assert forecast.slot_counts().sum() == forecast.day_count.sum()


@every_model
def test_the_same_seed_gives_the_same_paths_and_another_seed_others(model: Model) -> None:
    first, again, other = (model.fit(known(START, AS_OF, EVENTS)).forecast(DAYS, 20, s) for s in (1, 1, 2))
    assert first.day_rate.tobytes() == again.day_rate.tobytes()
    assert first.day_count.tobytes() == again.day_count.tobytes()
    assert first.day_rate.tobytes() != other.day_rate.tobytes()


@every_model
def test_the_future_changes_nothing(model: Model) -> None:
    whole = history(START, date(2025, 6, 1), EVENTS)
    count = whole.count.copy()
    count[np.array([d > AS_OF for d in whole.days])] *= 9
    rollout = Event(date(2025, 3, 10), date(2025, 3, 21), "rollout", "unannounced", date(2025, 3, 3))
    forecasts = [
        model.fit(as_known(h, e, CALENDAR, AS_OF)).forecast(DAYS, 20, 1)
        for h, e in ((whole, EVENTS), (replace(whole, count=count), (*EVENTS, rollout)))
    ]
    assert forecasts[0].day_rate.tobytes() == forecasts[1].day_rate.tobytes()


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
    seen = known(date(2024, 11, 1), AS_OF)
    with pytest.raises(ValueError, match=f"{model.name} needs {model.min_office_days} office days"):
        model.fit(replace(seen, history=_first(seen.history, model.min_office_days - 1)))
    enough = model.fit(replace(seen, history=_first(seen.history, model.min_office_days)))
    rate = enough.forecast(DAYS, 50, 1).day_rate.sum(axis=2)
    assert 30 < np.median(rate) < 80
    assert rate.max() < 500


@every_model
def test_a_desk_that_nobody_calls_is_no_fault(model: Model) -> None:
    seen = known(date(2024, 11, 1), AS_OF)
    silent = replace(seen.history, count=np.zeros_like(seen.history.count))
    forecast = model.fit(replace(seen, history=silent)).forecast(DAYS, 20, 1)
    assert forecast.day_count.mean() < 0.5
    np.testing.assert_allclose(forecast.share.sum(axis=1), 1)


@every_model
def test_reasons_multiply_to_what_the_paths_expect(model: Model) -> None:
    fitted = model.fit(known(START, AS_OF, EVENTS))
    reasons = fitted.explain(DAYS).days
    expected = np.array([r.expected for r in reasons])
    assert [r.day for r in reasons] == list(DAYS)
    np.testing.assert_allclose(expected, [r.base * r.weekday * r.season * r.event for r in reasons])
    mean = fitted.forecast(DAYS, 3000, 1).day_rate.sum(axis=2).mean(axis=0)
    np.testing.assert_allclose(mean, expected, rtol=0.05)


@every_model
def test_a_model_is_calibrated_on_data_drawn_from_itself(model: Model) -> None:
    """A stationary desk, which both models contain: 80 % intervals of days and of two-week totals hold."""
    days = CALENDAR.office_days(date(2025, 3, 1), date(2025, 3, 18))[:10]
    rng = np.random.default_rng(1)
    of_day, of_window = [], []
    for seed in range(40):
        whole = history(date(2024, 6, 1), date(2025, 3, 31), seed=seed)
        samples = (
            model.fit(as_known(whole, (), CALENDAR, AS_OF)).forecast(days, 200, seed).day_count.sum(axis=2)
        )
        actual = whole.day_count.sum(axis=1)[[whole.days.index(d) for d in days]]
        of_day.append(scores.randomised_pit(actual, samples, rng))
        of_window.append(scores.randomised_pit(actual.sum(), samples.sum(axis=1), rng))
    assert 0.74 < scores.coverage(np.concatenate(of_day)) < 0.88
    assert 0.65 < scores.coverage(np.array(of_window)) <= 1.0


def _first(of: History, days: int) -> History:
    return replace(of, days=of.days[-days:], count=of.count[-days:])

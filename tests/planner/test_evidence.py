from datetime import date
from pathlib import Path

import numpy as np

from forecasts.backtest import compared, scored
from forecasts.calendar import Calendar
from forecasts.choose import Choice
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.features import expected_rounds
from forecasts.history.counts import History
from forecasts.model import DayReason, Explanation
from forecasts.models import MODELS
from forecasts.models.tagged_mean import TaggedMean
from forecasts.slots import Grid, Period
from planner.desk_file import read_desk
from planner.evidence import (
    accuracy_of,
    channel_shares,
    closed_days,
    dates_of,
    events_of,
    heat_of,
    kinds_until,
    known_events,
    outlook,
    past_events,
)
from tests.forecasts.trial_builder import drawn

JAPAN = Calendar()
GRID = Grid(60)
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


def transfer(year: int, month: int = 4, **changes: object) -> Event:
    day = date(year, month, 1)
    plain = {"group": f"{year}年{month}月期", "headcount": 100, "source": "架空データ"}
    return Event(day, day, "transfer", "人事異動", date(year, month - 1, 1), **(plain | changes))  # type: ignore[arg-type]


def history(first: date, last: date, peak: int = 80, usual: int = 40) -> History:
    """Twice as many inquiries in the first half of every April."""
    days = JAPAN.office_days(first, last)
    count = np.zeros((len(days), GRID.slots, 1), dtype=np.int64)
    count[:, 10, 0] = [peak if d.month == 4 and d.day <= 15 else usual for d in days]
    return History(days, GRID, ("phone",), count)


def forecast(days: tuple[date, ...], channels: tuple[str, ...] = ("phone", "mail")) -> Forecast:
    share = np.zeros((len(days), GRID.slots, len(channels)))
    share[:, 9, :] = share[:, 14, :] = 0.5
    rate = np.tile(np.array([30.0, 10.0])[: len(channels)], (50, len(days), 1))
    count = np.random.default_rng(1).poisson(rate)
    return Forecast(days, GRID, channels, rate, count, share, np.full(len(channels), np.inf), 3)


def test_a_past_round_is_measured_against_the_weeks_before_it() -> None:
    known = (transfer(2024), transfer(2025), transfer(2025, 10), transfer(2026))
    found = past_events(known[-1:], known, history(date(2024, 1, 4), date(2026, 2, 28)), 8)
    assert [(p.name, p.per_day_before, p.headcount) for p in found] == [
        ("2024年4月期", 40.0, 100),
        ("2025年4月期", 40.0, 100),
    ]
    assert [p.per_day for p in found] == [80.0, 80.0]


def test_several_effective_dates_are_one_round_and_an_unknown_headcount_stays_unknown() -> None:
    first = transfer(2025)
    later = Event(date(2025, 4, 7), date(2025, 4, 7), "transfer", "人事異動", date(2025, 3, 1), first.group)
    known = (first, later, transfer(2026))
    found = past_events(known[-1:], known, history(date(2024, 12, 2), date(2026, 2, 28)), 8)
    assert [(p.start, p.headcount) for p in found] == [(date(2025, 4, 1), None)]


def test_only_events_that_act_in_the_period_are_named_and_outages_never() -> None:
    outage = Event(date(2026, 4, 7), date(2026, 4, 7), "outage", "障害", date(2026, 4, 7))
    acting = events_of((transfer(2026), transfer(2026, 7), outage), JAPAN, APRIL)
    assert [e.start for e in known_events(acting)] == [date(2026, 4, 1)]


def test_a_round_that_nobody_has_announced_is_shown_as_expected() -> None:
    known = (transfer(2024), transfer(2025))
    acting = events_of(expected_rounds(known, date(2026, 2, 10)), JAPAN, APRIL)
    (shown,) = known_events(acting)
    assert (shown.name, shown.start, shown.status) == ("公表前の人事異動", date(2026, 4, 1), "expected")
    past = past_events(acting, known, history(date(2024, 1, 4), date(2026, 2, 10)), 10)
    assert [p.name for p in past] == ["2024年4月期", "2025年4月期"]


def test_without_a_test_on_the_past_the_accuracy_is_unknown() -> None:
    found = accuracy_of(Choice(MODELS[0], (), "untested"), 20)
    assert (found.model, found.origins, found.horizon_days) == ("recent_mean", 0, 20)
    assert np.isnan([found.wape, found.coverage, found.crps_ratio]).all()


def test_the_accuracy_compares_on_the_days_that_both_could_forecast() -> None:
    """Two models tried on twelve origins, last year on the last six."""
    tried = drawn({"recent_mean": 80.0, "tagged_mean": 50.0, "last_year_growth": 65.0})
    tried["last_year_growth"] = tried["last_year_growth"][6:]
    chosen = tried["tagged_mean"]
    beside = [compared("tagged_mean", chosen, o, tried[o]) for o in ("recent_mean", "last_year_growth")]
    choice = Choice(
        model=TaggedMean(),
        backtests=tuple(scored(name, trials, 1) for name, trials in tried.items()),
        reason="best_score",
        weights=(("tagged_mean", 1.0),),
        weights_reason="learned",
        beside=tuple(c for c in beside if c is not None),
    )
    found = accuracy_of(choice, 20)
    assert (found.model, found.baseline, found.origins) == ("tagged_mean", "recent_mean", 12)
    assert (found.weights, found.weights_reason) == (choice.weights, "learned")
    assert found.crps_ratio < 0.3
    assert found.coverage95 is not None
    assert found.last_year is not None
    assert found.last_year.origins == 6
    assert found.last_year.wape < found.last_year.wape_last_year
    assert found.last_year.wape_event is None


def test_lead_times_are_office_days_before_the_change() -> None:
    terms = read_desk(Path("data/desks/lan-desk.toml")).terms
    dates = dates_of(APRIL, terms, JAPAN, date(2026, 3, 1))
    assert (dates.propose_by, dates.decide_by, dates.notify_by) == (
        date(2026, 3, 10),
        date(2026, 3, 17),
        date(2026, 3, 25),
    )
    assert not dates.is_urgent
    assert not dates_of(APRIL, terms, JAPAN, date(2026, 3, 9)).is_urgent
    assert dates_of(APRIL, terms, JAPAN, date(2026, 3, 10)).is_urgent


def test_no_date_lies_before_the_day_of_the_proposal() -> None:
    terms = read_desk(Path("data/desks/lan-desk.toml")).terms
    late = dates_of(APRIL, terms, JAPAN, date(2026, 3, 19))
    assert (late.propose_by, late.decide_by, late.notify_by) == (
        date(2026, 3, 23),
        date(2026, 3, 23),
        date(2026, 3, 25),
    )
    same_day = dates_of(APRIL, terms, JAPAN, date(2026, 3, 31))
    assert same_day.propose_by == same_day.decide_by == same_day.notify_by == date(2026, 4, 1)


def test_the_outlook_has_last_years_weekday_and_the_usual_level() -> None:
    days = JAPAN.office_days(date(2026, 4, 1), date(2026, 4, 4))
    reasons = tuple(DayReason(d, 20.0, 1.1, 1.0, 1.8, 39.6, ("人事異動",)) for d in days[:2])
    found = outlook(forecast(days), Explanation(days=reasons), history(date(2025, 3, 3), date(2026, 2, 28)))
    assert [d.actual_last_year for d in found] == [80, 80, 80]
    assert found[0].usual == 22.0
    assert found[0].events == ("人事異動",)
    assert found[2].usual == found[2].expected == 40.0
    assert all(d.low <= d.median <= d.high for d in found)
    assert all(float(d.high).is_integer() for d in found)


def test_shares_heat_and_closed_days() -> None:
    days = JAPAN.office_days(APRIL.start, APRIL.end)
    shares = dict(channel_shares(forecast(days), APRIL))
    np.testing.assert_allclose([shares["phone"], shares["mail"]], [0.75, 0.25])
    heat = np.array(heat_of(forecast(days), APRIL))
    assert heat.shape == (5, 24)
    np.testing.assert_allclose(heat[:, [9, 14]], 20.0)
    np.testing.assert_allclose(heat.sum(axis=1), 40.0)
    assert closed_days(JAPAN, date(2026, 4, 1), APRIL) == ((date(2026, 4, 29), "昭和の日"),)


def test_a_kind_of_event_has_its_own_lead_times_and_the_longest_counts() -> None:
    terms = read_desk(Path("data/desks/lan-desk.toml")).terms
    assert terms.lead_days() == (15, 10, 5)
    assert terms.lead_days(["diet_ordinary"]) == (5, 3, 2)
    assert terms.lead_days(["diet_ordinary", "transfer"]) == (15, 10, 5)
    early = dates_of(APRIL, terms, JAPAN, date(2026, 3, 19), ["diet_ordinary"])
    assert not early.is_urgent
    assert early.propose_by == JAPAN.shifted(APRIL.start, -5)
    assert dates_of(APRIL, terms, JAPAN, date(2026, 3, 19), ["transfer"]).is_urgent


def test_a_window_answers_the_events_that_have_begun_by_its_end() -> None:
    known = (transfer(2026), transfer(2026, 10))
    assert kinds_until(known, Period(date(2026, 3, 20), date(2026, 4, 10))) == ("transfer",)
    assert kinds_until(known, Period(date(2026, 3, 2), date(2026, 3, 20))) == ()

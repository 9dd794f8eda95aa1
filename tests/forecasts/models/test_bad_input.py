"""Fed with anything, a model refuses in the usual words or answers with finite paths near the level."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.model import Known, Model
from forecasts.models import MEMBERS, MODELS
from forecasts.soundness import soundness
from tests.forecasts.simulated import CALENDAR, known, transfers

START, AS_OF = date(2022, 10, 3), date(2025, 2, 28)
EVENTS = transfers(2021, 2025)
DAYS = CALENDAR.office_days(date(2025, 3, 1), date(2025, 5, 1))
ROLLOUT = Event(date(2025, 3, 10), date(2025, 3, 21), "rollout", "更改", date(2025, 2, 3), headcount=9_000)

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)


def counts(change: Callable[[np.ndarray], None]) -> Known:
    seen = known(START, AS_OF, EVENTS)
    count = seen.history.count.copy()
    change(count)
    return replace(seen, history=replace(seen.history, count=count))


def only(seen: Known, use: Callable[[date], bool]) -> Known:
    keep = np.array([use(d) for d in seen.history.days])
    days = tuple(d for d in seen.history.days if use(d))
    return replace(seen, history=replace(seen.history, days=days, count=seen.history.count[keep]))


def zeros(count: np.ndarray) -> None:
    count[:] = 0


def jump(days: int, times: int) -> Callable[[np.ndarray], None]:
    def change(count: np.ndarray) -> None:
        count[-days:] *= times

    return change


def burst(day: int) -> Callable[[np.ndarray], None]:
    def change(count: np.ndarray) -> None:
        count[day, 10, 0] = 100_000

    return change


def alternating(count: np.ndarray) -> None:
    count[::2] = 0


def silent_mondays(count: np.ndarray) -> None:
    days = known(START, AS_OF, EVENTS).history.days
    count[[d.weekday() == 0 for d in days]] = 0


def fall(count: np.ndarray) -> None:
    count[-10:] = 0


def silent_channel(count: np.ndarray) -> None:
    count[:, :, 1] = 0


def zero_april(count: np.ndarray) -> None:
    """Every transfer met a desk that wrote nothing down: an unpenalised model explodes."""
    days = known(START, AS_OF, EVENTS).history.days
    count[[d.month == 4 and d.day < 15 for d in days]] = 0


# name: (what is known, the levels a day between which the median may lie, before a factor of 3 to both sides)
USUAL = (50.0, 50.0)
BAD: dict[str, tuple[Callable[[], Known], tuple[float, float]]] = {
    "all_zeros": (lambda: counts(zeros), (0.0, 0.5)),
    "one_week": (lambda: only(known(START, AS_OF), lambda d: d > date(2025, 2, 21)), USUAL),
    "six_weeks": (lambda: only(known(START, AS_OF), lambda d: d > date(2025, 1, 17)), USUAL),
    "nine_weeks": (lambda: only(known(START, AS_OF), lambda d: d > date(2024, 12, 27)), USUAL),
    "jump_of_a_week": (lambda: counts(jump(5, 10)), (50.0, 500.0)),
    "jump_of_six_weeks": (lambda: counts(jump(30, 10)), (50.0, 500.0)),
    "jump_of_the_last_day": (lambda: counts(jump(1, 10)), (50.0, 500.0)),
    "year_missing": (
        lambda: only(known(START, AS_OF, EVENTS), lambda d: not date(2023, 10, 1) <= d < date(2024, 10, 1)),
        USUAL,
    ),
    "last_half_year_missing": (
        lambda: only(known(START, AS_OF, EVENTS), lambda d: d < date(2024, 9, 1)),
        USUAL,
    ),
    "kind_never_seen": (lambda: known(START, AS_OF, (*EVENTS, ROLLOUT)), USUAL),
    "no_event_ever_seen": (lambda: only(known(START, AS_OF, EVENTS), lambda d: d > date(2024, 10, 1)), USUAL),
    "day_of_100000": (lambda: counts(burst(200)), USUAL),
    "late_day_of_100000": (lambda: counts(burst(-10)), USUAL),
    "first_day_of_100000": (lambda: counts(burst(0)), USUAL),
    "alternating_zeros": (lambda: counts(alternating), (0.0, 50.0)),
    "silent_mondays": (lambda: counts(silent_mondays), (0.0, 50.0)),
    "fortnight_of_zeros_at_the_end": (lambda: counts(fall), (0.0, 50.0)),
    "silent_channel": (lambda: counts(silent_channel), (35.0, 35.0)),
    "events_without_records": (lambda: counts(zero_april), (0.0, 50.0)),
}
MOST_TIMES = 20
SILENT_DESK = 5.0
"""Inquiries a day on a desk that had none: a guess may be wide, but not as wide as a desk at work."""


@every_model
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_or_answered_within_reason(model: Model, name: str) -> None:
    make, (least, most) = BAD[name]
    seen = make()
    if len(seen.history.days) < model.min_office_days:
        with pytest.raises(ValueError, match=f"{model.name} needs {model.min_office_days} office days"):
            model.fit(seen)
        return
    forecast = model.fit(seen).forecast(DAYS, 100, 1)
    rate = forecast.day_rate.sum(axis=2)
    assert np.isfinite(forecast.day_rate).all()
    assert (forecast.day_count >= 0).all()
    np.testing.assert_allclose(forecast.share.sum(axis=1), 1)
    busiest = float(seen.history.day_count.sum(axis=1).max())
    is_member = model.name in MEMBERS  # the others are what people do today: there to be beaten
    most_times = 1.001 * (MOST_TIMES if is_member else 3 * MOST_TIMES)
    assert rate.max() <= most_times * max(busiest, SILENT_DESK)
    if is_member:
        assert least / 3 <= np.median(rate) <= max(3 * most, SILENT_DESK)


@pytest.mark.parametrize("model", [m for m in MODELS if m.name in MEMBERS], ids=lambda m: m.name)
def test_one_wrong_day_of_long_ago_does_not_move_the_paths_of_today(model: Model) -> None:
    right, wrong = (
        model.fit(seen).forecast(DAYS[:10], 200, 1).day_rate.sum(axis=2)
        for seen in (known(START, AS_OF, EVENTS), counts(burst(200)))
    )
    assert np.median(wrong) == pytest.approx(np.median(right), rel=0.5)
    assert np.quantile(wrong, 0.95) < 3 * np.quantile(right, 0.95)


def silent(first: date, last: date) -> Callable[[np.ndarray], None]:
    def change(count: np.ndarray) -> None:
        days = known(START, AS_OF, EVENTS).history.days
        count[[first <= d <= last for d in days]] = 0

    return change


@pytest.mark.parametrize("model", [m for m in MODELS if m.name in MEMBERS], ids=lambda m: m.name)
@pytest.mark.parametrize(
    "stretch",
    [
        (date(2023, 4, 1), date(2024, 3, 31)),
        (date(2023, 10, 1), date(2024, 9, 30)),
        (date(2024, 5, 1), date(2024, 7, 10)),
        (date(2024, 6, 1), date(2024, 6, 28)),
    ],
    ids=str,
)
def test_a_gap_that_stands_there_as_zeros_is_a_gap(model: Model, stretch: tuple[date, date]) -> None:
    """Missing records are counted as zeros: they must widen the forecast a little, not blow it up."""
    if (stretch[1] - stretch[0]).days > 300 and model.min_office_days > 400:
        with pytest.raises(ValueError, match=f"{model.name} needs"):
            model.fit(counts(silent(*stretch)))  # too little is left to learn from
        return
    gone, sound = (
        model.fit(seen).forecast(DAYS, 200, 1).day_rate.sum(axis=2)
        for seen in (counts(silent(*stretch)), known(START, AS_OF, EVENTS))
    )
    for level in (0.05, 0.5, 0.95):
        assert np.quantile(gone, level) == pytest.approx(np.quantile(sound, level), rel=0.35)


@pytest.mark.parametrize("name", sorted(BAD.keys() - {"jump_of_the_last_day", "silent_channel"}))
def test_bad_input_is_told_by_its_cause(name: str) -> None:
    assert soundness(BAD[name][0](), DAYS)


def test_a_history_without_days_is_refused_by_every_model() -> None:
    seen = known(START, AS_OF)
    empty = History((), seen.history.grid, seen.history.channels, seen.history.count[:0])
    for model in MODELS:
        with pytest.raises(ValueError, match="needs"):
            model.fit(replace(seen, history=empty))

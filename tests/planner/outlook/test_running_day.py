"""The day that is running: recognised by its records, told and updated; a day that is over stays whole."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast, Wholes
from forecasts.history.counts import History
from forecasts.history.records import Records
from forecasts.slots import Grid
from planner.outlook.running_day import Reach, RunningDay, is_running, reach_of, running_day
from tests.forecasts.history.batch_builder import batch
from tests.forecasts.update_builder import GRID, OPEN, made

DAY = date(2026, 4, 1)
FORECAST = made(paths=300, shape=20.0)
CLOSES = 18 * 60
CHANNELS = ("phone",)
NOON = Reach(DAY, 11 * 60 + 50)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)


def inquiries(*moments: datetime, channel: str = "phone", **more: object) -> Records:
    rows = [{"received_at": m, "channel": channel, **more} for m in moments]
    return Records(inquiries=batch("inquiries", rows).values)


def past(counts: Wholes, days: int = 60, wobble: int = 3) -> History:
    """A history of office days like the forecast's, the last one (``DAY``) with these counts by slot."""
    before = [d for d in (DAY - timedelta(days=n) for n in range(days, 0, -1)) if d.weekday() < 5]
    count = np.zeros((len(before) + 1, GRID.slots, 1), dtype=np.int64)
    count[:-1, OPEN, 0] = 6 + np.random.default_rng(2).integers(-wobble, wobble + 1, (len(before), 10))
    count[-1, :, 0] = counts
    return History((*before, DAY), GRID, CHANNELS, count)


def by_slot(each: int, until: int) -> Wholes:
    counts: Wholes = np.zeros(GRID.slots, dtype=np.int64)
    counts[8:until] = each
    return counts


def seen(each: int, reach: Reach = NOON, until: int = 12, forecast: Forecast = FORECAST) -> RunningDay:
    return running_day(forecast, past(by_slot(each, until)), reach, ((), Calendar()), 3)


# --- how far records reach ---


def test_the_last_inquiry_of_the_day_with_a_time_counts() -> None:
    records = inquiries(at(9), at(11, 50), at(17, 0, DAY - timedelta(days=1)))
    assert reach_of(records, DAY, CHANNELS) == NOON
    assert reach_of(records, DAY, ("mail",)).last_min is None
    assert reach_of(inquiries(at(0), is_timed=False), DAY, CHANNELS).last_min is None
    assert reach_of(Records(), DAY, CHANNELS).last_min is None


def test_an_exchange_tells_to_the_end_of_its_last_interval_with_calls() -> None:
    rows = [
        {"start_at": at(h), "length_min": 30, "channel": "phone", "offered": n}
        for h, n in ((9, 4), (11, 2), (12, 0))
    ]
    records = Records(intervals=batch("intervals", rows).values)
    assert reach_of(records, DAY, CHANNELS).last_min == 11 * 60 + 30
    last = [{"start_at": at(23, 30), "length_min": 60, "channel": "phone", "offered": 1}]
    assert reach_of(Records(intervals=batch("intervals", last).values), DAY, CHANNELS).last_min == 24 * 60


# --- is it over? ---


@pytest.mark.parametrize(
    ("last_min", "clocks", "said"),
    [
        (710, (at(12),), True),  # the office is open
        (1070, (at(17, 55),), True),
        (1070, (at(18, 5),), False),  # closed, and few are missing to closing
        (1079, (at(23),), False),
        (710, (at(23),), True),  # cut off: thirty more would have come
        (710, (at(9, 0, DAY + timedelta(days=1)),), False),  # a day that is past is whole,
        (710, (at(9, 0, DAY + timedelta(days=1)), at(12, 5)), True),  # unless taken in before it closed
        (710, (at(9, 0, DAY + timedelta(days=1)), at(18, 30)), False),
        (710, (at(9),), True),  # the sample's clock stands before its records: they decide
        (1079, (at(9),), False),
        (1079, (at(9, 0, DAY - timedelta(days=3)), at(9, 0, DAY - timedelta(days=3))), False),
        (None, (at(12),), True),
        (None, (at(19),), False),
    ],
)
def test_clocks_and_records_decide(last_min: float | None, clocks: tuple[datetime, ...], said: bool) -> None:
    assert is_running(Reach(DAY, last_min), FORECAST, clocks, CLOSES) is said


def test_on_a_desk_with_few_inquiries_silence_is_no_cut() -> None:
    few = made(paths=300, mean=3.0)
    assert not is_running(NOON, few, (at(19),), CLOSES)
    assert is_running(NOON, few, (at(13),), CLOSES)


# --- what is made of it ---


def test_it_says_what_came_and_what_was_expected_by_then() -> None:
    day = seen(6)
    assert (day.update.until_slot, day.update.so_far.tolist()) == (12, [24])
    assert day.update.expected_so_far.sum() == pytest.approx(24, rel=0.1)
    assert day.found.code == "within"
    assert day.actual[0] == (0, 0)
    assert day.actual[-1] == (720, 24)


def test_more_than_expected_raises_the_day_and_narrows_it() -> None:
    day = seen(10)
    total, before = day.update.total, day.update.before
    assert day.found.code in {"above", "far_above"}
    assert total.mean > before.mean + 10
    assert total.high - total.low < before.high - before.low


def test_a_slot_that_is_hardly_begun_is_not_taken_for_whole() -> None:
    # Six an hour: at 11:20 four more are to be expected before noon.
    day = seen(6, Reach(DAY, 11 * 60 + 20))
    assert (day.update.until_slot, day.update.so_far.tolist()) == (11, [18])
    assert seen(6, Reach(DAY, 11 * 60)).update.until_slot == 11
    assert seen(6, Reach(DAY, 1440), 18).update.until_slot == 24


def test_the_courses_end_where_the_day_does() -> None:
    day = seen(8)
    for course, span in ((day.before, day.update.before), (day.after, day.update.total)):
        assert course.minute[-1] == 1440
        assert (np.diff(course.band, axis=0) >= 0).all()
        assert (np.diff(course.band, axis=1) >= 0).all()
        assert course.band[-1, [0, 2]].tolist() == [span.low, span.high]
    assert day.after.minute[0] == 720
    assert day.after.band[0].tolist() == [32.0] * 3


def test_what_is_written_of_the_rest_of_the_day_does_not_count() -> None:
    counts = by_slot(6, 12)
    later = counts.copy()
    later[15] = 40
    one, other = (running_day(FORECAST, past(c), NOON, ((), Calendar()), 3) for c in (counts, later))
    assert one.update.total == other.update.total
    np.testing.assert_array_equal(one.after.band, other.after.band)


def test_days_that_stray_from_their_course_tell_less_of_the_rest() -> None:
    def risen(wobble: int) -> float:
        history = past(by_slot(10, 12), wobble=3)
        count = history.count.copy()
        # Some days come early, some late, by as many inquiries.
        early = np.where(np.arange(len(history.days) - 1) % 2, wobble, -wobble)
        count[:-1, 8:13, 0] += early[:, None]
        count[:-1, 13:18, 0] -= early[:, None]
        history = replace(history, count=np.maximum(count, 0))
        day = running_day(FORECAST, history, NOON, ((), Calendar()), 3)
        return day.update.total.mean - day.update.before.mean

    assert risen(3) < risen(0)


@pytest.mark.parametrize("days", [0, 5])
def test_a_young_desk_is_answered_too(days: int) -> None:
    day = running_day(FORECAST, past(by_slot(6, 12), days=days), NOON, ((), Calendar()), 3)
    assert np.isfinite(day.update.total.mean)


def test_without_times_it_refuses() -> None:
    history = past(by_slot(6, 12))
    untimed = replace(history, untimed=frozenset({(DAY, "phone")}))
    other_grid = replace(history, grid=Grid(30), count=np.zeros((len(history.days), 48, 1), dtype=np.int64))
    for wrong, reach in ((untimed, NOON), (other_grid, NOON), (history, Reach(DAY, None))):
        with pytest.raises(ValueError, match="times"):
            running_day(FORECAST, wrong, reach, ((), Calendar()), 3)

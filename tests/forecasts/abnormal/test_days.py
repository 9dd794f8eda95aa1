"""Abnormal days: planted ones are found, ordinary noise and what is explained is not."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from forecasts.abnormal import AbnormalDay, abnormal_days
from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.events import Event, read_events
from forecasts.history.counts import History
from forecasts.slots import Grid
from tests.forecasts.simulated import CALENDAR, CHANNELS, GRID, PROFILE, WEEKDAYS, event_factor, transfers

START = date(2021, 3, 1)
EVENTS = Path(__file__).parents[3] / "data" / "events"


def drawn(
    level: float, spread: float, end: date, seed: int, factor: Floats | float = 1.0, start: date = START
) -> History:
    """A desk of ``level`` inquiries a day, 70 % of them calls; ``factor`` times as many on each day."""
    rng = np.random.default_rng(seed)
    days = CALENDAR.office_days(start, end)
    rate = level * WEEKDAYS[[d.weekday() for d in days]] * factor
    total = rng.poisson(rate * rng.gamma(1 / spread, spread, size=len(days)))
    phone = rng.binomial(total, 0.7)
    by_channel = [rng.multinomial(n, PROFILE) for n in (phone, total - phone)]
    return History(days, GRID, CHANNELS, np.stack(by_channel, axis=2).astype(np.int64))


def planted(end: date, at: dict[int, float]) -> Floats:
    out = np.ones(len(CALENDAR.office_days(START, end)))
    out[list(at)] = list(at.values())
    return out


def whole_days(found: tuple[AbnormalDay, ...]) -> dict[date, str]:
    return {f.day: f.code for f in found if f.code != "hole"}


@pytest.mark.parametrize(("level", "spread"), [(5, 0.02), (50, 0.02), (400, 0.01), (50, 0.05)])
def test_noise_gives_at_most_one_false_alarm_in_a_year(level: float, spread: float) -> None:
    found = [abnormal_days(drawn(level, spread, date(2022, 3, 1), seed), (), CALENDAR) for seed in range(4)]
    assert sum(map(len, found)) <= 4 * 243 / 250


@pytest.mark.parametrize("level", [50, 400])
@pytest.mark.parametrize("end", [date(2021, 4, 24), date(2022, 3, 1)])
def test_outages_and_surges_are_found_whatever_the_length_of_history(level: float, end: date) -> None:
    """Eight weeks and a year; several at once mask none."""
    codes = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        at = rng.choice(len(CALENDAR.office_days(START, end)), size=4, replace=False)
        history = drawn(level, 0.02, end, seed, planted(end, dict(zip(at, (0, 0.1, 2.5, 4), strict=True))))
        found = whole_days(abnormal_days(history, (), CALENDAR))
        codes += [found.get(history.days[n], "") for n in at]
    wanted = ["outage", "outage", "surge", "surge"] * 5
    assert sum(a == b for a, b in zip(codes, wanted, strict=True)) >= 0.95 * len(wanted)


def test_a_week_without_records_is_found_day_by_day() -> None:
    end = date(2022, 3, 1)
    history = drawn(50, 0.02, end, 1, planted(end, dict.fromkeys(range(100, 105), 0.0)))
    assert whole_days(abnormal_days(history, (), CALENDAR)) == dict.fromkeys(history.days[100:105], "outage")


def test_days_in_a_row_with_nothing_are_found_where_one_alone_would_be_chance() -> None:
    end = date(2022, 3, 1)
    history = drawn(5, 0.02, end, 1, planted(end, dict.fromkeys(range(100, 104), 0.0)))
    assert set(history.days[100:104]) <= set(whole_days(abnormal_days(history, (), CALENDAR)))
    alone = drawn(5, 0.02, end, 1, planted(end, {100: 0.0}))
    assert alone.days[100] not in whole_days(abnormal_days(alone, (), CALENDAR))


def test_less_than_eight_weeks_give_nothing() -> None:
    end = date(2021, 4, 22)
    assert abnormal_days(drawn(50, 0.02, end, 1, planted(end, {10: 0.0})), (), CALENDAR) == ()
    nothing = History((), GRID, CHANNELS, np.zeros((0, 24, 2), dtype=np.int64))
    assert abnormal_days(nothing, (), CALENDAR) == ()


def test_a_desk_with_next_to_no_inquiries_gives_nothing() -> None:
    history = drawn(0.3, 0.02, date(2022, 3, 1), 1)
    assert abnormal_days(history, (), CALENDAR) == ()


def test_what_known_events_explain_is_not_abnormal() -> None:
    events = transfers(2021, 2023)
    days = CALENDAR.office_days(START, date(2024, 1, 1))
    history = drawn(50, 0.02, date(2024, 1, 1), 3, event_factor(days, events, 2.2))
    assert len(abnormal_days(history, events, CALENDAR)) <= 1


def test_what_comes_again_each_year_is_not_abnormal_though_nobody_told_it() -> None:
    end = date(2024, 3, 1)
    days = CALENDAR.office_days(START, end)
    yearly = {CALENDAR.first_office_day(date(year, 8, 12)) for year in (2021, 2022, 2023)}
    once = date(2022, 10, 12)
    history = drawn(50, 0.01, end, 2, np.array([2.6 if d in {*yearly, once} else 1.0 for d in days]))
    assert whole_days(abnormal_days(history, (), CALENDAR)) == {once: "surge"}


def test_a_new_level_is_no_row_of_abnormal_days() -> None:
    end = date(2022, 3, 1)
    days = CALENDAR.office_days(START, end)
    history = drawn(50, 0.02, end, 1, np.where(np.arange(len(days)) < 120, 1.0, 1.8))
    assert len(abnormal_days(history, (), CALENDAR)) <= 1


def test_days_left_out_and_outage_events_are_not_proposed_and_do_not_mask() -> None:
    end = date(2022, 3, 1)
    at = dict.fromkeys(range(60, 80), 5.0) | {82: 3.0}
    history = drawn(50, 0.02, end, 1, planted(end, at))
    days = history.days
    outage = Event(days[70], days[79], "outage", "outage", days[70])
    marked = replace(history, left_out=frozenset(days[60:70]))
    assert whole_days(abnormal_days(marked, (outage,), CALENDAR)) == {days[82]: "surge"}


def test_the_one_channel_that_explains_a_day_is_named() -> None:
    history = drawn(80, 0.01, date(2022, 3, 1), 1)
    history.count[100, :, 0] *= 3
    (found,) = abnormal_days(history, (), CALENDAR)
    assert (found.day, found.channel, found.code) == (history.days[100], "phone", "surge")
    assert found.low < found.expected < found.high < found.count
    assert found.probability < 1e-4


def test_a_closing_day_that_the_calendar_does_not_know_is_found() -> None:
    """A desk in Brazil read with a calendar that knows nothing of Good Friday 2016."""
    wrong = Calendar("JP", year_end_closure=False, opened=frozenset({date(2016, 3, 25)}))
    days = wrong.office_days(date(2016, 3, 1), date(2016, 5, 28))
    count = np.random.default_rng(1).poisson(12, size=(len(days), 24, 1)).astype(np.int64)
    count[days.index(date(2016, 3, 25))] = 1
    found = abnormal_days(History(days, Grid(60), ("all",), count), (), wrong)
    assert whole_days(found) == {date(2016, 3, 25): "outage"}


def test_the_outages_of_the_sample_are_found_where_nobody_told_them() -> None:
    """Their days bring three times the calls; totals by day are taken from the log as it is."""
    events = read_events(EVENTS / f"{name}.csv" for name in ("diet", "transfers", "others"))
    outages = {e.start for e in events if e.kind == "outage"}
    history = sample_history()
    told = tuple(e for e in events if e.kind != "outage")
    found = whole_days(abnormal_days(history, told, CALENDAR))
    assert outages <= set(found)
    assert len(set(found) - outages) <= 2
    assert not outages & set(whole_days(abnormal_days(history, events, CALENDAR)))


def sample_history() -> History:
    lines = (EVENTS.parent / "sample" / "inquiries.csv").read_text(encoding="utf-8-sig").splitlines()
    channels = ("電話", "メール", "申請", "来室")
    days = CALENDAR.office_days(START, date(2026, 2, 28))
    row = {d: n for n, d in enumerate(days)}
    count = np.zeros((len(days), 1, 4), dtype=np.int64)
    for line in lines[1:]:
        _, received, channel, *_ = line.split(",")
        year, month, day = (int(n) for n in received.split()[0].split("/"))
        at = row.get(CALENDAR.first_office_day(date(year, month, day)))
        if at is not None:
            count[at, 0, channels.index(channel)] += 1
    return History(days, GRID, channels, count)


def test_the_same_history_gives_the_same_days() -> None:
    history = drawn(50, 0.05, START + timedelta(days=300), 4)
    assert abnormal_days(history, (), CALENDAR) == abnormal_days(history, (), CALENDAR)

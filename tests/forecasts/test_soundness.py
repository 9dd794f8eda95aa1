"""Bad input is told by its cause."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.history.span_totals import SpanTotal
from forecasts.model import Known, as_known
from forecasts.slots import Period
from forecasts.soundness import CODES, soundness
from tests.forecasts.simulated import CALENDAR, history, known, transfer, transfers

START, AS_OF = date(2022, 10, 3), date(2025, 2, 28)
EVENTS = transfers(2021, 2025)
DAYS = CALENDAR.office_days(date(2025, 3, 1), date(2025, 5, 1))


def told(seen: Known, days: tuple[date, ...] = ()) -> dict[str, str]:
    return {n.code: n.value for n in soundness(seen, days)}


def changed(change: Callable[[np.ndarray], None], start: date = START) -> Known:
    """Return what is known with the counts (D, S, C) changed in place."""
    seen = known(start, AS_OF, EVENTS)
    count = seen.history.count.copy()
    change(count)
    return replace(seen, history=replace(seen.history, count=count))


def without(seen: Known, first: date, last: date) -> Known:
    keep = np.array([not first <= d <= last for d in seen.history.days])
    days = tuple(d for d in seen.history.days if not first <= d <= last)
    return replace(seen, history=replace(seen.history, days=days, count=seen.history.count[keep]))


@pytest.mark.parametrize("seed", range(8))
def test_a_sound_history_is_told_nothing(seed: int) -> None:
    assert soundness(known(START, AS_OF, EVENTS, seed), DAYS) == ()


def test_a_history_of_zeros_or_of_no_days() -> None:
    def silence(count: np.ndarray) -> None:
        count[:] = 0

    assert [*told(changed(silence))] == ["no_inquiries"]
    empty = known(START, AS_OF)
    empty = replace(empty, history=empty.history.before(START))
    assert told(empty) == {"no_inquiries": "", "few_weeks": "0"}


@pytest.mark.parametrize(
    ("start", "code", "weeks"),
    [
        (date(2025, 1, 27), "few_weeks", "5"),
        (date(2024, 9, 2), "under_a_year", "26"),
        (date(2023, 9, 4), "under_two_years", "78"),
    ],
)
def test_a_short_history(start: date, code: str, weeks: str) -> None:
    assert told(known(start, AS_OF, EVENTS)) == {code: weeks}


def test_a_history_that_ends_long_before() -> None:
    seen = replace(known(START, AS_OF, EVENTS), as_of=date(2025, 4, 11))
    assert told(seen) == {"no_recent_days": "2025-02-28 6"}
    totals = (SpanTotal(Period(date(2025, 3, 1), date(2025, 4, 1)), 1_000),)
    assert told(replace(seen, history=replace(seen.history, totals=totals))) == {}


def test_a_history_that_dries_up() -> None:
    def dry(count: np.ndarray) -> None:
        count[-18:] = 0

    assert "dries_up" in told(changed(dry))


@pytest.mark.parametrize("days", [3, 5, 15, 24, 25, 26, 30, 60])
def test_a_jump_to_ten_times(days: int) -> None:
    def jump(count: np.ndarray) -> None:
        count[-days:] *= 10

    seen = changed(jump)
    day, factor = told(seen)["level_jump"].split()
    assert abs((date.fromisoformat(day) - seen.history.days[-days]).days) <= 3
    assert 8 <= float(factor) <= 12.5
    assert "huge_day" not in told(seen)


def test_a_jump_in_the_middle_and_back() -> None:
    def jump(count: np.ndarray) -> None:
        count[200:300] *= 4

    jumps = [n.value for n in soundness(changed(jump)) if n.code == "level_jump"]
    assert [float(j.split()[1]) > 1 for j in jumps] == [True, False]


def test_a_fall_to_a_tenth_at_the_end() -> None:
    def fall(count: np.ndarray) -> None:
        count[-12:] //= 10

    assert float(told(changed(fall))["level_jump"].split()[1]) < 0.2


def test_a_peak_of_events_is_no_jump() -> None:
    start, last = date(2023, 10, 2), date(2025, 4, 14)
    seen = history(start, last, EVENTS, peak=6.0)
    assert told(as_known(seen, EVENTS, CALENDAR, date(2025, 4, 13))) == {"under_two_years": "80"}


def test_one_day_of_100000() -> None:
    def burst(count: np.ndarray) -> None:
        count[300, 10, 0] = 100_000

    seen = changed(burst)
    day, number, usual = told(seen)["huge_day"].split()
    assert (day, [*told(seen)]) == (seen.history.days[300].isoformat(), ["huge_day"])
    assert int(number) >= 100_000
    assert 30 < int(usual) < 80


def test_the_last_day_of_100000_is_one_day_and_no_level() -> None:
    def burst(count: np.ndarray) -> None:
        count[-1, 10, 0] = 100_000

    assert [*told(changed(burst))] == ["huge_day"]


def test_a_year_that_is_missing() -> None:
    seen = without(known(START, AS_OF, EVENTS), date(2023, 4, 1), date(2024, 3, 31))
    first, last, days = told(seen)["days_missing"].split()
    assert (first, last) == ("2023-04-03", "2024-03-29")
    assert int(days) == len(CALENDAR.office_days(date(2023, 4, 1), date(2024, 4, 1)))
    totals = tuple(SpanTotal(Period(date(2023, 4 + n, 1), date(2023, 5 + n, 1)), 1_000) for n in range(8))
    partly = told(replace(seen, history=replace(seen.history, totals=totals)))["days_missing"]
    assert partly.startswith("2023-12-01 2024-03-29")


def test_a_year_of_zeros() -> None:
    def silence(count: np.ndarray) -> None:
        count[100:300] = 0

    seen = changed(silence)
    assert told(seen)["days_missing"] == f"{seen.history.days[100]} {seen.history.days[299]} 200"


def test_many_single_days_of_zeros() -> None:
    """Days on which the desk was closed stay in the table as zeros: a trap of every model."""

    def half(count: np.ndarray) -> None:
        count[::2] = 0

    seen = changed(half)
    days = len(seen.history.days)
    assert told(seen)["many_empty_days"] == f"{(days + 1) // 2} {days}"

    def few(count: np.ndarray) -> None:
        count[::90] = 0

    assert told(changed(few)) == {}


def test_new_year_and_golden_week_are_no_gap() -> None:
    closed = tuple(date(2024, 4, 27) + timedelta(days=n) for n in range(10))
    calendar = replace(CALENDAR, closed=frozenset(closed))
    seen = replace(without(known(START, AS_OF, EVENTS), closed[0], closed[-1]), calendar=calendar)
    assert told(seen) == {}


def test_a_kind_of_event_that_was_never_seen() -> None:
    rollout = Event(date(2025, 3, 10), date(2025, 3, 21), "rollout", "更改", date(2025, 2, 3))
    seen = known(START, AS_OF, (*EVENTS, rollout))
    assert told(seen, DAYS) == {"event_never_seen": "rollout"}
    assert told(seen) == {}
    assert told(seen, CALENDAR.office_days(date(2025, 4, 10), date(2025, 5, 1))) == {}


def test_a_transfer_at_another_season_says_little_of_april() -> None:
    events = (transfer(date(2024, 7, 1)), transfer(date(2025, 4, 1)))
    days = CALENDAR.office_days(date(2025, 3, 20), date(2025, 5, 1))
    seen = as_known(history(date(2024, 5, 1), date(2025, 3, 20), events), events, CALENDAR, date(2025, 3, 19))
    assert told(seen, days) == {"under_a_year": "47", "event_never_seen": "transfer"}


def test_many_days_left_out() -> None:
    seen = known(START, AS_OF, EVENTS)
    out = frozenset(seen.history.days[100:300])
    assert told(replace(seen, history=replace(seen.history, left_out=out))) == {
        "many_left_out": f"200 {len(seen.history.days)}"
    }


@pytest.mark.parametrize("wrong", [-1, 2.5, float("nan"), float("inf")])
def test_impossible_counts_are_refused_by_day_and_channel(wrong: float) -> None:
    seen = history(START, AS_OF)
    count = seen.count.astype(np.float64)
    assert as_known(replace(seen, count=count), (), CALENDAR, AS_OF).history.count is not None
    count[7, 3, 1] = wrong
    with pytest.raises(ValueError, match=f"{seen.days[7]} in channel 'mail'"):
        as_known(replace(seen, count=count), (), CALENDAR, AS_OF)


def test_a_negative_whole_count_is_refused_and_one_after_as_of_is_not_seen() -> None:
    seen = history(START, AS_OF)
    count = seen.count.copy()
    count[-1, 0, 0] = -3
    broken = replace(seen, count=count)
    with pytest.raises(ValueError, match="-3 inquiries on"):
        as_known(broken, (), CALENDAR, AS_OF)
    assert as_known(broken, (), CALENDAR, seen.days[-2]).history.days == seen.days[:-1]


def test_a_table_of_another_shape_is_refused() -> None:
    seen = history(START, AS_OF)
    with pytest.raises(ValueError, match="shape days x slots x channels"):
        as_known(History(seen.days, seen.grid, ("phone",), seen.count), (), CALENDAR, AS_OF)


def test_notices_come_in_the_order_of_the_codes() -> None:
    def everything(count: np.ndarray) -> None:
        count[100:200] = 0
        count[-5:] *= 10
        count[300, 9, 0] = 50_000

    codes = [n.code for n in soundness(replace(changed(everything), as_of=date(2025, 6, 1)))]
    assert codes == sorted(codes, key=CODES.index)
    assert set(codes) == {"no_recent_days", "level_jump", "huge_day", "days_missing"}

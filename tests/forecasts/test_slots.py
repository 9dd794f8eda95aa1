from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.slots import DAY_MIN, Grid, Period, clock, minute_of

GRIDS = st.sampled_from([15, 30, 60]).map(Grid)


@given(GRIDS, st.integers(0, DAY_MIN - 1))
def test_every_minute_lies_in_the_slot_that_holds_it(grid: Grid, minute: int) -> None:
    slot = grid.slot_of(minute)
    assert 0 <= slot < grid.slots
    assert grid.start_min(slot) <= minute < grid.start_min(slot + 1)


@pytest.mark.parametrize("slot_min", [0, 10, 45, 1440])
def test_other_slots_are_refused(slot_min: int) -> None:
    with pytest.raises(ValueError, match="15, 30 or 60"):
        Grid(slot_min)


@given(st.integers(0, 48 * 60))
def test_a_clock_time_reads_back(minute: int) -> None:
    assert minute_of(clock(minute)) == minute


def test_hours_pass_midnight_as_official_texts_write_them() -> None:
    assert minute_of("25:31") == 25 * 60 + 31
    assert clock(24 * 60) == "24:00"
    assert clock(9 * 60 + 5) == "9:05"


@pytest.mark.parametrize("text", ["", "9", "9:5", "9:60", "-1:00", "9:00:00", "九:00", "9時05分"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        minute_of(text)


def test_a_period_people_write_includes_its_last_day() -> None:
    april = Period.through(date(2026, 4, 1), date(2026, 4, 30))
    assert april == Period(date(2026, 4, 1), date(2026, 5, 1))
    assert april.last == date(2026, 4, 30)
    assert april.last in april
    assert april.end not in april
    assert len(april.days) == 30


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 500))
def test_a_period_holds_exactly_its_days(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))
    assert len(period.days) == len(set(period.days)) == length
    assert all(day in period for day in period.days)
    assert start - timedelta(days=1) not in period


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 4, 2), date(2026, 4, 1))
    assert Period(date(2026, 4, 1), date(2026, 4, 1)).days == ()

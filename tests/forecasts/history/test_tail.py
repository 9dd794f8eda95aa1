from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.calendar import Calendar
from forecasts.history.log import read_log
from forecasts.history.tail import dried_up

START = date(2024, 1, 8)
JAPAN = Calendar()


def log_of(rates: list[float], seed: int = 1, start: date = START) -> dict[date, int]:
    """Draw inquiries for the office days from ``start`` on; as in a log, days without any are absent."""
    drawn = np.random.default_rng(seed).poisson(rates)
    days = [start + timedelta(days=n) for n in range(len(rates))]
    return {d: int(n) for d, n in zip(days, drawn, strict=True) if n and JAPAN.is_office_day(d)}


def found(log: dict[date, int]) -> date | None:
    return dried_up(list(log.values()), list(log))


@given(
    rate=st.floats(20, 500),
    trickle=st.floats(0, 0.05),
    weeks=st.integers(6, 60),
    dry_days=st.integers(28, 300),
    seed=st.integers(0, 999),
)
def test_a_tail_is_cut_within_days_of_where_it_dries(
    rate: float, trickle: float, weeks: int, dry_days: int, seed: int
) -> None:
    log = log_of([rate] * 7 * weeks + [rate * trickle] * dry_days, seed)
    last_full = max(d for d in log if d < START + timedelta(weeks=weeks))
    log[START + timedelta(days=7 * weeks + dry_days)] = 1  # a stray row keeps even a bare tail in the file
    assert found(log) == last_full + timedelta(days=1)


@given(
    rate=st.floats(0.2, 300), years=st.floats(0.05, 3), seed=st.integers(0, 999), begins=st.integers(0, 364)
)
def test_a_living_desk_is_never_cut(rate: float, years: float, seed: int, begins: int) -> None:
    """Wherever it begins and ends: Golden Week, year end, quiet weeks. Small desks included."""
    log = log_of([rate] * int(365 * years), seed, date(2019, 1, 1) + timedelta(days=begins))
    assert found(log) is None


def test_the_longest_closure_yet_is_no_tail() -> None:
    """27 April to 6 May 2019, the log exported in the days after it."""
    for last in range(9):
        days = (date(2019, 5, 6) + timedelta(days=last) - date(2019, 1, 7)).days + 1
        log = log_of([50.0] * days, start=date(2019, 1, 7))
        assert found(log) is None


@given(gap=st.integers(14, 200))
def test_a_gap_after_which_inquiries_return_is_no_tail(gap: int) -> None:
    assert found(log_of([50.0] * 100 + [0.0] * gap + [50.0] * 28)) is None


def test_a_desk_that_shrinks_over_years_is_not_cut() -> None:
    assert found(log_of([200 * 0.997**n for n in range(1000)])) is None


def test_a_quiet_season_after_a_peak_is_no_tail() -> None:
    year = [40.0] * 335 + [400.0] * 30
    assert found(log_of([*year, *year, *[40.0] * 120])) is None


@pytest.mark.parametrize("dry_days", [1, 3, 9])
def test_a_tail_shorter_than_a_fortnight_is_cut_where_it_is_next_to_nothing(dry_days: int) -> None:
    days = JAPAN.office_days(START, START + timedelta(days=100))
    counts = [50] * (len(days) - dry_days) + [0] * dry_days
    assert dried_up(counts, days) == days[-dry_days]


@pytest.mark.parametrize("last", [[10, 10, 10], [0, 50], [1, 0, 12]])
def test_quiet_days_at_the_end_are_no_tail(last: list[int]) -> None:
    days = JAPAN.office_days(START, START + timedelta(days=100))
    assert dried_up([50] * (len(days) - len(last)) + last, days) is None


def test_days_without_inquiries_at_a_desk_of_a_few_a_day_are_chance() -> None:
    days = JAPAN.office_days(START, START + timedelta(days=100))
    assert dried_up([4] * (len(days) - 3) + [0] * 3, days) is None


def test_office_days_with_zeros_and_a_log_with_absent_days_agree() -> None:
    log = log_of([50.0] * 100 + [0.4] * 60)
    days = JAPAN.office_days(START, START + timedelta(days=160))
    assert dried_up([log.get(d, 0) for d in days], days) == found(log) is not None


@pytest.mark.parametrize("log", [{}, {START: 5}, {START: 0, START + timedelta(days=400): 0}])
def test_a_history_with_nothing_in_it_is_not_cut(log: dict[date, int]) -> None:
    assert found(log) is None


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_a_real_log_is_cut_after_its_last_full_day() -> None:
    """About 300 a working day until 31 May 2016, then a row every few days until February 2017."""
    log = read_log(shared("data/servicenow_incidents.csv"), {"received_at": "opened"}, {"*": "phone"})
    totals = log["received_at"].dt.date.value_counts()
    assert dried_up(totals.tolist(), totals.index.tolist()) == date(2016, 6, 1)

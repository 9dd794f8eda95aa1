import csv
import os
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.calendar import Calendar, fiscal_year

JAPAN = Calendar()
BRAZIL = Calendar("BR", year_end_closure=False)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.skipif(is_missing("facts/cabinet_office_holidays.csv"), reason=REASON)
def test_national_holidays_are_those_of_the_cabinet_office() -> None:
    with shared("facts/cabinet_office_holidays.csv").open(encoding="cp932", newline="") as file:
        rows = list(csv.reader(file))[1:]
    listed = {datetime.strptime(day, "%Y/%m/%d").date() for day, _ in rows}
    first, last = date(1955, 1, 1), date(2027, 12, 31)
    every_day = (first + timedelta(days=n) for n in range((last - first).days + 1))
    law = Calendar(year_end_closure=False)
    assert {d for d in every_day if law.closing_reason(d) not in {"", "weekend"}} == listed
    assert len(listed) == 1_067


@pytest.mark.parametrize(
    ("year", "days"),
    [(2020, 243), (2021, 242), (2022, 243), (2023, 243), (2024, 243), (2025, 242), (2026, 241), (2027, 243)],
)
def test_a_fiscal_year_has_its_office_days(year: int, days: int) -> None:
    assert len(JAPAN.office_days(date(year, 4, 1), date(year + 1, 4, 1))) == days


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_year_ends_from_29_december_to_3_january(year: int) -> None:
    closed = Calendar().office_days(date(year, 12, 29), date(year + 1, 1, 4))
    assert closed == ()
    assert JAPAN.closing_reason(date(year, 12, 29)) in {"year_end", "weekend"}
    assert JAPAN.closing_reason(date(2026, 1, 2)) == "year_end"
    assert JAPAN.closing_reason(date(2026, 1, 1)) == "元日"
    assert JAPAN.is_office_day(date(2026, 12, 28))
    assert JAPAN.is_office_day(date(2027, 1, 4))
    assert Calendar(year_end_closure=False).is_office_day(date(2026, 12, 30))


def test_the_desks_own_exceptions_win() -> None:
    own = Calendar(
        closed=frozenset({date(2026, 4, 1)}), opened=frozenset({date(2026, 5, 3), date(2026, 12, 30)})
    )
    assert own.closing_reason(date(2026, 4, 1)) == "own"
    assert own.is_office_day(date(2026, 5, 3))
    assert own.is_office_day(date(2026, 12, 30))


def test_another_country_has_its_own_holidays_and_no_year_end() -> None:
    assert not BRAZIL.is_office_day(date(2016, 4, 21))  # Tiradentes
    assert BRAZIL.is_office_day(date(2016, 4, 29))  # 昭和の日
    assert BRAZIL.is_office_day(date(2016, 12, 30))


def test_holiday_names_do_not_depend_on_the_machines_language() -> None:
    ask = (
        "from datetime import date; from forecasts.calendar import Calendar;"
        "print(ascii([Calendar('BR').closing_reason(date(2016, 4, 21)),"
        "Calendar('US').closing_reason(date(2016, 7, 4)), Calendar().closing_reason(date(2016, 4, 29))]))"
    )
    environment = {**os.environ, "LANGUAGE": "uk_UA", "LANG": "uk_UA.UTF-8"}
    answer = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == ascii(["Tiradentes", "Independence Day", "昭和の日"])


@given(DAYS, st.integers(-60, 60))
def test_shifting_counts_office_days(day: date, by: int) -> None:
    shifted = JAPAN.shifted(day, by)
    if by > 0:
        assert len(JAPAN.office_days(day + timedelta(days=1), shifted + timedelta(days=1))) == by
    else:
        assert len(JAPAN.office_days(shifted, day)) == -by
    assert shifted == day if by == 0 else JAPAN.is_office_day(shifted)


@given(DAYS, st.integers(1, 60))
def test_shifting_forth_and_back_returns(day: date, by: int) -> None:
    assume(JAPAN.is_office_day(day))
    assert JAPAN.shifted(JAPAN.shifted(day, by), -by) == day


def test_lead_times_pass_over_closing_days() -> None:
    """T−15 and T−10 of 1 April 2026, with 20 March (春分の日) between."""
    assert JAPAN.shifted(date(2026, 4, 1), -15) == date(2026, 3, 10)
    assert JAPAN.shifted(date(2026, 4, 1), -10) == date(2026, 3, 17)


@given(DAYS)
def test_the_first_office_day_follows_the_closure_it_ends(day: date) -> None:
    first = JAPAN.first_office_day(day)
    assert JAPAN.is_office_day(first)
    assert JAPAN.office_days(day, first) == ()
    closed = JAPAN.closed_days_before(first)
    assert closed >= (first - day).days
    assert JAPAN.is_office_day(first - timedelta(days=closed + 1))


def test_the_longest_closure_yet() -> None:
    assert JAPAN.closed_days_before(date(2019, 5, 7)) == 10
    assert JAPAN.closed_days_before(date(2019, 5, 8)) == 0


def test_a_desk_that_never_opens_is_named_not_searched_forever() -> None:
    span = range(-2500, 2500)
    never = Calendar(closed=frozenset(date(2026, 4, 1) + timedelta(days=n) for n in span))
    with pytest.raises(ValueError, match="no office day"):
        never.first_office_day(date(2026, 4, 1))
    with pytest.raises(ValueError, match="no office day"):
        never.shifted(date(2026, 4, 1), 1)


def test_a_fiscal_year_starts_in_april() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026

from datetime import date, timedelta

import pytest

from forecasts.calendar import Calendar
from forecasts.joint.open_days import OPEN_DAY_BLOCKS, OpenDay, open_day, open_day_columns, worked_holidays

WORKDAYS = Calendar()
EVERY_DAY = Calendar(
    year_end_closure=False, opened=frozenset(date(2025, 1, 1) + timedelta(days=n) for n in range(730))
)
PLAIN = OpenDay("", is_bridge=False, is_after=False, is_before=False)


def flagged(of: str, start: date, end: date, calendar: Calendar = EVERY_DAY) -> list[date]:
    days = calendar.office_days(start, end)
    found = dict(open_day_columns(days, calendar, worked_holidays(days, calendar)))
    (values,) = [v for c, v in found.items() if c.of == of]
    assert set(values.tolist()) <= {0.0, 1.0}
    return [d for d, value in zip(days, values, strict=True) if value]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 4, 28), OpenDay("", is_bridge=False, is_after=False, is_before=True)),
        (date(2026, 4, 29), OpenDay("昭和の日", is_bridge=False, is_after=False, is_before=False)),
        (date(2026, 4, 30), OpenDay("", is_bridge=False, is_after=True, is_before=False)),
        (date(2026, 4, 22), PLAIN),
        # A Monday between a Sunday and a holiday on a Tuesday; a Friday between a holiday and a Saturday.
        (date(2025, 2, 10), OpenDay("", is_bridge=True, is_after=False, is_before=False)),
        (date(2026, 3, 20), OpenDay("春分の日", is_bridge=False, is_after=False, is_before=False)),
        (date(2026, 3, 21), OpenDay("", is_bridge=False, is_after=True, is_before=False)),
        (date(2026, 3, 19), OpenDay("", is_bridge=False, is_after=False, is_before=True)),
    ],
)
def test_a_day_of_a_desk_that_always_works_is_told(day: date, found: OpenDay) -> None:
    assert open_day(day, EVERY_DAY) == found


def test_beside_a_day_on_which_the_desk_is_closed_no_day_is_told() -> None:
    """Closures have columns of their own: what waited is counted on the first day after them."""
    assert [open_day(date(2026, 4, d), WORKDAYS) for d in (28, 29, 30)] == [PLAIN] * 3
    monday_off = Calendar(closed=frozenset({date(2025, 2, 10)}), opened=frozenset({date(2025, 2, 11)}))
    assert open_day(date(2025, 2, 10), monday_off) == PLAIN
    assert not open_day(date(2025, 2, 12), monday_off).is_bridge


def test_holidays_of_the_week_and_of_the_weekend_are_told_apart() -> None:
    may = (date(2026, 4, 27), date(2026, 5, 9))
    assert flagged("workday", *may) == [date(2026, 4, 29), *(date(2026, 5, d) for d in (4, 5, 6))]
    assert flagged("weekend", *may) == [date(2026, 5, 3)]
    assert flagged("before", *may) == [date(2026, 4, 28), date(2026, 5, 2)]
    assert flagged("after", *may) == [date(2026, 4, 30), date(2026, 5, 7)]
    assert flagged("bridge", date(2025, 2, 1), date(2025, 3, 1)) == [date(2025, 2, 10)]


def test_a_holiday_worked_on_has_a_column_of_its_name() -> None:
    assert flagged("こどもの日", date(2025, 1, 1), date(2027, 1, 1)) == [date(2025, 5, 5), date(2026, 5, 5)]


def test_a_desk_closed_on_holidays_has_no_holiday_columns() -> None:
    days = WORKDAYS.office_days(date(2025, 1, 1), date(2026, 1, 1))
    assert worked_holidays(days, WORKDAYS) == ()
    columns = [c for c, _ in open_day_columns(days, WORKDAYS, ())]
    assert {c.block for c in columns} == {"month_position"}


def test_columns_stand_by_block_and_are_the_same_for_any_days() -> None:
    names = ("こどもの日", "昭和の日")
    columns = [c for c, _ in open_day_columns([date(2026, 6, 10)], EVERY_DAY, names)]
    blocks = [c.block for c in columns]
    assert list(dict.fromkeys(blocks)) == list(OPEN_DAY_BLOCKS)
    assert sorted(blocks, key=OPEN_DAY_BLOCKS.index) == blocks
    assert columns == [c for c, _ in open_day_columns([date(2025, 5, 5)], EVERY_DAY, names)]
    assert len(set(columns)) == len(columns)


def test_first_and_last_office_days_of_the_month_are_found_though_it_begins_on_a_holiday() -> None:
    # May 2026: 1 is a Friday; 3-6 are holidays. January 2026 opens on the 5th.
    assert flagged("first 1-1", date(2026, 5, 1), date(2026, 6, 1), WORKDAYS) == [date(2026, 5, 1)]
    assert flagged("first 2-3", date(2026, 5, 1), date(2026, 6, 1), WORKDAYS) == [
        date(2026, 5, 7),
        date(2026, 5, 8),
    ]
    assert flagged("first 1-1", date(2026, 1, 1), date(2026, 2, 1), WORKDAYS) == [date(2026, 1, 5)]
    assert flagged("last 1-1", date(2025, 12, 1), date(2026, 2, 1), WORKDAYS) == [
        date(2025, 12, 26),
        date(2026, 1, 30),
    ]
    assert flagged("last 2-3", date(2026, 2, 1), date(2026, 3, 1), WORKDAYS) == [
        date(2026, 2, 25),
        date(2026, 2, 26),
    ]


def test_a_place_in_the_month_does_not_depend_on_which_days_are_asked() -> None:
    assert flagged("last 1-1", date(2026, 2, 27), date(2026, 2, 28), WORKDAYS) == [date(2026, 2, 27)]
    assert flagged("first 1-1", date(2026, 2, 16), date(2026, 3, 1), WORKDAYS) == []


def test_dates_on_which_much_is_due_are_found() -> None:
    june = (date(2026, 6, 1), date(2026, 7, 1))
    assert [d.day for d in flagged("date 9-11", *june, WORKDAYS)] == [9, 10, 11]
    assert [d.day for d in flagged("date 24-26", *june, WORKDAYS)] == [24, 25, 26]

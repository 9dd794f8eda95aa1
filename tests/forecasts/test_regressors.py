from dataclasses import replace
from datetime import date

import numpy as np

from forecasts.calendar import Calendar
from forecasts.features import rounds
from forecasts.regressors import BLOCKS, CALENDAR_KINDS, feature_table, level_basis
from tests.forecasts.simulated import CALENDAR, transfer, transfers

APRIL = transfer(date(2026, 4, 1))
MARCH_TO_MAY = CALENDAR.office_days(date(2026, 3, 1), date(2026, 6, 1))


def flagged(kind: str, start: date, end: date, calendar: Calendar = CALENDAR) -> list[date]:
    days = calendar.office_days(start, end)
    table = feature_table(days, (), calendar)
    return [d for d, row in zip(days, table.values[:, table.named(kind)], strict=True) if row.any()]


def test_the_days_around_a_long_closure_are_found() -> None:
    year_end = (date(2025, 12, 1), date(2026, 2, 1))
    assert flagged("after_closure", *year_end) == [date(2026, 1, 5)]
    assert flagged("before_closure", *year_end) == [date(2025, 12, 25), date(2025, 12, 26)]
    assert flagged("after_holiday", *year_end) == [date(2026, 1, 13)]


def test_the_fiscal_year_ends_in_japan_alone() -> None:
    march = (date(2026, 3, 1), date(2026, 4, 10))
    assert flagged("fiscal_year_end", *march) == list(
        CALENDAR.office_days(date(2026, 3, 25), date(2026, 4, 1))
    )
    assert flagged("fiscal_year_end", *march, Calendar("BR", year_end_closure=False)) == []


def test_dates_of_one_round_add_up_to_one_event_of_their_headcount() -> None:
    halves = (replace(APRIL, headcount=200, group="r"), replace(APRIL, headcount=300, name="b", group="r"))
    whole = (replace(APRIL, group="r"),)
    assert len(rounds(halves, CALENDAR)) == 1
    assert rounds(halves, CALENDAR)[0].headcount == 500
    np.testing.assert_allclose(
        feature_table(MARCH_TO_MAY, halves, CALENDAR).values,
        feature_table(MARCH_TO_MAY, whole, CALENDAR).values,
    )


def test_a_larger_round_weighs_more() -> None:
    events = transfers(2025, 2025)
    days = CALENDAR.office_days(date(2025, 3, 1), date(2025, 9, 1))
    table = feature_table(days, events, CALENDAR)
    april, july = (table.values[:, n].max() for n in table.in_blocks("round"))
    assert april > july > 0


def test_rounds_without_headcount_count_alike() -> None:
    events = (transfer(date(2025, 4, 1), None), transfer(date(2025, 7, 1), None))
    days = CALENDAR.office_days(date(2025, 3, 1), date(2025, 9, 1))
    table = feature_table(days, events, CALENDAR)
    assert [table.values[:, n].max() for n in table.in_blocks("round")] == [1.0, 1.0]


def test_level_is_interpolated_between_knots() -> None:
    basis = level_basis(MARCH_TO_MAY, MARCH_TO_MAY[0], 8)
    np.testing.assert_allclose(basis.sum(axis=1), 1)
    assert basis[0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]


def test_columns_of_a_block_stand_together_and_do_not_depend_on_the_days() -> None:
    events = transfers(2024, 2026)
    table = feature_table(MARCH_TO_MAY, events, CALENDAR)
    assert table.columns == feature_table(MARCH_TO_MAY[:3], events, CALENDAR).columns
    for block in BLOCKS:
        assert (np.diff(table.in_blocks(block)) == 1).all()
    assert len(table.in_blocks("calendar")) == len(CALENDAR_KINDS)


def test_ages_part_a_transfers_effect_without_remainder() -> None:
    table = feature_table(MARCH_TO_MAY, (APRIL,), CALENDAR)
    main = table.values[:, table.in_blocks("event")].sum(axis=1)
    _before, *ages = table.values[:, table.in_blocks("event_shape")].T
    np.testing.assert_allclose(np.sum(ages, axis=0), main, atol=1e-12)
    assert main[MARCH_TO_MAY.index(APRIL.start)] == main.max() == 1.0

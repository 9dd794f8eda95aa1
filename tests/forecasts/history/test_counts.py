from datetime import date, datetime, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.calendar import Calendar
from forecasts.history.counts import History, counted
from forecasts.slots import Grid, Period

CHANNELS = ("phone", "mail")
FRIDAY, MONDAY = date(2026, 2, 27), date(2026, 3, 2)
FORTNIGHT = Period.through(FRIDAY, date(2026, 3, 13))


def log_of(*rows: tuple[datetime, str]) -> pd.DataFrame:
    received = pd.Series([at for at, _ in rows], dtype="datetime64[us]")
    return pd.DataFrame({"received_at": received, "channel": pd.Series([c for _, c in rows], dtype=str)})


def history(*rows: tuple[datetime, str], period: Period = FORTNIGHT, slot_min: int = 15) -> History:
    return counted(log_of(*rows), Calendar(), Grid(slot_min), CHANNELS, period)


def test_an_inquiry_is_counted_in_its_day_slot_and_channel() -> None:
    seen = history((datetime(2026, 3, 2, 8, 44), "mail"), (datetime(2026, 3, 2, 8, 45), "phone"))
    assert seen.count.sum() == 2
    row = seen.days.index(MONDAY)
    assert seen.count[row, 34, 1] == 1
    assert seen.count[row, 35, 0] == 1


def test_what_comes_on_closing_days_waits_in_the_first_slot_of_the_next_office_day() -> None:
    seen = history((datetime(2026, 2, 28, 15, 0), "phone"), (datetime(2026, 3, 1, 23, 59), "phone"))
    assert seen.count[seen.days.index(MONDAY), 0, 0] == 2


def test_a_days_count_does_not_depend_on_where_the_period_starts() -> None:
    rows = [(datetime(2026, 2, 28, 15, 0), "phone"), (datetime(2026, 3, 2, 9, 0), "mail")]
    from_monday = history(*rows, period=Period.through(MONDAY, date(2026, 3, 13)))
    assert from_monday.days[0] == MONDAY
    assert from_monday.day_count[0].tolist() == history(*rows).day_count[1].tolist() == [1, 1]


def test_what_lies_outside_the_period_or_the_channels_is_left_out() -> None:
    seen = history(
        (datetime(2026, 2, 26, 9, 0), "phone"),
        (datetime(2026, 3, 14, 9, 0), "phone"),  # a Saturday: its office day is no longer in the period
        (datetime(2026, 3, 2, 9, 0), "fax"),
    )
    assert not seen.count.any()


def test_a_log_without_rows_is_a_history_of_zeros() -> None:
    seen = history()
    assert seen.count.shape == (11, 96, 2)
    assert not seen.count.any()


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2025, 12, 20), datetime(2026, 1, 16, 23, 59)), st.sampled_from(CHANNELS)
        ),
        max_size=40,
    ),
    st.sampled_from([15, 30, 60]),
)
def test_every_inquiry_is_counted_once(rows: list[tuple[datetime, str]], slot_min: int) -> None:
    """Over a year end, from a Saturday to a Friday."""
    period = Period.through(date(2025, 12, 20), date(2026, 1, 16))
    seen = history(*rows, period=period, slot_min=slot_min)
    assert seen.count.sum() == len(rows)
    for n, channel in enumerate(CHANNELS):
        assert seen.day_count[:, n].sum() == sum(c == channel for _, c in rows)
    assert all(Calendar().is_office_day(d) for d in seen.days)


def test_before_keeps_what_had_happened() -> None:
    seen = history((datetime(2026, 2, 27, 9, 0), "phone"), (datetime(2026, 3, 2, 9, 0), "phone"))
    earlier = seen.before(MONDAY)
    assert earlier.days == (FRIDAY,)
    assert earlier.count.sum() == 1
    assert seen.before(MONDAY + timedelta(days=1)).count.sum() == 2
    assert seen.before(FRIDAY).days == ()
    assert earlier.period == Period.through(FRIDAY, FRIDAY)


def test_days_left_out_are_counted_but_not_learned_from() -> None:
    plain = history((datetime(2026, 2, 27, 9, 0), "phone"))
    marked = History(plain.days, plain.grid, plain.channels, plain.count, frozenset({FRIDAY}))
    assert marked.is_learned.tolist() == [False] + [True] * 10
    assert marked.day_count[0, 0] == 1
    assert marked.before(MONDAY).left_out == {FRIDAY}

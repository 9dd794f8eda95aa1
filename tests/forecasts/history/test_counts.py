from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.calendar import Calendar
from forecasts.history.counts import LEAST_TIMED, Basis, History, counted, counted_with_basis
from forecasts.history.records import Records, conformed
from forecasts.history.sources import SOURCES
from forecasts.slots import Grid, Period

CHANNELS = ("phone", "mail")
FRIDAY, MONDAY = date(2026, 2, 27), date(2026, 3, 2)
FORTNIGHT = Period.through(FRIDAY, date(2026, 3, 13))


def log_of(*rows: tuple[datetime, str]) -> Records:
    received = pd.Series([at for at, _ in rows], dtype="datetime64[us]")
    channel = pd.Series([c for _, c in rows], dtype=str)
    return Records(conformed("inquiries", {"received_at": received, "channel": channel}, received.index))


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


# --- reports of an exchange, totals, inquiries without a time ---

TUESDAY = date(2026, 3, 3)
NOON = (12 * 60, 12 * 60 + 30)


def reports(*rows: tuple[datetime, int, str, int]) -> pd.DataFrame:
    """Return intervals: start, minutes, channel, offered."""
    start, length, channel, offered = zip(*rows, strict=True)
    return conformed(
        "intervals", {"start_at": start, "length_min": length, "channel": channel, "offered": offered}
    )


def totals(*rows: tuple[date, str, str, int]) -> pd.DataFrame:
    day, span, channel, count = zip(*rows, strict=True)
    return conformed("totals", {"day": day, "span": span, "channel": channel, "count": count})


def untimed(*days: date, channel: str = "mail") -> pd.DataFrame:
    return conformed(
        "inquiries", {"received_at": days, "is_timed": [False] * len(days), "channel": [channel] * len(days)}
    )


def of(
    records: Records, slot_min: int = 30, hours: tuple[int, int] = NOON
) -> tuple[History, dict[str, Basis]]:
    history, bases = counted_with_basis(records, Calendar(), Grid(slot_min), CHANNELS, FORTNIGHT, hours)
    return history, {basis.channel: basis for basis in bases}


def slots_of(history: History, day: date, channel: str) -> dict[int, int]:
    """Return the slots of a day that have inquiries."""
    count = history.count[history.days.index(day), :, CHANNELS.index(channel)]
    return {n: int(count[n]) for n in np.flatnonzero(count)}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def test_the_exchange_tells_a_day_before_single_inquiries_and_those_before_totals() -> None:
    records = Records(
        log_of((at(MONDAY, 9), "phone"), (at(TUESDAY, 9), "phone"), (at(MONDAY, 9), "mail")).inquiries,
        reports((at(MONDAY, 9), 30, "phone", 5)),
        totals((MONDAY, "day", "phone", 90), (TUESDAY, "day", "phone", 91), (TUESDAY, "day", "mail", 7)),
    )
    history, basis = of(records)
    assert slots_of(history, MONDAY, "phone") == {18: 5}
    assert slots_of(history, TUESDAY, "phone") == {18: 1}
    assert slots_of(history, MONDAY, "mail") == {18: 1}
    assert slots_of(history, TUESDAY, "mail") == {24: 7}
    assert basis["phone"].days == {"intervals": 1, "inquiries": 1}
    assert basis["mail"].days == {"inquiries": 1, "totals": 1}
    assert SOURCES == ("intervals", "inquiries", "totals")


def test_totals_of_a_month_are_in_no_day() -> None:
    history, _ = of(Records(totals=totals((date(2026, 3, 1), "month", "phone", 900))))
    assert not history.count.any()


def test_an_interval_over_several_slots_is_shared_out_among_them() -> None:
    history, _ = of(Records(intervals=reports((at(MONDAY, 9), 60, "phone", 7))), slot_min=15)
    found = slots_of(history, MONDAY, "phone")
    assert set(found) == {36, 37, 38, 39}
    assert sorted(found.values()) == [1, 2, 2, 2]


def test_shorter_intervals_are_added_up() -> None:
    rows = ((at(MONDAY, 9), 15, "phone", 2), (at(MONDAY, 9, 15), 15, "phone", 3))
    history, _ = of(Records(intervals=reports(*rows)))
    assert slots_of(history, MONDAY, "phone") == {18: 5}


def test_an_interval_between_slots_counts_from_the_slot_of_its_start() -> None:
    history, _ = of(Records(intervals=reports((at(MONDAY, 9, 10), 60, "phone", 4))))
    assert slots_of(history, MONDAY, "phone") == {18: 2, 19: 2}


def test_an_interval_ends_with_its_day() -> None:
    history, _ = of(Records(intervals=reports((at(MONDAY, 23, 30), 60, "phone", 4))))
    assert slots_of(history, MONDAY, "phone") == {47: 4}


def test_an_interval_of_a_whole_day_tells_no_time() -> None:
    history, _ = of(Records(intervals=reports((at(MONDAY, 0), 1440, "phone", 4))))
    assert slots_of(history, MONDAY, "phone") == {24: 4}
    assert history.spread == {MONDAY}


def test_reports_and_totals_of_closing_days_wait_for_the_office_day_too() -> None:
    sunday = MONDAY - timedelta(days=1)
    records = Records(
        untimed(sunday),
        reports((at(sunday, 9), 30, "phone", 2)),
        totals((FRIDAY + timedelta(1), "day", "mail", 3)),
    )
    history, _ = of(records)
    assert slots_of(history, MONDAY, "phone") == {0: 2}
    assert slots_of(history, MONDAY, "mail") == {0: 4}
    assert not history.spread


def test_what_has_no_time_goes_into_the_hours_given_where_no_times_are_known() -> None:
    history, basis = of(Records(untimed(*[MONDAY] * 8)), slot_min=15, hours=(9 * 60 + 15, 10 * 60))
    found = slots_of(history, MONDAY, "mail")
    assert set(found) == {37, 38, 39}
    assert sum(found.values()) == 8
    assert max(found.values()) - min(found.values()) <= 1
    assert basis["mail"].is_even
    assert history.untimed == {(MONDAY, "mail")}


def test_what_has_no_time_follows_the_usual_times_of_its_channel() -> None:
    timed = log_of(*[(at(MONDAY, 9), "mail")] * (LEAST_TIMED - 1), (at(MONDAY, 15), "mail")).inquiries
    history, basis = of(Records(pd.concat([timed, untimed(*[TUESDAY] * 50)])))
    found = slots_of(history, TUESDAY, "mail")
    assert sum(found.values()) == 50
    assert found[18] >= 49
    assert not basis["mail"].is_even
    assert history.spread == {TUESDAY}


def test_three_a_day_do_not_always_fall_into_the_same_slots() -> None:
    days = Calendar().office_days(FORTNIGHT.start, FORTNIGHT.end)
    history, _ = of(Records(totals=totals(*((d, "day", "mail", 3) for d in days))), hours=(9 * 60, 17 * 60))
    assert (history.count[:, 18:34, 1].sum(axis=0) > 0).sum() > 10
    assert history.day_count[:, 1].tolist() == [3] * len(days)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(FORTNIGHT.days),
            st.integers(0, 95),
            st.sampled_from([15, 30, 60]),
            st.integers(0, 50),
        ),
        max_size=20,
    ),
    st.lists(st.tuples(st.sampled_from(FORTNIGHT.days[:-2]), st.integers(0, 300)), max_size=20),
    st.sampled_from([15, 30, 60]),
)
def test_no_inquiry_is_lost_or_made(
    phone: list[tuple[date, int, int, int]], mail: list[tuple[date, int]], slot_min: int
) -> None:
    """Over weekends inside the period; its last two days are an office day and the end."""
    phone = [row for row in phone if row[0] <= date(2026, 3, 13)]
    start = [(at(d, 0) + timedelta(minutes=15 * q), length, "phone", n) for d, q, length, n in phone]
    records = Records(
        intervals=reports(*start) if start else Records().intervals,
        totals=totals(*((d, "day", "mail", n) for d, n in mail)) if mail else Records().totals,
    )
    history, _ = of(records, slot_min=slot_min)
    assert history.day_count[:, 0].sum() == sum(row[3] for row in phone)
    assert history.day_count[:, 1].sum() == sum(n for _, n in mail)
    assert (history.count >= 0).all()

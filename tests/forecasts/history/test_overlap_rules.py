"""The rules of the fold, case by case."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from forecasts.history.overlap import Changes, changes, corrections, folded, merged, nothing
from tests.forecasts.history.batch_builder import Row, batch

AT = datetime(2026, 3, 2, 9, 5)
HALF = timedelta(minutes=30)


def inquiry(at: datetime = AT, channel: str = "phone", **other: object) -> Row:
    return {"received_at": at, "is_timed": True, "channel": channel, **other}


def after(*files: list[Row]) -> Changes:
    """What the last of some files of inquiries changes."""
    former = [batch("inquiries", rows) for rows in files[:-1]]
    return changes("inquiries", folded("inquiries", former), batch("inquiries", files[-1]))


def counts(found: Changes) -> tuple[int, int, int, int]:
    return found.added, found.corrected, found.unchanged, found.repeated


def test_a_late_correction_replaces_what_its_file_says_and_nothing_else() -> None:
    found = after(
        [inquiry(number="1", handling_min=5.0, category="pc"), inquiry(number="2", handling_min=7.0)],
        [inquiry(AT + HALF, "mail", number="1", closed_at=AT + HALF), inquiry(number="3")],
    )
    assert counts(found) == (1, 1, 0, 0)
    first = found.state.iloc[0]
    assert (first["received_at"], first["channel"], first["closed_at"]) == (AT + HALF, "mail", AT + HALF)
    assert (first["handling_min"], first["category"]) == (5.0, "pc")
    assert found.state["number"].tolist() == ["1", "2", "3"]


def test_a_number_can_lose_a_value_again() -> None:
    """An inquiry that is opened anew is not closed any more."""
    found = after([inquiry(number="1", closed_at=AT)], [inquiry(number="1", closed_at=None)])
    assert counts(found) == (0, 1, 0, 0)
    assert found.state["closed_at"].isna().all()


def test_of_a_number_in_one_file_the_last_row_counts() -> None:
    found = after([inquiry(number="1", category="pc"), inquiry(), inquiry(number="1", category="id")])
    assert counts(found) == (2, 0, 0, 1)
    assert sorted(found.state["category"]) == ["", "id"]


def test_the_day_alone_does_not_take_the_time_away() -> None:
    day: Row = {"received_at": datetime(2026, 3, 2), "is_timed": False, "channel": "phone"}
    for number in ({}, {"number": "1"}):
        found = after([inquiry(**number)], [day | number])
        assert counts(found) == (0, 0, 1, 0)
        assert found.state["received_at"].tolist() == [AT]
        found = after([day | number], [inquiry(**number)])
        assert counts(found) == (0, 1, 0, 0)
        assert found.state["received_at"].tolist() == [AT]
        assert found.state["is_timed"].all()


def test_another_day_is_a_correction_even_without_a_time() -> None:
    moved: Row = {"received_at": datetime(2026, 3, 3), "is_timed": False, "channel": "phone", "number": "1"}
    assert after([inquiry(number="1")], [moved]).state["received_at"].tolist() == [datetime(2026, 3, 3)]


def test_a_category_that_comes_later_doubles_nothing() -> None:
    found = after([inquiry(category="")], [inquiry(category="pc")])
    assert counts(found) == (0, 1, 0, 0)
    back = after([inquiry(category="")], [inquiry(category="pc")], [inquiry(category="")])
    assert counts(back) == (0, 0, 1, 0)
    assert back.state["category"].tolist() == ["pc"]


def test_another_category_is_another_inquiry() -> None:
    assert counts(after([inquiry(category="id")], [inquiry(category="pc")])) == (1, 0, 0, 0)


def test_rows_alike_find_the_one_that_is_equal_in_everything() -> None:
    two = [inquiry(handling_min=5.0), inquiry(handling_min=7.0)]
    assert counts(after(two, [two[1]])) == (0, 0, 1, 0)
    assert counts(after(two, [inquiry(handling_min=9.0), two[1]])) == (0, 1, 1, 0)


def test_a_numbered_export_over_an_unnumbered_one_counts_once() -> None:
    bare, numbered = [inquiry(), inquiry()], [inquiry(number=n) for n in "123"]
    found = after(bare, numbered)
    assert counts(found) == (1, 0, 2, 0)
    for files in ((bare, numbered), (numbered, bare)):
        rows = merged("inquiries", [batch("inquiries", rows) for rows in files])
        assert rows["number"].tolist() == ["1", "2", "3"]
    assert counts(after(numbered, [*bare, inquiry(channel="mail")])) == (1, 0, 2, 0)
    # Of three alike two are known with a number.
    assert (
        len(merged("inquiries", [batch("inquiries", rows) for rows in (numbered[:2], [*bare, *bare])])) == 4
    )


def test_rows_of_one_file_are_different_inquiries_with_a_number_or_without() -> None:
    mixed = [inquiry(number="1"), inquiry(), inquiry(number="1"), inquiry(number="2"), inquiry()]
    found = after(mixed)
    assert counts(found) == (4, 0, 0, 1)
    # The other two get their numbers later: one, then both.
    assert counts(after(mixed, mixed)) == (0, 0, 4, 1)
    assert counts(after(mixed, [inquiry(number="3")])) == (0, 0, 1, 0)
    assert counts(after(mixed, [inquiry(number="3"), inquiry(number="4"), inquiry(number="5")])) == (
        1,
        0,
        2,
        0,
    )
    assert len(merged("inquiries", [batch("inquiries", [inquiry()]), batch("inquiries", mixed)])) == 4


def test_additions_to_days_that_were_spoken_of_are_told() -> None:
    found = after([inquiry()], [inquiry(AT + HALF), inquiry(AT + timedelta(days=1)), inquiry()])
    assert (counts(found), found.added_on_known_days) == ((2, 0, 1, 0), 1)


# --- figures ---


def interval(half: int = 0, offered: int = 10, length_min: int = 30, **other: object) -> Row:
    return {
        "start_at": AT.replace(minute=0) + half * HALF,
        "length_min": length_min,
        "channel": "phone",
        "offered": offered,
        **other,
    }


def figures(*files: list[Row], kind: str = "intervals") -> Changes:
    former = [batch(kind, rows) for rows in files[:-1]]
    return changes(kind, folded(kind, former), batch(kind, files[-1]))


def test_queues_of_one_channel_are_added_up() -> None:
    rows = [
        interval(offered=10, answered=8, talk_s=60.0, wait_s=10.0),
        interval(1, offered=1, answered=0, talk_s=None, wait_s=5.0),
        interval(offered=30, answered=24, talk_s=100.0, wait_s=20.0),
    ]
    found = figures(rows)
    assert counts(found) == (2, 0, 0, 1)
    first = found.state.iloc[0]
    assert (first["offered"], first["answered"], first["length_min"]) == (40, 32, 30)
    assert (first["talk_s"], first["wait_s"]) == (90.0, 17.5)
    assert np.isnan(first["abandoned"])
    assert np.isnan(found.state["talk_s"].iloc[1])


def test_a_mean_of_nobody_stands_as_it_is() -> None:
    rows = [interval(offered=0, answered=0, talk_s=4.0), interval(offered=0, answered=0, talk_s=8.0)]
    assert figures(rows).state["talk_s"].tolist() == [6.0]


def test_a_later_report_replaces_its_intervals() -> None:
    found = figures([interval(0, 10, talk_s=60.0), interval(1, 5)], [interval(1, 7), interval(2, 9)])
    assert counts(found) == (1, 1, 0, 0)
    assert found.state["offered"].tolist() == [10, 7, 9]


@pytest.mark.parametrize(
    ("former", "later"),
    [
        ([interval(0, 4), interval(1, 6)], [interval(0, 10, 60)]),
        ([interval(0, 10, 60)], [interval(0, 4), interval(1, 6)]),
        ([interval(1, 10, 60)], [interval(0, 4), interval(1, 3), interval(2, 3)]),
        ([interval(0, 10, 60)], [interval(-1, 2), interval(1, 8)]),
    ],
)
def test_an_hour_and_its_halves_never_count_together(former: list[Row], later: list[Row]) -> None:
    other = interval(0, 99) | {"channel": "mail"}
    found = figures([*former, other, interval(-4, 1, 60)], later)
    assert found.state["offered"].sum() == 99 + 1 + 10
    assert counts(found)[0] + counts(found)[1] == len(later)


def test_totals_are_added_up_and_replaced_by_day_span_and_channel() -> None:
    day: Row = {"day": datetime(2026, 3, 1), "span": "day", "channel": "phone", "count": 3}
    found = figures([day, day, day | {"span": "month", "count": 90}], [day | {"count": 7}], kind="totals")
    assert counts(found) == (0, 1, 0, 0)
    assert found.state["count"].tolist() == [7, 90]


def shift(role: str, start: int, heads: int = 1, day: int = 2) -> Row:
    start_at = datetime(2026, 3, day, start)
    return {"start_at": start_at, "end_at": start_at + timedelta(hours=8), "role": role, "heads": heads}


def test_a_later_attendance_replaces_whole_days_of_a_role() -> None:
    former = [
        shift("junior", 8),
        shift("junior", 8),
        shift("junior", 10),
        shift("leader", 9),
        shift("junior", 9, 4, 3),
    ]
    found = figures(former, [shift("junior", 8, 3), shift("junior", 12)], kind="attendance")
    assert (counts(found), found.removed, found.added_on_known_days) == ((1, 1, 0, 0), 1, 1)
    assert sorted(found.state["heads"]) == [1, 1, 3, 4]


# --- corrections ---


def test_corrections_show_each_cell_before_and_after() -> None:
    former = [batch("inquiries", [inquiry(number="1", handling_min=5.0), inquiry(channel="mail")])]
    state = folded("inquiries", former)
    later = [
        inquiry(number="1", handling_min=7.25, closed_at=AT + HALF),
        inquiry(channel="mail", handling_min=None, closed_at=AT),
    ]
    found = corrections("inquiries", state, changes("inquiries", state, batch("inquiries", later)), 9)
    assert found.to_numpy().tolist() == [
        ["1", "closed_at", "", "2026-03-02 09:35:00"],
        ["1", "handling_min", "5", "7.25"],
        ["2026-03-02 09:05:00 mail", "closed_at", "", "2026-03-02 09:05:00"],
    ]


def test_what_was_removed_is_shown_whole() -> None:
    former = folded("attendance", [batch("attendance", [shift("junior", 8, 2)])])
    found = changes("attendance", former, batch("attendance", [shift("junior", 9)]))
    (start, end, role, heads) = corrections("attendance", former, found, 9).to_numpy().tolist()
    key = "2026-03-02 08:00:00 2026-03-02 16:00:00 junior"
    assert start == [key, "start_at", "2026-03-02 08:00:00", ""]
    assert (end[3], role, heads) == ("", [key, "role", "junior", ""], [key, "heads", "2", ""])


def test_no_corrections_are_an_empty_table() -> None:
    found = changes("totals", nothing("totals"), batch("totals", []))
    table = corrections("totals", nothing("totals"), found, 9)
    assert (list(table.columns), len(table)) == (["key", "column", "before", "after"], 0)

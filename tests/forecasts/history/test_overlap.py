"""What holds of every import, whatever the rows."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.history.kinds import KINDS, Kind
from forecasts.history.overlap import (
    STATE_COLUMNS,
    Batch,
    changes,
    days,
    folded,
    known_before,
    merged,
    nothing,
)
from tests.forecasts.history.batch_builder import Row, batch, counted

START = datetime(2026, 3, 2)
FEW = settings(max_examples=30)  # a frame is slow to build
INQUIRY = ("received_at", "is_timed", "channel", "category", "closed_at", "handling_min")
FIGURES: dict[Kind, dict[str, st.SearchStrategy[Any]]] = {
    "intervals": {
        "start_at": st.integers(0, 5).map(lambda n: START + timedelta(minutes=30 * n)),
        "length_min": st.sampled_from([30, 60]),
        "channel": st.sampled_from(["phone", "mail"]),
        "offered": st.integers(0, 3),
        "talk_s": st.sampled_from([60.0, 90.5]),
    },
    "totals": {
        "day": st.integers(0, 3).map(lambda n: START + timedelta(days=n)),
        "span": st.sampled_from(["day", "month"]),
        "channel": st.sampled_from(["phone", "mail"]),
        "count": st.integers(0, 3),
    },
    "attendance": {
        "start_at": st.integers(0, 3).map(lambda n: START + timedelta(hours=12 * n)),
        "end_at": st.just(START + timedelta(days=3)),
        "role": st.sampled_from(["leader", "junior"]),
        "heads": st.integers(0, 3),
    },
}


@st.composite
def inquiry(draw: st.DrawFn, *, is_numbered: bool | None = False, names: tuple[str, ...] = INQUIRY) -> Row:
    """An inquiry of three days, often like another one."""
    is_timed = draw(st.integers(0, 4)) > 0
    minutes = draw(st.integers(0, 3)) * 30 if is_timed else 0
    row: Row = {
        "received_at": START + timedelta(days=draw(st.integers(0, 2)), minutes=minutes),
        "is_timed": is_timed,
        "channel": draw(st.sampled_from(["phone", "mail"])),
        "category": draw(st.sampled_from(["", "pc", "id"])),
        "closed_at": draw(st.sampled_from([None, START + timedelta(days=9)])),
        "handling_min": draw(st.sampled_from([None, 5.0, 7.5])),
    }
    if draw(st.booleans()) if is_numbered is None else is_numbered:
        row["number"] = f"INC{draw(st.integers(1, 6))}"
    return {name: value for name, value in row.items() if name in {*names, "number"}}


def figure(kind: Kind) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(FIGURES[kind])


def rows_of(kind: Kind, size: int = 8) -> st.SearchStrategy[list[Row]]:
    row = inquiry(is_numbered=None) if kind == "inquiries" else figure(kind)
    return st.lists(row, max_size=size)


def batches_of(kind: Kind) -> st.SearchStrategy[list[Batch]]:
    return st.lists(rows_of(kind).map(lambda rows: batch(kind, rows, full(kind))), min_size=1, max_size=4)


def full(kind: Kind) -> tuple[str, ...]:
    return ("number", *INQUIRY) if kind == "inquiries" else tuple(FIGURES[kind])


@st.composite
def exports(draw: st.DrawFn, log: list[Row]) -> list[list[Row]]:
    """Exports of a log, each of some days, together of all, in any order and each sorted in its way."""
    windows = draw(st.permutations([(0, 1), (1, 1), (2, 2), (0, 2), (1, 2)]))[: draw(st.integers(1, 5))]
    chosen = draw(st.permutations([*windows, (0, 0), (1, 1), (2, 2)]))
    inside = [[r for r in log if first <= (r["received_at"] - START).days <= last] for first, last in chosen]
    return [draw(st.permutations(rows)) for rows in inside]


@FEW
@given(st.data(), st.lists(inquiry(), max_size=12))
def test_overlapping_exports_in_any_order_give_the_log(data: st.DataObject, log: list[Row]) -> None:
    files = [batch("inquiries", rows, INQUIRY) for rows in data.draw(exports(log))]
    whole = batch("inquiries", log, INQUIRY)
    assert counted(merged("inquiries", files)) == counted(whole.values)


@FEW
@given(st.data(), st.lists(inquiry(is_numbered=True), max_size=12, unique_by=lambda row: row["number"]))
def test_the_same_holds_with_numbers(data: st.DataObject, log: list[Row]) -> None:
    names = ("number", *INQUIRY)
    files = [batch("inquiries", rows, names) for rows in data.draw(exports(log))]
    assert counted(merged("inquiries", files)) == counted(batch("inquiries", log, names).values)


@FEW
@given(st.data(), st.lists(inquiry(), max_size=12))
def test_exports_with_fewer_columns_or_without_times_double_nothing(
    data: st.DataObject, log: list[Row]
) -> None:
    files = []
    for rows in data.draw(exports(log)):
        names = {*INQUIRY} - data.draw(st.sets(st.sampled_from(["category", "closed_at", "handling_min"])))
        files.append(batch("inquiries", rows, tuple(name for name in INQUIRY if name in names)))
    found = counted(merged("inquiries", files), ["received_at", "channel"])
    assert found == counted(batch("inquiries", log, INQUIRY).values, ["received_at", "channel"])


@FEW
@given(st.data(), st.lists(inquiry(is_numbered=None), max_size=12))
def test_numbers_on_some_rows_or_in_some_exports_double_nothing(data: st.DataObject, log: list[Row]) -> None:
    log = [row | ({"number": f"INC{n}"} if "number" in row else {}) for n, row in enumerate(log)]
    timed = [row for row in log if row["is_timed"]]
    files = [
        batch("inquiries", rows, data.draw(st.sampled_from([INQUIRY, ("number", *INQUIRY)])))
        for rows in data.draw(exports(timed))
    ]
    found = counted(merged("inquiries", files), ["received_at", "channel"])
    assert found == counted(batch("inquiries", timed, INQUIRY).values, ["received_at", "channel"])


@FEW
@given(st.lists(st.lists(inquiry(names=("received_at", "channel"))), min_size=1, max_size=4))
def test_of_rows_alike_the_larger_count_stays(files: list[list[Row]]) -> None:
    names = ("received_at", "channel")
    counts = [counted(batch("inquiries", rows, names).values) for rows in files]
    largest = {row: max(c.get(row, 0) for c in counts) for c in counts for row in c}
    assert counted(merged("inquiries", [batch("inquiries", rows, names) for rows in files])) == largest


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_every_row_is_accounted_for(kind: Kind, data: st.DataObject) -> None:
    files = data.draw(batches_of(kind))
    state = nothing(kind)
    for file in files:
        before, found = state, changes(kind, state, file)
        state = found.state
        assert found.added + found.corrected + found.unchanged + found.repeated == len(file.values)
        assert found.added_on_known_days <= found.added
        assert len(found.was) == len(found.now) == found.corrected + found.removed
        if kind != "inquiries":
            assert len(state) == len(before) + found.added - found.removed
        assert {n: str(t) for n, t in state.dtypes.items()} == STATE_COLUMNS[kind]


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_the_same_rows_again_change_nothing(kind: Kind, data: st.DataObject) -> None:
    files = data.draw(batches_of(kind))
    state = folded(kind, files)
    again = changes(kind, state, files[-1])
    assert (again.added, again.corrected, again.removed) == (0, 0, 0)
    assert counted(again.state) == counted(state)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_a_fold_can_be_taken_up_where_it_was_left(kind: Kind, data: st.DataObject) -> None:
    files = data.draw(batches_of(kind))
    half = len(files) // 2
    pd.testing.assert_frame_equal(
        folded(kind, files[half:], folded(kind, files[:half])), folded(kind, files), check_categorical=False
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_a_past_too(kind: Kind) -> None:
    found = changes(kind, nothing(kind), batch(kind, [], full(kind)))
    assert (len(found.state), found.added) == (0, 0)
    assert merged(kind, []).empty
    assert days(kind, found.state) is None


def test_only_what_had_ended_is_known() -> None:
    noon = START + timedelta(hours=12)
    intervals = batch("intervals", [{"start_at": noon - timedelta(minutes=m)} for m in (30, 29)])
    intervals.values["length_min"] = 30
    assert len(known_before("intervals", intervals.values, noon)) == 1
    totals = batch("totals", [{"day": START, "span": "day"}, {"day": datetime(2026, 3, 1), "span": "month"}])
    assert list(known_before("totals", totals.values, START + timedelta(days=1))["span"]) == ["day"]
    assert len(known_before("totals", totals.values, datetime(2026, 4, 1))) == 2
    week = batch("totals", [{"day": START, "span": "week", "channel": "phone", "count": 9}])
    assert known_before("totals", week.values, START + timedelta(days=6)).empty
    assert len(known_before("totals", week.values, START + timedelta(days=7))) == 1
    received = batch("inquiries", [{"received_at": noon}, {"received_at": noon - timedelta(minutes=1)}])
    assert len(known_before("inquiries", received.values, noon)) == 1


def test_a_month_is_spoken_of_to_its_end() -> None:
    totals = batch("totals", [{"day": datetime(2026, 2, 1), "span": "month"}, {"day": START, "span": "day"}])
    assert days("totals", totals.values[:1]) == (datetime(2026, 2, 1).date(), datetime(2026, 2, 28).date())
    assert days("totals", totals.values) == (datetime(2026, 2, 1).date(), START.date())

"""The question of a plan from the store: imports, marks, and the desk's own list of events."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from forecasts.events import Event
from forecasts.faults import FaultyFile
from planner.actions.keep_events import keep_events
from planner.actions.mark_days import mark_days
from planner.actions.undo_import import undo_import
from planner.desk_file import read_desk
from planner.desk_folder import keep_desk
from planner.desk_past import desk_past, question_from_store
from planner.intake import Question, Sources
from planner.store import Store
from tests.planner.reading_builder import AT, PLANNER, make_reading, take_in

SOURCES = Sources(Path("data/desks/lan-desk.toml"), date(2026, 4, 1), date(2026, 4, 30), date(2026, 3, 1))


def asked(store: Store) -> Question:
    return question_from_store(SOURCES, store)


def calls(first: str, last: str) -> list[dict[str, object]]:
    return [
        {"received_at": d + pd.Timedelta(hours=9), "channel": "phone"} for d in pd.bdate_range(first, last)
    ]


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with two imports."""
    take_in(store, make_reading(calls("2025-10-01", "2026-01-30")), "a.csv")
    take_in(store, make_reading(calls("2026-02-02", "2026-02-27")), "b.csv")
    return store


def test_all_imports_are_counted_and_named(filled: Store) -> None:
    found = asked(filled)
    assert (found.history.days[0], found.history.days[-1]) == (date(2025, 10, 1), date(2026, 2, 27))
    assert [name for name, _ in found.input_digests][:3] == ["import-1", "import-2", "lan-desk.toml"]
    assert "diet.csv" in dict(found.input_digests)


def test_an_import_taken_back_is_not_counted(filled: Store) -> None:
    undo_import(filled, 2, PLANNER, AT)
    found = asked(filled)
    assert found.history.days[-1] == date(2026, 1, 30)
    assert "import-2" not in dict(found.input_digests)


def test_marked_days_are_not_learned(filled: Store) -> None:
    mark_days(filled, "lan-desk", {date(2026, 2, 5): "停電"}, PLANNER, AT)
    assert date(2026, 2, 5) in asked(filled).history.left_out


def test_the_desks_own_events_stand_for_the_files(filled: Store) -> None:
    closure = Event(date(2026, 4, 8), date(2026, 4, 8), "closure", "点検", date(2026, 2, 2), source="通知")
    keep_events(filled, "lan-desk", (closure,), 0, PLANNER, datetime(2026, 2, 3))
    found = asked(filled)
    assert found.events == (closure,)
    assert not found.desk.calendar.is_office_day(date(2026, 4, 8))
    assert "events-1" in dict(found.input_digests)
    assert "diet.csv" not in dict(found.input_digests)


def test_a_period_that_events_close_is_refused_and_one_that_they_open_is_not(filled: Store) -> None:
    closed, opened = date(2026, 4, 8), date(2026, 4, 11)
    events = (
        Event(closed, closed, "closure", "点検", date(2026, 2, 2), source="通知"),
        Event(opened, opened, "opening", "移転", date(2026, 2, 2), source="通知"),
    )
    keep_events(filled, "lan-desk", events, 0, PLANNER, AT)
    with pytest.raises(FaultyFile) as refused:
        question_from_store(replace(SOURCES, first=closed, last=closed), filled)
    assert [f.code for f in refused.value.faults] == ["no_office_day"]
    asked_of = question_from_store(replace(SOURCES, first=opened, last=opened), filled)
    assert asked_of.desk.calendar.is_office_day(opened)


def test_a_plan_needs_no_event_files_once_a_list_is_kept(filled: Store, tmp_path: Path) -> None:
    alone = tmp_path / "desk.toml"  # its event files are not there
    alone.write_bytes(SOURCES.desk.read_bytes())
    sources = replace(SOURCES, desk=alone)
    with pytest.raises(FaultyFile) as refused:
        question_from_store(sources, filled)
    assert {f.code for f in refused.value.faults} == {"missing_file"}
    keep_events(filled, "lan-desk", (), 0, PLANNER, AT)
    assert question_from_store(sources, filled).events == ()


def test_without_an_import_there_is_nothing_to_plan_from(store: Store) -> None:
    with pytest.raises(FaultyFile) as refused:
        asked(store)
    assert [f.code for f in refused.value.faults] == ["nothing_imported"]


def test_the_page_and_a_plan_leave_out_the_same_days(filled: Store) -> None:
    desk = read_desk(keep_desk(filled.home, SOURCES.desk))
    mark_days(filled, "lan-desk", {date(2026, 2, 5): "停電"}, PLANNER, AT)
    shut = {
        d: Event(d, d, "outage", f"障害{d}", d, source="日誌") for d in (date(2026, 2, 9), date(2026, 2, 10))
    }
    called_off = replace(shut[date(2026, 2, 10)], status="cancelled")
    keep_events(filled, "lan-desk", (shut[date(2026, 2, 9)], called_off), 0, PLANNER, AT)
    past = desk_past(filled, desk)
    assert past.history is not None
    assert past.history.left_out == asked(filled).history.left_out == {date(2026, 2, 5), date(2026, 2, 9)}
    assert past.marks == {date(2026, 2, 5): "停電"}


def test_totals_of_months_are_known_to_the_page_and_to_a_plan(filled: Store) -> None:
    desk = read_desk(keep_desk(filled.home, SOURCES.desk))
    rows = [
        {"day": pd.Timestamp("2025-08-01"), "span": "month", "channel": c, "count": 9}
        for c in desk.channel_ids
    ]
    take_in(filled, make_reading(rows, "totals"), "months.csv")
    past = desk_past(filled, desk)
    assert past.history is not None
    assert past.history.totals == asked(filled).history.totals
    assert [t.count for t in past.history.totals] == [9 * len(rows)]


def test_a_desk_without_records_has_no_history(store: Store) -> None:
    past = desk_past(store, read_desk(keep_desk(store.home, SOURCES.desk)))
    assert past.history is None
    assert past.events

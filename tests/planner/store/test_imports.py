"""Imports are kept whole; the past is their fold; an undone one is as if it never had been."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest

from forecasts.history.kinds import KINDS
from forecasts.history.records import Records
from planner.actions.undo_import import undo_import
from planner.proposal import NotAllowed
from planner.store import Store, open_store
from tests.forecasts.history.batch_builder import Row
from tests.planner.reading_builder import AT, PLANNER, make_reading, take_in

MORNING = datetime(2026, 2, 2, 9, 5)


def rows(*minutes: int, **other: object) -> list[Row]:
    return [{"received_at": MORNING + timedelta(minutes=m), "channel": "phone", **other} for m in minutes]


def assert_same(one: Records, other: Records) -> None:
    for kind in KINDS:
        pd.testing.assert_frame_equal(getattr(one, kind), getattr(other, kind), check_categorical=False)


def tamper(home: Path, sql: str) -> None:
    with closing(sqlite3.connect(home / "madoguchi.db")) as connection, connection:
        connection.execute(sql)


def test_rows_come_back_by_time_with_what_was_said(store: Store) -> None:
    first = rows(30, 0, handling_min=12.5, number="INC2", category="PC・端末")
    take_in(store, make_reading([first[0], first[1] | {"number": "INC1", "closed_at": MORNING}]))
    back = store.records("lan-desk").inquiries
    assert back["number"].tolist() == ["INC1", "INC2"]
    assert back["received_at"].tolist() == [MORNING, MORNING + timedelta(minutes=30)]
    assert back["category"].tolist() == ["PC・端末"] * 2
    assert back["closed_at"].notna().tolist() == [True, False]
    assert store.records("another-desk").is_empty


def test_what_came_later_is_not_read(store: Store) -> None:
    take_in(store, make_reading(rows(0, 30)))
    take_in(store, make_reading([{"day": datetime(2026, 2, 1), "span": "month", "count": 9}], "totals"), "t")
    past = store.records("lan-desk", before=MORNING + timedelta(minutes=30))
    assert (len(past.inquiries), len(past.totals)) == (1, 0)
    assert (len(store.records("lan-desk").inquiries), len(store.records("lan-desk").totals)) == (2, 1)


def test_the_record_of_an_import_is_whole(store: Store) -> None:
    reading = make_reading(rows(0, 30, 30), faulty=2, channels={"電話": "phone"})
    record = take_in(store, reading)
    assert record == store.imports("lan-desk")[0]
    assert (record.mapping, record.account, record.header) == (
        reading.mapping,
        reading.account,
        reading.header,
    )
    assert (record.kind, record.file_name, record.user, record.at) == ("inquiries", "log.csv", "local", AT)
    assert (record.rows, record.added, record.corrected, record.is_partial) == (3, 3, 0, True)
    assert (record.first_day, record.last_day) == (date(2026, 2, 2), date(2026, 2, 2))
    assert [f.row for f in store.import_faults(record.id)] == [f.row for f in reading.faults]
    with pytest.raises(NotAllowed, match="no_such_import"):
        store.import_faults(99)


def test_a_file_without_rows_is_an_import_too(store: Store) -> None:
    record = take_in(store, make_reading([]))
    assert (record.rows, record.first_day, record.last_day) == (0, None, None)
    assert store.records("lan-desk").is_empty


def test_rows_that_are_not_accounted_for_are_not_kept(store: Store) -> None:
    reading = make_reading(rows(0))
    object.__setattr__(reading.account, "read", 9)
    with pytest.raises(RuntimeError, match="accounted"):
        take_in(store, reading)
    assert store.imports("lan-desk") == ()


def test_overlapping_files_count_once_and_corrections_are_told(store: Store) -> None:
    take_in(store, make_reading(rows(0, 10, handling_min=5.0)), "february.csv")
    record = take_in(store, make_reading([*rows(10, 20, handling_min=7.0), *rows(0, handling_min=5.0)]))
    assert (record.added, record.corrected, record.unchanged) == (1, 1, 1)
    assert record.added_on_known_days == 1
    assert len(store.records("lan-desk").inquiries) == 3
    corrected = store.corrections(record.id).to_numpy().tolist()
    assert corrected == [["2026-02-02 09:15:00 phone", "handling_min", "5", "7"]]
    assert store.corrections(1).empty
    with pytest.raises(NotAllowed, match="no_such_import"):
        store.corrections(99)


@pytest.mark.parametrize("undone", [1, 2, 3])
def test_an_undone_import_is_as_if_it_never_had_been(store: Store, tmp_path: Path, undone: int) -> None:
    files = [
        make_reading([*rows(0, 10, number="1"), *rows(5)]),
        make_reading(rows(20, number="1", handling_min=9.0)),
        make_reading([*rows(5, number="7"), *rows(5)]),
    ]
    for n, reading in enumerate(files):
        take_in(store, reading, f"{n}.csv")
    record = undo_import(store, undone, PLANNER, AT)
    assert (record.undone_at, record.undone_by, record.is_active) == (AT, "local", False)
    other = open_store(tmp_path / "other")
    for n, reading in enumerate(files):
        if n + 1 != undone:
            take_in(other, reading, f"{n}.csv")
    assert_same(store.records("lan-desk"), other.records("lan-desk"))
    assert len(store.imports("lan-desk")) == 3
    # The file may come again, as the last one.
    again = take_in(store, files[undone - 1], f"{undone - 1}.csv")
    assert (again.id, again.is_repeat, again.is_active) == (4, False, True)


def test_an_import_is_undone_once(store: Store) -> None:
    take_in(store, make_reading(rows(0)))
    undo_import(store, 1, PLANNER, AT)
    with pytest.raises(NotAllowed, match="already_undone"):
        undo_import(store, 1, PLANNER, AT)
    with pytest.raises(NotAllowed, match="no_such_import"):
        undo_import(store, 2, PLANNER, AT)
    assert store.records("lan-desk").is_empty


def test_the_same_file_under_another_mapping_replaces_its_import(store: Store) -> None:
    take_in(store, make_reading(rows(0, 10)))
    take_in(store, make_reading(rows(0)), "other.csv")
    right = take_in(store, make_reading(rows(600, 610), channels={"TEL": "phone"}))
    assert (right.replaces, right.added) == (1, 2)
    assert [record.is_active for record in store.imports("lan-desk")] == [False, True, True]
    received = store.records("lan-desk").inquiries["received_at"]
    assert received.tolist() == [MORNING + timedelta(minutes=m) for m in (0, 600, 610)]
    undo_import(store, right.id, PLANNER, AT)
    assert [record.is_active for record in store.imports("lan-desk")] == [True, True, False]
    assert len(store.records("lan-desk").inquiries) == 2


def test_what_was_replaced_twice_comes_back_only_after_both(store: Store) -> None:
    for n in range(3):
        take_in(store, make_reading(rows(n), channels={f"電話{n}": "phone"}))
    active: list[Sequence[bool]] = []
    for import_id in (2, 3):
        undo_import(store, import_id, PLANNER, AT)
        active.append([record.is_active for record in store.imports("lan-desk")])
    assert active == [[False, False, True], [True, False, False]]


def test_sheets_and_kinds_of_one_file_stand_side_by_side(store: Store) -> None:
    take_in(store, make_reading(rows(0), sheet="4月"))
    take_in(store, make_reading(rows(10), sheet="5月"))
    take_in(store, make_reading([{"day": MORNING, "span": "day", "count": 3}], "totals", sheet="5月"))
    assert [record.replaces for record in store.imports("lan-desk")] == [None] * 3
    assert len(store.records("lan-desk").inquiries) == 2


def test_the_snapshot_is_a_cache(store: Store) -> None:
    for n, reading in enumerate([make_reading(rows(0, 10, number="1")), make_reading(rows(5, 5))]):
        take_in(store, reading, f"{n}.csv")
    before = store.records("lan-desk")
    assert (before.inquiries["received_at"].is_monotonic_increasing, len(before.inquiries)) == (True, 3)
    tamper(store.home, "DELETE FROM snapshots")
    assert_same(store.records("lan-desk"), before)
    third = take_in(store, make_reading(rows(5, 10, 20)), "2.csv")
    assert (third.added, third.unchanged) == (1, 2)
    tamper(store.home, "UPDATE snapshots SET import_ids = '[7]'")
    assert len(store.records("lan-desk").inquiries) == 4


def test_mappings_are_remembered_the_newest_first(store: Store) -> None:
    readings = [make_reading(rows(n), channels={word: "phone"}) for n, word in enumerate("abca")]
    for n, reading in enumerate(readings):
        take_in(store, reading, f"{n}.csv")
    undo_import(store, 2, PLANNER, AT)
    assert [list(m.channels) for m in store.remembered("lan-desk")] == [["a"], ["c"]]
    assert store.remembered("lan-desk")[0] == readings[3].mapping


def test_two_at_once_count_once(store: Store) -> None:
    reading = make_reading(rows(*range(50)))
    threads = [Thread(target=take_in, args=(store, reading, name)) for name in ("a", "a", "b", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.records("lan-desk").inquiries) == 50
    assert sorted((r.added, r.unchanged) for r in store.imports("lan-desk")) == [(0, 50), (50, 0)]
    assert len(store.audit_entries()) == 4


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE batches SET rows = x'00'",
        "DELETE FROM batches",
        "INSERT OR REPLACE INTO batches SELECT import_id, supplied, x'00', faults FROM batches",
        "DELETE FROM imports",
        "UPDATE imports SET file_digest = 'x'",
        "UPDATE imports SET replaces = id",
        "UPDATE imports SET first_day = NULL",
        "UPDATE imports SET undone_at = NULL, undone_by = '' WHERE id = 2",
        "INSERT OR REPLACE INTO imports SELECT * FROM imports WHERE id = 2",
    ],
)
def test_the_database_refuses_to_change_what_was_imported(store: Store, sql: str) -> None:
    take_in(store, make_reading(rows(0)))
    take_in(store, make_reading(rows(10)), "2.csv")
    undo_import(store, 2, PLANNER, AT)
    before = store.imports("lan-desk")
    with pytest.raises(sqlite3.IntegrityError, match="what was recorded stays"):
        tamper(store.home, sql)
    assert store.imports("lan-desk") == before

"""A store of an older program is brought up with everything in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine

from forecasts.faults import FaultyFile
from forecasts.history.account import Account
from planner.store import Store, migrate, open_store
from planner.store.triggers import TRIGGERS
from tests.planner.reading_builder import make_reading, take_in

ROWS = [
    # import, desk, received, channel, category, minutes, answered, abandoned, closed
    (
        1,
        "lan-desk",
        "2026-02-02 09:05:30.000000",
        "phone",
        None,
        12.5,
        "2026-02-02 09:06:00.000000",
        None,
        None,
    ),
    (
        1,
        "lan-desk",
        "2026-02-03 10:00:00.000000",
        "mail",
        "PC・端末",
        None,
        None,
        None,
        "2026-02-04 08:00:00.000000",
    ),
    (2, "lan-desk", "2026-02-03 10:00:00.000000", "mail", None, None, None, None, None),
]
IMPORTS = [
    (1, "lan-desk", "a" * 64, '{"received_at":"受付日時"}', "local", "2026-03-01 09:00:00.000000", 2),
    (2, "lan-desk", "b" * 64, "{}", "local", "2026-03-01 10:00:00.000000", 1),
    (3, "other", "a" * 64, "{}", "local", "2026-03-01 11:00:00.000000", 0),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store of schema 0001 with imports."""
    path = tmp_path / "madoguchi.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        config = migrate._config()  # noqa: SLF001  # nobody else stops at an older step
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?)", IMPORTS)
        connection.executemany(
            "INSERT INTO inquiries (import_id, desk_id, received_at, channel, category, handling_min, "
            "answered_at, abandoned_at, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ROWS,
        )
        connection.execute("INSERT INTO rosters VALUES ('plan-1', '{}')")
    return tmp_path


@pytest.fixture
def migrated(home: Path) -> Iterator[Store]:
    store = open_store(home)
    yield store
    store.close()


def test_what_was_imported_is_there_and_overlap_counts_once(migrated: Store) -> None:
    back = migrated.records("lan-desk").inquiries
    assert back["received_at"].tolist() == [datetime(2026, 2, 2, 9, 5, 30), datetime(2026, 2, 3, 10)]
    assert back["channel"].tolist() == ["phone", "mail"]
    assert back["category"].tolist() == ["", "PC・端末"]
    np.testing.assert_array_equal(back["handling_min"], [12.5, np.nan])
    assert back["answered_at"].tolist()[0] == datetime(2026, 2, 2, 9, 6)
    assert back["closed_at"].tolist()[1] == datetime(2026, 2, 4, 8)
    assert back["is_timed"].all()


def test_the_account_is_what_was_known(migrated: Store) -> None:
    first, second = migrated.imports("lan-desk")
    assert (first.id, first.file_digest, first.at) == (1, "a" * 64, datetime(2026, 3, 1, 9))
    assert (first.rows, first.added, first.account) == (2, 2, Account(2, 2, 0))
    assert (first.first_day, first.last_day) == (date(2026, 2, 2), date(2026, 2, 3))
    assert (first.mapping.kind, first.mapping.columns) == ("inquiries", {"received_at": "受付日時"})
    assert (second.mapping.columns, second.is_active, second.is_partial) == ({}, True, False)
    assert migrated.import_faults(1) == ()
    (empty,) = migrated.imports("other")
    assert (empty.rows, empty.first_day) == (0, None)
    assert migrated.records("other").is_empty


def test_work_goes_on_after_it(migrated: Store) -> None:
    again = make_reading([{"received_at": datetime(2026, 2, 3, 10), "channel": "mail"}])
    record = take_in(migrated, again)
    assert (record.id, record.added, record.unchanged) == (4, 0, 1)


def test_a_copy_of_the_former_file_is_kept(migrated: Store) -> None:
    with closing(sqlite3.connect(migrated.home / "madoguchi.db.0001.bak")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM inquiries").fetchone() == (3,)
    assert not list(migrated.home.glob("*.part"))


def test_triggers_and_the_rest_stand_after_it(migrated: Store) -> None:
    with closing(sqlite3.connect(migrated.home / "madoguchi.db")) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert {name for (name,) in names} == set(TRIGGERS)
        assert ("inquiries",) not in tables
        assert connection.execute("SELECT * FROM rosters").fetchall() == [("plan-1", "{}")]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_new_store_has_no_copy(store: Store) -> None:
    assert not list(store.home.glob("*.bak"))


def test_a_migration_that_fails_changes_nothing(home: Path) -> None:
    with closing(sqlite3.connect(home / "madoguchi.db")) as connection, connection:
        connection.execute("CREATE TABLE marks (id INTEGER)")
    with pytest.raises(FaultyFile) as refused:
        open_store(home)
    assert refused.value.faults[0].code == "unusable_database"
    with closing(sqlite3.connect(home / "madoguchi.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM inquiries").fetchone() == (3,)

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import NullPool, create_engine

from forecasts.faults import FaultyFile
from planner.store import Store, open_store
from planner.store.migrate import revisions
from planner.store.opening import SCHEMA
from planner.store.tables import metadata
from planner.store.triggers import TRIGGERS


def schema(path: Path) -> dict[str, str]:
    """Every object's SQL by name, spaces levelled."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_migrations_give_the_schema_of_the_tables(store: Store, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}", poolclass=NullPool)
    metadata.create_all(engine)
    migrated = create_engine(f"sqlite:///{store.home / 'madoguchi.db'}", poolclass=NullPool)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert schema(store.home / "madoguchi.db") == schema(tmp_path / "plain.db") | {
        name: " ".join(sql.split()) for name, sql in TRIGGERS.items()
    }


def test_the_newest_step_is_named() -> None:
    assert revisions()[0] == SCHEMA


def test_the_database_is_set_for_many_readers_and_one_writer(store: Store) -> None:
    with closing(sqlite3.connect(store.home / "madoguchi.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with store._engine.begin() as connection:  # noqa: SLF001  # settings of a connection show nowhere else
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_home_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(tmp_path / "here"))
    assert open_store().home == tmp_path / "here"
    monkeypatch.delenv("MADOGUCHI_HOME")
    monkeypatch.chdir(tmp_path)
    assert open_store().home == tmp_path / "var"


def test_opening_again_changes_nothing(store: Store) -> None:
    before = schema(store.home / "madoguchi.db")
    again = open_store(store.home)
    assert schema(again.home / "madoguchi.db") == before


def test_another_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "madoguchi.db").write_bytes(b"this is no database, but a text of some length" * 30)
    with pytest.raises(FaultyFile) as refused:
        open_store(tmp_path)
    (fault,) = refused.value.faults
    assert (fault.code, fault.place) == ("unusable_database", str(tmp_path / "madoguchi.db"))


def test_a_newer_database_is_refused(store: Store) -> None:
    with closing(sqlite3.connect(store.home / "madoguchi.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(FaultyFile) as refused:
        open_store(store.home)
    (fault,) = refused.value.faults
    assert (fault.code, fault.value) == ("newer_database", "9999")

"""Opens the database: one SQLite file under MADOGUCHI_HOME, brought to the newest schema."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError

from forecasts.faults import Fault, FaultyFile
from planner.store.store import Store

HOME = "MADOGUCHI_HOME"
FILE = "madoguchi.db"
SCHEMA = "0004"
"""The newest step of ``migrations/versions``."""
_LOCK_WAIT_S = 30


def open_store(home: Path | str | None = None) -> Store:
    """Open the store of a folder (default: MADOGUCHI_HOME, else ./var), making and upgrading it as needed.

    Raises FaultyFile where the folder cannot be made, or the file is no database of ours, or one of a newer
    program.
    """
    folder = home_folder(home)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FaultyFile([Fault("unusable_database", str(folder), value=error.strerror or "")]) from error
    engine = _engine(folder / FILE)
    try:
        _upgrade(engine, folder / FILE)
    except (DatabaseError, sqlite3.Error) as error:
        engine.dispose()
        why = str(error.orig if isinstance(error, DatabaseError) else error)
        raise FaultyFile([Fault("unusable_database", str(folder / FILE), value=why)]) from error
    return Store(engine, folder)


def home_folder(home: Path | str | None = None) -> Path:
    """Return the folder of the store: what is given, else MADOGUCHI_HOME, else ./var."""
    return Path(home or os.environ.get(HOME) or "var").absolute()


def _engine(path: Path) -> Engine:
    # A connection per transaction: cheap on a file, and nothing is shared between threads or left open.
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": _LOCK_WAIT_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails where two meet (159 of 320 in a trial).
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _upgrade(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        if _revision(connection) == SCHEMA:
            return
    from planner.store.migrate import revisions, upgrade  # Alembic loads slowly, and is needed once

    # The write lock is held over all steps: two programs that start at once do not both migrate.
    with engine.execution_options(is_writing=True).begin() as connection:
        found = _revision(connection)
        if found and found not in revisions():
            raise FaultyFile([Fault("newer_database", str(path), value=found, allowed=SCHEMA)])
        if found:
            _keep_copy(path, found)
        upgrade(connection)


def _keep_copy(path: Path, revision: str) -> None:
    """Keep the file as it is before its schema changes, beside it: madoguchi.db.0001.bak."""
    draft = path.with_name(f"{path.name}.{revision}.part")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as copy:
        source.backup(copy)
    draft.replace(path.with_name(f"{path.name}.{revision}.bak"))


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())

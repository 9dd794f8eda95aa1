"""Outlooks are kept to the last bit, one for each day; what cannot be read is as good as not there."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine

from planner.actions.keep_outlook import keep_outlook
from planner.outlook import KeptOutlook
from planner.store import Store, migrate, open_store, outlook_packing
from planner.store.outlook_packing import packed_outlook, unpacked_outlook
from tests.planner.actions_builders import AT, MANAGER
from tests.planner.outlook_builder import AS_OF, make_outlook

OUTLOOK = make_outlook()


def equal(one: KeptOutlook, other: KeptOutlook) -> bool:
    arrays = [f.name for f in fields(KeptOutlook) if f.name != "facts"]
    same = [(getattr(one, name), getattr(other, name)) for name in arrays]
    return one.facts == other.facts and all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in same)


def test_it_comes_back_as_it_was() -> None:
    back = unpacked_outlook(packed_outlook(OUTLOOK))
    assert back is not None
    assert equal(back, OUTLOOK)


def test_equal_outlooks_give_equal_bytes() -> None:
    assert packed_outlook(make_outlook()) == packed_outlook(OUTLOOK)
    assert packed_outlook(make_outlook(seed=8)) != packed_outlook(OUTLOOK)


@pytest.mark.parametrize("stream", [b"", b"PK\x03\x04", packed_outlook(OUTLOOK)[:-40], b"\xff" * 200])
def test_what_cannot_be_read_is_not_there(stream: bytes) -> None:
    assert unpacked_outlook(stream) is None


def test_facts_of_another_version_are_not_there() -> None:
    older = {"desk_id": "lan-desk", "as_of": "2026-03-01"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outlook_packing, "_written", lambda _facts: json.dumps(older).encode())
        packed = packed_outlook(OUTLOOK)
    assert unpacked_outlook(packed) is None


def test_the_newest_comes_first_and_one_of_the_same_day_gives_way(store: Store) -> None:
    first = keep_outlook(store, OUTLOOK, MANAGER, AT)
    later = keep_outlook(store, make_outlook(as_of=AS_OF + timedelta(days=1)), MANAGER, AT)
    again = keep_outlook(store, make_outlook(seed=9), MANAGER, AT + timedelta(hours=1))
    assert [head.id for head in store.outlooks("lan-desk")] == [later.id, first.id]
    assert (again.id, again.at) == (first.id, datetime(2026, 3, 2, 10, 0))
    kept = store.outlook(first.id)
    assert kept is not None
    assert kept.facts.seed == 9
    assert store.outlooks("other") == ()
    assert store.outlook(99) is None


def test_so_many_are_kept_of_a_desk(store: Store) -> None:
    for n in range(15):
        keep_outlook(store, make_outlook(as_of=AS_OF + timedelta(days=n)), MANAGER, AT)
    keep_outlook(store, make_outlook(desk_id="other"), MANAGER, AT)
    days = [head.as_of for head in store.outlooks("lan-desk")]
    assert days == [AS_OF + timedelta(days=n) for n in range(14, 2, -1)]
    assert len(store.outlooks("other")) == 1


def test_an_older_day_is_kept_even_where_there_are_enough(store: Store) -> None:
    for n in range(12):
        keep_outlook(store, make_outlook(as_of=AS_OF + timedelta(days=n)), MANAGER, AT)
    early = keep_outlook(store, make_outlook(as_of=AS_OF - timedelta(days=9)), MANAGER, AT)
    assert store.outlook(early.id) is not None


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Store]:
    """A store of schema 0002 with a plan's roster, opened by this program."""
    engine = create_engine(f"sqlite:///{tmp_path / 'madoguchi.db'}", poolclass=NullPool)
    with engine.begin() as connection:
        config = migrate._config()  # noqa: SLF001  # nobody else stops at an older step
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with closing(sqlite3.connect(tmp_path / "madoguchi.db")) as connection, connection:
        connection.execute("INSERT INTO rosters VALUES ('plan-1', '{}')")
    store = open_store(tmp_path)
    yield store
    store.close()


def test_a_store_of_the_former_schema_can_keep_them(migrated: Store) -> None:
    assert keep_outlook(migrated, OUTLOOK, MANAGER, AT).as_of == date(2026, 3, 1)
    with closing(sqlite3.connect(migrated.home / "madoguchi.db")) as connection:
        assert connection.execute("SELECT * FROM rosters").fetchall() == [("plan-1", "{}")]
    assert (migrated.home / "madoguchi.db.0002.bak").exists()

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from planner.access import Actor, Role
from planner.store import Store, open_store
from planner.store.chain import START, checked, linked

AT = datetime(2026, 3, 2, 9, 0)
ACTOR = Actor("local", Role.PLANNER, "受託事業者 リーダー")


def append(store: Store, count: int, subject: str = "lan-desk") -> None:
    for n in range(count):
        with store.writing(ACTOR, AT, "import_log") as work:
            work.about(subject, rows=n)


def raw(store: Store, sql: str) -> None:
    """Do something behind the program's back."""
    with closing(sqlite3.connect(store.home / "madoguchi.db", timeout=30)) as connection, connection:
        connection.execute(sql)


def test_entries_are_linked(store: Store) -> None:
    append(store, 3)
    entries = store.audit_entries()
    assert [e.seq for e in entries] == [1, 2, 3]
    assert [e.previous_hash for e in entries] == [START, entries[0].hash, entries[1].hash]
    assert (entries[2].at, entries[2].office_title, entries[2].role) == (
        "2026-03-02T09:00:00",
        "受託事業者 リーダー",
        "planner",
    )
    assert json.loads(entries[2].detail) == {"rows": 2}
    check = store.verify_chain()
    assert (check.is_whole, check.entries, check.head) == (True, 3, entries[2].hash)


def test_the_same_entries_give_the_same_chain(store: Store) -> None:
    append(store, 2)
    assert checked(store.audit_entries()) == store.verify_chain()
    assert [linked(e).hash for e in store.audit_entries()] == [e.hash for e in store.audit_entries()]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET office_title = '別人'",
        "DELETE FROM audit WHERE seq = 2",
        "INSERT OR REPLACE INTO audit SELECT seq, at, 'x', role, role_switched, action, subject, detail, "
        "previous_hash, hash FROM audit WHERE seq = 2",
        "INSERT OR REPLACE INTO audit SELECT 4, at, 'x', role, role_switched, action, subject, detail, "
        "previous_hash, hash FROM audit WHERE seq = 2",
        "UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2",
        "INSERT INTO audit SELECT 9, at, office_title, role, role_switched, action, subject, detail, "
        "previous_hash, 'h' FROM audit WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_the_past(store: Store, sql: str) -> None:
    append(store, 3)
    before = store.audit_entries()
    with pytest.raises(sqlite3.IntegrityError, match="what was recorded stays"):
        raw(store, sql)
    assert store.audit_entries() == before


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit SET detail = '{}' WHERE seq = 2", 2),
        ("UPDATE audit SET at = '2026-03-01T09:00:00' WHERE seq = 3", 3),
        ("UPDATE audit SET role_switched = 1 WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 2", 3),
        ("DELETE FROM audit WHERE seq = 1", 2),
    ],
)
def test_a_change_behind_the_triggers_is_found(store: Store, sql: str, broken: int) -> None:
    append(store, 4)
    for trigger in ("audit_no_update", "audit_no_delete"):
        raw(store, f"DROP TRIGGER {trigger}")
    raw(store, sql)
    check = store.verify_chain()
    assert (check.is_whole, check.broken_seq) == (False, broken)


def test_a_link_forged_with_its_own_hash_breaks_the_next(store: Store) -> None:
    append(store, 3)
    entries = list(store.audit_entries())
    entries[1] = linked(replace(entries[1], subject="other-desk"))
    assert checked(entries).broken_seq == 3
    # A cut end is whole in itself: only a head published elsewhere shows it.
    assert checked(entries[:1]).is_whole
    assert checked(entries[:1]).head != store.verify_chain().head


def test_what_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing(ACTOR, AT, "import_log") as work:
            work.about("lan-desk", rows=1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.audit_entries() == ()


def test_nothing_is_written_without_saying_what(store: Store) -> None:
    with pytest.raises(RuntimeError, match="about"), store.writing(ACTOR, AT, "import_log"):
        pass


def test_a_time_with_a_zone_is_refused(store: Store) -> None:
    with (
        pytest.raises(ValueError, match="without a zone"),
        store.writing(ACTOR, AT.replace(tzinfo=UTC), "import_log"),
    ):
        pass


def test_threads_append_one_after_the_other(store: Store) -> None:
    threads = [Thread(target=append, args=(store, 20, f"desk-{n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.audit_entries()) == 160
    assert store.verify_chain().is_whole


def test_programs_that_start_at_once_share_a_new_store(tmp_path: Path) -> None:
    """Both make and migrate the same new file, then append."""
    code = """
import sys
from datetime import datetime
from planner.access import Actor, Role
from planner.store import open_store
store = open_store(sys.argv[1])
for n in range(20):
    with store.writing(Actor("u", Role.PLANNER, "t"), datetime(2026, 3, 2), "import_log") as work:
        work.about("desk", rows=n)
"""
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(2)]
    assert [p.wait() for p in started] == [0, 0]
    check = open_store(tmp_path).verify_chain()
    assert (check.is_whole, check.entries) == (True, 40)

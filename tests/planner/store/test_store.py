import sqlite3
from contextlib import closing
from datetime import date, datetime

import pytest

from planner.access import Actor, Role
from planner.content import Content, content_digest
from planner.formation import Away, Seat
from planner.rosters.roster import Duty, Roster, Violation
from planner.store import Store
from planner.store.tables import metadata
from tests.planner.content_builder import make_content

AT = datetime(2026, 3, 2, 9, 0)
ACTOR = Actor("local", Role.PLANNER, "受託事業者 リーダー")
SEAT = Seat("junior", 510, 1050, (Away(690, 750, "break"),))
ROSTER = Roster(
    (Duty(date(2026, 4, 1), "p1", SEAT),),
    "optimal",
    3,
    2.5,
    (Violation("rest_interval", date(2026, 4, 1), "p1", "10.5", "11", 3),),
)


def keep(store: Store, content: Content) -> int:
    with store.writing(ACTOR, AT, "make_plan") as work:
        work.about(content.desk_id)
        return work.keep_plan(content, "増員1名").id


def test_a_plan_is_kept_once(store: Store, content: Content) -> None:
    first, again, other = keep(store, content), keep(store, content), keep(store, make_content(seed=7))
    assert first == again != other
    record = store.plan(first)
    assert record is not None
    assert content_digest(record.content) == record.head.digest == content_digest(content)
    assert [h.id for h in store.plans()] == [other, first]
    head = store.plans("lan-desk")[1]
    assert (head.summary, head.as_of, head.period) == ("増員1名", content.as_of, content.period)
    assert store.plans("another-desk") == ()
    assert store.plan(99) is None


def test_a_roster_comes_back_as_it_was(store: Store) -> None:
    for roster in (Roster(()), ROSTER):
        with store.writing(ACTOR, AT, "create_proposal") as work:
            work.about("lan-desk-2026-001")
            work.keep_roster("lan-desk-2026-001", roster)
        assert store.roster("lan-desk-2026-001") == roster
    assert store.roster("lan-desk-2026-002") is None


def test_no_table_but_rosters_can_hold_a_name_or_a_free_text_of_an_inquiry() -> None:
    columns = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns}
    refused = {"name", "person", "requester", "handler", "summary", "subject_line", "people"}
    assert {c for c in columns if c[1] in refused} == {("plans", "summary")}


def test_foreign_keys_hold(store: Store) -> None:
    sql = "INSERT INTO batches (import_id, supplied, rows, faults) VALUES (9, '[]', x'00', x'00')"
    with closing(sqlite3.connect(store.home / "madoguchi.db")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql)

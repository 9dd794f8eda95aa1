import sqlite3
from contextlib import closing
from datetime import date, datetime

import numpy as np
import pandas as pd
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


def log(**columns: object) -> pd.DataFrame:
    received = pd.to_datetime(["2026-02-02 09:05:00", "2026-02-02 08:40:30", "2026-02-03 10:00:00"])
    return pd.DataFrame({"received_at": received, "channel": ["phone", "mail", "phone"], **columns})


def take_in(store: Store, frame: pd.DataFrame, desk_id: str = "lan-desk") -> None:
    with store.writing(ACTOR, AT, "import_log") as work:
        work.about(desk_id)
        work.add_inquiries(desk_id, "0" * 64, {"received_at": "受付日時"}, frame)


def test_inquiries_come_back_in_order_with_what_was_mapped(store: Store) -> None:
    answered = pd.to_datetime(pd.Series(["2026-02-02 09:06:00", None, None]))
    take_in(store, log(handling_min=[12.5, np.nan, 3.0], answered_at=answered))
    back = store.inquiries("lan-desk")
    assert list(back.columns) == ["received_at", "channel", "handling_min", "answered_at"]
    assert list(back["channel"]) == ["mail", "phone", "phone"]
    assert back["received_at"].is_monotonic_increasing
    assert back["received_at"].dt.second.tolist() == [30, 0, 0]
    np.testing.assert_array_equal(back["handling_min"], [np.nan, 12.5, 3.0])
    assert back["answered_at"].notna().tolist() == [False, True, False]


def test_later_rows_are_never_read(store: Store) -> None:
    take_in(store, log())
    take_in(store, log(), "another-desk")
    assert len(store.inquiries("lan-desk", before=datetime(2026, 2, 3, 10, 0))) == 2
    assert len(store.inquiries("lan-desk")) == 3


def test_no_inquiries_is_an_empty_table(store: Store) -> None:
    back = store.inquiries("lan-desk")
    assert list(back.columns) == ["received_at", "channel"]
    assert len(back) == 0
    assert back["received_at"].dt.date.tolist() == []


def test_an_empty_file_is_an_import_of_no_rows(store: Store) -> None:
    take_in(store, log().iloc[:0])
    (record,) = store.imports("lan-desk")
    assert (record.rows, record.mapping, record.user) == (0, {"received_at": "受付日時"}, "local")


def test_no_table_but_rosters_can_hold_a_name_or_a_free_text_of_an_inquiry() -> None:
    columns = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns}
    refused = {"name", "person", "requester", "handler", "summary", "subject_line", "people"}
    assert {c for c in columns if c[1] in refused} == {("plans", "summary")}


def test_foreign_keys_hold(store: Store) -> None:
    sql = "INSERT INTO inquiries (import_id, desk_id, received_at, channel) VALUES (9, 'd', '2026', 'c')"
    with closing(sqlite3.connect(store.home / "madoguchi.db")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql)

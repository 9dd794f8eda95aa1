"""The commands on a desk's past: imports, marked days, events."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest

from forecasts.events import Event
from forecasts.faults import FaultyFile
from planner.access import Action, Actor, Role, may
from planner.actions.import_file import import_file
from planner.actions.keep_events import keep_events
from planner.actions.mark_days import mark_days, unmark_days
from planner.actions.undo_import import undo_import
from planner.proposal import NotAllowed
from planner.store import Mark, Store
from planner.wording.refusals import refusal_sentence
from tests.planner.actions_builders import AT, MANAGER
from tests.planner.reading_builder import make_reading, make_source

ROWS = [{"received_at": datetime(2026, 2, 2, 9, n), "channel": "phone"} for n in range(3)]
DAY, NEXT = date(2026, 2, 2), date(2026, 2, 3)
DIET = Event(
    date(2026, 1, 23),
    date(2026, 1, 23),
    "diet_ordinary",
    "常会",
    date(2026, 1, 16),
    status="dissolved",
    source="官報",
    planned_end=date(2026, 6, 21),
    changed_on=date(2026, 1, 23),
)


def others(action: Action) -> list[Actor]:
    return [Actor("somebody", role, "職名") for role in Role if not may(role, action)]


def detail(store: Store) -> dict[str, object]:
    return json.loads(store.audit_entries()[-1].detail)


def test_an_import_says_in_the_audit_what_it_was(store: Store) -> None:
    source = make_source("2月.csv")
    record = import_file(store, source, make_reading(ROWS), MANAGER, AT, is_partial_accepted=False)
    assert (record.added, record.is_repeat) == (3, False)
    assert store.audit_entries()[-1].action == "import_log"
    assert detail(store) == {
        "file": source.digest,
        "file_name": "2月.csv",
        "import": 1,
        "is_repeat": False,
        "kind": "inquiries",
        "account": {"read": 5, "accepted": 3, "rejected": 0, "not_data": {"title": 1, "header": 1}},
        "is_partial": False,
        "rows": 3,
        "corrected": 0,
        "removed": 0,
        "replaces": None,
    }


def test_the_same_file_is_counted_once(store: Store) -> None:
    first, again = (
        import_file(store, make_source(), make_reading(ROWS), MANAGER, AT, is_partial_accepted=False)
        for _ in range(2)
    )
    assert again == replace(first, is_repeat=True)
    assert (detail(store)["is_repeat"], detail(store)["rows"]) == (True, 0)
    assert len(store.imports("lan-desk")) == 1
    other = make_source(desk_id="other")
    assert not import_file(store, other, make_reading(ROWS), MANAGER, AT, is_partial_accepted=False).is_repeat


def test_a_file_with_faults_is_taken_in_part_by_decision_only(store: Store) -> None:
    reading = make_reading(ROWS, faulty=2)
    with pytest.raises(NotAllowed) as refused:
        import_file(store, make_source(), reading, MANAGER, AT, is_partial_accepted=False)
    assert (refused.value.code, refused.value.detail) == ("rows_rejected", "2")
    assert "2行" in refusal_sentence("rows_rejected", "2")
    assert (store.imports("lan-desk"), store.audit_entries()) == ((), ())
    record = import_file(store, make_source(), reading, MANAGER, AT, is_partial_accepted=True)
    assert (record.is_partial, detail(store)["is_partial"]) == (True, True)
    # What was decided once need not be decided again, by cron or by hand.
    assert import_file(store, make_source(), reading, MANAGER, AT, is_partial_accepted=False).is_repeat


def test_an_undone_import_is_in_the_audit(store: Store) -> None:
    import_file(store, make_source(), make_reading(ROWS), MANAGER, AT, is_partial_accepted=False)
    undo_import(store, 1, MANAGER, AT)
    entry = store.audit_entries()[-1]
    assert (entry.action, entry.subject) == ("undo_import", "lan-desk")
    assert detail(store) == {"file": make_source().digest, "import": 1}


def test_marks_are_kept_with_their_reasons(store: Store) -> None:
    mark_days(store, "lan-desk", {NEXT: " 障害 ", DAY: "一時的な急増"}, MANAGER, AT)
    mark_days(store, "lan-desk", {NEXT: "LAN障害", DAY: "一時的な急増"}, MANAGER, AT)
    assert store.marks("lan-desk") == (
        Mark(DAY, "一時的な急増", "local", AT),
        Mark(NEXT, "LAN障害", "local", AT),
    )
    assert detail(store) == {"days": {"2026-02-02": "一時的な急増", "2026-02-03": "LAN障害"}}
    unmark_days(store, "lan-desk", [DAY], MANAGER, AT)
    assert [mark.day for mark in store.marks("lan-desk")] == [NEXT]
    assert (store.audit_entries()[-1].action, detail(store)) == ("unmark_days", {"days": ["2026-02-02"]})
    assert store.marks("other") == ()
    with closing(sqlite3.connect(store.home / "madoguchi.db")) as connection:
        assert connection.execute("SELECT count(*), count(revoked_at) FROM marks").fetchone() == (3, 2)


def test_a_mark_needs_a_reason_and_taking_off_needs_a_mark(store: Store) -> None:
    with pytest.raises(NotAllowed) as refused:
        mark_days(store, "lan-desk", {DAY: "障害", NEXT: "　"}, MANAGER, AT)
    assert (refused.value.code, refused.value.detail) == ("reason_missing", "2026-02-03")
    with pytest.raises(NotAllowed) as refused:
        unmark_days(store, "lan-desk", [DAY], MANAGER, AT)
    assert (refused.value.code, refused.value.detail) == ("not_marked", "2026-02-02")
    assert (store.marks("lan-desk"), store.audit_entries()) == ((), ())


def test_every_version_of_the_events_stays(store: Store) -> None:
    assert store.event_list("lan-desk") is None
    first = keep_events(store, "lan-desk", (DIET,), 0, MANAGER, AT)
    second = keep_events(store, "lan-desk", (), 1, MANAGER, AT)
    assert (first.version, first.events, first.user, first.at) == (1, (DIET,), "local", AT)
    assert store.event_list("lan-desk") == second
    back = keep_events(store, "lan-desk", store.event_lists("lan-desk")[0].events, 2, MANAGER, AT)
    assert [kept.events for kept in store.event_lists("lan-desk")] == [(DIET,), (), (DIET,)]
    assert (back.version, detail(store)) == (3, {"version": 3, "events": 1})


def test_who_saw_an_older_list_is_refused(store: Store) -> None:
    keep_events(store, "lan-desk", (DIET,), 0, MANAGER, AT)
    for seen in (0, 2):
        with pytest.raises(NotAllowed, match="changed_meanwhile"):
            keep_events(store, "lan-desk", (), seen, MANAGER, AT)
    assert len(store.event_lists("lan-desk")) == 1


def test_events_with_faults_are_not_kept(store: Store) -> None:
    with pytest.raises(FaultyFile):
        keep_events(store, "lan-desk", (replace(DIET, source=""),), 0, MANAGER, AT)
    assert (store.event_list("lan-desk"), store.audit_entries()) == (None, ())


def test_a_desks_past_is_the_contractors(store: Store) -> None:
    for actor in others(Action.IMPORT_LOG):
        with pytest.raises(NotAllowed, match="no_right"):
            import_file(store, make_source(), make_reading(ROWS), actor, AT, is_partial_accepted=True)
    for actor in others(Action.UNDO_IMPORT):
        with pytest.raises(NotAllowed, match="no_right"):
            undo_import(store, 1, actor, AT)
    for actor in others(Action.MARK_DAYS):
        with pytest.raises(NotAllowed, match="no_right"):
            mark_days(store, "lan-desk", {DAY: "障害"}, actor, AT)
        with pytest.raises(NotAllowed, match="no_right"):
            unmark_days(store, "lan-desk", [DAY], actor, AT)
    for actor in others(Action.KEEP_EVENTS):
        with pytest.raises(NotAllowed, match="no_right"):
            keep_events(store, "lan-desk", (), 0, actor, AT)
    assert store.audit_entries() == ()


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("marks", "UPDATE marks SET reason = '別の理由'"),
        ("marks", "UPDATE marks SET revoked_at = NULL WHERE revoked_at IS NOT NULL"),
        ("marks", "DELETE FROM marks"),
        ("marks", "INSERT OR REPLACE INTO marks SELECT * FROM marks"),
        ("event_lists", "UPDATE event_lists SET events = '[]'"),
        ("event_lists", "DELETE FROM event_lists"),
        ("event_lists", "INSERT OR REPLACE INTO event_lists SELECT * FROM event_lists"),
    ],
)
def test_the_database_refuses_to_change_marks_and_events(store: Store, table: str, sql: str) -> None:
    mark_days(store, "lan-desk", {DAY: "障害", NEXT: "障害"}, MANAGER, AT)
    unmark_days(store, "lan-desk", [DAY], MANAGER, AT)
    keep_events(store, "lan-desk", (DIET,), 0, MANAGER, AT)
    with (
        closing(sqlite3.connect(store.home / "madoguchi.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match=f"{table}: what was recorded stays"),
    ):
        connection.execute(sql)

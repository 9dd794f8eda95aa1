"""Who may make an outlook, and what the record says of it."""

import json
import time

import pytest

from planner.access import Action, Actor, Role, may
from planner.actions.keep_outlook import keep_outlook
from planner.actions.start_outlook import start_outlook
from planner.jobs import START_S
from planner.proposal import NotAllowed
from planner.store import Store
from tests.planner.actions_builders import AT, MANAGER
from tests.planner.outlook_builder import make_outlook

ASKED = {"desk_id": "lan-desk", "as_of": "2026-03-01"}


def test_who_may_plan_may_look_ahead() -> None:
    assert [r for r in Role if may(r, Action.MAKE_OUTLOOK)] == [r for r in Role if may(r, Action.MAKE_PLAN)]


@pytest.mark.parametrize("role", [r for r in Role if not may(r, Action.MAKE_OUTLOOK)])
def test_others_are_refused_and_nothing_is_left_behind(store: Store, role: Role) -> None:
    actor = Actor("somebody", role, "職名")
    with pytest.raises(NotAllowed, match="no_right"):
        keep_outlook(store, make_outlook(), actor, AT)
    with pytest.raises(NotAllowed, match="no_right"):
        start_outlook(store, ASKED, actor)
    assert store.audit_entries() == ()
    assert store.outlooks("lan-desk") == ()
    assert store.jobs.newest("outlook") == ()


def test_the_record_says_which_was_kept(store: Store) -> None:
    head = keep_outlook(store, make_outlook(), MANAGER, AT)
    (entry,) = store.audit_entries()
    assert (entry.action, entry.subject) == ("make_outlook", "lan-desk")
    assert json.loads(entry.detail) == {"outlook": head.id, "content": head.digest, "as_of": "2026-03-01"}


def test_the_same_work_is_not_started_twice(store: Store) -> None:
    under_way, _ = store.jobs.add("outlook", {**ASKED, "actor": _plain(MANAGER)}, time.time(), START_S)
    assert start_outlook(store, ASKED, MANAGER).id == under_way.id


def _plain(actor: Actor) -> dict[str, object]:
    return {
        "user": actor.user,
        "role": actor.role,
        "office_title": actor.office_title,
        "role_switched": actor.role_switched,
    }

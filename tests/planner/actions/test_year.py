"""Who may ask for a capacity plan, and what each may read of it."""

import time

import pytest

from planner.access import Actor, Role
from planner.actions.see_year import see_year, see_year_heads
from planner.actions.start_year import start_year
from planner.content import plain
from planner.proposal import NotAllowed
from planner.store import Store
from tests.planner.capacity.answer_builder import make_answer

PLANNER = Actor("local", Role.PLANNER, "受託事業者 計画担当")
CLIENT = Actor("local", Role.APPROVER, "見本課長")


def kept(store: Store, result: object, desk_id: str = "lan-desk") -> None:
    job, _ = store.jobs.add("year", {"desk_id": desk_id, "at": str(time.time())}, time.time(), 60)
    worker = store.jobs.claim(job.id, time.time(), 60)
    assert store.jobs.end(job.id, worker, "done", time.time(), {"year": result})


def test_the_newest_answer_that_can_be_read_is_seen(store: Store) -> None:
    assert see_year(store, "lan-desk", PLANNER) is None
    kept(store, plain(make_answer()))
    kept(store, {"of": "another version"})
    kept(store, plain(make_answer()), "other-desk")
    found = see_year(store, "lan-desk", PLANNER)
    assert found is not None
    assert found.cases == make_answer().cases


def test_the_client_sees_heads_alone_and_starts_nothing(store: Store) -> None:
    kept(store, plain(make_answer()))
    heads = see_year_heads(store, "lan-desk", CLIENT)
    assert heads is not None
    assert heads.present_total == 4
    with pytest.raises(NotAllowed):
        see_year(store, "lan-desk", CLIENT)
    with pytest.raises(NotAllowed):
        start_year(store, {"desk_id": "lan-desk"}, CLIENT)
    with pytest.raises(NotAllowed):
        see_year_heads(store, "lan-desk", Actor("x", Role.STAFF, "要員"))

"""Which kept rosters a new one continues, in which order, and for whom."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from forecasts.slots import Period
from planner.actions.create_proposal import create_proposal
from planner.actions.keep_plan import Made, keep_plan
from planner.actions.keep_roster import keep_roster
from planner.actions.see_kept_rosters import see_kept_rosters
from planner.content import Content
from planner.desk_file import read_desk
from planner.formation import Seat
from planner.proposal import NotAllowed, State
from planner.proposing import problem_of
from planner.rosters.past import Past, days_carried
from planner.rosters.roster import Duty, Roster
from planner.store import Store
from tests.planner.actions_builders import AT, MANAGER, OFFICIAL, filed_at
from tests.planner.content_builder import APRIL, make_content

DESK = read_desk(Path(__file__).parents[3] / "data/desks/lan-desk.toml")
MARCH = Period(date(2026, 3, 2), date(2026, 4, 1))
EARLY, USUAL = Seat("standard", 480, 1020), Seat("standard", 510, 1050)


def of_march(**changes: object) -> Content:
    fields: dict[str, object] = {"period": MARCH, "window": Period(MARCH.start, date(2026, 3, 7))}
    return make_content(**(fields | changes))


def roster(person: str, *days: int, seat: Seat = USUAL) -> Roster:
    return Roster(tuple(Duty(date(2026, 3, n), person, seat) for n in days))


def seen(store: Store) -> Past:
    return see_kept_rosters(store, "lan-desk", APRIL, MANAGER, date(2026, 4, 1))


def test_a_plan_after_a_kept_roster_sees_its_duties(store: Store) -> None:
    march = roster("p1", 2, 3, 30, 31, seat=EARLY)
    keep_plan(store, of_march(), Made(march), MANAGER, AT)
    april = make_content()
    keep_plan(store, april, Made(roster("p2", 1)), MANAGER, AT)  # told of March, kept last: of one day
    past = seen(store)
    asked = problem_of(april, DESK, past)
    assert [(duty.day.day, duty.person) for duty in asked.tail] == [(30, "p1"), (31, "p1")]
    assert (asked.records["p1"].early, asked.records["p1"].peak) == (4, 2)
    assert [day.day for day in days_carried(asked, past)] == [1, 2, 3, 30, 31]
    assert asked.peak_days == {day for day in asked.days if day in april.window}


def test_who_was_absent_in_a_kept_roster_did_not_work(store: Store) -> None:
    ill = replace(roster("p1", 30, 31), absent=(("p1", date(2026, 3, 31)),))
    keep_plan(store, of_march(), Made(ill), MANAGER, AT)
    assert [duty.day.day for duty in problem_of(make_content(), DESK, seen(store)).tail] == [30]


def test_the_newest_counts_most_but_an_approved_one_more(store: Store) -> None:
    approved = filed_at(store, State.APPROVED).proposal.number
    keep_roster(store, approved, roster("p1", 30), None, MANAGER, AT)
    dead = [filed_at(store, state).proposal.number for state in (State.REJECTED, State.WITHDRAWN)]
    for number in dead:
        keep_roster(store, number, roster("p4", 30), None, MANAGER, AT)
    draft = create_proposal(store, make_content(), None, MANAGER, AT + timedelta(days=1)).proposal.number
    keep_roster(store, draft, roster("p2", 30), None, MANAGER, AT)
    keep_plan(store, of_march(), Made(roster("p3", 30)), MANAGER, AT + timedelta(days=2))
    kept = seen(store).kept
    assert [one.roster.duties[0].person for one in kept] == ["p2", "p3", "p1"]
    assert [one.is_made_known for one in kept] == [False, False, True]


def test_other_desks_and_years_do_not_count(store: Store) -> None:
    old = Period(date(2025, 1, 6), date(2025, 2, 1))
    later = Period(date(2026, 5, 1), date(2026, 6, 1))
    for content in (of_march(desk_id="other"), of_march(period=old), of_march(period=later)):
        keep_plan(store, content, Made(roster("p1", 30)), MANAGER, AT)
    keep_plan(store, of_march(), Made(), MANAGER, AT)
    assert seen(store).kept == ()


def test_only_the_contractor_sees_them(store: Store) -> None:
    with pytest.raises(NotAllowed, match="no_right"):
        see_kept_rosters(store, "lan-desk", APRIL, OFFICIAL, APRIL.start)

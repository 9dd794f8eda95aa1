"""What is particular to single commands."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

import pytest

from planner.access import Action, Actor, Role, may
from planner.actions import Request, Staff
from planner.actions.close import close
from planner.actions.create_proposal import create_proposal
from planner.actions.decide import DECISIONS, decide
from planner.actions.edit_texts import edit_texts
from planner.actions.keep_plan import Made, keep_plan
from planner.actions.revert import revert
from planner.actions.review import review
from planner.actions.see_roster import see_roster
from planner.actions.start_plan import start_plan
from planner.actions.submit import submit
from planner.actions.take_effect import take_effect
from planner.actions.withdraw import withdraw
from planner.content import Assumption, Content, canonical_json, content_from_json
from planner.desk import Person
from planner.formation import Seat
from planner.proposal import NotAllowed, Proposal, State, Step
from planner.rosters.roster import Duty, Roster
from planner.store import Filed, Store
from tests.planner.actions_builders import AT, MANAGER, OFFICIAL, ask, filed_at
from tests.planner.content_builder import TEXTS, make_content

PEOPLE = (Person("p1", "花見 咲", "junior"),)
ROSTER = Roster((Duty(date(2026, 4, 1), "p1", Seat("junior", 510, 1050)),))


def others(action: Action) -> list[Actor]:
    return [Actor("somebody", role, "職名") for role in Role if not may(role, action)]


def test_drafts_are_numbered_by_desk_and_year(store: Store, content: Content) -> None:
    def number(content: Content, year: int = 2026) -> str:
        filed = create_proposal(store, content, None, MANAGER, AT.replace(year=year))
        assert filed == store.proposal(filed.proposal.number)
        assert filed.proposal == Proposal(filed.proposal.number, 1, as_read(content))
        return filed.proposal.number

    def as_read(content: Content) -> Content:
        return content_from_json(canonical_json(content))

    other = make_content(desk_id="lan-desk-2")
    assert [number(content), number(content), number(other), number(content, 2027), number(content)] == [
        "lan-desk-2026-001",
        "lan-desk-2026-002",
        "lan-desk-2-2026-001",
        "lan-desk-2027-001",
        "lan-desk-2026-003",
    ]
    assert len(store.proposals()) == 5
    assert [f.proposal.number for f in store.proposals("lan-desk-2")] == ["lan-desk-2-2026-001"]


def test_the_client_never_sees_the_roster(store: Store, content: Content) -> None:
    number = create_proposal(store, content, ROSTER, MANAGER, AT).proposal.number
    assert see_roster(store, number, MANAGER) == ROSTER
    for actor in others(Action.SEE_ROSTER):
        with pytest.raises(NotAllowed, match="no_right"):
            see_roster(store, number, actor)
    assert "p1" not in store.content_json(number, 1) + "".join(e.detail for e in store.audit_entries())


def test_a_plan_is_kept_with_its_roster(store: Store, content: Content) -> None:
    head = keep_plan(store, content, Made(ROSTER), MANAGER, AT, "増員1名")
    assert head == store.plans()[0]
    assert see_roster(store, f"plan-{head.id}", MANAGER) == ROSTER


def test_contractors_commands_are_refused_to_others(store: Store, content: Content) -> None:
    for actor in others(Action.CREATE_PROPOSAL):
        with pytest.raises(NotAllowed, match="no_right"):
            create_proposal(store, content, None, actor, AT)
    for actor in others(Action.MAKE_PLAN):
        with pytest.raises(NotAllowed, match="no_right"):
            keep_plan(store, content, Made(), actor, AT)
        with pytest.raises(NotAllowed, match="no_right"):
            start_plan(store, {}, actor)
    assert store.audit_entries() == ()
    assert store.jobs.newest("plan") == ()


@pytest.mark.parametrize("name", ["花見咲", "花見さん", "花 見"])
def test_submission_is_refused_while_a_text_names_the_staff(store: Store, name: str) -> None:
    draft = edit_texts(
        store, ask(filed_at(store, State.DRAFT)), replace(TEXTS, risks=f"{name}が休む場合"), ()
    )
    reviewed = review(store, ask(draft), ())
    with pytest.raises(NotAllowed) as refused:
        submit(store, ask(reviewed), PEOPLE)
    assert (refused.value.code, refused.value.detail) == ("staff_name_in_text", "texts.risks")
    assert store.proposal(reviewed.proposal.number) == reviewed
    cleaned = review(store, ask(edit_texts(store, ask(reviewed), TEXTS, ())), ())
    assert submit(store, ask(cleaned), PEOPLE).proposal.state is State.SUBMITTED


def test_every_place_of_a_name_is_told(store: Store) -> None:
    content = make_content(
        texts=replace(TEXTS, notice="花見まで"),
        assumptions=(Assumption("desk_note", "desk_file", "花見の見込み"),),
    )
    draft = create_proposal(store, content, None, MANAGER, AT)
    reviewed = review(store, ask(draft), (), "花見が確認")
    with pytest.raises(NotAllowed) as refused:
        submit(store, ask(reviewed), PEOPLE)
    assert set(refused.value.detail.split(", ")) == {
        "texts.notice",
        "assumptions[0].subject",
        "history[0].comment",
    }


@pytest.mark.parametrize(
    ("state", "command"),
    [
        (State.DRAFT, lambda s, r, staff, c: edit_texts(s, r, TEXTS, staff, c)),
        (State.DRAFT, review),
        (State.REVIEWED, submit),
        (State.SUBMITTED, withdraw),
        (State.APPROVED, take_effect),
        (State.IN_EFFECT, revert),
        (State.REVERTED, close),
    ],
)
def test_no_comment_of_the_contractor_names_the_staff(
    store: Store, state: State, command: Callable[[Store, Request, Staff, str], Filed]
) -> None:
    before, trail = filed_at(store, state), store.audit_entries()
    refusals = []
    for staff in (PEOPLE, None):
        with pytest.raises(NotAllowed) as refused:
            command(store, ask(before), staff, "花見が休むため")
        refusals.append((refused.value.code, refused.value.detail))
    place = f"history[{len(before.proposal.history)}].comment"
    assert refusals == [("staff_name_in_text", place), ("staff_unknown", before.proposal.number)]
    assert (store.proposal(before.proposal.number), store.audit_entries()) == (before, trail)
    assert command(store, ask(before), PEOPLE, "期間の見直し").proposal.history[-1].comment == "期間の見直し"


def test_a_decision_is_recorded_with_its_words(store: Store) -> None:
    filed = decide(
        store,
        ask(filed_at(store, State.SUBMITTED), OFFICIAL),
        Step.APPROVE_WITH_CONDITIONS,
        "おおむね可",
        "周知を3月25日までに",
    )
    decision = filed.proposal.history[-1]
    assert (decision.office_title, decision.comment, decision.conditions, decision.role_switched) == (
        "見本省 主管課長",
        "おおむね可",
        "周知を3月25日までに",
        False,
    )
    detail = json.loads(store.audit_entries()[-1].detail)
    assert (detail["conditions"], detail["digest"]) == ("周知を3月25日までに", filed.proposal.digest)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Step.RETURN, "comment_missing"),
        (Step.REJECT, "comment_missing"),
        (Step.APPROVE_WITH_CONDITIONS, "conditions_missing"),
    ],
)
def test_what_must_be_said_is_asked_for(store: Store, step: Step, code: str) -> None:
    submitted = filed_at(store, State.SUBMITTED)
    with pytest.raises(NotAllowed, match=code):
        decide(store, ask(submitted, OFFICIAL), step)
    assert store.proposal(submitted.proposal.number) == submitted


def test_the_author_decides_only_after_a_marked_role_switch(store: Store) -> None:
    submitted = filed_at(store, State.SUBMITTED)
    assert submitted.authors == {MANAGER.user}
    both_sides = replace(OFFICIAL, user=MANAGER.user)
    with pytest.raises(NotAllowed, match="author_decides"):
        decide(store, ask(submitted, both_sides), Step.APPROVE)
    switched = MANAGER.switched(Role.APPROVER, "見本省 主管課長")
    approved = decide(store, ask(submitted, switched), Step.APPROVE)
    assert approved.proposal.history[-1].role_switched
    assert store.audit_entries()[-1].role_switched
    assert not any(e.role_switched for e in store.audit_entries()[:-1])


def test_who_only_reviewed_is_an_author_too(store: Store) -> None:
    draft = filed_at(store, State.DRAFT)
    reviewed = review(store, ask(draft, replace(MANAGER, user="second")), ())
    submitted = submit(store, ask(reviewed), ())
    with pytest.raises(NotAllowed, match="author_decides"):
        decide(store, ask(submitted, replace(OFFICIAL, user="second")), Step.APPROVE)


@pytest.mark.parametrize("step", sorted(set(Step) - set(DECISIONS)))
def test_only_decisions_are_decided(store: Store, step: Step) -> None:
    with pytest.raises(NotAllowed, match="not_a_decision"):
        decide(store, ask(filed_at(store, State.SUBMITTED), OFFICIAL), step)


def test_an_unknown_number_is_named(store: Store) -> None:
    with pytest.raises(NotAllowed) as refused:
        store.proposal("lan-desk-2026-009")
    assert (refused.value.code, refused.value.detail) == ("no_such_proposal", "lan-desk-2026-009")
    with pytest.raises(NotAllowed, match="no_such_proposal"):
        store.content_json("lan-desk-2026-009", 1)


def test_an_actor_travels_to_the_worker_and_back() -> None:
    assert Actor(**json.loads(json.dumps(asdict(MANAGER)))) == MANAGER

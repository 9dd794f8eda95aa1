"""Every command: its right, its transition, its place in the record."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import product
from threading import Thread

import pytest

from planner.access import Actor, Role, may
from planner.actions import Request
from planner.actions.close import close
from planner.actions.decide import DECISIONS, decide
from planner.actions.edit_texts import edit_texts
from planner.actions.record_oral import record_oral
from planner.actions.revert import revert
from planner.actions.review import review
from planner.actions.submit import submit
from planner.actions.take_effect import take_effect
from planner.actions.withdraw import withdraw
from planner.content import canonical_json
from planner.proposal import NotAllowed, State, Step
from planner.store import Filed, Store
from tests.planner.actions_builders import AT, MANAGER, OFFICIAL, ask, filed_at
from tests.planner.content_builder import TEXTS

Command = Callable[[Store, Request], Filed]
COMMANDS: dict[Step, tuple[State, Command]] = {
    Step.EDIT: (State.DRAFT, lambda s, r: edit_texts(s, r, TEXTS, ())),
    Step.REVIEW: (State.DRAFT, lambda s, r: review(s, r, ())),
    Step.RECORD_ORAL: (State.SUBMITTED, lambda s, r: record_oral(s, r, (), "主管課長が電話で承認")),
    Step.SUBMIT: (State.REVIEWED, lambda s, r: submit(s, r, ())),
    Step.WITHDRAW: (State.SUBMITTED, lambda s, r: withdraw(s, r, ())),
    Step.START: (State.APPROVED, lambda s, r: take_effect(s, r, ())),
    Step.REVERT: (State.IN_EFFECT, lambda s, r: revert(s, r, ())),
    Step.CLOSE: (State.REVERTED, lambda s, r: close(s, r, ())),
    **{
        step: (State.SUBMITTED, lambda s, r, step=step: decide(s, r, step, "理由", "条件"))
        for step in DECISIONS
    },
}


def tamper(store: Store, *statements: str) -> None:
    with closing(sqlite3.connect(store.home / "madoguchi.db")) as connection, connection:
        for sql in statements:
            connection.execute(sql)


def test_every_step_has_a_command() -> None:
    assert set(COMMANDS) == set(Step)


@pytest.mark.parametrize("step", list(Step))
def test_each_step_by_each_role(store: Store, step: Step) -> None:
    state, command = COMMANDS[step]
    before = filed_at(store, state)
    trail = store.audit_entries()
    for role in (role for role in Role if not may(role, step)):
        with pytest.raises(NotAllowed) as refused:
            command(store, ask(before, Actor("somebody", role, "職名")))
        assert refused.value.code == "no_right"
    assert store.proposal(before.proposal.number) == before
    assert store.audit_entries() == trail
    role = next(role for role in Role if may(role, step))
    after = command(store, ask(before, Actor("somebody", role, "職名")))
    assert after == store.proposal(before.proposal.number)
    decision = after.proposal.history[-1]
    assert (decision.step, decision.role, decision.office_title, decision.at) == (step, role, "職名", AT)
    assert after.row_version == before.row_version + 1
    (entry,) = store.audit_entries()[len(trail) :]
    assert (entry.action, entry.subject, entry.role) == (step, before.proposal.number, role)
    assert json.loads(entry.detail)["state"] == after.proposal.state
    assert store.verify_chain().is_whole


@pytest.mark.parametrize(("step", "state"), list(product((Step.SUBMIT, Step.APPROVE), State)))
def test_a_step_out_of_turn_is_refused(store: Store, step: Step, state: State) -> None:
    right_state, command = COMMANDS[step]
    if state is right_state:
        return
    before = filed_at(store, state)
    with pytest.raises(NotAllowed) as refused:
        command(store, ask(before, OFFICIAL if step is Step.APPROVE else MANAGER))
    assert refused.value.code == "wrong_state"
    assert store.proposal(before.proposal.number) == before


def test_submission_freezes_the_bytes(store: Store) -> None:
    submitted = filed_at(store, State.SUBMITTED)
    proposal = submitted.proposal
    text = store.content_json(proposal.number, 1)
    assert text == canonical_json(proposal.content)
    assert hashlib.sha256(text.encode()).hexdigest() == proposal.digest
    decide(store, ask(submitted, OFFICIAL), Step.APPROVE)
    assert store.content_json(proposal.number, 1) == text
    for sql in (
        "UPDATE proposals SET content = '{}'",
        "UPDATE proposals SET digest = ''",
        "UPDATE proposals SET version_no = 2",
        "DELETE FROM proposals",
        "INSERT OR REPLACE INTO proposals SELECT number, version_no, desk_id, created_at, created_by, state, "
        "'{}', digest, row_version FROM proposals",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="what was recorded stays"):
            tamper(store, sql)


def test_a_content_changed_behind_the_triggers_is_not_decided_on(store: Store) -> None:
    submitted = filed_at(store, State.SUBMITTED)
    tamper(
        store,
        "DROP TRIGGER proposals_no_update",
        "UPDATE proposals SET content = replace(content, '人事異動', '機器更新')",
    )
    assert not store.proposal(submitted.proposal.number).is_intact
    with pytest.raises(NotAllowed, match="content_changed"):
        decide(store, ask(submitted, OFFICIAL), Step.APPROVE)


def test_a_returned_proposal_goes_on_as_the_next_version(store: Store) -> None:
    returned = filed_at(store, State.RETURNED)
    texts = replace(TEXTS, background="期間を見直した。")
    draft = edit_texts(store, ask(returned), texts, (), "期間の見直し")
    assert (draft.proposal.version_no, draft.proposal.state, draft.proposal.digest) == (2, State.DRAFT, "")
    first, second = store.versions(draft.proposal.number)
    assert (first.proposal, second) == (returned.proposal, draft)
    assert first.proposal.content.texts == TEXTS
    assert [d.step for d in second.proposal.history] == ["review", "submit", "return", "edit"]
    resubmitted = submit(store, ask(review(store, ask(draft), ())), ())
    assert resubmitted.proposal.digest not in {"", first.proposal.digest}
    assert [f.proposal.version_no for f in store.proposals()] == [2]


def test_who_saw_an_older_state_is_refused(store: Store) -> None:
    seen = filed_at(store, State.DRAFT)
    edit_texts(store, ask(seen), TEXTS, ())
    with pytest.raises(NotAllowed, match="changed_meanwhile"):
        review(store, ask(seen), ())


def test_of_two_at_once_one_is_refused(store: Store) -> None:
    submitted = filed_at(store, State.SUBMITTED)
    answers: list[str] = []

    def approve(user: str) -> None:
        try:
            decide(store, ask(submitted, replace(OFFICIAL, user=user)), Step.APPROVE)
            answers.append("approved")
        except NotAllowed as refused:
            answers.append(refused.code)

    threads = [Thread(target=approve, args=(f"official-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["approved", *["changed_meanwhile"] * 3]
    assert len(store.proposal(submitted.proposal.number).proposal.history) == 3

"""Which roster is in hand: of the plan chosen or of a proposal; its question; what was done to it so far."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from planner import session
from planner.actions.see_kept_rosters import see_kept_rosters
from planner.actions.see_roster import see_roster
from planner.content import Content
from planner.desk import Desk
from planner.parts.roster_cells import Draft, checked
from planner.proposing import problem_of
from planner.rosters.past import NO_PAST, Past
from planner.rosters.roster import Roster, RosterProblem
from planner.wording.dates import short_span
from planner.wording.terms import STATES, alternative_name

_MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Case:
    """A roster's ``subject`` (``plan-ID`` or a proposal's number) and all it follows from.

    ``past``: the desk's kept rosters, which the ``problem`` continues.
    """

    subject: str
    content: Content
    desk: Desk
    problem: RosterProblem
    past: Past = NO_PAST

    @property
    def names(self) -> dict[str, str]:
        """Names of everybody who may stand in the roster."""
        return {p.id: p.name for p in self.problem.people}


@dataclass(frozen=True, slots=True)
class Work:
    """What is kept in the store (``stored``), every step since, the newest last, and what they answer."""

    stored: Roster | None
    steps: tuple[Draft, ...]
    problem: RosterProblem

    @property
    def now(self) -> Draft | None:
        """The roster in hand."""
        return self.steps[-1] if self.steps else None

    @property
    def is_unsaved(self) -> bool:
        """Whether the roster in hand is not the stored one."""
        return self.now is not None and (
            self.stored is None
            or set(self.now.roster.duties) != set(self.stored.duties)
            or self.now.absent != frozenset(self.stored.absent)
        )


def subject_in_hand() -> tuple[str, Content] | None:
    """Let a roster be chosen where there are several; the address keeps the proposal. None: there is none."""
    plan, plan_id = session.plan(), session.plan_id()
    cases: dict[str, tuple[str, Content]] = {}
    if plan is not None:
        cases[f"plan-{plan_id}"] = (f"変更案（計画{plan_id}）: {_of(plan)}", plan)
    for filed in session.proposals():
        p = filed.proposal
        told = f"提案 {p.number} 第{p.version_no}版（{STATES[p.state]}）: {_of(p.content)}"
        cases[p.number] = (told, p.content)
    if not cases:
        return None
    wanted = session.chosen("proposal")
    keys = list(cases)
    key = f"roster-subject-{wanted}"
    subject = keys[0] if len(keys) == 1 else _asked(keys, cases, wanted, key)
    return subject, cases[subject][1]


def _asked(keys: list[str], cases: dict[str, tuple[str, Content]], wanted: str, key: str) -> str:
    chosen: str = st.selectbox(
        "対象",
        keys,
        index=keys.index(wanted) if wanted in keys else 0,
        format_func=lambda k: cases[k][0],
        filter_mode=None,
        key=key,
        on_change=lambda: _choose(st.session_state[key]),
    )
    return chosen


def _choose(subject: str) -> None:
    session.choose(proposal="" if subject.startswith("plan-") else subject)


def _of(content: Content) -> str:
    last = content.period.last
    return f"{short_span(content.period.start, last)}　{alternative_name(content.recommended)}"


def case_of(subject: str, content: Content) -> Case | None:
    """Return what a roster follows from; None where the desk's file is not kept.

    Raises FaultyFile and NotAllowed.
    """
    desk = session.desk(content.desk_id)
    if desk is None:
        return None
    past = past_of(content)
    return Case(subject, content, desk, problem_of(content, desk, past), past)


def past_of(content: Content) -> Past:
    """Return the desk's kept rosters as far as they bear on a content's period. Raises NotAllowed."""
    actor, today = session.actor(content.parties), session.day_of(content.desk_id)
    return see_kept_rosters(session.store(), content.desk_id, content.period, actor, today)


# --- the steps, kept while the dashboard runs: a reload of the page loses none ---


@st.cache_resource
def all_work() -> dict[str, Work]:
    """Return the work on every roster, of everybody who uses this dashboard."""
    return {}


def work_on(case: Case) -> Work:
    """Return what was done so far; at first what is kept, checked anew. Raises NotAllowed.

    What is kept is read each time: one who may not see it sees no step either, and without an unsaved step
    what somebody else kept meanwhile is shown. Where the desk's file changed, every step is checked anew.
    """
    stored = see_roster(session.store(), case.subject, session.actor(case.content.parties))
    work = all_work().get(_key(case))
    if work is None or (stored != work.stored and not work.is_unsaved):
        work = _begun(case, stored)
        _set(case, work)
    elif work.problem != case.problem:
        work = replace(work, steps=tuple(checked(case.problem, d) for d in work.steps), problem=case.problem)
        _set(case, work)
    return work


def _begun(case: Case, stored: Roster | None) -> Work:
    steps = () if stored is None else (checked(case.problem, Draft(stored, absent=frozenset(stored.absent))),)
    return Work(stored, steps, case.problem)


def take(case: Case, draft: Draft) -> None:
    """Add a step."""
    work = work_on(case)
    _set(case, replace(work, steps=(*work.steps, draft)[-_MOST_STEPS:]))


def undo(case: Case) -> None:
    """Take the newest step back."""
    work = work_on(case)
    if len(work.steps) > 1:
        _set(case, replace(work, steps=work.steps[:-1]))


def settled(case: Case, draft: Draft) -> None:
    """Begin anew with what was just kept; locks and absences stay."""
    stored = see_roster(session.store(), case.subject, session.actor(case.content.parties))
    _set(case, Work(stored, (replace(draft, said=""),), case.problem))


def forgotten(case: Case) -> None:
    """Forget every step: what is kept is read anew."""
    all_work().pop(_key(case), None)


def recalled(case: Case, what: str, default: Any = None) -> Any:
    """Return what a part of the page keeps for this roster in this session."""
    return st.session_state.get(f"roster-{what}-{_key(case)}", default)


def remember(case: Case, what: str, value: Any) -> None:
    """Keep something for this roster in this session; None forgets it."""
    st.session_state[f"roster-{what}-{_key(case)}"] = value


def _set(case: Case, work: Work) -> None:
    all_work()[_key(case)] = work
    remember(case, "why", None)


def _key(case: Case) -> str:
    return f"{session.store().home}/{case.subject}"

"""Which roster is in hand: of the plan chosen or of a proposal; its question; what was done to it so far."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from planner import session
from planner.actions.see_roster import see_roster
from planner.content import Content
from planner.desk import Desk
from planner.parts.roster_cells import Draft, checked
from planner.plan import problem_of
from planner.rosters.roster import Roster, RosterProblem
from planner.wording.dates import short_span
from planner.wording.terms import STATES, alternative_name

_WORK = "roster-work"
_MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Case:
    """A roster's ``subject`` (``plan-ID`` or a proposal's number) and all it follows from."""

    subject: str
    content: Content
    desk: Desk
    problem: RosterProblem

    @property
    def names(self) -> dict[str, str]:
        """Names of everybody who may stand in the roster."""
        return {p.id: p.name for p in self.problem.people}


@dataclass(frozen=True, slots=True)
class Work:
    """What is kept in the store (``stored``), and every step since, the newest last."""

    stored: Roster | None
    steps: tuple[Draft, ...]

    @property
    def now(self) -> Draft | None:
        """The roster in hand."""
        return self.steps[-1] if self.steps else None

    @property
    def is_unsaved(self) -> bool:
        """Whether the roster in hand is not the stored one."""
        return self.now is not None and (
            self.stored is None or set(self.now.roster.duties) != set(self.stored.duties)
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
    """Return what a roster follows from; None where the desk's file is not kept. Raises FaultyFile."""
    desk = session.desk(content.desk_id)
    return None if desk is None else Case(subject, content, desk, problem_of(content, desk))


# --- the steps of this session ---


def work_on(case: Case) -> Work:
    """Return what was done in this session; at first what is kept, checked anew."""
    all_work: dict[str, Work] = st.session_state.setdefault(_WORK, {})
    key = _key(case)
    if key not in all_work:
        stored = see_roster(session.store(), case.subject, session.actor(case.content.parties))
        steps = () if stored is None else (checked(case.problem, Draft(stored)),)
        all_work[key] = Work(stored, steps)
    return all_work[key]


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
    _set(case, Work(stored, (replace(draft, said=""),)))


def forgotten(case: Case) -> None:
    """Forget every step: what is kept is read anew."""
    st.session_state.get(_WORK, {}).pop(_key(case), None)


def recalled(case: Case, what: str, default: Any = None) -> Any:
    """Return what a part of the page keeps for this roster in this session."""
    return st.session_state.get(f"roster-{what}-{_key(case)}", default)


def remember(case: Case, what: str, value: Any) -> None:
    """Keep something for this roster in this session; None forgets it."""
    st.session_state[f"roster-{what}-{_key(case)}"] = value


def _set(case: Case, work: Work) -> None:
    st.session_state.setdefault(_WORK, {})[_key(case)] = work
    remember(case, "why", None)


def _key(case: Case) -> str:
    return f"{session.store().home}/{case.subject}"

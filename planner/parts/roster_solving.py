"""Solving anew on the page: progress by stage, a way to stop, and why there is no roster.

The search runs in a thread of its own while the script shows how far it is: a press of a button or a closed
page ends the script at its next word, at most ``_LOOK_S`` later, and the search hears of it.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event

import streamlit as st

from planner.document.roster import STAGE_NAMES
from planner.parts import markup
from planner.parts.roster_case import Case, recalled, remember, take
from planner.parts.roster_cells import Draft, asked_of, checked
from planner.rosters.engine import Watch
from planner.rosters.explain.conflict import conflict
from planner.rosters.explain.loosening import loosening
from planner.rosters.explain.words import Explanation, conflict_words, loosening_words
from planner.rosters.roster import STAGES, NoRoster, Roster, RosterProblem, Stage
from planner.rosters.solve import solved
from planner.rosters.soundness import problems_with
from planner.wording.faults import fault_sentences

Progress = Callable[[Stage, float], None]
Solve = Callable[[Progress, Watch], Roster]
_Answer = Roster | tuple[Explanation, ...]
_LOOK_S = 0.2
_EXPLAINING = "両立しない規則を調べている。"


def solve_anew(case: Case, draft: Draft | None) -> None:
    """Find the best roster around the locked cells and take it; else keep why there is none."""
    now = draft or Draft(Roster(()))
    asked = asked_of(case.problem, now.absent, now.locks)
    start = now.roster.duties or None

    def solve(told: Progress, watch: Watch) -> Roster:
        return solved(asked, case.content.seed, start=start, watch=watch, progress=told)

    found = attempt(case, asked, solve)
    if found is not None:
        said = "固定した欄をそのままにして組み直した。" if now.locks else "勤務表を組んだ。"
        take(case, checked(case.problem, Draft(found, now.locks, now.absent, said)))
        st.rerun()


def attempt(case: Case, asked: RosterProblem, solve: Solve) -> Roster | None:
    """Run a search with its progress shown; where there is no roster keep why."""
    if faults := problems_with(asked):
        remember(case, "why", (Explanation("前提に誤りがある。", fault_sentences(faults), ()),))
        return None
    place = st.empty()
    with place.container():
        try:
            answer = _watched(asked, solve)
        finally:
            place.empty()
    if isinstance(answer, Roster):
        return answer
    remember(case, "why", answer)
    return None


def _watched(asked: RosterProblem, solve: Solve) -> _Answer:
    """Search in a thread; show how far it is until it ends or this script does."""
    bar = st.progress(0.0, text="勤務表を組んでいる。")
    # A press begins the next run of the script; this one ends at its next word of progress.
    st.button("計算をやめる", key="roster-stop")
    done: list[tuple[float, str]] = []
    is_left = Event()

    def told(stage: Stage, share: float) -> None:
        whole = (STAGES.index(stage) + min(share, 1.0)) / len(STAGES)
        done.append((whole, f"勤務表を組んでいる（{STAGE_NAMES[stage]}）。"))

    def is_awaited() -> bool:
        return not is_left.is_set()

    def search() -> _Answer:
        try:
            return solve(told, is_awaited)
        except NoRoster:
            done.append((1.0, _EXPLAINING))
            return _explained(asked, is_awaited)

    pool = ThreadPoolExecutor(1)
    try:
        found: Future[_Answer] = pool.submit(search)
        while not found.done():
            wait([found], timeout=_LOOK_S)
            if done:
                bar.progress(done[-1][0], text=done[-1][1])
        return found.result()
    finally:
        is_left.set()
        pool.shutdown(wait=False)


def _explained(asked: RosterProblem, watch: Watch) -> tuple[Explanation, ...]:
    clash = conflict_words(asked, conflict(asked, watch=watch))
    return clash, loosening_words(asked, loosening(asked, watch=watch))


def explained(case: Case) -> None:
    """Show why there is no roster, and the way out."""
    for n, why in enumerate(recalled(case, "why") or ()):
        remedies = f"\n\n対応:\n\n{markup.listed(why.remedies)}" if why.remedies else ""
        show = st.info if n else st.error  # what clashes, then the way out
        show(f"{markup.verbatim(why.answer)}\n\n{markup.listed(why.lines)}{remedies}")

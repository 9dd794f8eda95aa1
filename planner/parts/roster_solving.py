"""Solving anew on the page: progress by stage, a way to stop, and why there is no roster."""

from collections.abc import Callable

import streamlit as st

from planner.document.roster import STAGE_NAMES
from planner.parts import markup
from planner.parts.roster_case import Case, recalled, remember, take
from planner.parts.roster_cells import Draft, asked_of, checked
from planner.rosters.explain.conflict import conflict
from planner.rosters.explain.loosening import loosening
from planner.rosters.explain.words import Explanation, conflict_words, loosening_words
from planner.rosters.roster import STAGES, NoRoster, Roster, RosterProblem, Stage
from planner.rosters.solve import solved
from planner.rosters.soundness import problems_with
from planner.wording.faults import fault_sentences

Progress = Callable[[Stage, float], None]
Solve = Callable[[Progress], Roster]


def solve_anew(case: Case, draft: Draft | None) -> None:
    """Find the best roster around the locked cells and take it; else keep why there is none."""
    now = draft or Draft(Roster(()))
    asked = asked_of(case.problem, now.absent, now.locks)
    start = now.roster.duties or None
    found = attempt(case, asked, lambda told: solved(asked, case.content.seed, start=start, progress=told))
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
        bar = st.progress(0.0, text="勤務表を組んでいる。")
        # A press begins the next run of the script; this one ends at the next word of progress.
        st.button("計算をやめる", key="roster-stop")

        def told(stage: Stage, share: float) -> None:
            done = (STAGES.index(stage) + min(share, 1.0)) / len(STAGES)
            bar.progress(done, text=f"勤務表を組んでいる（{STAGE_NAMES[stage]}）。")

        try:
            return solve(told)
        except NoRoster:
            bar.progress(1.0, text="両立しない規則を調べている。")
            remember(case, "why", _explained(asked))
            return None
        finally:
            place.empty()


def _explained(asked: RosterProblem) -> tuple[Explanation, ...]:
    return conflict_words(asked, conflict(asked)), loosening_words(asked, loosening(asked))


def explained(case: Case) -> None:
    """Show why there is no roster, and the way out."""
    for n, why in enumerate(recalled(case, "why") or ()):
        remedies = f"\n\n対応:\n\n{markup.listed(why.remedies)}" if why.remedies else ""
        show = st.info if n else st.error  # what clashes, then the way out
        show(f"{markup.verbatim(why.answer)}\n\n{markup.listed(why.lines)}{remedies}")

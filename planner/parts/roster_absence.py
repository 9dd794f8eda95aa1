"""急な欠勤: somebody cannot come; the roster with the fewest changed cells is shown before it is taken."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from planner import session
from planner.document.blocks import Column, Table
from planner.document.roster import away_words, duty_name
from planner.formation import Seat
from planner.parts import markup
from planner.parts.roster_case import Case, recalled, remember, take
from planner.parts.roster_cells import Cell, Draft, asked_of, checked, without_absences
from planner.parts.roster_solving import Progress, attempt
from planner.rosters.engine import Watch
from planner.rosters.repair import CellChange, changed_cells, repair_problem, repaired
from planner.rosters.roster import Roster
from planner.wording.dates import clock_span, short_day
from planner.wording.rosters_page import ABSENCE_NOTE

_OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Offer:
    """A repaired roster, offered for the one it was made of."""

    before: Draft
    after: Draft


def absence(case: Case, draft: Draft) -> None:
    """Ask who is absent when; offer a repair; take it once it is accepted."""
    working = sorted({d.person for d in draft.roster.duties})
    who, when = st.columns([1, 2])
    person = who.selectbox(
        "欠勤する人", working, format_func=lambda p: case.names.get(p, p), filter_mode=None, key="absent-who"
    )
    own = [d.day for d in draft.roster.of(person)] if person else []
    days = when.multiselect(
        "欠勤する日", own, format_func=short_day, key=f"absent-{person}", filter_mode=None
    )
    if st.button("変更の少ない埋め合わせを探す", disabled=not days):
        _search(case, draft, person, days)
    offer: Offer | None = recalled(case, _OFFER)
    if offer is not None and offer.before == draft:
        _offered(case, offer)
    if draft.absent:
        _taken_back(case, draft)
    markup.notes((ABSENCE_NOTE,))


def _taken_back(case: Case, draft: Draft) -> None:
    """Let absences be taken back; the duties stay as they are until the roster is solved anew."""

    def told(cell: Cell) -> str:
        return f"{case.names.get(cell[0], cell[0])} {short_day(cell[1])}"

    back = st.multiselect(
        "欠勤のうち取り消すもの",
        sorted(draft.absent, key=lambda cell: (cell[1], cell[0])),
        format_func=told,
        filter_mode=None,
        key=f"absent-back-{case.subject}",
    )
    if st.button("欠勤を取り消す", disabled=not back):
        said = f"欠勤（{'、'.join(map(told, back))}）を取り消した。勤務は変えていない。"
        take(case, without_absences(case.problem, replace(draft, said=said), back))
        st.rerun()


def _search(case: Case, draft: Draft, person: str, days: list[date]) -> None:
    absent = {person: frozenset(days)}
    locks = tuple(lock for lock in draft.locks if (lock.person, lock.day) not in {(person, d) for d in days})
    base = asked_of(case.problem, draft.absent)
    today = session.day_of(case.desk.id)
    asked = repair_problem(base, draft.roster, absent=absent, locks=locks, from_day=today)

    def solve(told: Progress, watch: Watch) -> Roster:
        return repaired(
            base,
            draft.roster,
            absent=absent,
            locks=locks,
            from_day=today,
            seed=case.content.seed,
            watch=watch,
            progress=told,
        )

    found = attempt(case, asked, solve)
    if found is None:
        st.rerun()
    said = f"{case.names.get(person, person)}の欠勤（{'、'.join(map(short_day, days))}）を埋め合わせた。"
    gone = draft.absent | {(person, day) for day in days}
    remember(case, _OFFER, Offer(draft, checked(case.problem, Draft(found, locks, gone, said))))


def _offered(case: Case, offer: Offer) -> None:
    """Show every changed cell before and after."""
    changes = changed_cells(offer.before.roster, offer.after.roster)
    others = sum((c.person, c.day) not in offer.after.absent for c in changes)
    vacancies = sum(v.rule == "vacancy" for v in offer.after.roster.violations)
    before = sum(v.rule == "vacancy" for v in offer.before.roster.violations)
    markup.answer(
        f"欠勤した人のほかに、{others}欄を変える。" if others else "ほかの人の勤務は変えない。",
        f"欠員は延べ{before}人から{vacancies}人になる。",
    )
    markup.table(_table(case, changes))
    with st.container(horizontal=True):
        if st.button("この変更を取り入れる"):
            remember(case, _OFFER, None)
            take(case, offer.after)
            st.rerun()
        if st.button("やめる"):
            remember(case, _OFFER, None)
            st.rerun()


def _table(case: Case, changes: tuple[CellChange, ...]) -> Table:
    columns = tuple(Column(name) for name in ("日", "氏名", "今の勤務", "変更後"))
    rows = tuple(
        (
            short_day(c.day),
            case.names.get(c.person, c.person),
            _seat(case, c.before),
            _seat(case, c.after),
        )
        for c in sorted(changes, key=lambda c: (c.day, c.person))
    )
    return Table(columns, rows, "変わる欄")


def _seat(case: Case, seat: Seat | None) -> str:
    if seat is None:
        return "勤務なし"
    name, times = duty_name(seat, case.desk.shifts), clock_span(seat.start_min, seat.end_min)
    pause = away_words(seat, "break")
    return f"{times if name == times else f'{name} {times}'}{f'（休憩{pause}）' if pause else ''}"

"""The roster as a table, people x days: a month in short, a week in full, what is broken beside the cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import streamlit as st

from forecasts.slots import clock
from planner.desk import Person, Shift
from planner.document.roster import Finding, away_words, findings, shift_name
from planner.formation import Seat
from planner.parts import markup
from planner.parts.roster_case import Case
from planner.parts.roster_cells import Draft, moved_min
from planner.rosters.roster import Duty
from planner.wording.dates import clock_span, short_day, short_span, wareki_month, weekday_ja
from planner.wording.rosters_page import LEGEND
from planner.wording.terms import closure

_STYLE = """<style>
.mado-roster { table-layout: fixed; }
.mado-roster th, .mado-roster td { text-align: center !important; padding: .2rem .1rem !important; }
.stApp .mado-roster th[scope="row"] { text-align: left !important; width: 8.2rem; min-width: 0;
  padding: .2rem .4rem !important; }
.mado-roster th[scope="col"] { overflow-wrap: normal; font-size: .8125rem; }
.mado-roster small { display: block; font-size: .75rem; line-height: 1.3; white-space: normal; }
.mado-roster .leave { background: #fbf5e0; } .mado-roster .extra { background: #e6f5ec; }
.mado-roster .soft { background: #fff; box-shadow: inset 0 0 0 2px #ac3e00; }
.mado-roster .hard { background: #fdeeee; box-shadow: inset 0 0 0 3px #ce0000; font-weight: 700; }
.mado-roster .monday { border-left: 3px double #4d4d4d; }
.mado-roster .mark { font-weight: 700; } .mado-roster .hard .mark { color: #ce0000; }
.mado-roster .soft .mark { color: #ac3e00; }
</style>"""


@dataclass(frozen=True, slots=True)
class View:
    """Days that are shown together; ``is_full``: with times and breaks."""

    days: tuple[date, ...]
    is_full: bool

    @property
    def name(self) -> str:
        """As it is chosen."""
        if self.is_full:
            return f"週: {short_span(self.days[0], self.days[-1])}"
        return f"月: {wareki_month(self.days[0])}"


def views(days: Sequence[date]) -> tuple[View, ...]:
    """Return the months, then the weeks (from Monday on) of a period."""
    months = sorted({day.replace(day=1) for day in days})
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    return (
        *(View(tuple(d for d in days if d.replace(day=1) == month), is_full=False) for month in months),
        *(
            View(tuple(d for d in days if d - timedelta(days=d.weekday()) == monday), is_full=True)
            for monday in mondays
        ),
    )


def table(case: Case, draft: Draft) -> None:
    """Let a month or a week be chosen and show it."""
    shown = views(case.problem.days)
    n = st.selectbox(
        "表示",
        range(len(shown)),
        format_func=lambda n: shown[n].name,
        filter_mode=None,
        key=f"roster-view-{case.subject}",
        width=320,
    )
    st.html(_STYLE + table_html(case, draft, shown[n]))
    markup.notes((legend(case, shown[n]),))


def legend(case: Case, view: View) -> str:
    """Say what the signs of a view mean, and which weekdays between its days the desk is closed."""
    parts = [LEGEND]
    if not view.is_full:
        named = ((_short_name(shift.name, case.desk.shifts), shift) for shift in case.desk.shifts)
        told = [f"{s}: {shift.name} {clock_span(shift.start_min, shift.end_min)}" for s, shift in named if s]
        parts = ["。".join([*told, "時刻: その時刻に始まるほかの勤務。"]), *parts]
    closed = [(day, why) for day, why in case.content.closed_days if view.days[0] < day < view.days[-1]]
    if closed:
        parts.append(f"閉庁: {'、'.join(f'{short_day(day)}（{closure(why)}）' for day, why in closed)}。")
    return "".join(parts)


def people_shown(case: Case, draft: Draft) -> list[Person]:
    """Return residents, temporary staff, and whoever else has a duty or breaks a rule."""
    named = {d.person for d in draft.roster.duties} | {v.person for v in draft.roster.violations}
    return [p for p in case.problem.people if p.is_resident or p.id in named]


def table_html(case: Case, draft: Draft, view: View) -> str:
    """Write the table of a view."""
    found = findings(draft.roster.violations)
    writer = _Writer(case, draft, view, found)
    head = "".join(
        f"<th scope='col'{_monday(day)}>{_day_head(day, is_full=view.is_full)}</th>" for day in view.days
    )
    rows = "".join(
        f"<tr><th scope='row'>{escape(p.name)}</th>{''.join(writer.cells(p))}</tr>"
        for p in people_shown(case, draft)
    )
    whole = f"<tr><th scope='row'>窓口全体<small>（人数は欠員）</small></th>{''.join(writer.whole())}</tr>"
    caption = escape(f"勤務表（{short_span(view.days[0], view.days[-1])}）")
    return (
        f"<div class='mado-scroll' tabindex='0' role='region' aria-label='{caption}'>"
        f"<table class='mado-table mado-roster'><caption>{caption}</caption>"
        f"<thead><tr><th scope='row'>氏名</th>{head}</tr></thead><tbody>{rows}{whole}</tbody></table></div>"
    )


def _day_head(day: date, *, is_full: bool) -> str:
    return short_day(day) if is_full else f"{day.day}<br>{weekday_ja(day.weekday())}"


@dataclass(frozen=True, slots=True)
class _Writer:
    case: Case
    draft: Draft
    view: View
    found: tuple[Finding, ...]

    def cells(self, person: Person) -> Iterator[str]:
        """Yield a person's cells."""
        own = [f for f in self.found if f.person == person.id]
        duties = self.draft.roster.of(person.id)
        for day in self.view.days:
            held = [d for d in duties if d.day == day]
            yield self._cell(person, day, held, [f for f in own if day in f.days])

    def whole(self) -> Iterator[str]:
        """Yield what is the whole desk's."""
        for day in self.view.days:
            broken = [f for f in self.found if not f.person and day in f.days]
            empty = sum(v.rule == "vacancy" and v.day == day for v in self.draft.roster.violations)
            words = str(empty) if empty else "" if broken else "・"
            yield _written([words], broken, "", day)

    def _cell(self, person: Person, day: date, held: Sequence[Duty], broken: list[Finding]) -> str:
        is_absent = (person.id, day) in self.draft.absent
        away = "欠" if is_absent else "休" if day in person.leave else ""
        if self.view.is_full and away:
            away = {"欠": "欠勤", "休": "休暇"}[away]
        shifts = self.case.desk.shifts
        write = _in_full if self.view.is_full else _in_short
        lines = [away, *(write(d.seat, shifts) for d in held)]
        signs = "◇" * any(moved_min(self.case.problem, d) for d in held)
        signs += "固" * ((person.id, day) in self.draft.locked)
        if not any(lines):
            lines = ["・"]
        kind = "leave" if away else "extra" if any(d.seat.is_extra for d in held) else ""
        return _written([*lines, signs], broken, kind, day)


def _monday(day: date) -> str:
    """A line between weeks."""
    return " class='monday'" if day.weekday() == 0 else ""


def _written(lines: Sequence[str], broken: Sequence[Finding], kind: str, day: date) -> str:
    """Write a cell: what it says, its marks, the findings in words as its note."""
    look = "hard" if any(f.rule.is_hard for f in broken) else "soft" if broken else kind
    look += " monday" if day.weekday() == 0 else ""
    note = escape("\n".join(f.words for f in broken), quote=True)
    first, *rest = [line for line in lines if line] or [""]
    text = "<br>".join(escape(part) for part in first.split("\n"))
    small = "".join(f"<small>{escape(line)}</small>" for line in rest)
    # In a narrow cell the number goes below its sign instead of over the next cell.
    marks = "".join(f"<small class='mark'>{f.mark[:1]}<wbr>{f.mark[1:]}</small>" for f in broken)
    title = f" title='{note}'" if note else ""
    return f"<td class='{look}'{title}>{text}{small}{marks}</td>"


def _in_full(seat: Seat, shifts: Sequence[Shift]) -> str:
    pause = away_words(seat, "break")
    times = clock_span(seat.start_min, seat.end_min)
    lines = (shift_name(seat, shifts), times, f"休憩{pause}" if pause else "")
    return "\n".join(line for line in lines if line)


def _in_short(seat: Seat, shifts: Sequence[Shift]) -> str:
    """Write a duty so that a month fits a page: the first letter of its name, else its start."""
    return _short_name(shift_name(seat, shifts), shifts) or clock(seat.start_min)


def _short_name(name: str, shifts: Sequence[Shift]) -> str:
    """Return the first letter of a name, where no other begins with it; else ""."""
    is_clear = sum(shift.name[:1] == name[:1] for shift in shifts) == 1
    return name[:1] if is_clear else ""

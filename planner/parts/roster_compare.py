"""The roster beside the standing one (通常の勤務): what it takes of each person."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.parts.roster_case import Case
from planner.parts.roster_cells import Draft, moved_min
from planner.rosters.hours import above_8_h
from planner.rosters.roster import Duty, RosterProblem
from planner.wording.dates import clock_span


@dataclass(frozen=True, slots=True)
class Load:
    """What a roster takes of one person. ``moved_min``: minutes by which starts differ, all days together."""

    person: str
    days: int
    work_min: int
    overtime_min: int
    early: int
    late: int
    moved: int
    moved_min: int


def loads(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[Load, ...]:
    """Return the load of everybody with a duty. Early and late: outside everybody's standing hours."""
    first = min((start for start, _ in problem.standing.values()), default=0)
    last = max((end for _, end in problem.standing.values()), default=24 * 60)
    out = []
    for person in problem.people:
        own = [d for d in duties if d.person == person.id]
        by_day = {day: sum(d.seat.work_min for d in own if d.day == day) for day in {d.day for d in own}}
        moved = [moved_min(problem, d) for d in own]
        if own or person.id in problem.standing:
            out.append(
                Load(
                    person.id,
                    len(by_day),
                    sum(by_day.values()),
                    sum(map(above_8_h, by_day.values())),
                    sum(d.seat.start_min < first for d in own),
                    sum(d.seat.end_min > last for d in own),
                    sum(m > 0 for m in moved),
                    sum(moved),
                )
            )
    return tuple(out)


def compared(case: Case, draft: Draft) -> None:
    """Say how far the roster is from the usual one, then tabulate it."""
    found = loads(case.problem, draft.roster.duties)
    moved = [load for load in found if load.moved]
    sentence = "始業は全員が通常のとおりである。"
    if moved:
        most = max(moved, key=lambda load: load.moved_min)
        total = sum(load.moved for load in moved)
        sentence = (
            f"始業が通常と異なるのは{len(moved)}人の延べ{total}日である。"
            f"最も変わるのは{case.names[most.person]}（{most.moved}日、計{most.moved_min}分）である。"
        )
    markup.answer(sentence)
    markup.table(_table(case, found))
    markup.notes(
        (
            "早出と遅出は、全員の通常の勤務より早い始業と遅い終業を数える。時間外は1日8時間を超える労働である。",
        )
    )


def _table(case: Case, found: Sequence[Load]) -> Table:
    figures = (
        ("勤務", "日"),
        ("労働", "時間"),
        ("時間外", "時間"),
        ("早出", "回"),
        ("遅出", "回"),
        ("始業の変更", "日"),
        ("同", "分"),
    )
    columns = (
        Column("氏名"),
        Column("通常の勤務"),
        *(Column(name, unit, is_figure=True) for name, unit in figures),
    )
    rows = tuple(
        (
            case.names[load.person],
            clock_span(*case.problem.standing[load.person]) if load.person in case.problem.standing else "―",
            str(load.days),
            f"{load.work_min / 60:.1f}",
            f"{load.overtime_min / 60:.1f}",
            str(load.early),
            str(load.late),
            str(load.moved),
            str(load.moved_min),
        )
        for load in found
    )
    return Table(columns, rows, "一人ずつの負担と、通常の勤務との違い")

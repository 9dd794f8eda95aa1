"""Every pattern of a small day, by placing starts, breaks and operations work of each person anew.

Written from what ``planner.alternatives.duties`` says of a duty, without the solver's model.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations_with_replacement, product
from random import Random

import numpy as np

from forecasts.calendar import Calendar
from forecasts.slots import Grid, Period
from planner.alternatives.duties import break_starts
from planner.alternatives.levers import levers_of
from planner.alternatives.question import Crew, PatternQuestion, pattern_question
from planner.alternatives.solver import MOVED_WEIGHT, SPLIT_WEIGHT, designed
from planner.desk import Channel, Desk, Grade, Labour, Person, Reception, Shift, Target, Terms
from planner.desk_levers import Levers
from planner.formation import Away, AwayKind, Seat

_HOUR = 60
_PERIOD = Period(date(2026, 4, 1), date(2026, 4, 15))
Judged = tuple[float, float, int]
"""Missing head-hours, late calls, minutes of change: the smaller the better, in this order."""


def drawn_desk(rng: Random) -> Desk:
    """Draw a desk of two or three on a grid of hours, duties of five hours and a break of one."""
    opens = rng.choice((8, 9)) * _HOUR
    closes = opens + rng.choice((7, 8)) * _HOUR
    shifts = (
        Shift("early", "早番", opens, opens + 6 * _HOUR),
        Shift("late", "遅番", closes - 6 * _HOUR, closes),
    )
    people = [
        Person(f"p{n}", f"架空{n}", grade, standing_shift=rng.choice(("early", "late")))
        for n, grade in enumerate(rng.sample(("standard", "standard", "junior"), rng.choice((2, 3))))
    ]
    grades = (
        Grade("standard", "一般SE", 900_000, rng.choice((0, 60, 120))),
        Grade("junior", "初級SE", 800_000),
    )
    levers = Levers(60, 60, 1, "junior", (opens - _HOUR, opens, opens + _HOUR, opens + 2 * _HOUR))
    terms = Terms("見本省", "見本課", "見本課長", "受託事業者", "責任者", "体制を維持する")
    phone = Channel("phone", "電話", "immediate", 15.0, patience_min=5.0, is_measured=True)
    return Desk(
        "small", "見本窓口", Calendar(), Grid(60), Reception(opens, closes), (phone,), grades, tuple(people),
        shifts, levers, Target(), Labour(), terms,
    )  # fmt: skip


def drawn_questions(desk: Desk, rng: Random) -> Iterator[PatternQuestion]:
    """Yield the question of every lever; late calls are quarters, so that the solver's units are exact."""
    for lever in levers_of(desk):
        most = len(desk.people) + lever.heads
        late = np.sort([[rng.randint(0, 40) / 4 for _ in range(most + 1)] for _ in range(24)], axis=1)[
            :, ::-1
        ]
        yield pattern_question(desk, lever.change(desk, _PERIOD), late.copy(), 0)


def is_apart(question: PatternQuestion) -> bool:
    """Tell whether the solver's pattern is not the best of all."""
    pattern, _ = designed(question)
    return judged(question, pattern.seats) != counted_out(question)


def counted_out(question: PatternQuestion) -> Judged:
    """Return what the best of all patterns comes to."""
    by_crew = [
        list(combinations_with_replacement(sorted(duties(crew, question.grid)), crew.heads))
        for crew in question.crews
    ]
    return min(judged(question, [s for crew in one for s in crew]) for one in product(*by_crew))


def duties(crew: Crew, grid: Grid) -> Iterator[Seat]:
    """Yield every duty that a member of a crew may work: start, break, operations work whole or in halves."""
    half = crew.operations_min // 2 // 30 * 30
    for start in crew.starts_min:
        end = start + crew.duty_min
        for pause in break_starts(crew, start, grid):
            back = pause + crew.break_min
            for before in {0, half, crew.operations_min - half if half else 0, crew.operations_min}:
                for first in places(start, pause, before):
                    for second in places(back, end, crew.operations_min - before):
                        last = second + crew.operations_min - before
                        yield seat(
                            crew,
                            start,
                            (
                                (pause, back, "break"),
                                (first, first + before, "operations"),
                                (second, last, "operations"),
                            ),
                        )


def seat(crew: Crew, start: int, away: Sequence[tuple[int, int, AwayKind]]) -> Seat:
    """Return one duty; parts of no length are none."""
    parts = tuple(sorted(Away(*part) for part in away if part[0] < part[1]))
    return Seat(crew.grade, start, start + crew.duty_min, parts, crew.is_extra)


def places(since: int, until: int, length: int) -> list[int]:
    """Return where a block may start: on the hour; [0] where there is none to place."""
    return list(range(since, until - length + 1, _HOUR)) if length else [0]


def judged(question: PatternQuestion, seats: Sequence[Seat]) -> Judged:
    """Return what a day comes to, by its half hours."""
    missing = late = 0.0
    for minute in range(question.opens_min, question.closes_min, 30):
        heads = sum(any(a <= minute < b for a, b in one.at_reception) for one in seats)
        missing += max(question.minimum_heads - heads, 0) / 2
        late += question.late(minute, heads) / 2
    return missing, round(late, 6), changed(question, seats)


def changed(question: PatternQuestion, seats: Sequence[Seat]) -> int:
    """Return the minutes of change: starts moved, operations work split, breaks late."""
    usual = [s for crew in question.crews for s in crew.standing_starts_min]
    total = 0
    for one in seats:
        pause = next(a for a in one.away if a.kind == "break")
        blocks_ = [a for a in one.away if a.kind == "operations"]
        total += pause.start_min - one.start_min + SPLIT_WEIGHT * (len(blocks_) > 1)
        if one.is_extra:
            total += MOVED_WEIGHT * min(abs(one.start_min - s) for s in usual)
    return total + MOVED_WEIGHT * sum(moved(crew, seats, question) for crew in question.crews)


def moved(crew: Crew, seats: Sequence[Seat], question: PatternQuestion) -> int:
    """Return by how many minutes the starts of a grade's residents move, matched in order."""
    return 0 if crew.is_extra else _matched(crew, [s for s in seats if s.grade == crew.grade], question)


def _matched(crew: Crew, seats: Sequence[Seat], question: PatternQuestion) -> int:
    same = [c for c in question.crews if c.grade == crew.grade and not c.is_extra]
    if len(same) > 1:  # residents who keep their shifts: several crews of a grade, each with one start
        return 0
    starts = sorted(s.start_min for s in seats if not s.is_extra)
    return sum(abs(a - b) for a, b in zip(starts, sorted(crew.standing_starts_min), strict=True))
